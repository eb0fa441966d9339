"""The way to the writer process: one write after the other, with a deadline each.

Owns starting the process, sending writes and taking answers; a `comity.graph.jobs.Scribe`.
A writer that runs past a deadline or dies is replaced; what it had not acknowledged was
not written, because the next one starts from the newest snapshot.
"""

import asyncio
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from comity.errors import BusyError, ComityError, DeadlineError, EngineError
from comity.graph.jobs import GraphWrite, Update, Written
from comity.graph.live import Commit
from comity.graph.writer import Begun, Finished, Order

_START = 20.0


class WriterProcess:
    """Writes to a data directory in a process of its own.

    Args:
        folder: the data directory.
        seconds: how long one write may take from the moment it is begun.
        on_commit: called with the newest commit before a write is acknowledged.
        queue: how many writes may wait before `BusyError`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        seconds: float = 60.0,
        on_commit: Callable[[Commit], None] = lambda commit: None,
        queue: int = 256,
    ) -> None:
        self._folder = folder
        self._seconds = seconds
        self._on_commit = on_commit
        self._queue = queue
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._stream: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[Finished]] = {}
        self._number = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._late: int | None = None
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Opens the graph for writing.

        Raises:
            GraphLockedError: another process is writing there.
            EngineError: the writer could not start.
        """
        async with self._starting:
            if self._listening is None or self._listening.done():
                await self._begin()

    async def write(self, write: Update | GraphWrite, who: str, why: str) -> Written:
        """Carries out one write; see `comity.graph.jobs.Scribe.write`."""
        if len(self._waiting) >= self._queue:
            raise BusyError(f"{self._queue} writes are waiting already; try again in a moment.")
        await self.start()
        if self._stream is None:
            raise EngineError("The writer has no connection.")
        self._number += 1
        number = self._number
        future: asyncio.Future[Finished] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            data = pickle.dumps(Order(number, write, who, why))
            self._stream.write(len(data).to_bytes(4, "big") + data)
            # Once sent, a write is carried out whether or not its asker waits.
            finished = await asyncio.shield(future)
        finally:
            self._waiting.pop(number, None)
        if finished.error is not None:
            raise finished.error
        if finished.newest is None:
            raise EngineError("The writer gave no commit.")
        own = finished.own
        return Written(
            version=finished.newest.version,
            added=own.added if own else 0,
            removed=own.removed if own else 0,
            created=finished.created,
        )

    async def close(self) -> None:
        """Ends the writer; what it has acknowledged stays."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        self._end(BusyError("The service is shutting down."))

    async def _begin(self) -> None:
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "comity.graph.writer", str(self._folder)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
        theirs.close()
        self._reader, self._stream = await asyncio.open_connection(sock=ours)
        try:
            first = await asyncio.wait_for(self._message(), _START)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            self._end(BusyError("The writer did not start."))
            raise EngineError("The writer did not start.") from error
        if isinstance(first, ComityError):
            self._end(BusyError("The writer did not start."))
            raise first
        self._listening = asyncio.create_task(self._listen())

    async def _message(self) -> object:
        if self._reader is None:
            raise EngineError("The writer has no connection.")
        length = int.from_bytes(await self._reader.readexactly(4), "big")
        return pickle.loads(await self._reader.readexactly(length))  # noqa: S301 - our own child

    async def _listen(self) -> None:
        try:
            while True:
                message = await self._message()
                if isinstance(message, Begun):
                    self._set_alarm(message.number)
                elif isinstance(message, Finished):
                    self._set_alarm(None)
                    if message.newest is not None:
                        self._on_commit(message.newest)
                    future = self._waiting.get(message.number)
                    if future is not None and not future.done():
                        future.set_result(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._end(
                EngineError("The writer ended before the write was finished; nothing was written.")
            )

    def _set_alarm(self, number: int | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = None
        if number is not None:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(self._seconds, self._stop_late, number)

    def _stop_late(self, number: int) -> None:
        self._late = number
        if self._process is not None:
            self._process.kill()

    def _end(self, error: ComityError) -> None:
        """Kills the process and tells everyone who waits."""
        self._set_alarm(None)
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        for number, future in list(self._waiting.items()):
            if future.done():
                continue
            if number == self._late:
                future.set_exception(
                    DeadlineError(
                        f"The write ran past its {self._seconds:g} s and was stopped; nothing "
                        "was written."
                    )
                )
            else:
                future.set_exception(error)
        self._late = None
