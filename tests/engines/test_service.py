"""The service on another server answers what it answers on its own store."""

import json
from collections.abc import Iterator

import httpx
import pytest

from comity.api.settings import Settings
from comity.graph.home import GraphHome
from engines.servers import Server
from server import running

PATHS = (
    "/actors?as_of=2022-09-13&limit=20",
    "/actors/arm?as_of=2022-09-13",
    "/actors/irn/stances?direction=both&as_of=2022-12-31",
    "/organisations/csto/members?as_of=2022-09-13",
    "/treaties/cst?as_of=2022-09-13",
    "/stances?holder=irn&as_of=2022-12-31",
    "/events/attack-on-armenia-2022-09?as_of=2022-12-31",
    "/network?event=attack-on-armenia-2022-09&as_of=2022-12-31",
    "/sources?limit=5&as_of=2022-12-31",
    "/resolve?name=Blinkin",
    "/version",
    "/queries/members-of?alliance=csto&as_of=2022-09-13&format=csv",
)


@pytest.fixture(scope="session")
def addresses(server: Server, shipped_home: GraphHome) -> Iterator[tuple[str, str]]:
    """A service on the shipped graph, and one on the same graph on another server."""
    remote = server.remote
    settings = Settings(
        data=shipped_home.folder / "nothing-here",
        engine="sparql",
        sparql_query=remote.query,
        sparql_update=remote.update,
        sparql_graphs=remote.graphs,
        sparql_user=remote.user,
        sparql_password=remote.password,
        write_token="t",
    )
    with running(Settings(data=shipped_home.folder)) as own, running(settings) as other:
        yield own, other


def comparable(answer: httpx.Response, address: str) -> object:
    """An answer without what differs between two servers by nature."""
    assert answer.status_code == 200, answer.text
    text = answer.text.replace(address, "")
    if not answer.headers["content-type"].endswith("json"):
        return text
    found = json.loads(text)
    for name in ("graph_version", "built", "next"):
        found.pop(name, None)
    return found


@pytest.mark.parametrize("path", PATHS)
def test_api_gives_the_same_on_another_server(addresses: tuple[str, str], path: str) -> None:
    own, other = addresses
    mine = httpx.get(own + path, timeout=60)
    theirs = httpx.get(other + path, timeout=60)
    assert comparable(theirs, other) == comparable(mine, own)


def test_protocols_pass_through(addresses: tuple[str, str]) -> None:
    _, other = addresses
    with httpx.Client(base_url=other, timeout=60, headers={"Authorization": "Bearer t"}) as client:
        named = {"graph": "http://e/passed"}
        kind = {"Content-Type": "text/turtle"}
        body = "<http://e/a> <http://e/in> 'passed' ."
        assert client.put("/graphs", params=named, content=body, headers=kind).is_success
        text = "INSERT DATA { GRAPH <http://e/passed> { <http://e/b> <http://e/in> 'too' } }"
        assert client.post("/update", data={"update": text}).status_code == 200
        query = "SELECT ?v { GRAPH <http://e/passed> { ?s <http://e/in> ?v } } ORDER BY ?v"
        found = client.get("/sparql", params={"query": query, "format": "csv"})
        assert found.text.split() == ["v", "passed", "too"]
        assert "etag" not in found.headers
        assert b"http://e/b" in client.get("/graphs", params=named).content
        assert client.delete("/graphs", params=named).status_code == 204
        broken = client.get("/sparql", params={"query": "SELECT * {"})
        assert broken.status_code == 400
