"""What holds for every answer: HEAD, ETag, problems, limits, formats, CORS."""

import json

import httpx
import pytest

from comity.api import app
from comity.api.settings import Settings
from comity.graph.home import GraphHome
from server import running

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/actors/blinkn", 404, "blinkn"),
        ("/nothing", 404, "/nothing"),
        ("/stances?as_of=2022-02-30", 422, "2022-02-30"),
        ("/stances?as_of=yesterday", 422, "YYYY-MM-DD"),
        ("/stances?kind=condem", 422, "condemn"),
        ("/stances?holder=armenia", 422, "armenia"),
        ("/stances?about=second-front", 422, "second-front"),
        ("/stances?limit=0", 422, "limit"),
        ("/stances?limit=1001", 422, "limit"),
        ("/stances?cursor=zzz", 422, "next"),
        ("/stances?sign=red", 422, "sign"),
        ("/stances?known_at=2020-01-01", 422, "known_at"),
        ("/stances?since=2022-09-20&until=2022-09-13", 422, "before"),
        ("/actors?type=planet", 422, "planet"),
        ("/network?level=galaxy", 422, "level"),
        ("/network?depth=9", 422, "depth"),
        ("/organisations/csto/members?role=boss", 422, "boss"),
        ("/organisations/csto/members?source=cow", 422, "cow"),
        ("/queries/members-off", 404, "members-off"),
        ("/queries/members-of?aliance=csto", 422, "aliance"),
        ("/queries/members-of?alliance=cstoo", 422, "cstoo"),
        ("/schemes/kinds", 404, "kinds"),
        ("/actors/arm?format=pdf", 406, "pdf"),
        ("/sparql?query=SELECT", 400, "parse"),
        (
            "/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Chttp://x%3E%20%7B%7D%20%7D",
            403,
            "SERVICE",
        ),
        ("/sparql?qery=ASK", 422, "qery"),
        ("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400, "2 fields"),
        ("/sparql?query=SELECT%20*%20%7B", 400, "line 1, column 11"),
    ],
)
def test_bad_request_is_a_problem_that_names_it(
    client: httpx.Client, path: str, status: int, word: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    body = answer.json()
    assert body["status"] == status
    assert {"type", "title", "detail", "instance"} <= body.keys()
    assert word in json.dumps(body)
    assert client.get(body["type"]).status_code == 200
    assert client.get("/health").status_code == 200


def test_unknown_parameter_names_the_nearest(client: httpx.Client) -> None:
    answer = client.get("/stances?hodler=arm")
    assert answer.status_code == 422
    assert answer.json()["did_you_mean"] == "holder"
    assert answer.json()["errors"][0]["parameter"] == "hodler"
    assert client.get("/stances?exact=true&exact=false").status_code == 422
    assert client.get("/health?x=1").status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("DELETE", "/actors", 405), ("POST", "/stances", 405), ("PUT", "/sparql", 405),
     ("GET", "/actors/", 404)],
)  # fmt: skip
def test_wrong_verb_or_slash_is_a_problem(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)


@pytest.mark.parametrize(
    "path",
    ["/", "/docs", "/health", "/version", "/actors", "/actors/arm", "/network", "/queries",
     "/export", "/ontology", "/sparql?query=ASK%7B%7D"],
)  # fmt: skip
def test_head_answers_like_get_without_a_body(client: httpx.Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")


def test_etag_is_strong_and_answers_304(client: httpx.Client) -> None:
    first = client.get("/stances?holder=arm")
    etag = first.headers["etag"]
    assert etag.startswith('"')
    assert first.headers["cache-control"] == "no-cache"
    assert "Accept" in first.headers["vary"]
    again = client.get("/stances?holder=arm", headers={"If-None-Match": f'"x", {etag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/stances?holder=aze", headers={"If-None-Match": etag})
    assert other.status_code == 200
    assert (
        client.get("/actors/arm?format=ttl").headers["etag"]
        != client.get("/actors/arm").headers["etag"]
    )
    assert "etag" not in client.get("/stances?kind=nothing").headers


def test_another_release_does_not_let_old_pages_stand(
    shipped_home: GraphHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = []
    for release in ("1.0", "1.1"):
        monkeypatch.setattr(app, "__version__", release)
        with running(Settings(data=shipped_home.folder)) as address:
            asked = httpx.get(f"{address}/actors/arm", headers={"Host": "a.example"}, timeout=60)
        tags.append(asked.headers["etag"])
    assert len(set(tags)) == 2


def test_large_body_is_refused_and_the_next_request_works(client: httpx.Client) -> None:
    for path, kind in (("/sparql", "application/sparql-query"), ("/resolve", "application/json")):
        try:
            answer = client.post(path, content=b"x" * 20_000_000, headers={"Content-Type": kind})
            assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)
        except httpx.WriteError:
            pass  # the server may hang up before all was sent
    assert client.get("/health").status_code == 200


def test_json_that_is_none_is_a_bad_request(client: httpx.Client) -> None:
    answer = client.post("/resolve", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM)


def test_formats_are_negotiated(client: httpx.Client) -> None:
    def kind(path: str, accept: str) -> str:
        return client.get(path, headers={"Accept": accept}).headers["content-type"].split(";")[0]

    assert kind("/actors/arm", "*/*") == "application/json"
    assert kind("/actors/arm", "text/turtle") == "text/turtle"
    assert kind("/actors/arm", "text/turtle;q=0.5, application/ld+json") == "application/ld+json"
    assert kind("/queries", "text/html") == "text/html"
    assert kind("/network", "text/csv") == "text/csv"
    assert client.get("/actors/arm", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/stances", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get("/stances?format=json").status_code == 200
    assert client.get("/stances?format=pdf").status_code == 406
    text = client.post("/resolve", content=b"x", headers={"Content-Type": "text/plain"})
    assert text.status_code == 415


def test_gzip_is_given_where_it_is_taken(client: httpx.Client) -> None:
    answer = client.get("/stances", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]


def test_cors_is_open_for_the_origin_set_only(client: httpx.Client) -> None:
    ours = client.get("/actors", headers={"Origin": "https://a.example"})
    assert ours.headers["access-control-allow-origin"] == "https://a.example"
    assert "ETag" in ours.headers["access-control-expose-headers"]
    theirs = client.get("/actors", headers={"Origin": "https://b.example"})
    assert "access-control-allow-origin" not in theirs.headers


def test_pages_refuse_to_be_framed_and_load_nothing_from_outside(client: httpx.Client) -> None:
    for path in ("/", "/docs", "/queries?format=html", "/problems/not-found", "/sparql"):
        answer = client.get(path, headers={"Accept": "text/html"})
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert 'src="http' not in answer.text, path
        assert '<link rel="stylesheet" href="http' not in answer.text, path


def test_version_tells_what_is_in_the_graph(client: httpx.Client, shipped_home: GraphHome) -> None:
    version = client.get("/version").json()
    commit = shipped_home.last_commit()
    assert commit is not None
    assert version["graph_version"] == commit.version
    assert version["states"] > 200
    assert version["acts"] > 150
