"""A pool of worker processes for queries that may run long.

Owns starting, choosing, killing and replacing workers. A query past its deadline is
killed with its process; nothing else notices. What the workers do is in `worker`.
"""

import os
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from select import select
from time import monotonic

from comity.errors import BusyError, DeadlineError, EngineError, QueryError
from comity.graph.worker import Done, Failed, Job, receive, send

DEFAULT_MEMORY = 2 * 1024**3


class _Worker:
    """One child process and the two pipes to it."""

    def __init__(self, snapshot: Path, memory: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "comity.graph.worker", str(snapshot), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
        self._ready = False

    def run(self, job: Job, deadline: float) -> Done | Failed:
        """Runs a job; kills the process when the deadline (monotonic seconds) passes."""
        try:
            if not self._ready:
                self._wait(deadline)
                self._receive()
                self._ready = True
            if self._process.stdin is None:
                raise EngineError("A worker has no input.")
            send(self._process.stdin, job)
            self._wait(deadline)
            result = self._receive()
        except (EOFError, BrokenPipeError, OSError) as error:
            code = self.kill()
            raise EngineError(
                f"The query ended its worker (exit {code}); it may have run out of memory."
            ) from error
        if isinstance(result, Done | Failed):
            return result
        raise EngineError(f"A worker answered {result!r}.")

    def _wait(self, deadline: float) -> None:
        output = self._process.stdout
        waiting = [output] if output is not None else []
        ready, _, _ = select(waiting, [], [], max(0.0, deadline - monotonic()))
        if not ready:
            self.kill()
            raise DeadlineError("The query ran past its deadline and was stopped.")

    def _receive(self) -> object:
        output = self._process.stdout
        if output is None:
            raise EngineError("A worker has no output.")
        return receive(output)

    def kill(self) -> int:
        """Ends the process at once."""
        self._process.kill()
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        return code

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None


class QueryPool:
    """Answers arbitrary queries in worker processes.

    Args:
        snapshot: directory of the snapshot the workers open.
        size: number of workers.
        queue: how many queries may wait for a worker before `BusyError`.
        memory: address space of each worker in bytes.
    """

    def __init__(
        self, snapshot: Path, *, size: int = 2, queue: int = 32, memory: int = DEFAULT_MEMORY
    ) -> None:
        self._snapshot = snapshot
        self._memory = memory
        self._size = size
        self._queue = queue
        self._waiting = 0
        self._changed = threading.Condition()
        self._idle: deque[_Worker] = deque()
        self._busy: set[_Worker] = set()
        self._closed = False

    def start(self) -> None:
        """Starts the workers; returns without waiting for them to be ready."""
        with self._changed:
            while len(self._idle) + len(self._busy) < self._size:
                self._idle.append(_Worker(self._snapshot, self._memory))

    def run(self, job: Job, seconds: float) -> Done:
        """Runs one query.

        Args:
            job: what to answer.
            seconds: how long it may take, waiting for a worker included.

        Raises:
            DeadlineError: it took longer; its worker was killed.
            BusyError: too many queries wait already.
            QueryError: it does not parse.
            EngineError: the engine failed.
        """
        deadline = monotonic() + seconds
        worker = self._take(deadline)
        try:
            result = worker.run(job, deadline)
        finally:
            self._give_back(worker)
        if isinstance(result, Done):
            return result
        if result.reason == "syntax":
            raise QueryError(f"The query does not parse: {result.message}")
        raise EngineError(f"The query failed: {result.message}.")

    def close(self) -> None:
        """Kills all workers."""
        with self._changed:
            self._closed = True
            for worker in [*self._idle, *self._busy]:
                worker.kill()
            self._idle.clear()
            self._changed.notify_all()

    def _take(self, deadline: float) -> _Worker:
        with self._changed:
            if self._waiting >= self._queue:
                raise BusyError(
                    f"{self._queue} queries are waiting already; try again in a moment."
                )
            self._waiting += 1
            try:
                while not self._idle and not self._closed:
                    if len(self._busy) < self._size:
                        self._idle.append(_Worker(self._snapshot, self._memory))
                    elif not self._changed.wait(max(0.0, deadline - monotonic())):
                        raise DeadlineError("No worker was free before the deadline.")
            finally:
                self._waiting -= 1
            if self._closed:
                raise BusyError("The service is shutting down.")
            worker = self._idle.popleft()
            # One that died while idle is nobody's failed query: another takes its place.
            if not worker.is_alive():
                worker.kill()
                worker = _Worker(self._snapshot, self._memory)
            self._busy.add(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._changed:
            self._busy.discard(worker)
            if not self._closed:
                # A killed worker is replaced at once, so that the next query finds one.
                alive = worker.is_alive()
                self._idle.append(worker if alive else _Worker(self._snapshot, self._memory))
            self._changed.notify()
