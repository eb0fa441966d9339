"""What users ask: any query, any format, on every engine; limits hold and can be told."""

import asyncio
import json
from collections.abc import Callable

import pytest
from pyoxigraph import RdfFormat, parse

from comity.errors import DeadlineError, EngineError, NotFoundError, QueryError
from comity.graph.home import GraphHome
from comity.graph.jobs import Dataset, Dump, End, Job, Runner
from comity.graph.pieces import CSV, JSON, JSONLD, NQUADS, NTRIPLES, TSV, TURTLE, XML
from comity.graph.pool import QueryPool
from comity.graph.remote_runner import RemoteRunner
from comity.graph.remote_server import Remote
from engines.servers import Server

ARM = "https://w3id.org/comity/id/actor/arm"
REFERENCE = "https://w3id.org/comity/id/source/comity-reference"
SIX = f"SELECT ?p ?o WHERE {{ <{ARM}> ?p ?o }} ORDER BY ?p STR(?o) LIMIT 6"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?i) }"
Make = Callable[[], Runner]


@pytest.fixture
def make(kind: str, request: pytest.FixtureRequest) -> Make:
    """Makes a runner over the shipped graph on one engine."""
    if kind == "embedded":
        home: GraphHome = request.getfixturevalue("shipped_home")
        commit = home.last_commit()
        assert commit is not None
        snapshot = home.snapshot(commit)
        return lambda: QueryPool(snapshot, size=1, spares=0)
    server: Server = request.getfixturevalue(f"{kind}_server")
    return lambda: RemoteRunner(server.remote)


def answer(make: Make, job: Job | Dump, seconds: float = 60) -> tuple[bytes, End]:
    async def take() -> tuple[bytes, End]:
        runner = make()
        await runner.start()
        try:
            pieces = [piece async for piece in runner.run(job, seconds)]
        finally:
            await runner.close()
        end = pieces.pop()
        assert isinstance(end, End)
        return b"".join(piece for piece in pieces if isinstance(piece, bytes)), end

    return asyncio.run(take())


def job(text: str, media_type: str = JSON, *, rows: int = 1000, size: int = 10**7) -> Job:
    return Job(text, media_type, Dataset(), rows, size)


def test_rows_come_in_every_format(make: Make) -> None:
    body, end = answer(make, job(SIX))
    table = json.loads(body)
    assert end == End(6)
    assert table["head"]["vars"] == ["p", "o"]
    assert len(table["results"]["bindings"]) == 6
    values = [row["o"]["value"] for row in table["results"]["bindings"]]
    lines = answer(make, job(SIX, CSV))[0].decode().splitlines()
    assert lines[0] == "p,o"
    assert [line.partition(",")[2] for line in lines[1:]] == values
    assert answer(make, job(SIX, TSV))[0].startswith(b"?p\t?o\n<")
    xml = answer(make, job(SIX, XML))[0]
    assert xml.endswith(b"</results></sparql>")
    assert xml.count(b"<result>") == 6


def test_truth_value_is_told(make: Make) -> None:
    yes, end = answer(make, job(f"ASK {{ <{ARM}> ?p ?o }}"))
    assert json.loads(yes)["boolean"] is True
    assert end == End(1)
    no, _ = answer(make, job("ASK { <urn:x:nobody> ?p ?o }", CSV))
    assert no == b"false\n"


def test_triples_are_built(make: Make) -> None:
    text = f"CONSTRUCT {{ ?s a ?o }} WHERE {{ VALUES ?s {{ <{ARM}> }} ?s a ?o }}"
    body, end = answer(make, job(text, NTRIPLES))
    lines = sorted(set(body.decode().splitlines()))
    assert (
        f"<{ARM}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/comity/ns#State> ."
        in lines
    )
    assert end.cut is None
    turtle = answer(make, job(text, TURTLE))[0]
    assert {str(quad.triple) for quad in parse(turtle, format=RdfFormat.TURTLE)} == {
        line.removesuffix(" .") for line in lines
    }
    assert json.loads(answer(make, job(text, JSONLD))[0])["@graph"]


def test_cut_answer_says_so_and_stays_well_formed(make: Make) -> None:
    body, end = answer(make, job("SELECT ?s { ?s a comity:State }", rows=5))
    table = json.loads(body)
    assert end == End(5, "rows=5")
    assert len(table["results"]["bindings"]) == 5
    assert table["comity"] == {"cut": "rows=5"}
    body, end = answer(
        make, job("SELECT ?s ?o { ?s comity:source ?o }", CSV, rows=10**6, size=100_000)
    )
    assert end.cut == "bytes=100000"
    assert len(body) <= 100_000


def test_faulty_query_is_told(make: Make) -> None:
    with pytest.raises(QueryError):
        answer(make, job("SELECT ?s {"))


def test_endless_query_is_stopped(make: Make) -> None:
    with pytest.raises((DeadlineError, EngineError)) as caught:
        answer(make, job(ENDLESS), 1.5)
    # Virtuoso reckons beforehand how long it would take, and may refuse at once.
    assert isinstance(caught.value, DeadlineError) or "42000" in str(caught.value)


def test_dataset_of_the_request_is_used(make: Make) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    asked = Job(count, CSV, Dataset(union=False, default=(REFERENCE,)), 10, 10**6)
    inside = answer(
        make, job(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{REFERENCE}> {{ ?s ?p ?o }} }}", CSV)
    )
    assert answer(make, asked)[0] == inside[0]
    assert int(inside[0].split()[1]) > 1000


def test_graph_is_given_out_whole(make: Make) -> None:
    body, end = answer(make, Dump(REFERENCE, NTRIPLES, 10**8))
    assert end.cut is None
    assert end.rows == body.count(b"\n")
    assert end.rows is not None
    assert end.rows > 1000
    with pytest.raises(NotFoundError):
        answer(make, Dump("https://example.org/none", NTRIPLES, 10**8))


def test_everything_is_given_out(make: Make) -> None:
    body, end = answer(make, Dump(None, NQUADS, 10**6))
    assert end.cut == "bytes=1000000"
    assert all(line.endswith(b" .") for line in body.splitlines())


def test_asker_who_goes_away_leaves_nothing_behind(make: Make) -> None:
    async def leave() -> bytes:
        runner = make()
        await runner.start()
        try:
            pieces = runner.run(
                job("SELECT ?s ?o { ?s comity:source ?o }", CSV, rows=10**6, size=10**9), 60
            )
            first = await anext(pieces)
            await pieces.aclose()
            again = [one async for one in runner.run(job(SIX, CSV), 60)]
            assert again[-1] == End(6)
        finally:
            await runner.close()
        assert isinstance(first, bytes)
        return first

    assert asyncio.run(leave()).startswith(b"s,o")


def test_server_that_is_not_there_is_told_at_start() -> None:
    with pytest.raises(EngineError, match="could not answer"):
        asyncio.run(RemoteRunner(Remote("http://127.0.0.1:9/sparql", timeout=2)).start())
