"""The cases of the SPARQL 1.1 Graph Store HTTP Protocol, over a real socket.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/, sections 4 and 5.
"""

from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

TTL = {"Content-Type": "text/turtle"}
G1 = {"graph": "http://e/g1"}
NEW = {"graph": "http://e/new"}


def triples(answer: httpx.Response) -> set[str]:
    """The triples of an answer in N-Triples, without blank node labels."""
    assert answer.status_code == 200, answer.text
    format = RdfFormat.from_media_type(answer.headers["content-type"])
    return {str(quad.triple) for quad in parse(answer.content, format=format)}


def test_get_of_a_graph_and_of_the_default_graph(writable: httpx.Client) -> None:
    assert triples(writable.get("/graphs", params=G1)) == {
        '<http://e/a> <http://e/in> "g1"', '<http://e/b> <http://e/in> "g1"',
    }  # fmt: skip
    assert triples(writable.get("/graphs?default")) == {'<http://e/a> <http://e/in> "default"'}


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"],
)
def test_get_is_given_in_every_format(writable: httpx.Client, media_type: str) -> None:
    answer = writable.get("/graphs", params=G1, headers={"Accept": media_type})
    assert answer.headers["content-type"] == media_type
    assert len(triples(answer)) == 2


def test_get_of_a_missing_graph_is_404_and_head_has_no_body(writable: httpx.Client) -> None:
    assert writable.get("/graphs", params=NEW).status_code == 404
    head = writable.head("/graphs", params=G1)
    assert (head.status_code, head.content) == (200, b"")
    assert writable.head("/graphs", params=NEW).status_code == 404


@pytest.mark.parametrize("media_type", ["application/n-quads", "application/trig"])
def test_get_without_a_name_is_the_whole_dataset(writable: httpx.Client, media_type: str) -> None:
    answer = writable.get("/graphs", headers={"Accept": media_type})
    found = list(parse(answer.content, format=RdfFormat.from_media_type(media_type)))
    assert answer.headers["content-type"] == media_type
    assert len(found) == 4
    assert {str(quad.graph_name) for quad in found} == {"DEFAULT", "<http://e/g1>", "<http://e/g2>"}


def test_put_creates_201_and_replaces_204(writable: httpx.Client) -> None:
    first = writable.put(
        "/graphs", params=NEW, content="<http://x/a> <http://x/b> 1 .", headers=TTL
    )
    assert first.status_code == 201
    second = writable.put(
        "/graphs", params=NEW, content="<http://x/c> <http://x/d> 2 .", headers=TTL
    )
    assert second.status_code == 204
    assert triples(writable.get("/graphs", params=NEW)) == {
        '<http://x/c> <http://x/d> "2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    }
    assert writable.put("/graphs?default", content="", headers=TTL).status_code == 204
    assert triples(writable.get("/graphs?default")) == set()


def test_put_of_an_empty_body_makes_an_empty_graph(writable: httpx.Client) -> None:
    assert writable.put("/graphs", params=NEW, content="", headers=TTL).status_code == 201
    assert triples(writable.get("/graphs", params=NEW)) == set()


def test_post_adds_and_creates(writable: httpx.Client) -> None:
    body = "<http://e/c> <http://e/in> 'g1' ; <http://e/knows> [ <http://e/in> 'blank' ] ."
    assert writable.post("/graphs", params=G1, content=body, headers=TTL).status_code == 204
    assert len(triples(writable.get("/graphs", params=G1))) == 5
    assert writable.post("/graphs", params=NEW, content=body, headers=TTL).status_code == 201


def test_post_to_the_store_gives_the_graph_an_address(writable: httpx.Client) -> None:
    answer = writable.post("/graphs", content="<> <http://e/in> 'mine' .", headers=TTL)
    assert answer.status_code == 201
    place = answer.headers["location"]
    assert triples(writable.get(place)) == {f'<{place}> <http://e/in> "mine"'}


def test_delete_removes_204_and_a_missing_one_is_404(writable: httpx.Client) -> None:
    assert writable.delete("/graphs", params=G1).status_code == 204
    assert writable.get("/graphs", params=G1).status_code == 404
    assert writable.delete("/graphs", params=G1).status_code == 404
    assert writable.delete("/graphs?default").status_code == 204
    assert triples(writable.get("/graphs?default")) == set()


def test_patch_is_an_update_of_that_graph(writable: httpx.Client) -> None:
    text = "DELETE { ?s ?p 'g1' } INSERT { ?s ?p 'patched' } WHERE { ?s ?p 'g1' }"
    answer = writable.patch(
        "/graphs", params=G1, content=text, headers={"Content-Type": "application/sparql-update"}
    )
    assert answer.status_code == 204
    assert triples(writable.get("/graphs", params=G1)) == {
        '<http://e/a> <http://e/in> "patched"', '<http://e/b> <http://e/in> "patched"',
    }  # fmt: skip
    assert triples(writable.get("/graphs?default")) == {'<http://e/a> <http://e/in> "default"'}
    assert writable.patch("/graphs", params=G1, content=text, headers=TTL).status_code == 415


def test_graph_is_named_directly_by_its_address(writable: httpx.Client) -> None:
    body = "<#it> <http://e/in> 'direct' ."
    assert writable.put("/graphs/some/where", content=body, headers=TTL).status_code == 201
    name = str(writable.base_url.join("/graphs/some/where"))
    assert triples(writable.get("/graphs/some/where")) == {f'<{name}#it> <http://e/in> "direct"'}
    assert triples(writable.get("/graphs", params={"graph": name})) == {
        f'<{name}#it> <http://e/in> "direct"'
    }
    assert writable.head("/graphs/some/where").status_code == 200
    assert writable.delete("/graphs/some/where").status_code == 204
    assert writable.get("/graphs/some/where").status_code == 404
    assert writable.get("/graphs/some/where?default").status_code == 400


def test_put_of_the_dataset_replaces_everything(writable: httpx.Client) -> None:
    body = "<http://x/a> <http://x/b> <http://x/c> <http://x/g> ."
    answer = writable.put("/graphs", content=body, headers={"Content-Type": "application/n-quads"})
    assert answer.status_code == 204
    assert writable.get("/graphs").text.strip() == body
    assert writable.get("/graphs", params=G1).status_code == 404


def test_post_of_quads_adds_to_several_graphs(writable: httpx.Client) -> None:
    body = (
        "<http://x/g> { <http://x/a> <http://x/b> 1 } <http://e/g2> { <http://x/a> <http://x/b> 2 }"
    )
    answer = writable.post("/graphs", content=body, headers={"Content-Type": "application/trig"})
    assert answer.status_code == 204
    assert len(triples(writable.get("/graphs", params={"graph": "http://e/g2"}))) == 2


@pytest.mark.parametrize(
    ("method", "url", "body", "headers", "status", "word"),
    [
        ("PUT", "/graphs?graph=http%3A%2F%2Fe%2Fg1", b"<a", TTL, 400, "body"),
        ("PUT", "/graphs?graph=http%3A%2F%2Fe%2Fg1", b"\xff\xfe", TTL, 400, "body"),
        ("PUT", "/graphs?graph=http%3A%2F%2Fe%2Fg1", b"x", {}, 415, "text/turtle"),
        ("PUT", "/graphs?graph=http%3A%2F%2Fe%2Fg1", b"x", {"Content-Type": "text/plain"}, 415, ""),
        ("PUT", "/graphs?graph=http%3A%2F%2Fe%2Fg1", b"<http://a/a> <http://a/b> 1 .",
         {"Content-Type": "application/n-quads"}, 415, ""),
        ("PUT", "/graphs?graph=relative", b"", TTL, 422, "absolute"),
        ("PUT", "/graphs?graph=http%3A%2F%2Fa%2F&default", b"", TTL, 400, "one graph"),
        ("PUT", "/graphs?grph=http%3A%2F%2Fa%2F", b"", TTL, 422, "grph"),
        ("OPTIONS", "/graphs", b"", {}, 405, ""),
    ],
)  # fmt: skip
def test_bad_write_is_refused_whole(
    writable: httpx.Client,
    method: str,
    url: str,
    body: bytes,
    headers: dict[str, str],
    status: int,
    word: str,
) -> None:
    answer = writable.request(method, url, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert word in answer.json()["detail"]
    assert len(triples(writable.get("/graphs", params=G1))) == 2


def test_body_over_the_limit_is_413(tmp_path: Path) -> None:
    from comity.api.settings import Settings
    from server import running
    from small_graph import written_home

    written_home(tmp_path)
    settings = Settings(data=tmp_path, write_token="t", max_upload=1000)
    with (
        running(settings) as address,
        httpx.Client(base_url=address, headers={"Authorization": "Bearer t"}) as client,
    ):
        answer = client.put("/graphs?default", content="#" * 2000, headers=TTL)
        assert answer.status_code == 413
        assert not list(tmp_path.glob("incoming-*"))


def test_description_counts_every_graph_with_source_and_licence(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"] == "text/turtle"
    assert client.get("/.well-known/void").text == client.get("/void").text
    found = list(parse(client.get("/void?format=nt").content, format=RdfFormat.N_TRIPLES))
    said = {(str(quad.predicate), str(quad.object)) for quad in found}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (f"<{sd}feature>", f"<{sd}UnionDefaultGraph>") in said
    assert (f"<{sd}supportedLanguage>", f"<{sd}SPARQL11Query>") in said
    names = [quad.object for quad in found if quad.predicate.value == f"{sd}name"]
    counted = client.get(
        "/sparql", params={"query": "SELECT DISTINCT ?v { GRAPH ?v { ?s ?p ?o } }"}
    ).json()["results"]["bindings"]
    assert {name.value for name in names} == {row["v"]["value"] for row in counted}
    ontology = next(
        quad.subject
        for quad in found
        if quad.predicate.value == "http://purl.org/dc/terms/source"
        and quad.object.value.endswith("comity-ontology")
    )
    about = {str(quad.predicate): quad.object.value for quad in found if quad.subject == ontology}
    assert (
        about["<http://purl.org/dc/terms/license>"]
        == "CC BY 4.0; PLOVER types and their map CC BY-SA 4.0"
    )
    text = "SELECT (COUNT(*) AS ?v) { GRAPH <https://w3id.org/comity/id/source/comity-ontology> { ?s ?p ?o } }"
    count = client.get("/sparql", params={"query": text}).json()["results"]["bindings"][0]["v"]
    assert about["<http://rdfs.org/ns/void#triples>"] == count["value"]
