"""Worker processes: answers, deadlines that kill, and workers that end with their parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.errors import BusyError, DeadlineError, EngineError, QueryError
from comity.graph.home import GraphHome
from comity.graph.pool import QueryPool
from comity.graph.worker import Job

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def job(text: str, *, solutions: str = "text/csv", cap: int = 100) -> Job:
    return Job(text, solutions, "application/n-triples", cap, True)


@pytest.fixture
def pool(shipped_home: GraphHome) -> Iterator[QueryPool]:
    commit = shipped_home.last_commit()
    assert commit is not None
    found = QueryPool(shipped_home.snapshot(commit), size=1)
    found.start()
    yield found
    found.close()


def test_small_query_is_answered(pool: QueryPool) -> None:
    done = pool.run(job("SELECT (1 AS ?one) {}"), 10)
    assert done.body.split() == [b"one", b"1"]


def test_rows_over_the_cap_are_cut_and_say_so(pool: QueryPool) -> None:
    done = pool.run(job("SELECT ?s { ?s ?p ?o }", cap=7), 10)
    assert (done.rows, done.cut) == (7, True)
    assert len(done.body.splitlines()) == 8
    whole = pool.run(job("SELECT ?s { ?s ?p ?o } LIMIT 7", cap=7), 10)
    assert (whole.rows, whole.cut) == (7, False)


def test_query_past_its_deadline_is_killed_and_the_next_one_works(pool: QueryPool) -> None:
    begun = time.monotonic()
    with pytest.raises(DeadlineError):
        pool.run(job(FOREVER), 1)
    assert time.monotonic() - begun < 3
    assert pool.run(job("SELECT (2 AS ?two) {}"), 10).rows == 1


def test_query_that_does_not_parse_is_told(pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="does not parse"):
        pool.run(job("SELECT * {"), 10)


def test_worker_that_died_while_idle_is_replaced(pool: QueryPool) -> None:
    pool.run(job("ASK {}"), 10)
    process = pool._idle[0]._process
    process.kill()
    process.wait()
    assert pool.run(job("ASK {}"), 10).rows == 1


def test_query_whose_worker_is_killed_says_so_and_the_next_one_works(pool: QueryPool) -> None:
    process = pool._idle[0]._process
    threading.Timer(1, process.kill).start()
    with pytest.raises(EngineError, match="memory"):
        pool.run(job(FOREVER), 30)
    assert pool.run(job("ASK {}"), 10).rows == 1


def test_too_many_waiting_queries_are_turned_away(shipped_home: GraphHome) -> None:
    commit = shipped_home.last_commit()
    assert commit is not None
    small = QueryPool(shipped_home.snapshot(commit), size=1, queue=0)
    with pytest.raises(BusyError, match="try again"):
        small.run(job("ASK {}"), 1)
    small.close()


def test_worker_ends_when_its_parent_is_killed(shipped_home: GraphHome) -> None:
    commit = shipped_home.last_commit()
    assert commit is not None
    program = f"""
import sys, time
from pathlib import Path
from comity.graph.pool import QueryPool
from comity.graph.worker import Job
pool = QueryPool(Path({str(shipped_home.snapshot(commit))!r}), size=1)
pool.run(Job("ASK {{}}", "text/csv", "text/turtle", 9, True), 20)
worker = next(iter(pool._idle))
print(worker._process.pid, flush=True)
pool.run(Job({FOREVER!r}, "text/csv", "text/turtle", 9, True), 60)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists():
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its parent")
