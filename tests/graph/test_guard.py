"""The guard in front of the engine: strings and comments are not keywords."""

import pytest

from comity.errors import ForbiddenError, QueryError, TooLargeError
from comity.graph.guard import MAX_NESTING, inspect_query, inspect_update


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
        "SELECT * { <http://x/\\u0061#> ?p ?o . SERVICE <http://x> {} }",
        "SELECT * { <http://x/\\U00000061'> ?p ?o . SERVICE <http://x> {} } #'",
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


def test_update_is_looked_at_too() -> None:
    inspect_update("INSERT DATA { <http://x/a> <http://x/b> 'LOAD SERVICE' }")
    inspect_update("LOAD SILENT <http://ours/> INTO GRAPH <http://x>", {"http://ours/"})
    with pytest.raises(ForbiddenError, match="LOAD calls another server"):
        inspect_update("INSERT DATA {} ; LOAD <http://x>")
    with pytest.raises(ForbiddenError, match="SERVICE calls another server"):
        inspect_update("INSERT { ?s ?p ?o } WHERE { SERVICE <http://x> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="/sparql"):
        inspect_update("SELECT * { ?s ?p ?o }")


def test_service_is_allowed_by_name_only() -> None:
    allowed = {"http://ours/"}
    inspect_query("SELECT * { SERVICE <http://ours/> { ?s ?p ?o } }", allowed)
    for text in (
        "SELECT * { SERVICE <http://ours/other> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX o: <http://ours/> SELECT * { SERVICE o: { ?s ?p ?o } }",
    ):
        with pytest.raises(ForbiddenError):
            inspect_query(text, allowed)
