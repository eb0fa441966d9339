"""What a public endpoint meets: slow readers, people who hang up, hostile texts."""

import asyncio
import csv
import io
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from comity.api.settings import Settings
from comity.graph.home import GraphHome
from server import running

LARGE = "/sparql?format=csv&query=" + quote("SELECT ?s ?p ?o { ?s ?p ?o }")
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
READERS = 1000


@pytest.fixture(scope="module")
def address(shipped_home: GraphHome) -> Iterator[str]:
    """A server with little room, and time enough for a busy machine."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # Both ends of every connection are in this process.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    settings = Settings(
        data=shipped_home.folder, workers=2, spare_workers=1, queue=16, query_deadline=100
    )
    with running(settings) as found:
        yield found
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def answered(address: str) -> float:
    """Seconds that a small query takes; fails when it is not answered normally."""
    begun = time.monotonic()
    answer = httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, timeout=20)
    assert answer.json().get("boolean") is True, answer.text
    return time.monotonic() - begun


@pytest.mark.slow
def test_a_thousand_slow_readers_hold_nobody_up(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")

    async def reader() -> tuple[int, asyncio.StreamWriter, asyncio.StreamReader]:
        # Room for a few kilobytes only, so that the answer stays with the server.
        link = socket.socket()
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.setblocking(False)
        await asyncio.get_running_loop().sock_connect(link, (host, int(port)))
        taking, sending = await asyncio.open_connection(sock=link, limit=4096)
        sending.write(f"GET {LARGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        # Sooner than the server gives up those who take nothing: none waits for that.
        line = await asyncio.wait_for(taking.readline(), 55)
        return int(line.split()[1]), sending, taking

    async def work() -> list[int]:
        found = await asyncio.gather(*(reader() for _ in range(READERS)))
        for _ in range(5):
            assert await asyncio.to_thread(answered, address) < 5
        for _, sending, _ in found:
            sending.close()
        return [status for status, _, _ in found]

    statuses = asyncio.run(work())

    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 16
    assert answered(address) < 5


def test_reader_that_is_slow_gets_the_whole_answer(address: str) -> None:
    body = b""
    with httpx.stream("GET", f"{address}{LARGE}", timeout=60) as answer:
        for at, piece in enumerate(answer.iter_bytes(64 * 1024)):
            body += piece
            if at < 20:
                time.sleep(0.05)
    rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    count = httpx.get(f"{address}/sparql", params={"query": text}).json()
    assert len(rows) - 1 == int(count["results"]["bindings"][0]["n"]["value"])


def test_client_that_hangs_up_frees_its_worker(shipped_home: GraphHome) -> None:
    settings = Settings(
        data=shipped_home.folder, workers=1, spare_workers=0, heavy_workers=0, query_deadline=30
    )
    with running(settings) as address:
        for _ in range(3):
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(f"{address}/sparql", params={"query": FOREVER}, timeout=0.7)
        # The one worker would be busy for thirty seconds.
        assert answered(address) < 5


def test_memory_limit_answers_503_and_names_it(shipped_home: GraphHome) -> None:
    settings = Settings(
        data=shipped_home.folder, workers=1, spare_workers=0, worker_memory=1024, query_deadline=60
    )
    # Ten times as long nine times over: ten thousand million letters.
    longer = (f"BIND(CONCAT({', '.join([f'?t{at}'] * 10)}) AS ?t{at + 1})" for at in range(9))
    text = f'SELECT (STRLEN(?t9) AS ?n) {{ BIND("0123456789" AS ?t0) {" ".join(longer)} }}'
    with running(settings) as address:
        answer = httpx.get(f"{address}/sparql", params={"query": text}, timeout=90)
        assert answer.status_code == 503
        assert "1024 MiB" in answer.json()["detail"]
        assert answer.headers["retry-after"]
        assert answered(address) < 5


def test_full_queue_answers_503_with_retry_after(shipped_home: GraphHome) -> None:
    settings = Settings(
        data=shipped_home.folder, workers=1, spare_workers=0, heavy_workers=0, queue=1,
        query_deadline=4,
    )  # fmt: skip

    async def ask(client: httpx.AsyncClient) -> httpx.Response:
        return await client.get("/sparql", params={"query": FOREVER})

    async def work(address: str) -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            return list(await asyncio.gather(*(ask(client) for _ in range(6))))

    with running(settings) as address:
        answers = asyncio.run(work(address))
        busy = [one for one in answers if one.status_code == 503]
        assert len(busy) >= 4
        assert all(one.headers["retry-after"] == "1" for one in busy)
        assert {one.status_code for one in answers} == {503, 504}
        assert answered(address) < 5


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"SELECT * { ?s ?p '" + b"x" * 9_000_000 + b"' }", "application/sparql-query", 413),
        (b"#" * 11_000_000, "application/sparql-query", 413),
        (b"SELECT * " + b"{" * 100_000, "application/sparql-query", 400),
        (b"SELECT * { ?s ?p ?o " + b"(" * 5000, "application/sparql-query", 400),
        (b"SELECT * { ?s ?p " + b"!" * 5000 + b" }", "application/sparql-query", 400),
        (b"\xff\xfe\x00", "application/sparql-query", 400),
        (b"SELECT * { ?s ?p '\x00' }", "application/sparql-query", 400),
        (b"", "application/sparql-query", 400),
        (b"query=%ZZ", "application/x-www-form-urlencoded", 400),
        (b"SELECT * { ?s ?p ?o }", "application/sparql-query; charset=klingon", 400),
    ],
)
def test_hostile_text_gets_a_clear_answer(
    address: str, content: bytes, kind: str, status: int
) -> None:
    answer = httpx.post(
        f"{address}/sparql", content=content, headers={"Content-Type": kind}, timeout=30
    )
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answered(address) < 5


@pytest.mark.parametrize("format", ["exe", "json5", ""])
def test_unknown_format_is_refused_with_those_there_are(address: str, format: str) -> None:
    answer = httpx.get(f"{address}/sparql", params={"query": "ASK {}", "format": format})
    if format:
        assert answer.status_code == 406
        assert "csv" in answer.json()["detail"]
    else:
        assert answer.status_code == 200


def test_empty_service_is_for_people_who_bring_their_own(tmp_path: Path) -> None:
    GraphHome(tmp_path).begin_empty()
    with running(Settings(data=tmp_path, write_token="t")) as address:
        count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
        assert httpx.get(f"{address}/sparql", params=count).text.split() == ["n", "0"]
        sent = httpx.post(
            f"{address}/graphs?graph=http%3A%2F%2Fmine%2F",
            content="<http://mine/a> <http://mine/b> 1 .",
            headers={"Authorization": "Bearer t", "Content-Type": "text/turtle"},
        )
        assert sent.status_code == 201
        assert httpx.get(f"{address}/sparql", params=count).text.split() == ["n", "1"]
        assert httpx.get(f"{address}/").headers["location"].endswith("/sparql")
