"""Another server as engine: the same answers as the store in this process."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from comity.api.settings import Settings
from comity.errors import EngineError, QueryError
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.graph.projection import NetworkQuery, project
from comity.graph.remote import RemoteEngine
from server import running

ARMENIA = "https://w3id.org/comity/id/actor/arm"


@pytest.fixture(scope="module")
def remote(shipped_home: GraphHome) -> Iterator[RemoteEngine]:
    with running(Settings(data=shipped_home.folder, row_cap=100_000)) as address:
        yield RemoteEngine(f"{address}/sparql")


def test_answer_that_the_server_cut_is_refused(live_server: str) -> None:
    with pytest.raises(EngineError, match="cut its answer"):
        RemoteEngine(f"{live_server}/sparql").select("SELECT ?s { ?s ?p ?o }")


def test_rows_are_the_same_terms(remote: RemoteEngine, shipped_engine: EmbeddedEngine) -> None:
    text = f"SELECT ?p ?o ?none WHERE {{ <{ARMENIA}> ?p ?o }} ORDER BY ?p ?o"
    assert remote.select(text) == shipped_engine.select(text)
    assert remote.describe(ARMENIA) == shipped_engine.describe(ARMENIA)


def test_network_is_the_same(remote: RemoteEngine, shipped_engine: EmbeddedEngine) -> None:
    query = NetworkQuery(actors=("grc",))
    assert project(remote, query).ties == project(shipped_engine, query).ties


def test_errors_of_the_server_are_ours(remote: RemoteEngine) -> None:
    with pytest.raises(QueryError, match="does not take the query"):
        remote.select("SELECT * {")
    with pytest.raises(EngineError, match="could not answer"):
        RemoteEngine("http://127.0.0.1:9/sparql", timeout=2).select("SELECT * {}")


class _ErrorPage(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = b'{"message": "too many requests"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def error_page() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _ErrorPage)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_error_page_with_status_200_is_no_answer(error_page: str) -> None:
    with pytest.raises(EngineError, match="no SPARQL result"):
        RemoteEngine(error_page).select("SELECT * {}")
