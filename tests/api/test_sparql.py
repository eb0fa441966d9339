"""SPARQL over HTTP: forms, formats, the union, caps, deadlines, the whole graph."""

import threading
import time
from xml.etree import ElementTree

import httpx
import pytest

from comity.api.settings import Settings
from comity.graph.home import GraphHome
from server import running

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a comity:StanceAct }"


def post(client: httpx.Client, query: str, accept: str = "*/*") -> httpx.Response:
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return client.post("/sparql", content=query.encode(), headers=headers)


def test_query_is_taken_by_get_form_and_body(client: httpx.Client) -> None:
    answers = [
        client.get("/sparql", params={"query": COUNT}),
        client.post("/sparql", data={"query": COUNT}),
        post(client, COUNT),
    ]
    values = {answer.json()["results"]["bindings"][0]["n"]["value"] for answer in answers}
    assert len(values) == 1
    assert int(values.pop()) > 150


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml;q=0.9, text/csv;q=0.2", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_wanted(client: httpx.Client, accept: str, given: str) -> None:
    answer = post(client, COUNT, accept)
    assert answer.headers["content-type"].split(";")[0] == given


def test_graph_comes_as_rdf(client: httpx.Client) -> None:
    answer = post(client, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3")
    assert answer.headers["content-type"].startswith("text/turtle")
    assert answer.headers["comity-rows"] == "3"


def test_union_counts_each_statement_once_and_a_named_graph_alone(client: httpx.Client) -> None:
    def number(query: str) -> int:
        return int(post(client, query).json()["results"]["bindings"][0]["n"]["value"])

    union = number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    distinct = number("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    article = "https://w3id.org/comity/id/source/seed-article"
    alone = number(f"SELECT (COUNT(*) AS ?n) FROM <{article}> {{ ?s ?p ?o }}")
    assert union == distinct > alone > 100


def test_rows_over_the_cap_are_cut_and_marked(client: httpx.Client) -> None:
    answer = post(client, "SELECT ?s { ?s ?p ?o }")
    assert answer.headers["comity-cut"] == "rows=500"
    assert answer.json()["comity"] == {"cut": "rows=500"}
    assert len(answer.json()["results"]["bindings"]) == 500
    xml = post(client, "SELECT ?s { ?s ?p ?o }", "application/sparql-results+xml")
    assert xml.text.endswith("<?comity-cut rows=500?></results></sparql>")
    assert len(ElementTree.fromstring(xml.text).findall(".//{*}result")) == 500
    assert "comity-cut" not in post(client, COUNT).headers


@pytest.mark.parametrize("media_type", ["text/csv", "text/tab-separated-values"])
def test_format_that_cannot_tell_is_broken_off(client: httpx.Client, media_type: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        post(client, "SELECT ?s { ?s ?p ?o }", media_type)
    with pytest.raises(httpx.RemoteProtocolError):
        post(client, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "text/turtle")
    whole = post(client, "SELECT ?s { ?s ?p ?o } LIMIT 500", media_type)
    assert len(whole.text.splitlines()) == 501


def test_query_past_its_deadline_answers_504_and_blocks_nobody(client: httpx.Client) -> None:
    found: list[httpx.Response] = []

    def ask() -> None:
        found.append(client.get("/sparql", params={"query": FOREVER, "timeout": 5}))

    slow = threading.Thread(target=ask)
    slow.start()
    time.sleep(0.3)
    assert client.get("/actors/arm").status_code == 200
    assert post(client, "ASK {}").status_code == 200
    assert slow.is_alive()
    slow.join()
    assert found[0].status_code == 504
    assert found[0].headers["content-type"] == "application/problem+json"


def test_timeout_may_only_be_lowered(shipped_home: GraphHome) -> None:
    with running(Settings(data=shipped_home.folder, query_deadline=2)) as address:
        for wanted, used in ((0.3, "0.3 s"), (60, "2 s")):
            answer = httpx.get(
                f"{address}/sparql", params={"query": FOREVER, "timeout": wanted}, timeout=30
            )
            assert answer.status_code == 504
            assert f"ran past its {used}" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {", 400),
        ("SELECT * " + "{" * 3000 + "}" * 3000, 400),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 403),
        ("LOAD <http://127.0.0.1/x>", 403),
        ("SELECT * { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }", 403),
        ("SELECT * { ?s ?p 'x' } #" + "x" * 1_500_000, 413),
    ],
)
def test_query_that_is_not_run_gets_a_clear_status(
    client: httpx.Client, query: str, status: int
) -> None:
    answer = post(client, query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert post(client, "ASK {}").json()["boolean"] is True


def test_wrong_body_types_are_refused(client: httpx.Client) -> None:
    answer = client.post("/sparql", content=b"x", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    unknown = client.post("/sparql", data={"qery": "ASK {}"})
    assert (unknown.status_code, unknown.json()["did_you_mean"]) == (422, "query")
    latin = client.post(
        "/sparql",
        content=b"ASK { ?s ?p '\xe9' }",
        headers={"Content-Type": "application/sparql-query"},
    )
    assert latin.status_code == 400


def test_export_is_the_whole_graph(client: httpx.Client) -> None:
    quads = client.get("/export").text.splitlines()
    answer = post(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    assert len(quads) == int(answer["results"]["bindings"][0]["n"]["value"])
    lines = client.get("/export", params={"format": "jsonl"}).text.splitlines()
    assert any('"iri": "https://w3id.org/comity/id/actor/arm"' in line for line in lines)
