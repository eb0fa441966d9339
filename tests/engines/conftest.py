"""Servers for the engine tests: each started once, with the shipped graph put on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.graph.binding import with_prefixes
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.graph.opening import put_graph
from comity.graph.remote import RemoteEngine
from comity.queries.catalogue import catalogue, record_query
from comity.queries.examples import example_quads
from engines.servers import Server, fuseki, fuseki_jar, has_virtuoso, virtuoso

# Fresh servers that are tried until one is loaded without Virtuoso's defect.
_LOADS = 8
REMOTE = [
    pytest.param("fuseki", marks=pytest.mark.fuseki),
    pytest.param("virtuoso", marks=pytest.mark.virtuoso),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `server` runs on both servers, one that takes `kind` on all."""
    if "server" in metafunc.fixturenames:
        metafunc.parametrize("server", REMOTE, indirect=True, scope="session")
    elif "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", ["embedded", *REMOTE], scope="session")


@pytest.fixture(scope="session")
def shipped_file(shipped_engine: EmbeddedEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped graph as N-Quads."""
    path = tmp_path_factory.mktemp("shipped") / "shipped.nq"
    path.write_bytes(b"".join(shipped_engine.dump()))
    return path


@pytest.fixture(scope="session")
def fuseki_server(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if fuseki_jar() is None:
        _absent("Fuseki: put its jar where tests/engines/servers.py looks (.ci/run does)")
    with fuseki(tmp_path_factory.mktemp("fuseki")) as server:
        server.load(shipped_file)
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(
    shipped_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    if not has_virtuoso():
        _absent("Virtuoso: install Debian's virtuoso-opensource (.ci/run does)")
    for attempt in range(_LOADS):
        with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
            server.load(shipped_file)
            if _compares_dates(server) or attempt == _LOADS - 1:
                yield server
                return


def _compares_dates(server: Server) -> bool:
    """Whether a day is before a later one; see docs/engines.md.

    Loaded on a busy machine, Virtuoso 7.2.5 now and then finds some day neither before nor
    after another until the data are loaded anew, and as text finds it at once.
    """
    text = record_query("statuses")
    return bool(list(RemoteEngine(server.remote).select(with_prefixes(text)).rows))


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Server:
    """A running server with the shipped graph; the test's own graphs go when it ends."""
    found: Server = request.getfixturevalue(f"{request.param}_server")
    return found


@pytest.fixture(scope="session")
def remote(server: Server) -> RemoteEngine:
    """The shipped graph on a server."""
    return RemoteEngine(server.remote)


@pytest.fixture
def empty_home(tmp_path: Path) -> GraphHome:
    """A data directory that can be written to."""
    home = GraphHome(tmp_path / "graph")
    home.begin_empty()
    return home


def put_shipped(server: Server) -> None:
    """Puts the shipped graph on a server, over whatever stands in its graphs."""
    put_graph(server.remote, more=example_quads(catalogue().values()))


def _absent(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"no {what}")
    pytest.skip(f"no {what}")
