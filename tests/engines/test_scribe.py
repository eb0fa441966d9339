"""What is written: updates and whole graphs, on every engine."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from comity.errors import DataError, ForbiddenError, NotFoundError, QueryError
from comity.graph.home import GraphHome
from comity.graph.jobs import Dataset, GraphWrite, Scribe, Update, Written
from comity.graph.opening import put_graph
from comity.graph.remote import RemoteEngine
from comity.graph.remote_scribe import RemoteScribe
from comity.graph.remote_server import RemoteServer
from comity.graph.writing import WriterProcess
from engines.conftest import put_shipped
from engines.servers import Server

ONE, TWO = "https://example.org/g/one", "https://example.org/g/two"
A = "<urn:x:a> <urn:x:b>"


class Desk:
    """A scribe, and a look at what it has written."""

    def __init__(self, make: Callable[[], Scribe], rows: Callable[[str], list[str]]) -> None:
        self._make = make
        self.rows = rows

    def write(self, write: Update | GraphWrite) -> Written:
        async def carry_out() -> Written:
            scribe = self._make()
            await scribe.start()
            try:
                return await scribe.write(write, "test", "to see")
            finally:
                await scribe.close()

        return asyncio.run(carry_out())

    def put(self, graph: str | None, path: Path, media_type: str, verb: str = "put") -> Written:
        return self.write(GraphWrite(verb, graph, path, media_type, "https://example.org/base/"))  # type: ignore[arg-type]


@pytest.fixture
def desk(kind: str, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """An engine to write on; what is written to the two graphs goes afterwards."""
    if kind == "embedded":
        home: GraphHome = request.getfixturevalue("empty_home")
        yield Desk(lambda: WriterProcess(home.folder), lambda graph: _rows(home.engine(), graph))
        return
    server: Server = request.getfixturevalue(f"{kind}_server")
    engine = RemoteEngine(server.remote)
    yield Desk(lambda: RemoteScribe(server.remote), lambda graph: _rows(engine, graph))
    for graph in (ONE, TWO):
        try:
            RemoteServer(server.remote).graph("DELETE", graph)
        except NotFoundError:
            continue


def _rows(engine: object, graph: str) -> list[str]:
    text = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    rows = engine.select(text).rows  # type: ignore[attr-defined]
    return sorted(f"{s} {p} {o}" for s, p, o in rows)


def test_update_is_seen_at_once(desk: Desk) -> None:
    desk.write(Update(f"INSERT DATA {{ GRAPH <{ONE}> {{ {A} 1 , 2 }} }}"))
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert desk.rows(ONE) == [f'{A} "1"{integer}', f'{A} "2"{integer}']
    desk.write(Update(f"DELETE DATA {{ GRAPH <{ONE}> {{ {A} 1 }} }}"))
    assert desk.rows(ONE) == [f'{A} "2"{integer}']


def test_update_may_name_the_graphs_of_its_pattern(desk: Desk, kind: str) -> None:
    desk.write(Update(f"INSERT DATA {{ GRAPH <{ONE}> {{ {A} 'x' }} GRAPH <{TWO}> {{ {A} 'y' }} }}"))
    text = f"INSERT {{ GRAPH <{TWO}> {{ ?s <urn:x:seen> ?o }} }} WHERE {{ ?s <urn:x:b> ?o }}"
    desk.write(Update(text, Dataset(union=False, default=(ONE,))))
    seen = [row for row in desk.rows(TWO) if "seen" in row]
    assert seen == ['<urn:x:a> <urn:x:seen> "x"']


def test_faulty_update_writes_nothing(desk: Desk) -> None:
    with pytest.raises(QueryError):
        desk.write(Update(f"INSERT DATA {{ GRAPH <{ONE}> {{ {A} 1 }}"))
    assert desk.rows(ONE) == []


def test_graph_is_replaced_and_added_to(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "body"
    path.write_text("<a> <urn:x:b> 'one' .")
    first = desk.put(ONE, path, "text/turtle")
    assert first.created
    assert desk.rows(ONE) == ['<https://example.org/base/a> <urn:x:b> "one"']
    path.write_text(f'{A} "two" .\n')
    second = desk.put(ONE, path, "application/n-triples")
    assert desk.rows(ONE) == [f'{A} "two"']
    assert second.version
    path.write_text('{"@id": "urn:x:a", "urn:x:b": "three"}')
    desk.put(ONE, path, "application/ld+json", "post")
    assert desk.rows(ONE) == [f'{A} "three"', f'{A} "two"']


def test_file_of_several_graphs_is_added(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "body"
    path.write_text(f'GRAPH <{ONE}> {{ {A} "in one" }} GRAPH <{TWO}> {{ {A} "in two" }}')
    desk.put(None, path, "application/trig", "post")
    assert desk.rows(ONE) == [f'{A} "in one"']
    assert desk.rows(TWO) == [f'{A} "in two"']


def test_faulty_rdf_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "body"
    path.write_text(f'{A} "kept" .\n')
    desk.put(ONE, path, "application/n-triples")
    path.write_text(f'{A} "lost" .\n{A} what\n')
    with pytest.raises(DataError):
        desk.put(ONE, path, "text/turtle")
    assert desk.rows(ONE) == [f'{A} "kept"']


def test_graph_is_deleted_once(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "body"
    path.write_text(f'{A} "gone" .\n')
    desk.put(ONE, path, "application/n-triples")
    desk.write(GraphWrite("delete", ONE))
    assert desk.rows(ONE) == []
    with pytest.raises(NotFoundError):
        desk.write(GraphWrite("delete", ONE))


def test_update_of_one_graph_is_not_passed_on(server: Server) -> None:
    scribe = RemoteScribe(server.remote)
    with pytest.raises(ForbiddenError, match="WITH or GRAPH"):
        asyncio.run(scribe.write(Update(f"INSERT DATA {{ {A} 1 }}", graph=ONE), "test", "to see"))


def test_data_folder_is_put_and_put_again(server: Server, data_folder: Path) -> None:
    engine = RemoteEngine(server.remote)
    source = "https://w3id.org/comity/id/source/page-1"
    before = _rows(engine, source)
    assert before == []
    steps: list[str] = []
    try:
        number = put_graph(server.remote, folder=data_folder, progress=steps.append)
        first = _rows(engine, source)
        assert any("csto-arm" in row for row in first)
        assert put_graph(server.remote, folder=data_folder) == number
        assert _rows(engine, source) == first
        assert steps[0] == "Reading tables and documents"
        assert steps[-1] == f"Putting graphs 1 to {number}"
    finally:
        for name in ("page-1", "paper-1"):
            RemoteServer(server.remote).graph("DELETE", f"https://w3id.org/comity/id/source/{name}")
        # The tiny folder has a reference graph too: the others need the shipped one again.
        put_shipped(server)
