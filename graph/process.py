"""One worker process and the socket to it.

Owns its birth, its messages and its death. Which worker does what, and when, is the
pool's to decide.
"""

import asyncio
import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from typing import cast

from comity.graph.jobs import End
from comity.graph.worker import FRAME, Failed, Order

# Bytes of an answer that may wait here before the worker is made to wait.
_HIGH, _LOW = 4 * 1024**2, 1024**2
# Where long and short queries must share a processor, the short ones go first; yet a long one
# gets a fifth of a core that another program keeps busy (with 19, one hundredth).
_HEAVY_NICE = 5


class Worker(asyncio.Protocol):
    """A child process that answers one job at a time.

    Args:
        memory: its address space in bytes.
        ready: called when it waits for its first job.
        gone: called when it has died, for whatever reason.
    """

    def __init__(
        self, memory: int, ready: Callable[["Worker"], None], gone: Callable[["Worker"], None]
    ) -> None:
        self._ready = ready
        self._gone = gone
        self._held = bytearray()
        self._messages: deque[bytes | End | Failed] = deque()
        self._waiting = 0
        self._paused = False
        self._awaited: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._unsent: list[bytes] = []
        self.is_alive = True
        self.is_low = False
        self.turn = 0
        self._lost = False
        self.killed_for = ""
        self._words = ""
        # What it says at its death is read from here.
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is reaped
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "comity.graph.worker", str(memory)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
        theirs.close()
        ours.setblocking(False)
        loop = asyncio.get_running_loop()
        self._opening = loop.create_task(self._open(ours))

    async def _open(self, ours: socket.socket) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, sock=ours)
        if not self.is_alive and self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.BaseProtocol.connection_made`."""
        # Not every event loop's transport is a subclass of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        for data in self._unsent:
            self._transport.write(data)
        self._unsent.clear()

    def data_received(self, data: bytes) -> None:
        """Takes frames apart; see `asyncio.Protocol.data_received`."""
        self._held += data
        at = 0
        while len(self._held) - at >= FRAME.size:
            letter, length = FRAME.unpack_from(self._held, at)
            if len(self._held) - at - FRAME.size < length:
                break
            at += FRAME.size
            self._take(letter, bytes(self._held[at : at + length]))
            at += length
        del self._held[:at]

    def connection_lost(self, error: Exception | None) -> None:
        """See `asyncio.BaseProtocol.connection_lost`."""
        self.is_alive = False
        self._lost = True
        self._wake()
        self._gone(self)
        self._reap(0.001)

    def send(self, order: Order) -> None:
        """Sends a job."""
        data = pickle.dumps(order)
        data = len(data).to_bytes(4, "big") + data
        if self._transport is None:
            self._unsent.append(data)
        else:
            self._transport.write(data)

    async def next_message(self) -> bytes | End | Failed | None:
        """A piece of the answer, its end, or why there is none; None when the worker died."""
        while not self._messages:
            if not self.is_alive:
                return None
            self._awaited = asyncio.get_running_loop().create_future()
            await self._awaited
        message = self._messages.popleft()
        if isinstance(message, bytes):
            self._waiting -= len(message)
            if self._paused and self._waiting < _LOW and self._transport is not None:
                self._transport.resume_reading()
                self._paused = False
        return message

    def kill(self, reason: str) -> None:
        """Ends the process at once."""
        if not self.is_alive:
            return
        self.killed_for = reason
        self.is_alive = False
        self._process.kill()
        if self._transport is not None:
            self._transport.abort()
        self._wake()

    def lower_priority(self) -> None:
        """Lets short queries go first from now on."""
        self.is_low = True
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _HEAVY_NICE)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def last_words(self) -> str:
        """What it wrote before it died, or the signal that ended it."""
        self.wait()
        return self._words

    @property
    def is_gone(self) -> bool:
        """Whether process and socket are both off the system's lists."""
        return self._lost and self._stderr.closed

    async def buried(self) -> None:
        """Waits until a killed worker has left nothing behind."""
        while not self.is_gone:
            await asyncio.sleep(0.002)

    def wait(self) -> None:
        """Waits for a process that is dead or dying, and closes what belonged to it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        code = self._process.poll()
        if code is None or self._stderr.closed:
            return
        self._stderr.seek(0)
        said = self._stderr.read()[-2000:].decode("utf-8", "replace").strip()
        self._words = said or (signal.Signals(-code).name if code < 0 else f"exit {code}")
        self._stderr.close()

    def _take(self, letter: bytes, payload: bytes) -> None:
        if letter == b"R":
            self._ready(self)
            return
        if letter == b"B":
            if not payload:
                return
            self._messages.append(payload)
            self._waiting += len(payload)
            if self._waiting > _HIGH and not self._paused and self._transport is not None:
                self._transport.pause_reading()
                self._paused = True
        else:
            self._messages.append(pickle.loads(payload))  # noqa: S301 - from our own child
        self._wake()

    def _wake(self) -> None:
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(None)

    def _reap(self, delay: float) -> None:
        """Takes the dead process off the system's list without waiting for it here."""
        if self._process.poll() is not None:
            self.wait()
            return
        loop = asyncio.get_running_loop()
        if not loop.is_closed():
            loop.call_later(delay, self._reap, min(delay * 2, 1.0))
