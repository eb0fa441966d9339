"""Measures that run in the worker pool: begun once, waited for, looked at, cancelled, kept.

Owns the list of jobs. A job outlives the request that began it; who asks for the same measure
of the same version of the graph gets the same job. Knows no address and no format.
"""

import asyncio
import contextlib
import pickle
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic

from comity.api.service import Service
from comity.errors import BusyError, ComityError, NotFoundError
from comity.graph.jobs import Measuring
from comity.graph.measuring import Measured, MeasureQuery

# Jobs that have ended and are still told about, results of measures among them.
_KEPT = 256
# Jobs that may be under way: each is a heavy worker, or waits for one.
_MOST = 64
_TOLD_EVERY = 1.0


class State(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job:
    """A measure under way, or what came of it.

    Args:
        query: what is measured.
        version: of the graph.
        known_at: as it was asked for.
    """

    def __init__(self, query: MeasureQuery, version: str, known_at: str) -> None:
        self.id = secrets.token_hex(8)
        self.query = query
        self.version = version
        self.known_at = known_at
        self.begun = datetime.now(UTC)
        self.state = State.RUNNING
        self.result: Measured | None = None
        self.error: ComityError | None = None
        self._clock = monotonic()
        self._ended: float | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return (self._ended or monotonic()) - self._clock

    def begin(self, service: Service) -> None:
        """Starts it in the pool of workers."""
        self._task = asyncio.get_running_loop().create_task(self._run(service))

    async def wait(self, seconds: float) -> bool:
        """Whether it has ended within so many seconds; going away does not end it."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=seconds)
        return self.state is not State.RUNNING

    async def cancel(self) -> None:
        """Stops it, with its process; nothing happens where it has ended."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, service: Service) -> None:
        job = Measuring(
            self.query,
            str(service.settings.data),
            self.version,
            service.remote,
            str(service.past or ""),
        )
        pieces = service.measurer.run(job, service.settings.measure_deadline)
        try:
            async with contextlib.aclosing(pieces):
                async for piece in pieces:
                    if isinstance(piece, bytes):
                        self.result = pickle.loads(piece)  # noqa: S301 - from our own child
            self.state = State.DONE
        except asyncio.CancelledError:
            self.state = State.CANCELLED
            raise
        except ComityError as error:
            self.state, self.error = State.FAILED, error
        finally:
            self._ended = monotonic()


class Jobs:
    """The jobs of a server."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def begin(self, service: Service, query: MeasureQuery, known_at: str) -> Job:
        """The job of a measure: the one there is, or a new one.

        Args:
            service: over the graph of the time asked for.
            query: what is measured.
            known_at: the time, as it was asked for.

        Raises:
            BusyError: too many are under way.
        """
        asked = (query, service.version, known_at)
        for job in self._jobs.values():
            # What failed may have failed for want of room or time, and is tried again.
            if (job.query, job.version, job.known_at) == asked and job.state in _OF_USE:
                self._jobs.move_to_end(job.id)
                return job
        if sum(job.state is State.RUNNING for job in self._jobs.values()) >= _MOST:
            raise BusyError(f"{_MOST} measures are under way; try again in a moment.")
        job = Job(*asked)
        self._jobs[job.id] = job
        job.begin(service)
        self._forget()
        return job

    def find(self, identifier: str) -> Job:
        """A job by its id.

        Raises:
            NotFoundError: there is none, or it ended long ago.
        """
        found = self._jobs.get(identifier)
        if found is None:
            raise NotFoundError(
                f"There is no job {identifier}; one that ended is kept for a while."
            )
        return found

    async def close(self) -> None:
        """Cancels all that run."""
        for job in list(self._jobs.values()):
            await job.cancel()

    def _forget(self) -> None:
        ended = [job for job in self._jobs.values() if job.state is not State.RUNNING]
        for job in ended[: max(0, len(ended) - _KEPT)]:
            del self._jobs[job.id]


_OF_USE = (State.RUNNING, State.DONE)


async def moments(job: Job) -> AsyncIterator[Job]:
    """The job again and again while it runs, and once when it has ended."""
    while True:
        yield job
        if job.state is not State.RUNNING:
            return
        await job.wait(_TOLD_EVERY)
