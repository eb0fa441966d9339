"""Sends the answer of a runner as it comes.

The first `HOLD_BACK` bytes are held, so that an error before them has a status of its
own. After that only the body can tell: a format that can close well-formed with a marker
has done so already; for any other the connection is broken off, and no client takes a
cut answer for a whole one. A client that hangs up ends the work.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping

from starlette.types import Message, Receive, Scope, Send

from comity.api.spool import Spool
from comity.errors import BusyError
from comity.graph.jobs import End
from comity.graph.pieces import tail

HOLD_BACK = 256 * 1024
# A reader that takes nothing for so long is given up.
_PATIENCE = 60.0
_SLICE = 64 * 1024


class Streamed:
    """An answer as an ASGI application.

    Args:
        pieces: the runner's pieces and its `End`.
        media_type: of the answer.
        headers: more headers.
    """

    def __init__(
        self,
        pieces: AsyncGenerator[bytes | End, None],
        media_type: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._pieces = pieces
        self._media_type = media_type
        self._headers = dict(headers or {})
        self._sent_all = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it.

        Raises:
            ComityError: there is no answer; nothing was sent.
        """
        work = asyncio.current_task()
        watch = asyncio.ensure_future(_hang_up(receive))
        gone = False

        def hang_up(future: asyncio.Future[None]) -> None:
            nonlocal gone
            if work is not None and not future.cancelled() and not self._sent_all:
                gone = True
                work.cancel()

        watch.add_done_callback(hang_up)
        try:
            await self._send(send)
        except asyncio.CancelledError:
            if not gone or work is None:
                raise
            # Nobody is there to be told.
            work.uncancel()
        finally:
            watch.cancel()
            await self._pieces.aclose()

    async def _send(self, send: Send) -> None:
        held: list[bytes] = []
        size = 0
        end: End | None = None
        async for piece in self._pieces:
            if isinstance(piece, End):
                end = piece
                break
            held.append(piece)
            size += len(piece)
            if size >= HOLD_BACK:
                break
        body = b"".join(held)
        if end is not None:
            await self._send_whole(send, body, end)
            return
        Spool.refuse_when_crowded()
        await send(self._start({}))
        spool = Spool()
        spool.put_last(body)
        pump = asyncio.ensure_future(self._pump(spool))
        try:
            while data := await spool.take():
                for at in range(0, len(data), _SLICE):
                    await _sent(send, data[at : at + _SLICE])
            end = await pump
        finally:
            pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pump
            spool.close()
        await self._finish(send, end)

    async def _pump(self, spool: Spool) -> End:
        """Takes the rest of the answer from its worker, whether or not it is read."""
        end = End(None, "error")
        try:
            async for piece in self._pieces:
                if isinstance(piece, End):
                    end = piece
                    break
                spool.put(piece)
        except BusyError:
            # Its worker must not wait for the reader: the answer is closed where it stands.
            end = End(None, "busy")
            spool.put_last(tail(self._media_type, "busy") or b"")
        finally:
            spool.end()
        return end

    async def _send_whole(self, send: Send, body: bytes, end: End) -> None:
        told = {} if end.rows is None else {"comity-rows": str(end.rows)}
        if end.cut:
            told |= {"comity-cut": end.cut, "cache-control": "no-store"}
        if end.cut and tail(self._media_type, end.cut) is None:
            await send(self._start(told))
            await _sent(send, body)
            return
        self._sent_all = True
        await send(self._start(told | {"content-length": str(len(body))}))
        await send({"type": "http.response.body", "body": body})

    async def _finish(self, send: Send, end: End) -> None:
        # Without its last chunk the body is broken off, as the server sees to.
        if end.cut is None or tail(self._media_type, end.cut) is not None:
            self._sent_all = True
            await send({"type": "http.response.body", "body": b""})

    def _start(self, more: Mapping[str, str]) -> Message:
        headers = {"content-type": self._media_type, **self._headers, **more}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        return {"type": "http.response.start", "status": 200, "headers": raw}


async def _sent(send: Send, data: bytes) -> None:
    message = {"type": "http.response.body", "body": data, "more_body": True}
    try:
        await asyncio.wait_for(send(message), _PATIENCE)
    except TimeoutError:
        raise BusyError("The reader takes nothing.") from None


async def _hang_up(receive: Receive) -> None:
    """Ends when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        continue
