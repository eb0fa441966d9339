"""Another server as engine: the same answers as the store in this process."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from comity.api.settings import Settings
from comity.errors import BusyError, DeadlineError, EngineError, InputError, QueryError
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.graph.network import NetworkQuery
from comity.graph.opening import remote_from
from comity.graph.projection import project
from comity.graph.remote import RemoteEngine
from comity.graph.remote_server import Remote, RemoteServer
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
        RemoteEngine(Remote("http://127.0.0.1:9/sparql", timeout=2)).select("SELECT * {}")


# One reply of a server: status, headers, body.
Reply = tuple[int, dict[str, str], bytes]
ROWS = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
SPARQL = {"Content-Type": "application/sparql-results+json"}
WELL: Reply = (200, SPARQL, ROWS)


class Scripted:
    """A server that gives the replies it was told to, and remembers what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.asked.append((self.path, dict(self.headers), body))
                status, headers, text = outer.replies.pop(0) if outer.replies else WELL
                self.send_response(status)
                for name, value in {"Content-Length": str(len(text)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST  # noqa: N815 - the names that http.server calls

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"

    def __enter__(self) -> "Scripted":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def asked_of(scripted: Scripted, **more: str) -> tuple[RemoteServer, list[float]]:
    """The way to a scripted server, and the waits it makes instead of sleeping."""
    waits: list[float] = []
    remote = Remote(scripted.address, scripted.address, scripted.address, timeout=60, **more)  # type: ignore[arg-type]
    return RemoteServer(remote, sleep=waits.append, chance=lambda: 0.5), waits


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (SPARQL, b""),
        (SPARQL, b'{"message": "too many requests"}'),
        (SPARQL, ROWS[:-20]),
        (SPARQL | {"Content-Length": "4000"}, ROWS),
        ({"Content-Type": "text/html"}, b"<html><h1>Down for maintenance</h1></html>"),
        (SPARQL | {"X-SQL-State": "S1TAT", "X-SQL-Message": "timed out, partial result"}, ROWS),
        (SPARQL | {"comity-cut": "rows=5"}, ROWS),
        (SPARQL, ROWS[:-1] + b', "comity": {"cut": "deadline=10"}}'),
    ],
    ids=["empty", "message", "half", "hung-up", "page", "anytime", "cut-header", "cut-marker"],
)
def test_status_200_alone_is_no_answer(headers: dict[str, str], body: bytes) -> None:
    with Scripted(WELL, (200, headers, body)) as scripted:
        engine = RemoteEngine(scripted.address)
        engine.check()
        with pytest.raises(EngineError, match=r"no SPARQL result|cut its answer|could not answer"):
            engine.select("SELECT * {}")
        assert len(scripted.asked) == 2


def test_page_of_the_server_is_quoted() -> None:
    with (
        Scripted(
            (200, {}, b"<html><title>x</title><h1>Down for <b>maintenance</b></h1>")
        ) as server,
        pytest.raises(EngineError, match="Down for maintenance"),
    ):
        RemoteEngine(server.address).check()


def test_busy_server_is_asked_again_later_and_later() -> None:
    busy: Reply = (503, {}, b"")
    with Scripted(busy, (429, {"Retry-After": "7"}, b""), busy, WELL) as scripted:
        server, waits = asked_of(scripted)
        server.query("SELECT * {}", "*/*").close()
        # Half a second, doubled each time, by half more for chance; but as long as it asks.
        assert waits == [0.75, 7.0, 3.0]
        assert len(scripted.asked) == 4


def test_server_that_stays_busy_is_given_up() -> None:
    with Scripted(*[(503, {"Retry-After": "1"}, b"overloaded")] * 9) as scripted:
        server, waits = asked_of(scripted)
        with pytest.raises(BusyError, match="is busy: overloaded"):
            server.query("SELECT * {}", "*/*")
        assert len(scripted.asked) == 4
        assert len(waits) == 3


def test_wait_longer_than_the_timeout_is_not_begun() -> None:
    with Scripted((503, {"Retry-After": "3600"}, b"")) as scripted:
        remote = Remote(scripted.address, timeout=5)
        waits: list[float] = []
        with pytest.raises(BusyError):
            RemoteServer(remote, sleep=waits.append).query("SELECT * {}", "*/*")
        assert waits == []


def test_date_to_come_back_at_is_honoured() -> None:
    at = formatdate(time.time() + 9, usegmt=True)
    with Scripted((503, {"Retry-After": at}, b""), WELL) as scripted:
        server, waits = asked_of(scripted)
        server.query("SELECT * {}", "*/*").close()
        assert waits[0] == pytest.approx(9, abs=1.5)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_update_that_may_have_been_carried_out_is_not_repeated(status: int) -> None:
    with Scripted((status, {}, b"no")) as scripted:
        server, waits = asked_of(scripted)
        with pytest.raises((EngineError, DeadlineError)):
            server.update("INSERT DATA { <urn:a> <urn:b> 1 }")
        assert len(scripted.asked) == 1
        assert waits == []


def test_update_that_was_refused_is_repeated() -> None:
    with Scripted((503, {}, b""), (204, {}, b"")) as scripted:
        server, _ = asked_of(scripted)
        server.update("INSERT DATA { <urn:a> <urn:b> 1 }", [("using-graph-uri", "urn:g")])
        first, second = scripted.asked
        assert first[2] == second[2]
        assert parse_qs(second[2].decode()) == {
            "update": ["INSERT DATA { <urn:a> <urn:b> 1 }"],
            "using-graph-uri": ["urn:g"],
        }


def test_request_says_who_asks() -> None:
    with Scripted(WELL) as scripted:
        RemoteEngine(scripted.address).check()
        assert re.fullmatch(
            r"Comity/\d+\.\d+\.\d+ \(\+https://.*\)", scripted.asked[0][1]["User-Agent"]
        )


def test_password_is_told_only_when_asked(tmp_path: Path) -> None:
    asks: Reply = (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
    path = tmp_path / "body"
    path.write_bytes(b"<urn:a> <urn:b> <urn:c> .\n")
    with Scripted(asks, (201, {}, b"")) as scripted, path.open("rb") as body:
        server, _ = asked_of(scripted, user="me", password="secret")
        assert server.graph("PUT", "urn:g", body, "application/n-triples") == 201
        question, told = scripted.asked
        assert "Authorization" not in question[1]
        assert question[2] == b""
        assert told[1]["Authorization"] == "Basic bWU6c2VjcmV0"
        assert told[2] == path.read_bytes()
        assert told[0] == "/sparql?graph=urn%3Ag"


def test_slow_server_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        remote = Remote(f"http://127.0.0.1:{port}/sparql", timeout=0.3)
        with pytest.raises(DeadlineError, match=r"did not answer within 0\.3 s"):
            RemoteEngine(remote).check()


def test_environment_names_the_server() -> None:
    assert remote_from({}) is None
    assert remote_from({"COMITY_ENGINE": "embedded"}) is None
    found = remote_from(
        {
            "COMITY_ENGINE": "sparql",
            "COMITY_SPARQL_QUERY": "http://h/q",
            "COMITY_SPARQL_UPDATE": "http://h/u",
            "COMITY_SPARQL_GRAPHS": "http://h/g",
            "COMITY_SPARQL_USER": "me",
            "COMITY_SPARQL_PASSWORD": "secret",
            "COMITY_SPARQL_TIMEOUT": "7.5",
        }
    )
    assert found == Remote("http://h/q", "http://h/u", "http://h/g", "me", "secret", 7.5)
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMITY_ENGINE", "oracle"),
        ("COMITY_SPARQL_QUERY", ""),
        ("COMITY_SPARQL_QUERY", "localhost:3030"),
        ("COMITY_SPARQL_TIMEOUT", "soon"),
        ("COMITY_SPARQL_TIMEOUT", "0"),
        ("COMITY_SPARQL_TIMEOUT", "nan"),
    ],
)
def test_wrong_setting_is_named(name: str, value: str) -> None:
    environ = {"COMITY_ENGINE": "sparql", "COMITY_SPARQL_QUERY": "http://h/q", name: value}
    with pytest.raises(InputError, match=name):
        remote_from(environ)


def test_missing_address_is_named() -> None:
    server = RemoteServer(Remote("http://127.0.0.1:9/sparql"))
    with pytest.raises(EngineError, match="COMITY_SPARQL_UPDATE"):
        server.update("CLEAR ALL")
    with pytest.raises(EngineError, match="COMITY_SPARQL_GRAPHS"):
        server.graph("DELETE", "urn:g")


def test_command_asks_the_server_that_the_environment_names(
    shipped_home: GraphHome, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "comity", "ask", "members-of", "--format", "csv",
               "--alliance", "csto", "--as-of", "2022-09-13"]  # fmt: skip
    with running(Settings(data=shipped_home.folder)) as address:
        environ = {"COMITY_ENGINE": "sparql", "COMITY_SPARQL_QUERY": f"{address}/sparql"}
        done = subprocess.run(
            command, cwd=tmp_path, env=os.environ | environ, capture_output=True, text=True
        )
    assert done.returncode == 0, done.stderr
    members = [line.split(",")[0] for line in done.stdout.splitlines()[1:]]
    assert members == ["arm", "blr", "kaz", "kgz", "rus", "tjk"]
