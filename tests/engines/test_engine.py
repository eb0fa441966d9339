"""What every engine gives: terms, errors, whole nodes, whole graphs, networks."""

from importlib.resources import files

import pytest

from comity.errors import EngineError, QueryError
from comity.graph.binding import bind, parameters_in, with_prefixes
from comity.graph.engine import Answer, EmbeddedEngine
from comity.graph.network import NetworkQuery
from comity.graph.projection import project
from comity.graph.remote import RemoteEngine
from comity.graph.remote_server import Remote, RemoteServer
from comity.graph.resolve import Resolver
from comity.graph.things import read_names, read_things
from engines.servers import Server, fuseki, fuseki_jar

ARMENIA = "https://w3id.org/comity/id/actor/arm"
XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = {
    "plain": '"plain"',
    "empty": '""',
    "signs": '"Ün \\"quoted\\" \\\\ back\\nline é 😀"',
    "german": '"Bündnis"@de',
    "british": '"colour"@en-gb',
    "day": f'"2022-09-13"^^<{XSD}date>',
    "last-day": f'"9999-12-31"^^<{XSD}date>',
    "first-day": f'"0001-01-01"^^<{XSD}date>',
    "moment": f'"2022-09-13T00:05:00Z"^^<{XSD}dateTime>',
    "whole": f'"-12"^^<{XSD}integer>',
    "half": f'"-0.5"^^<{XSD}decimal>',
    "true": f'"true"^^<{XSD}boolean>',
    "false": f'"false"^^<{XSD}boolean>',
    "address": f'"https://example.org/a"^^<{XSD}anyURI>',
    "iri": "<https://example.org/%C3%BC?a=b&c#d>",
}
LAYERS = {
    "graph": [path.name for path in (files("comity.graph") / "rq").iterdir()],
    "queries": [path.name for path in (files("comity.queries") / "records").iterdir()],
}
FOLDERS = {"graph": "comity.graph/rq", "queries": "comity.queries/records"}
FILES = [
    f"{FOLDERS[layer]}/{name}"
    for layer, names in LAYERS.items()
    for name in sorted(names)
    # Counts of everything, in which Virtuoso counts its own graphs, and one row of any.
    if name not in ("union.rq", "named_graphs.rq", "graph_sizes.rq", "class_sizes.rq",
                    "property_sizes.rq", "term-counts.rq")
]  # fmt: skip


def test_terms_come_back_as_they_were_given(server: Server, remote: RemoteEngine) -> None:
    graph = "https://example.org/terms"
    data = "".join(f"<urn:x:a> <urn:x:{name}> {term} .\n" for name, term in TERMS.items())
    _insert(server, graph, data)
    try:
        answer = remote.select("SELECT ?p ?o ?none WHERE { <urn:x:a> ?p ?o } ORDER BY STR(?p)")
    finally:
        RemoteServer(server.remote).graph("DELETE", graph)
    found = {row[0].value.removeprefix("urn:x:"): str(row[1]) for row in answer.rows if row[0]}
    wanted = {name: term.replace(f"^^<{XSD}string>", "") for name, term in TERMS.items()}
    assert found == wanted
    assert {row[2] for row in answer.rows} == {None}


def test_blank_nodes_are_the_same_within_one_answer(server: Server, remote: RemoteEngine) -> None:
    graph = "https://example.org/blank"
    _insert(server, graph, "<urn:x:a> <urn:x:b> _:n .\n_:n <urn:x:c> _:n .\n")
    try:
        rows = remote.select("SELECT ?n ?m { <urn:x:a> <urn:x:b> ?n . ?n <urn:x:c> ?m }").rows
    finally:
        RemoteServer(server.remote).graph("DELETE", graph)
    [(one, other)] = rows
    assert one == other


def test_faulty_query_is_told_with_the_words_of_the_server(remote: RemoteEngine) -> None:
    with pytest.raises(QueryError, match=r"does not take the query.*line"):
        remote.select("SELECT * {")


def test_answer_of_another_kind_is_refused(remote: RemoteEngine) -> None:
    with pytest.raises(EngineError, match="truth value"):
        remote.select("ASK { ?s ?p ?o }")


def test_node_is_described_with_all_its_triples(
    remote: RemoteEngine, shipped_engine: EmbeddedEngine
) -> None:
    found = remote.describe(ARMENIA)
    assert found.count(b"\n") > 10
    assert found == shipped_engine.describe(ARMENIA)
    assert remote.describe("https://example.org/nobody") == b""


def test_whole_graph_is_exported_alike(
    remote: RemoteEngine, shipped_engine: EmbeddedEngine
) -> None:
    assert b"".join(remote.dump()) == b"".join(shipped_engine.dump())


@pytest.mark.parametrize("path", FILES)
def test_list_as_its_file_stands_is_the_same(
    remote: RemoteEngine, shipped_engine: EmbeddedEngine, path: str
) -> None:
    text = _text(path)
    _same(remote, shipped_engine, with_prefixes(text))


# The API never asks for things without their class; Virtuoso has things of classes of its own.
OF_A_CLASS = ("things.rq", "of_class.rq", "statements_of_import.rq")


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.startswith("comity.queries") and not path.endswith(OF_A_CLASS)],
)
def test_list_with_its_parameters_open_is_the_same(
    remote: RemoteEngine, shipped_engine: EmbeddedEngine, path: str
) -> None:
    text = _text(path)
    _same(remote, shipped_engine, bind(text, {name: [] for name in parameters_in(text)}))


def test_many_nodes_are_read_at_once(remote: RemoteEngine, shipped_engine: EmbeddedEngine) -> None:
    rows = shipped_engine.select(with_prefixes("SELECT ?s { ?s a comity:Membership }")).texts()
    iris = [row["s"] for row in rows]
    assert len(iris) > 1000
    assert read_things(remote, iris) == read_things(shipped_engine, iris)
    assert read_names(remote, iris) == read_names(shipped_engine, iris)


def test_names_are_resolved_alike(remote: RemoteEngine, shipped_engine: EmbeddedEngine) -> None:
    for name in ("Blinkin", "Türkei", "CSTO"):
        assert Resolver(remote).candidates(name) == Resolver(shipped_engine).candidates(name)


@pytest.mark.parametrize(
    "query", [NetworkQuery(), NetworkQuery(actors=("grc",)), NetworkQuery(actors=("csto",))]
)
def test_network_is_the_same(
    remote: RemoteEngine, shipped_engine: EmbeddedEngine, query: NetworkQuery
) -> None:
    assert project(remote, query) == project(shipped_engine, query)


@pytest.mark.fuseki
def test_server_that_does_not_answer_over_the_union_is_refused(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    if fuseki_jar() is None:
        request.getfixturevalue("fuseki_server")
    with fuseki(tmp_path_factory.mktemp("apart"), union=False) as apart:
        RemoteEngine(apart.remote).check()  # nothing is there yet, so nothing is amiss
        _insert(apart, "https://example.org/g", "<urn:x:a> <urn:x:b> <urn:x:c> .\n")
        with pytest.raises(EngineError, match=r"unionDefaultGraph true.*docs/engines\.md"):
            RemoteEngine(apart.remote).check()


@pytest.mark.virtuoso
def test_wrong_password_writes_nothing(virtuoso_server: Server) -> None:
    good = virtuoso_server.remote
    wrong = Remote(good.query, good.update, good.graphs, "dba", "wrong", 30)
    with pytest.raises(EngineError, match="COMITY_SPARQL_USER"):
        RemoteServer(wrong).update("INSERT DATA { GRAPH <urn:x:g> { <urn:x:a> <urn:x:b> 1 } }")


def _text(path: str) -> str:
    package, _, rest = path.partition("/")
    return (files(package) / rest).read_text(encoding="utf-8")


def _same(remote: RemoteEngine, embedded: EmbeddedEngine, text: str) -> None:
    found, wanted = remote.select(text), embedded.select(text)
    assert found.columns == wanted.columns
    # The example of the workbench leaves open which act of a day comes first.
    is_ordered = "ORDER BY" in text and "Ctrl-Enter" not in text
    assert _rows(found, is_ordered) == _rows(wanted, is_ordered)


def _rows(answer: Answer, is_ordered: bool) -> list[tuple[object, ...]]:
    return list(answer.rows) if is_ordered else sorted(answer.rows, key=str)


def _insert(server: Server, graph: str, lines: str) -> None:
    path = server.folder / "given.nt"
    path.write_text(lines, encoding="utf-8")
    with path.open("rb") as file:
        RemoteServer(server.remote).graph("PUT", graph, file, "application/n-triples")
