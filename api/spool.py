"""Keeps the part of an answer that its reader has not taken yet.

An answer is taken from its worker as fast as it comes, so that a slow reader holds no
worker. What does not fit in memory goes to a temporary file.
"""

import asyncio
import tempfile
from collections import deque
from typing import IO

from comity.errors import BusyError

# Bytes kept in memory for one answer, and in files for all of them together.
IN_MEMORY = 1024**2
ON_DISK = 4 * 1024**3
_PIECE = 256 * 1024


class Spool:
    """Bytes in, the same bytes out, as late as the reader likes."""

    on_disk = 0

    def __init__(self) -> None:
        self._memory: deque[bytes] = deque()
        self._held = 0
        self._file: IO[bytes] | None = None
        self._read = self._written = 0
        self._changed = asyncio.Event()
        self._ended = False

    @staticmethod
    def refuse_when_crowded() -> None:
        """Refuses a new answer while those that wait for their readers take half the room.

        Raises:
            BusyError: they do.
        """
        if Spool.on_disk > ON_DISK // 2:
            raise BusyError("Too many answers wait for slow readers; try again in a moment.")

    def put(self, data: bytes) -> None:
        """Takes a piece.

        Raises:
            BusyError: all answers together fill the room there is.
        """
        if Spool.on_disk + len(data) > ON_DISK:
            raise BusyError("The answers that wait for slow readers fill the room there is.")
        self.put_last(data)

    def put_last(self, data: bytes) -> None:
        """Takes the few bytes that close an answer, whatever the room."""
        if self._file is None and self._held + len(data) <= IN_MEMORY:
            self._memory.append(data)
            self._held += len(data)
        else:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
            self._file.seek(self._written)
            self._file.write(data)
            self._written += len(data)
            Spool.on_disk += len(data)
        self._changed.set()

    def end(self) -> None:
        """Nothing more will come."""
        self._ended = True
        self._changed.set()

    async def take(self) -> bytes:
        """The next piece; empty when all was taken."""
        while True:
            if self._memory:
                data = self._memory.popleft()
                self._held -= len(data)
                return data
            if self._file is not None and self._read < self._written:
                self._file.seek(self._read)
                data = self._file.read(_PIECE)
                self._read += len(data)
                return data
            if self._ended:
                return b""
            self._changed.clear()
            await self._changed.wait()

    def close(self) -> None:
        """Gives back what it holds."""
        Spool.on_disk -= self._written
        self._written = 0
        if self._file is not None:
            self._file.close()
