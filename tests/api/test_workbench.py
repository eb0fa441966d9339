"""What the page at /sparql asks for: the page itself, terms to complete, names of things."""

from typing import Any

import httpx
import pytest

ID = "https://w3id.org/comity/id"
NS = "https://w3id.org/comity/ns#"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def terms(client: httpx.Client) -> dict[str, dict[str, Any]]:
    return {one["iri"]: one for one in client.get("/workbench/terms").json()["terms"]}


def test_a_browser_is_given_a_page_and_a_program_is_not(client: httpx.Client) -> None:
    page = client.get("/sparql", headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1" in page.text
    assert "html" not in client.get("/sparql").headers["content-type"]


def test_terms_have_names_definitions_and_uses(
    client: httpx.Client, terms: dict[str, dict[str, Any]]
) -> None:
    holder = terms[f"{NS}holder"]
    assert (holder["name"], holder["kind"]) == ("comity:holder", "property")
    assert holder["definition"] == "The actor whose stance the act is."
    query = "SELECT (COUNT(*) AS ?n) { ?s comity:holder ?o }"
    answer = client.get("/sparql", params={"query": query, "format": "json"}).json()
    assert holder["count"] == int(answer["results"]["bindings"][0]["n"]["value"]) > 100
    assert terms[f"{NS}StanceAct"]["kind"] == "class"
    # Terms of other vocabularies are offered where the graph uses them.
    assert terms["http://www.w3.org/2004/02/skos/core#prefLabel"]["name"] == "skos:prefLabel"


def test_a_property_names_the_list_its_values_are_from(terms: dict[str, dict[str, Any]]) -> None:
    assert terms[f"{NS}kind"]["scheme"] == "kind"
    assert terms[f"{NS}holder"]["scheme"] == ""
    condemn = terms[f"{ID}/kind/condemn"]
    assert (condemn["kind"], condemn["scheme"], condemn["label"]) == ("concept", "kind", "condemn")


def test_things_are_named_and_others_left_out(client: httpx.Client) -> None:
    iris = [f"{ID}/actor/arm", f"{ID}/kind/condemn", "https://example.org/x", "javascript:1"]
    found = client.post("/workbench/names", json={"iris": iris}).json()["names"]
    assert found == {
        f"{ID}/actor/arm": {"label": "Armenia", "type": "state", "url": "/actors/arm"},
        f"{ID}/kind/condemn": {"label": "condemn", "type": "concept", "url": "/schemes/kind"},
    }


@pytest.mark.parametrize("body", [{"iris": [f"{ID}/actor/arm"] * 501}, {"iris": "x"}, {}])
def test_too_many_names_or_none_are_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    answer = client.post("/workbench/names", json=body)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
