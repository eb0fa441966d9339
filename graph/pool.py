"""A pool of worker processes for everything that can run long.

Owns starting, choosing, killing and replacing workers; what they do is in `worker`. Runs
in one event loop. A query past its deadline is killed with its process, and so is one
whose asker is gone; nothing else notices.

A worker that is busy for some time (`HEAVY_AFTER` seconds) gets a low priority, keeps to its share of
the processors (`processors`) and gives up its place to a spare, so that long queries never
make short ones wait. Where too many heavy
ones run already, it keeps its place for `GRACE` seconds more, and is then stopped if
others wait for the place.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from pathlib import Path
from time import monotonic

from comity.errors import (
    BusyError,
    ComityError,
    DeadlineError,
    EngineError,
    InputError,
    MemoryLimitError,
    NotFoundError,
    QueryError,
)
from comity.graph.jobs import Dump, End, Job, Measuring
from comity.graph.parse_errors import plain_parse_error
from comity.graph.pieces import tail
from comity.graph.process import Worker
from comity.graph.processors import Processors
from comity.graph.worker import Failed, Order

DEFAULT_MEMORY = 2 * 1024**3
HEAVY_AFTER = 0.05
GRACE = 1.0
OPEN_APART = 0.1
# Workers that die before they are ready, one after the other, until the pool gives up.
_FAILED_STARTS = 3
# How often a snapshot may vanish before a worker has opened it.
_ATTEMPTS = 5
# The last is what the start of a thread says when its stack finds no room under the ceiling.
_MEMORY_WORDS = (
    "memory allocation",
    "bad_alloc",
    "MemoryError",
    "Cannot allocate memory",
    "Resource temporarily unavailable",
)


class QueryPool:
    """Answers arbitrary queries in worker processes; a `comity.graph.jobs.Runner`.

    Args:
        snapshot: directory of the snapshot the workers open; None where another server holds
            the graph, and they only measure.
        size: workers for short queries.
        spares: workers kept ready to take the place of one that turned out heavy.
        heavy: how many heavy workers there may be beside them.
        queue: how many queries may wait for a worker before `BusyError`.
        memory: address space of each worker in bytes.
        heavy_after: seconds after which a worker that is busy counts as heavy.
    """

    def __init__(
        self,
        snapshot: Path | None,
        *,
        size: int = 2,
        spares: int = 2,
        heavy: int = 8,
        queue: int = 64,
        memory: int = DEFAULT_MEMORY,
        heavy_after: float = HEAVY_AFTER,
    ) -> None:
        self._snapshot = "" if snapshot is None else str(snapshot)
        self._memory = memory
        self._heavy_after = heavy_after
        self._size = size
        self._spares = spares
        self._heavy_cap = heavy
        self._queue = queue
        self._idle: list[Worker] = []
        self._starting: set[Worker] = set()
        self._light: set[Worker] = set()
        self._heavy: set[Worker] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._all: set[Worker] = set()
        self._processors = Processors(lambda: [worker.pid for worker in self._all])
        self._failed_starts = 0
        self._closed = False

    async def start(self) -> None:
        """Starts the workers; returns without waiting for them to be ready."""
        self._fill()

    def advance(self, snapshot: Path) -> None:
        """Answers from a newer snapshot from now on; what is under way stays with its own."""
        self._snapshot = str(snapshot)
        # One after the other: the next query waits for one worker, not for all of them.
        later = asyncio.get_running_loop().call_later
        for at, worker in enumerate(self._idle):
            later(at * OPEN_APART, self._open_ahead, worker, self._snapshot)

    def _open_ahead(self, worker: Worker, snapshot: str) -> None:
        if snapshot == self._snapshot and worker in self._idle and worker.is_alive:
            worker.send(Order(snapshot, None))

    def _order(self, job: Job | Dump | Measuring) -> Order:
        earlier = job.snapshot if isinstance(job, Measuring) else ""
        return Order(earlier or self._snapshot, job)

    async def run(
        self, job: Job | Dump | Measuring, seconds: float
    ) -> AsyncGenerator[bytes | End, None]:
        """The answer in pieces, then one `End`; see `comity.graph.jobs.Runner.run`."""
        deadline = monotonic() + seconds
        worker = await self._take(deadline)
        loop = asyncio.get_running_loop()
        alarm = loop.call_later(max(0.0, deadline - monotonic()), worker.kill, "deadline")
        worker.turn += 1
        heavy = loop.call_later(self._heavy_after, self._turn_heavy, worker, worker.turn)
        begun = ended = False
        attempts = 1
        try:
            worker.send(self._order(job))
            while True:
                message = await worker.next_message()
                if isinstance(message, bytes):
                    begun = True
                    yield message
                    continue
                if _is_stale(message) and attempts < _ATTEMPTS:
                    attempts += 1
                    worker.send(self._order(job))
                    continue
                ended = True
                if isinstance(message, End):
                    end = message
                    break
                error = self._error(worker, message, seconds)
                if not begun:
                    raise error
                # Part of the answer is out already: it is closed where it stands.
                cut = "busy" if isinstance(error, BusyError) else "error"
                if isinstance(error, DeadlineError):
                    cut = f"deadline={seconds:g}"
                last = tail(job.media_type, cut)
                if last:
                    yield last
                end = End(None, cut)
                break
        finally:
            alarm.cancel()
            heavy.cancel()
            if not ended:
                # The asker is gone; a query cannot be stopped but with its process.
                worker.kill("abandoned")
            self._give_back(worker)
        # Told when the worker is free again: who hears it may be slow to let go.
        yield end

    async def close(self) -> None:
        """Kills all workers."""
        self._closed = True
        self._processors.close()
        for future in self._waiting:
            if not future.done():
                future.set_exception(BusyError("The service is shutting down."))
        self._idle.clear()
        for worker in list(self._all):
            worker.kill("closed")
        for worker in list(self._all):
            await worker.buried()
        self._all.clear()

    def load(self) -> dict[str, int]:
        """How many queries run and wait now."""
        return {
            "running": len(self._light) + len(self._heavy),
            "heavy": len(self._heavy),
            "waiting": len(self._waiting),
            "ready": len(self._idle),
        }

    async def _take(self, deadline: float) -> Worker:
        if self._closed:
            raise BusyError("The service is shutting down.")
        self._processors.asked()
        while self._idle and len(self._light) < self._size and not self._waiting:
            # The one that answered last: what it needs is still in the processor's memory.
            worker = self._idle.pop()
            # One that died while idle is nobody's failed query: another takes its place.
            if worker.is_alive:
                self._light.add(worker)
                return worker
            self._fill()
        if len(self._waiting) >= self._queue:
            raise BusyError(f"{self._queue} queries are waiting already; try again in a moment.")
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._fill()
        try:
            return await asyncio.wait_for(future, max(0.0, deadline - monotonic()))
        except TimeoutError:
            raise BusyError("No worker was free before the deadline; try again.") from None
        except asyncio.CancelledError:
            # Chosen in the moment the asker went away.
            if future.done() and not future.cancelled() and not future.exception():
                self._give_back(future.result())
            raise
        finally:
            if future in self._waiting:
                self._waiting.remove(future)

    def _serve_waiting(self) -> None:
        while self._waiting and self._idle and len(self._light) < self._size:
            worker = self._idle.pop()
            if not worker.is_alive:
                continue
            future = self._waiting.popleft()
            if future.done():
                self._idle.append(worker)
                continue
            self._light.add(worker)
            future.set_result(worker)

    def _turn_heavy(self, worker: Worker, turn: int) -> None:
        if worker.turn != turn or worker not in self._light or not worker.is_alive:
            return
        first = not worker.is_low
        worker.lower_priority()
        if len(self._heavy) < self._heavy_cap:
            self._light.discard(worker)
            self._heavy.add(worker)
            self._processors.turned_long(worker.pid)
            self._fill()
            self._serve_waiting()
        elif self._waiting and not first:
            worker.kill("crowded")
        else:
            later = asyncio.get_running_loop().call_later
            later(GRACE if first else GRACE / 5, self._turn_heavy, worker, turn)

    def _give_back(self, worker: Worker) -> None:
        # A priority once lowered cannot be raised again, so a heavy worker is replaced.
        if worker.is_alive and not worker.is_low and not self._closed:
            self._idle.append(worker)
        else:
            worker.kill("replaced")
        self._light.discard(worker)
        self._heavy.discard(worker)
        self._processors.ended(worker.pid)
        self._fill()
        self._serve_waiting()

    def _fill(self) -> None:
        wanted = self._size + self._spares - len(self._light)
        while not self._closed and len(self._idle) + len(self._starting) < wanted:
            worker = Worker(self._memory, self._ready, self._gone)
            self._starting.add(worker)
            self._all.add(worker)

    def _ready(self, worker: Worker) -> None:
        self._starting.discard(worker)
        self._failed_starts = 0
        if self._closed:
            worker.kill("closed")
            return
        # Opened before it is asked, so that the first query does not wait for it.
        worker.send(Order(self._snapshot, None))
        self._idle.append(worker)
        self._serve_waiting()

    def _gone(self, worker: Worker) -> None:
        """A worker has died by itself, or was killed."""
        if not self._closed:
            self._buried(worker)
        if worker in self._starting:
            self._starting.discard(worker)
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                self._give_up(worker)
                return
        if worker in self._idle:
            self._idle.remove(worker)
        self._fill()

    def _buried(self, worker: Worker) -> None:
        """Forgets a dead worker once its process is off the system's list."""
        if worker.is_gone:
            self._all.discard(worker)
        else:
            asyncio.get_running_loop().call_later(0.05, self._buried, worker)

    def _give_up(self, worker: Worker) -> None:
        self._failed_starts = 0
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(
                    EngineError(f"No worker can be started: {worker.last_words() or 'no reason'}.")
                )

    def _error(self, worker: Worker, message: Failed | None, seconds: float) -> ComityError:
        if message is None:
            if worker.killed_for == "deadline":
                return DeadlineError(f"The query ran past its {seconds:g} s and was stopped.")
            if worker.killed_for == "crowded":
                return BusyError("Too many long queries run already; try again in a moment.")
            words = worker.last_words()
            if any(word in words for word in _MEMORY_WORDS):
                return self._memory_error()
            last = words.splitlines()[-1] if words else "no reason was given"
            return EngineError(f"The query ended its worker ({last}).")
        if message.reason == "syntax":
            return QueryError(f"The query does not parse: {plain_parse_error(message.message)}")
        if message.reason == "memory":
            return self._memory_error()
        if message.reason == "missing":
            return NotFoundError(message.message)
        if message.reason == "input":
            return InputError(message.message)
        return EngineError(f"The query failed: {message.message}.")

    def _memory_error(self) -> MemoryLimitError:
        return MemoryLimitError(
            f"The query needed more than the {self._memory // 1024**2} MiB of memory that a "
            "worker may use and was stopped; ask for less."
        )


def _is_stale(message: bytes | End | Failed | None) -> bool:
    return isinstance(message, Failed) and message.reason == "snapshot"
