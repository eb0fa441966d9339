"""The guard in front of the engine: strings and comments are not keywords."""

import pytest

from comity.errors import ForbiddenError, QueryError, TooLargeError
from comity.graph.guard import MAX_NESTING, inspect_query


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x> {}' }",
        'SELECT * { ?s ?p """LOAD "quoted" SERVICE""" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x>",
        "SELECT * { <http://x/SERVICE> ?p ?service }",
        "PREFIX service: <http://x/> SELECT * { ?s service:a ?o }",
        "ASK { ?a ?b ?c FILTER(?a < 3 && ?c > 4) }",
        "SELECT ?load { ?load ?p ?o }",
    ],
)
def test_harmless_query_passes(text: str) -> None:
    assert inspect_query(text).form in ("SELECT", "ASK")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://x> {} }",
        "SELECT * { FILTER(?a <3) SERVICE<http://x>{} }",
        "LOAD <http://x>",
        "PREFIX a: <http://x/> INSERT DATA { a:a a:b a:c }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
    ],
)
def test_call_to_another_server_and_update_are_refused(text: str) -> None:
    with pytest.raises(ForbiddenError):
        inspect_query(text)


def test_deep_nesting_is_refused_before_the_parser_overflows() -> None:
    text = "SELECT * " + "{" * 3000 + "}" * 3000
    with pytest.raises(QueryError, match="nested more than 200 deep at line 1"):
        inspect_query(text)
    assert inspect_query("SELECT * " + "{" * MAX_NESTING + "}" * MAX_NESTING).form == "SELECT"


def test_long_text_nul_and_no_form_are_refused() -> None:
    with pytest.raises(TooLargeError):
        inspect_query("SELECT * { } #" + "x" * 2_000_000)
    with pytest.raises(QueryError, match="NUL"):
        inspect_query("SELECT * { ?s ?p '\x00' }")
    with pytest.raises(QueryError, match="no query"):
        inspect_query("hello")


def test_dataset_clause_is_seen() -> None:
    assert inspect_query("SELECT * FROM <http://x> { ?s ?p ?o }").names_dataset
    assert not inspect_query("SELECT * { ?s ?p 'FROM' }").names_dataset
