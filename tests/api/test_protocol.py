"""The cases of the SPARQL 1.1 Protocol, over a real socket.

The names are those of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/.
docs/protocol.md lists them; a test there keeps the list and this file alike.
"""

import json
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest

from comity.api.settings import Settings
from server import running
from small_graph import written_home

QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ALL = "SELECT ?v { ?s <http://e/in> ?v }"
NAMED = "SELECT ?v { GRAPH ?g { ?s <http://e/in> ?v } }"


def values(answer: httpx.Response) -> list[str]:
    """The values of ?v, sorted."""
    assert answer.status_code == 200, answer.text
    return sorted(row["v"]["value"] for row in answer.json()["results"]["bindings"])


def truth(client: httpx.Client, query: str) -> bool:
    """The answer of an ASK."""
    found: bool = client.get("/sparql", params={"query": query}).json()["boolean"]
    return found


# Queries.


def test_query_get(writable: httpx.Client) -> None:
    answer = writable.get("/sparql", params={"query": "ASK {}"})
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["boolean"] is True


def test_query_post_form(writable: httpx.Client) -> None:
    assert writable.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_query_post_direct(writable: httpx.Client) -> None:
    assert writable.post("/sparql", content="ASK {}", headers=QUERY).json()["boolean"] is True


def test_query_dataset_default_graph(writable: httpx.Client) -> None:
    given = {"query": ALL, "default-graph-uri": "http://e/g1"}
    assert values(writable.get("/sparql", params=given)) == ["g1", "g1"]
    assert values(writable.post("/sparql", data=given)) == ["g1", "g1"]
    direct = writable.post(
        "/sparql?default-graph-uri=http%3A%2F%2Fe%2Fg2", content=ALL, headers=QUERY
    )
    assert values(direct) == ["g2"]
    assert values(writable.get("/sparql", params=given | {"query": NAMED})) == []


def test_query_dataset_default_graphs(writable: httpx.Client) -> None:
    given = {"query": ALL, "default-graph-uri": ["http://e/g1", "http://e/g2"]}
    assert values(writable.get("/sparql", params=given)) == ["g1", "g1", "g2"]


def test_query_dataset_named_graphs(writable: httpx.Client) -> None:
    given = {"query": NAMED, "named-graph-uri": "http://e/g2"}
    assert values(writable.get("/sparql", params=given)) == ["g2"]
    assert values(writable.get("/sparql", params=given | {"query": ALL})) == []


def test_query_dataset_full(writable: httpx.Client) -> None:
    text = (
        "SELECT ?v { { ?s <http://e/in> ?v } UNION "
        "{ GRAPH ?g { ?s <http://e/in> ?w } BIND(CONCAT('named ', ?w) AS ?v) } }"
    )
    given = {"default-graph-uri": "http://e/g1", "named-graph-uri": "http://e/g2"}
    assert values(writable.get("/sparql", params={"query": text, **given})) == [
        "g1", "g1", "named g2",
    ]  # fmt: skip


def test_query_multiple_dataset_protocol_wins_over_from(writable: httpx.Client) -> None:
    text = "SELECT ?v FROM <http://e/g1> { ?s <http://e/in> ?v }"
    assert values(writable.get("/sparql", params={"query": text})) == ["g1", "g1"]
    given = {"query": text, "default-graph-uri": "http://e/g2"}
    assert values(writable.get("/sparql", params=given)) == ["g2"]


def test_missing_default_graph_is_empty_and_not_ignored(writable: httpx.Client) -> None:
    given = {"query": ALL, "default-graph-uri": "http://e/nowhere"}
    assert values(writable.get("/sparql", params=given)) == []


def test_query_without_a_dataset_is_asked_of_the_union(writable: httpx.Client) -> None:
    assert values(writable.get("/sparql", params={"query": ALL})) == [
        "default", "g1", "g1", "g2",
    ]  # fmt: skip


def test_exact_default_graph_is_a_setting_and_told(tmp_path: Path) -> None:
    written_home(tmp_path)
    with (
        running(Settings(data=tmp_path, default_graph="exact")) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        assert values(client.get("/sparql", params={"query": ALL})) == ["default"]
        assert values(client.get("/sparql", params={"query": NAMED})) == ["g1", "g1", "g2"]
        told = client.get("/sparql", headers={"Accept": "text/turtle"}).text
        assert "sd:UnionDefaultGraph" not in told
        assert "exactly the default graph" in told


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+xml;q=0.1, */*;q=0.5", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ],
)
def test_query_content_type_select(writable: httpx.Client, accept: str, got: str) -> None:
    answer = writable.get("/sparql", params={"query": ALL}, headers={"Accept": accept})
    assert answer.headers["content-type"] == got


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("text/turtle;q=0.5, application/n-triples", "application/n-triples"),
        ("*/*", "text/turtle"),
    ],
)
def test_query_content_type_construct_and_describe(
    writable: httpx.Client, accept: str, got: str
) -> None:
    for text in ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DESCRIBE <http://e/a>"):
        answer = writable.get("/sparql", params={"query": text}, headers={"Accept": accept})
        assert answer.headers["content-type"] == got
        assert b"http://e/" in answer.content


def test_query_content_type_ask(writable: httpx.Client) -> None:
    xml = writable.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Accept": "application/sparql-results+xml"}
    )
    assert "<boolean>true</boolean>" in xml.text
    csv = writable.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})
    assert csv.text.strip() == "true"


def test_nothing_acceptable_is_406(writable: httpx.Client) -> None:
    answer = writable.get("/sparql", params={"query": ALL}, headers={"Accept": "image/png"})
    assert answer.status_code == 406


@pytest.mark.parametrize(
    ("method", "url", "content", "headers", "status"),
    [
        # bad_query_method
        ("PUT", "/sparql?query=ASK%20%7B%7D", b"", {}, 405),
        # bad_multiple_queries
        ("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", b"", {}, 400),
        # bad_query_wrong_media_type
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        # bad_query_missing_form_type
        ("POST", "/sparql", b"query=ASK%20%7B%7D", {}, 415),
        # bad_query_missing_direct_type
        ("POST", "/sparql", b"ASK {}", {}, 415),
        # bad_query_non_utf8
        ("POST", "/sparql", "ASK {}".encode("utf-16"),
         {"Content-Type": "application/sparql-query; charset=UTF-16"}, 400),
        # bad_query_syntax
        ("GET", "/sparql?query=" + quote("SELECT * WHERE {"), b"", {}, 400),
        # bad_update_get
        ("GET", "/update?update=CLEAR%20ALL", b"", {}, 405),
        # bad_multiple_updates
        ("POST", "/update", b"update=CLEAR%20ALL&update=DROP%20ALL", FORM, 400),
        # bad_update_wrong_media_type
        ("POST", "/update", b"CLEAR ALL", {"Content-Type": "text/plain"}, 415),
        # bad_update_missing_form_type
        ("POST", "/update", b"update=CLEAR%20ALL", {}, 415),
        # bad_update_non_utf8
        ("POST", "/update", "CLEAR ALL".encode("utf-16"),
         {"Content-Type": "application/sparql-update; charset=UTF-16"}, 400),
        # bad_update_syntax
        ("POST", "/update", urlencode({"update": "CLEAR XYZ"}).encode(), FORM, 400),
        # bad_update_dataset_conflict
        ("POST", "/update?using-named-graph-uri=http%3A%2F%2Fe%2Fp",
         b"DELETE { ?s ?p ?o } USING <http://e/g1> WHERE { ?s ?p ?o }", UPDATE, 400),
        # An update is no query and a query is no update.
        ("POST", "/sparql", b"CLEAR ALL", QUERY, 403),
        ("POST", "/update", b"SELECT * { ?s ?p ?o }", UPDATE, 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=no%20iri", b"", {}, 422),
        ("GET", "/sparql?query=ASK%20%7B%7D&timeout=-1", b"", {}, 422),
        ("GET", "/sparql?query=%FF%FE", b"", {}, 400),
    ],
)  # fmt: skip
def test_bad_request_is_refused_and_the_next_one_is_answered(
    writable: httpx.Client,
    method: str,
    url: str,
    content: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    answer = writable.request(method, url, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert values(writable.get("/sparql", params={"query": ALL})) == [
        "default", "g1", "g1", "g2",
    ]  # fmt: skip


# Updates.


def test_update_post_form(writable: httpx.Client) -> None:
    answer = writable.post(
        "/update", data={"update": "INSERT DATA { <http://e/n> <http://e/p> 1 }"}
    )
    assert answer.status_code == 200
    assert answer.json()["added"] == 1
    assert truth(writable, "ASK { <http://e/n> <http://e/p> 1 }")


def test_update_post_direct(writable: httpx.Client) -> None:
    text = "DELETE WHERE { GRAPH <http://e/g1> { ?s ?p ?o } }"
    assert writable.post("/update", content=text, headers=UPDATE).json()["removed"] == 2
    assert values(writable.get("/sparql", params={"query": ALL})) == ["default", "g2"]


def test_update_base_uri(writable: httpx.Client) -> None:
    text = "BASE <http://base/> INSERT DATA { GRAPH <g> { <a> <b> <http://e/c> } }"
    assert writable.post("/update", content=text, headers=UPDATE).status_code == 200
    assert truth(writable, "ASK { GRAPH <http://base/g> { <http://base/a> ?p ?o } }")


@pytest.mark.parametrize("form", [True, False])
def test_update_dataset_default_graph(writable: httpx.Client, form: bool) -> None:
    text = "INSERT { GRAPH <http://e/out> { ?s <http://e/was> ?v } } WHERE { ?s <http://e/in> ?v }"
    given = {"using-graph-uri": ["http://e/g1", "http://e/g2"]}
    if form:
        answer = writable.post("/update", data={"update": text, **given})
    else:
        answer = writable.post("/update", params=given, content=text, headers=UPDATE)
    assert answer.json()["added"] == 3
    text = "SELECT ?v { GRAPH <http://e/out> { ?s ?p ?v } }"
    assert values(writable.get("/sparql", params={"query": text})) == ["g1", "g1", "g2"]


def test_update_dataset_named_graph(writable: httpx.Client) -> None:
    text = "INSERT { ?s <http://e/named> ?v } WHERE { GRAPH ?g { ?s <http://e/in> ?v } }"
    given = {"using-named-graph-uri": "http://e/g2"}
    assert writable.post("/update", params=given, content=text, headers=UPDATE).json()["added"] == 1


def test_update_dataset_full(writable: httpx.Client) -> None:
    text = (
        "INSERT { ?s <http://e/both> ?v } "
        "WHERE { ?s <http://e/in> 'g1' GRAPH ?g { ?s <http://e/in> ?v } }"
    )
    given = {"using-graph-uri": "http://e/g1", "using-named-graph-uri": "http://e/g2"}
    assert writable.post("/update", params=given, content=text, headers=UPDATE).json()["added"] == 1


def test_where_of_an_update_sees_the_exact_default_graph(writable: httpx.Client) -> None:
    text = "INSERT { ?s <http://e/seen> ?v } WHERE { ?s <http://e/in> ?v }"
    assert writable.post("/update", content=text, headers=UPDATE).json()["added"] == 1


def test_failed_update_writes_nothing(writable: httpx.Client) -> None:
    text = "INSERT DATA { <http://e/z> <http://e/p> 1 } ; DROP GRAPH <http://e/nowhere>"
    answer = writable.post("/update", content=text, headers=UPDATE)
    assert answer.status_code >= 400
    assert "http://e/nowhere" in answer.json()["detail"]
    assert not truth(writable, "ASK { <http://e/z> ?p ?o }")


def test_parse_error_of_an_update_names_line_and_column(writable: httpx.Client) -> None:
    answer = writable.post(
        "/update", content="INSERT DATA { <http://e/z> <http://e/p> 1 }\nNONSENSE", headers=UPDATE
    )
    assert (answer.status_code, "line 2" in answer.json()["detail"]) == (400, True)


# Who may write.


def test_writing_needs_the_token(writable: httpx.Client) -> None:
    for headers in ({"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}, {}):
        with httpx.Client(base_url=writable.base_url) as stranger:
            for method, url in (
                ("POST", "/update"),
                ("PUT", "/graphs?default"),
                ("DELETE", "/graphs"),
            ):
                answer = stranger.request(method, url, headers=headers, content=b"")
                assert answer.status_code == 401
                assert answer.headers["www-authenticate"] == "Bearer"
                assert answer.headers["content-type"] == "application/problem+json"


def test_writing_is_off_without_a_token_set(client: httpx.Client) -> None:
    for method, url in (("POST", "/update"), ("PUT", "/graphs?default"), ("DELETE", "/graphs")):
        answer = client.request(method, url, headers={"Authorization": "Bearer x"})
        assert answer.status_code == 403
        assert "COMITY_WRITE_TOKEN" in answer.json()["detail"]


def test_every_commit_is_in_the_log_with_who_when_and_why(
    writable: httpx.Client, writing_folder: Path
) -> None:
    for number in range(3):
        writable.post(
            "/update",
            content=f"INSERT DATA {{ <http://e/n> <http://e/p> {number} }}",
            headers=UPDATE | {"From": "ann@example.org", "Comity-Why": f"step {number}"},
        )
    numbers = sorted(int(path.stem) for path in (writing_folder / "log").glob("*.json"))
    assert numbers == list(range(1, len(numbers) + 1))
    entries = [
        json.loads((writing_folder / "log" / f"{at}.json").read_text()) for at in numbers[-3:]
    ]
    assert [one["why"] for one in entries] == ["step 0", "step 1", "step 2"]
    assert {one["who"] for one in entries} == {"ann@example.org"}
    assert all(one["when"].endswith("+00:00") for one in entries)
    assert [one["added"] for one in entries] == [1, 1, 1]


def test_shapes_guard_the_projects_own_namespace(writable: httpx.Client) -> None:
    text = (
        "INSERT DATA { GRAPH <https://w3id.org/comity/id/source/mine> { "
        "<https://w3id.org/comity/id/stance/x> a comity:StanceAct } }"
    )
    answer = writable.post("/update", content=text, headers=UPDATE)
    assert answer.status_code == 422
    assert any("stance/x" in one or "StanceAct" in one for one in answer.json()["breaches"])
    assert not truth(writable, "ASK { <https://w3id.org/comity/id/stance/x> ?p ?o }")
    # What is not a thing of the project's is the writer's own business.
    free = "INSERT DATA { <http://mine/x> a comity:StanceAct }"
    assert writable.post("/update", content=free, headers=UPDATE).status_code == 200


def test_update_that_runs_too_long_is_stopped_and_writes_nothing(tmp_path: Path) -> None:
    home = written_home(tmp_path)
    quads = " ".join(f"<http://e/{n}> <http://e/p> {n} ." for n in range(3000))
    settings = Settings(data=tmp_path, write_token="t", update_deadline=2)
    with (
        running(settings) as address,
        httpx.Client(base_url=address, timeout=60, headers={"Authorization": "Bearer t"}) as one,
    ):
        assert one.post("/update", content=f"INSERT DATA {{ {quads} }}", headers=UPDATE).is_success
        text = "INSERT { <http://e/late> ?b ?n } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?n }"
        answer = one.post("/update", content=text, headers=UPDATE)
        assert answer.status_code == 504
        assert one.post("/update", content="CLEAR GRAPH <http://e/g1>", headers=UPDATE).is_success
        assert not truth(one, "ASK { <http://e/late> ?p ?o }")
        assert truth(one, "ASK { <http://e/2999> ?p ?o }")
    assert [one.number for one in home.log()] == [1, 2, 3]
