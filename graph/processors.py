"""Which processors short and long queries run on, so that short ones find one free.

Owns the division of this machine's processors; which query is long is the pool's to
decide. A low priority alone is not enough: Linux lets a process that wakes on the
processor of a busy one wait for the next tick of the clock, 4 ms at 250 ticks a second,
however low the priority of the busy one (lazy preemption, from Linux 6.13 on; seen with
nice 19 and SCHED_IDLE too, see benchmarks/README.md). So while short queries come, long
ones keep to one half of the processors and everything else to the other.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

# For so long after a query the next one is expected.
EXPECTED = 0.5


class Processors:
    """Divides the processors while long queries run and short ones come.

    Where there is only one, or the system cannot bind processes, it does nothing.

    Args:
        workers: ids of all worker processes, asked for when the division changes.
    """

    def __init__(self, workers: Callable[[], Iterable[int]]) -> None:
        self._workers = workers
        binds = hasattr(os, "sched_getaffinity")
        everything = sorted(os.sched_getaffinity(0)) if binds else []
        half = len(everything) // 2
        self._everything = frozenset(everything)
        self._for_short = frozenset(everything[:half])
        self._for_long = frozenset(everything[half:])
        self._long: set[int] = set()
        self._expected_until = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def are_divided(self) -> bool:
        """Whether long queries keep to their half now."""
        return self._alarm is not None

    def asked(self) -> None:
        """A query came, and is held to be short until it proves otherwise."""
        self._expected_until = monotonic() + EXPECTED
        if self._long and not self.are_divided:
            self._divide()

    def turned_long(self, worker: int) -> None:
        """The query of this process turned out to be long."""
        self._long.add(worker)
        if self.are_divided:
            _bind(worker, self._for_long)
        elif monotonic() < self._expected_until:
            self._divide()

    def ended(self, worker: int) -> None:
        """The process no longer runs a long query."""
        self._long.discard(worker)

    def close(self) -> None:
        """Gives everything back."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._share()

    def _divide(self) -> None:
        if not self._for_short:
            return
        for worker in self._workers():
            _bind(worker, self._for_long if worker in self._long else self._for_short)
        _bind_threads(self._for_short)
        self._look_again()

    def _look_again(self) -> None:
        later = asyncio.get_running_loop().call_later
        self._alarm = later(EXPECTED, self._reconsider)

    def _reconsider(self) -> None:
        if self._long and monotonic() < self._expected_until:
            self._look_again()
        else:
            self._share()

    def _share(self) -> None:
        self._alarm = None
        for worker in self._workers():
            _bind(worker, self._everything)
        _bind_threads(self._everything)


def _bind_threads(processors: frozenset[int]) -> None:
    """Binds all threads of this process; those that they start follow them."""
    for thread in Path("/proc/self/task").iterdir():
        _bind(int(thread.name), processors)


def _bind(task: int, processors: frozenset[int]) -> None:
    # It may have ended meanwhile.
    with contextlib.suppress(ProcessLookupError):
        os.sched_setaffinity(task, processors)
