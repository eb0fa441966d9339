"""The pool against real worker processes on the shipped graph."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from comity.errors import (
    BusyError,
    ComityError,
    DeadlineError,
    EngineError,
    MemoryLimitError,
    NotFoundError,
    QueryError,
)
from comity.graph.home import GraphHome
from comity.graph.jobs import Dataset, Dump, End, Job
from comity.graph.pool import QueryPool

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MANY = "SELECT ?s ?p ?o { ?s ?p ?o }"
JSON = "application/sparql-results+json"
# Ten times as long nine times over: ten thousand million letters.
HUGE = (
    'SELECT (STRLEN(?t9) AS ?n) { BIND("0123456789" AS ?t0) '
    + " ".join(f"BIND(CONCAT({', '.join([f'?t{at}'] * 10)}) AS ?t{at + 1})" for at in range(9))
    + " }"
)


def job(
    text: str, *, rows: int = 10_000, size: int = 10**9, media_type: str = JSON, union: bool = True
) -> Job:
    """A job with wide limits."""
    return Job(text, media_type, Dataset(union=union), rows, size)


async def whole(pool: QueryPool, asked: Job | Dump, seconds: float = 60) -> tuple[bytes, End]:
    """The body and the end of an answer."""
    body = b""
    async for piece in pool.run(asked, seconds):
        if isinstance(piece, End):
            return body, piece
        body += piece
    raise AssertionError("no end")


def pooled(
    home: GraphHome, work: Callable[[QueryPool], Awaitable[None]], **settings: int
) -> QueryPool:
    """Runs a coroutine with a pool on a graph whose first worker is ready.

    A deadline counts from the asking; on a busy machine the start of a process alone can
    take longer than some of those here.
    """
    commit = home.last_commit()
    assert commit is not None
    pool = QueryPool(home.snapshot(commit), **settings)

    async def run() -> None:
        await pool.start()
        try:
            while not pool.load()["ready"]:
                await asyncio.sleep(0.01)
            await work(pool)
        finally:
            await pool.close()

    asyncio.run(run())
    return pool


def test_small_query_is_answered(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        body, end = await whole(pool, job("SELECT (1 AS ?one) {}"))
        assert b'"value":"1"' in body
        assert end == End(1)

    pooled(shipped_home, work)


@pytest.mark.parametrize(
    ("media_type", "last"),
    [
        (JSON, b']},"comity":{"cut":"rows=7"}}'),
        (
            "application/sparql-results+xml",
            b"</result><?comity-cut rows=7?></results></sparql>",
        ),
        ("text/csv", b"\r\n"),
        ("text/tab-separated-values", b"\n"),
    ],
)
def test_rows_over_the_cap_are_cut_and_say_so(
    shipped_home: GraphHome, media_type: str, last: bytes
) -> None:
    async def work(pool: QueryPool) -> None:
        body, end = await whole(pool, job(MANY, rows=7, media_type=media_type))
        assert end == End(7, "rows=7")
        assert body.endswith(last)
        exact = await whole(pool, job(f"{MANY} LIMIT 7", rows=7, media_type=media_type))
        assert exact[1] == End(7)

    pooled(shipped_home, work)


def test_bytes_over_the_cap_are_cut_at_a_row(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        body, end = await whole(pool, job(MANY, size=5000, media_type="text/csv"))
        assert end.cut == "bytes=5000"
        assert len(body) <= 5000
        assert end.rows == body.count(b"\r\n") - 1 > 0

    pooled(shipped_home, work)


def test_query_past_its_deadline_is_killed_and_the_next_one_works(
    shipped_home: GraphHome,
) -> None:
    async def work(pool: QueryPool) -> None:
        begun = time.monotonic()
        with pytest.raises(DeadlineError, match="past its 1 s"):
            await whole(pool, job(FOREVER), 1)
        assert time.monotonic() - begun < 2
        assert (await whole(pool, job("SELECT (2 AS ?two) {}")))[1] == End(1)

    pooled(shipped_home, work, size=1)


def test_answer_cut_by_the_deadline_is_closed_well_formed(shipped_home: GraphHome) -> None:
    import json

    async def work(pool: QueryPool) -> None:
        # Rows at once, and then none for longer than anybody waits.
        text = (
            "SELECT * { { ?s ?p ?o } UNION "
            "{ ?s ?p ?o . ?d ?e ?f . ?g ?h ?i "
            "FILTER(STRLEN(STR(?o)) + STRLEN(STR(?f)) + STRLEN(STR(?i)) < 0) } }"
        )
        body, end = await whole(pool, job(text, rows=10**9, size=10**12), 4)
        assert end.cut == "deadline=4"
        found = json.loads(body)
        assert found["comity"] == {"cut": "deadline=4"}
        assert len(found["results"]["bindings"]) > 1000

    pooled(shipped_home, work)


def test_four_heavy_queries_do_not_make_small_ones_wait(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        await whole(pool, job("ASK {}"))
        heavy = [asyncio.ensure_future(whole(pool, job(FOREVER), 20)) for _ in range(4)]
        while pool.load()["heavy"] < 4:
            await asyncio.sleep(0.05)
        begun = time.monotonic()
        for _ in range(50):
            await whole(pool, job("SELECT (1 AS ?one) {}"))
        assert time.monotonic() - begun < 10
        assert pool.load()["heavy"] == 4
        for one in heavy:
            one.cancel()
        await asyncio.gather(*heavy, return_exceptions=True)
        assert pool.load()["running"] == 0

    pooled(shipped_home, work)


def test_asker_that_goes_away_frees_the_worker(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        asked = asyncio.ensure_future(whole(pool, job(FOREVER), 60))
        while pool.load()["running"] < 1:
            await asyncio.sleep(0.05)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert pool.load()["running"] == 0
        assert (await whole(pool, job("ASK {}")))[1] == End(1)

    pooled(shipped_home, work, size=1)


def test_memory_over_the_ceiling_is_told_and_the_next_one_works(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        with pytest.raises(MemoryLimitError, match="1024 MiB"):
            await whole(pool, job(HUGE), 60)
        assert (await whole(pool, job("ASK {}")))[1] == End(1)

    pooled(shipped_home, work, size=1, memory=1024**3)


def test_queue_that_is_full_says_busy(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        asked = [asyncio.ensure_future(whole(pool, job(FOREVER), 3)) for _ in range(6)]
        found = await asyncio.gather(*asked, return_exceptions=True)
        kinds = [type(one) for one in found]
        # One runs heavy, one keeps its place, two wait; the rest is told at once.
        assert kinds.count(BusyError) >= 2
        assert kinds.count(DeadlineError) == 2

    pooled(shipped_home, work, size=1, heavy=1, queue=2, spares=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p", "line 1, column 17"),
        ("SELECT *\n{ ?s ?p ?o }\n}", "line 3, column 2: nothing more was expected"),
        ("SELECT * { ?s nowhere:x ?o }", "prefix is not declared"),
    ],
)
def test_query_that_does_not_parse_names_line_and_column(
    shipped_home: GraphHome, text: str, said: str
) -> None:
    async def work(pool: QueryPool) -> None:
        with pytest.raises(QueryError, match=said):
            await whole(pool, job(text))

    pooled(shipped_home, work)


def test_prefixes_of_the_project_are_known(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        _, end = await whole(pool, job("SELECT ?s { ?s a comity:StanceAct } LIMIT 3"))
        assert end == End(3)

    pooled(shipped_home, work)


def test_graph_is_dumped_and_a_missing_one_is_told(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        body, _ = await whole(pool, Dump(None, "application/n-quads", 10**9))
        assert body.count(b"\n") > 100_000
        with pytest.raises(NotFoundError, match="http://nowhere"):
            await whole(pool, Dump("http://nowhere", "text/turtle", 10**9))

    pooled(shipped_home, work)


def test_snapshot_that_was_taken_away_is_replaced_by_the_newest(
    shipped_home: GraphHome, tmp_path: Path
) -> None:
    commit = shipped_home.last_commit()
    assert commit is not None
    newest = shipped_home.snapshot(commit)

    async def run() -> None:
        pool = QueryPool(tmp_path / "gone", size=1)
        await pool.start()
        try:
            with pytest.raises(EngineError):
                await whole(pool, job("ASK {}"))
            asked = asyncio.ensure_future(whole(pool, job("ASK { ?s ?p ?o }")))
            pool.advance(newest)
            assert b"true" in (await asked)[0]
        finally:
            await pool.close()

    asyncio.run(run())


def test_worker_killed_from_outside_is_replaced(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        await whole(pool, job("ASK {}"))
        for pid in children():
            os.kill(pid, 9)
        for _ in range(5):
            try:
                assert (await whole(pool, job("ASK {}")))[1] == End(1)
                return
            except ComityError:
                await asyncio.sleep(0.1)
        raise AssertionError("the pool did not recover")

    pooled(shipped_home, work, size=2)


def children() -> list[int]:
    """Worker processes of this process."""
    lines = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    return [int(line.split()[0]) for line in lines if "comity.graph.worker" in line]


def test_workers_end_with_their_parent(shipped_home: GraphHome, tmp_path: Path) -> None:
    commit = shipped_home.last_commit()
    assert commit is not None
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from comity.graph.jobs import Dataset, End, Job\n"
        "from comity.graph.pool import QueryPool\n"
        "async def main():\n"
        "    pool = QueryPool(Path(sys.argv[1]))\n"
        "    await pool.start()\n"
        "    job = Job(sys.argv[2], 'text/csv', Dataset(), 10, 1000)\n"
        "    print('ready', flush=True)\n"
        "    async for _ in pool.run(job, 60): pass\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, script, shipped_home.snapshot(commit), FOREVER],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    parent.stdout.readline()
    time.sleep(1)
    found = subprocess.run(
        ["pgrep", "-P", str(parent.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    assert found
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not any(runs(pid) for pid in found):
            return
        time.sleep(0.05)
    raise AssertionError("a worker outlived its parent")


def runs(pid: str) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_worker_is_free_once_its_answer_is_whole(shipped_home: GraphHome) -> None:
    async def work(pool: QueryPool) -> None:
        # Whoever sends it on to a slow reader lets go of the answer much later.
        held = pool.run(job("ASK {}"), 60)
        while not isinstance(await anext(held), End):
            continue
        assert pool.load()["running"] == 0
        await held.aclose()

    pooled(shipped_home, work)
