"""What is rewritten for Virtuoso still asks the same: told by the embedded store."""

import re

import pytest
from pyoxigraph import Literal, NamedNode

from comity.errors import EngineError
from comity.graph.binding import bind, with_prefixes
from comity.graph.engine import EmbeddedEngine
from comity.graph.patterns import UnreadableError, read_query, write_query
from comity.graph.remote import RemoteEngine
from comity.graph.remote_paths import Hierarchy
from comity.graph.remote_server import Remote
from comity.graph.remote_virtuoso import for_virtuoso
from comity.graph.requests import request
from comity.queries.catalogue import catalogue
from comity.queries.run import bound_text

PRAGMA = 'define sql:select-option "order"\n'


class Local(RemoteEngine):
    """A remote engine of which the answers come from the embedded store."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        super().__init__(Remote("http://127.0.0.1:9/none"))
        self._local = engine

    def _rows(self, text, dialect, truths):  # type: ignore[no-untyped-def]
        return self._local.select(text)

    def hierarchy(self, name: str) -> Hierarchy:
        return self._hierarchy(name)


def rewritten(text: str) -> str:
    asked, _ = for_virtuoso(text, lambda name: Hierarchy(2, is_tree=True))
    assert asked.startswith(PRAGMA)
    return " ".join(asked.removeprefix(PRAGMA).split())


@pytest.mark.parametrize("identifier", catalogue())
def test_question_means_the_same(shipped_engine: EmbeddedEngine, identifier: str) -> None:
    asked = catalogue()[identifier]
    given = {name: [value] for name, value in asked.example.items()}
    text, _ = bound_text(shipped_engine, asked, given)
    text = text.replace("# Not on Virtuoso:", "#")
    local = Local(shipped_engine)
    put, truths = for_virtuoso(text, local.hierarchy)
    assert put.startswith(PRAGMA)
    wanted = shipped_engine.select(text)
    # What is bound equals itself; by the standard what is not is an error, not false.
    standard = re.sub(r"(\?\w+) = \1(?!\w)", r"BOUND(\1)", put.removeprefix(PRAGMA))
    found = shipped_engine.select(standard)
    assert found == wanted
    told = {
        name
        for row in wanted.rows
        for name, term in zip(wanted.columns, row, strict=True)
        if isinstance(term, Literal) and term.datatype.value.endswith("#boolean")
    }
    stored = {"acting", "mandatory", "on_request", "final"}
    assert told - stored <= truths


def test_one_value_stands_in_place_of_its_variable() -> None:
    text = (
        "SELECT ?x ?y WHERE { VALUES ?x { <urn:a> } ?x <urn:p> ?y FILTER(!BOUND(?x) || ?y = ?x) }"
    )
    assert rewritten(text) == (
        "SELECT ?x ?y WHERE { <urn:a> <urn:p> ?y . FILTER(!true || ?y = <urn:a>) "
        "BIND(<urn:a> AS ?x) }"
    )


def test_variable_of_a_sub_select_is_its_own() -> None:
    text = "SELECT ?y WHERE { VALUES ?x { <urn:a> } ?y <urn:p> ?x { SELECT ?y WHERE { ?y <urn:q> ?x } } }"
    assert rewritten(text) == (
        "SELECT ?y WHERE { ?y <urn:p> <urn:a> . { SELECT ?y WHERE { ?y <urn:q> ?x . } } }"
    )


def test_several_values_stay() -> None:
    text = "SELECT ?x WHERE { VALUES ?x { <urn:a> <urn:b> } ?x <urn:p> 1.5 }"
    assert rewritten(text) == "SELECT ?x WHERE { VALUES ?x { <urn:a> <urn:b> } ?x <urn:p> 1.5 . }"


def test_repeated_path_becomes_chains() -> None:
    assert rewritten("SELECT ?x WHERE { ?x <urn:q>/<urn:p>* <urn:a> }") == (
        "SELECT ?x WHERE { { ?x <urn:q> <urn:a> . } UNION "
        "{ ?x <urn:q> ?step1 . ?step1 <urn:p> <urn:a> . } UNION "
        "{ ?x <urn:q> ?step2 . ?step2 <urn:p> ?step3 . ?step3 <urn:p> <urn:a> . } }"
    )


def test_two_ways_to_one_node_are_one_answer() -> None:
    asked, _ = for_virtuoso(
        "SELECT ?x WHERE { ?x <urn:p>+ ?y }", lambda _: Hierarchy(2, is_tree=False)
    )
    assert "SELECT DISTINCT ?x ?y WHERE" in asked


def test_path_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(EngineError, match="repeats several properties"):
        rewritten("SELECT ?x WHERE { ?x (<urn:p>/<urn:q>)* ?y }")


def test_circle_is_refused(shipped_engine: EmbeddedEngine) -> None:
    class Circle(Local):
        def _rows(self, text, dialect, truths):  # type: ignore[no-untyped-def]
            pairs = "(<urn:a> <urn:b>) (<urn:b> <urn:a>)"
            return shipped_engine.select(
                f"SELECT ?one ?other {{ VALUES (?one ?other) {{ {pairs} }} }}"
            )

    with pytest.raises(EngineError, match="circle"):
        Circle(shipped_engine).hierarchy("comity:partOf")


def test_longest_chain_is_measured(shipped_engine: EmbeddedEngine) -> None:
    # Ministries are part of states, and states of nothing.
    assert Local(shipped_engine).hierarchy("comity:partOf") == Hierarchy(1, is_tree=True)


def test_question_that_is_known_to_go_wrong_is_refused() -> None:
    text = "SELECT ?x WHERE {\n  # Not on Virtuoso: it loses rows.\n  ?x ?y ?z }"
    with pytest.raises(EngineError, match=r"rightly: it loses rows\."):
        for_virtuoso(text, lambda name: Hierarchy(1, is_tree=True))


def test_text_that_is_not_read_is_sent_as_it_is() -> None:
    text = "SELECT ?x WHERE { ?x <urn:p> [ <urn:q> ?y ] }"
    assert for_virtuoso(text, lambda name: Hierarchy(1, is_tree=True)) == (text, frozenset())
    with pytest.raises(UnreadableError):
        read_query("SELECT ?x WHERE { ?x <urn:p> ")


def test_requests_of_the_graph_layer_are_read_and_written_alike(
    shipped_engine: EmbeddedEngine,
) -> None:
    text = bind(
        request("properties"), {"node": [NamedNode("https://w3id.org/comity/id/actor/arm")]}
    )
    again = write_query(*read_query(text))
    assert shipped_engine.select(with_prefixes(again)) == shipped_engine.select(text)
