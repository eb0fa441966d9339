"""Long and short queries on processors of their own, with real processes."""

import asyncio
import os
import subprocess
from collections.abc import Iterator

import pytest

from comity.graph import processors
from comity.graph.processors import Processors

EVERYTHING = os.sched_getaffinity(0)
pytestmark = pytest.mark.skipif(len(EVERYTHING) < 2, reason="there is only one processor")


@pytest.fixture
def pids() -> Iterator[list[int]]:
    """Two processes that do nothing."""
    started = [subprocess.Popen(["sleep", "60"]) for _ in range(2)]
    yield [one.pid for one in started]
    for one in started:
        one.kill()
        one.wait()
    os.sched_setaffinity(0, EVERYTHING)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short query is expected for a tenth of a second."""
    monkeypatch.setattr(processors, "EXPECTED", 0.1)


def test_long_ones_leave_processors_to_short_ones_while_these_come(pids: list[int]) -> None:
    async def work() -> None:
        share = Processors(lambda: pids)
        share.asked()
        share.turned_long(pids[0])
        long, short = (os.sched_getaffinity(pid) for pid in pids)
        assert long
        assert short
        assert not long & short
        assert long | short == EVERYTHING
        # This process answers the short ones.
        assert os.sched_getaffinity(0) == short
        for _ in range(4):
            await asyncio.sleep(0.05)
            share.asked()
        assert os.sched_getaffinity(pids[0]) == long
        await asyncio.sleep(0.4)
        assert [os.sched_getaffinity(pid) for pid in (*pids, 0)] == [EVERYTHING] * 3
        share.asked()
        assert os.sched_getaffinity(pids[0]) == long
        share.close()
        assert [os.sched_getaffinity(pid) for pid in (*pids, 0)] == [EVERYTHING] * 3

    asyncio.run(work())


def test_a_second_long_one_moves_at_once(pids: list[int]) -> None:
    async def work() -> None:
        share = Processors(lambda: pids)
        share.asked()
        share.turned_long(pids[0])
        share.turned_long(pids[1])
        assert os.sched_getaffinity(pids[1]) == os.sched_getaffinity(pids[0]) != EVERYTHING
        share.close()

    asyncio.run(work())


def test_everything_is_shared_again_when_the_last_long_one_has_ended(pids: list[int]) -> None:
    async def work() -> None:
        share = Processors(lambda: pids)
        share.asked()
        share.turned_long(pids[0])
        share.ended(pids[0])
        for _ in range(6):
            share.asked()
            await asyncio.sleep(0.05)
        assert [os.sched_getaffinity(pid) for pid in (*pids, 0)] == [EVERYTHING] * 3

    asyncio.run(work())


def test_without_short_ones_a_long_one_has_everything(pids: list[int]) -> None:
    async def work() -> None:
        share = Processors(lambda: pids)
        share.turned_long(pids[0])
        assert os.sched_getaffinity(pids[0]) == EVERYTHING
        assert not share.are_divided

    asyncio.run(work())


def test_a_worker_that_is_gone_troubles_nobody(pids: list[int]) -> None:
    async def work() -> None:
        gone = subprocess.Popen(["true"])
        gone.wait()
        share = Processors(lambda: [gone.pid, *pids])
        share.asked()
        share.turned_long(pids[0])
        assert os.sched_getaffinity(pids[0]) != EVERYTHING
        share.close()

    asyncio.run(work())
