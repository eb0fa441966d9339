"""The API over another server answers as it does over the embedded store."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from comity.api.settings import Settings
from comity.graph.home import GraphHome
from comity.graph.remote_server import RemoteServer
from engines.servers import Server
from server import running

ASKED = (
    "/network?event=attack-on-armenia-2022-09&as_of=2022-09-30",
    "/network?actor=csto&depth=1&as_of=2022-09-13&format=csv",
    "/actors?q=arm&limit=20",
    "/actors/arm",
    "/actors/arm/stances?direction=both",
    "/organisations/csto/members?as_of=2022-09-13",
    "/alliances?as_of=2022-09-13",
    "/treaties/cst",
    "/stances?holder=irn&since=2022-09-12&limit=50",
    "/stances?q=border&sign=-1",
    "/events/attack-on-armenia-2022-09",
    "/posts/usa-secretary-of-state/holders?as_of=2022-09-13",
    "/sources/seed-article",
    "/resolve?name=Blinkin",
    "/queries/members-of?alliance=csto&as_of=2022-09-13",
    "/queries/members-of?alliance=csto&as_of=2022-09-13&format=csv",
)
# What is said of the copy of the graph; a cursor names its version too.
OWN = {"graph_version", "next"}
UPDATE = "INSERT DATA { GRAPH <https://example.org/api> { <urn:x:a> <urn:x:b> 'seen' } }"


@pytest.fixture(scope="session")
def there(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the service over another server, with writing on."""
    remote = server.remote
    settings = Settings(
        data=tmp_path_factory.mktemp("none"),
        engine="sparql",
        sparql_query=remote.query,
        sparql_update=remote.update,
        sparql_graphs=remote.graphs,
        sparql_user=remote.user,
        sparql_password=remote.password,  # type: ignore[arg-type]
        sparql_timeout=60,
        write_token="token",  # type: ignore[arg-type]
        base_url="https://comity.example",
    )
    with running(settings) as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client


@pytest.fixture(scope="session")
def here(shipped_home: GraphHome) -> Iterator[httpx.Client]:
    """A client of the service over the embedded store."""
    settings = Settings(data=shipped_home.folder, base_url="https://comity.example")
    with running(settings) as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client


def _without_own(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_own(one) for name, one in value.items() if name not in OWN}
    if isinstance(value, list):
        return [_without_own(one) for one in value]
    return value


@pytest.mark.parametrize("address", ASKED)
def test_answer_is_the_same(there: httpx.Client, here: httpx.Client, address: str) -> None:
    found, wanted = there.get(address), here.get(address)
    assert wanted.status_code == 200, wanted.text
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == wanted.headers["content-type"]
    if "json" in wanted.headers["content-type"]:
        assert _without_own(found.json()) == _without_own(wanted.json())
    else:
        assert found.text == wanted.text


def test_answer_that_may_change_unseen_has_no_tag(there: httpx.Client) -> None:
    assert "etag" not in there.get("/actors/arm").headers


def test_protocol_is_passed_on(there: httpx.Client, server: Server) -> None:
    try:
        refused = there.post("/update", data={"update": UPDATE})
        assert refused.status_code == 401
        token = {"Authorization": "Bearer token"}
        written = there.post("/update", data={"update": UPDATE}, headers=token)
        assert written.status_code in (200, 204), written.text
        asked = "SELECT ?o { GRAPH <https://example.org/api> { ?s ?p ?o } }"
        rows = there.get("/sparql", params={"query": asked}).json()["results"]["bindings"]
        assert [row["o"]["value"] for row in rows] == ["seen"]
        graph = there.get("/graphs", params={"graph": "https://example.org/api"})
        assert graph.status_code == 200
        assert "urn:x:a" in graph.text
    finally:
        RemoteServer(server.remote).graph("DELETE", "https://example.org/api")
    faulty = there.get("/sparql", params={"query": "SELECT * {"})
    assert faulty.status_code == 400
    assert "does not take the query" in faulty.json()["detail"]


def test_exports_are_alike(there: httpx.Client, here: httpx.Client) -> None:
    reference = "https://w3id.org/comity/id/source/comity-reference"
    asked = {"graph": reference, "format": "nt"}
    found, wanted = (one.get("/graphs", params=asked) for one in (there, here))
    assert found.status_code == wanted.status_code == 200
    assert sorted(found.text.splitlines()) == sorted(wanted.text.splitlines())
