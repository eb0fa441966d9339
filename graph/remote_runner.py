"""Carries out queries of users and exports on another server.

Owns the way of an answer from the server to the event loop: one thread for each reads
it, counts rows and bytes, and writes the wanted format. A user's query is sent as it is;
only terms are put right. A `comity.graph.jobs.Runner`.
"""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import AsyncGenerator, Iterable
from http.client import HTTPException, HTTPResponse
from typing import Any

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    Variable,
    parse,
    parse_query_results,
)

from comity.errors import (
    BusyError,
    ComityError,
    DeadlineError,
    EngineError,
    NotFoundError,
)
from comity.graph.binding import with_prefixes
from comity.graph.guard import inspect_query
from comity.graph.jobs import Dump, End, Job
from comity.graph.pieces import JSON, NQUADS, NTRIPLES, Rows, Statements, tail, truth
from comity.graph.remote import RemoteEngine
from comity.graph.remote_server import Remote, RemoteServer, sentence

_PIECE = 64 * 1024
# Pieces that may wait to be taken before the thread stops reading.
_AHEAD = 4


class RemoteRunner:
    """Answers arbitrary queries on another server.

    Args:
        remote: the server.
        at_once: queries that may be under way there.
    """

    def __init__(self, remote: Remote, *, at_once: int = 16) -> None:
        self._remote = remote
        self._at_once = at_once
        self._engine = RemoteEngine(remote)
        self._slots = asyncio.Semaphore(at_once)
        self._running: set[_Errand] = set()

    async def start(self) -> None:
        """Checks that the server is there and answers over the union of its graphs.

        Raises:
            EngineError: it is not, or does not.
        """
        await asyncio.to_thread(self._engine.check)

    async def run(self, job: Job | Dump, seconds: float) -> AsyncGenerator[bytes | End, None]:
        """The answer in pieces, then one `End`; see `comity.graph.jobs.Runner.run`."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        try:
            await asyncio.wait_for(self._slots.acquire(), seconds)
        except TimeoutError:
            raise BusyError(
                f"{self._at_once} queries are under way on {self._remote.query}; try again."
            ) from None
        errand = _Errand(self._remote, self._engine, job, seconds, loop)
        self._running.add(errand)
        begun = False
        try:
            errand.begin()
            while True:
                try:
                    got = await asyncio.wait_for(errand.next(), max(0.0, deadline - loop.time()))
                except TimeoutError:
                    got = DeadlineError(f"The query ran past its {seconds:g} s and was stopped.")
                if isinstance(got, bytes):
                    begun = True
                    yield got
                    continue
                if isinstance(got, Exception):
                    if not begun:
                        raise got
                    # Part of the answer is out already: it is closed where it stands.
                    late = isinstance(got, DeadlineError)
                    cut = f"deadline={seconds:g}" if late else "error"
                    last = tail(job.media_type, cut)
                    if last:
                        yield last
                    got = End(None, cut)
                yield got
                return
        finally:
            errand.stop()
            self._running.discard(errand)
            self._slots.release()

    async def close(self) -> None:
        """Stops everything at once."""
        for errand in list(self._running):
            errand.stop()


class _Stopped(Exception):  # noqa: N818 - not an error: nobody wants the answer any more
    """Ends the thread of an errand."""


class _Errand:
    """One answer on its way, read in a thread of its own."""

    def __init__(
        self,
        remote: Remote,
        engine: RemoteEngine,
        job: Job | Dump,
        seconds: float,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._server = RemoteServer(remote)
        self._where = remote.query
        self._engine = engine
        self._job = job
        self._seconds = seconds
        self._loop = loop
        self._queue: asyncio.Queue[bytes | End | Exception] = asyncio.Queue()
        self._room = threading.Semaphore(_AHEAD)
        self._stopped = threading.Event()
        self._response: HTTPResponse | None = None

    def begin(self) -> None:
        threading.Thread(target=self._work, name="remote query", daemon=True).start()

    async def next(self) -> bytes | End | Exception:
        got = await self._queue.get()
        self._room.release()
        return got

    def stop(self) -> None:
        self._stopped.set()
        self._room.release()
        response = self._response
        if response is not None and not response.isclosed():
            # Wakes the thread that reads; closing from here would wait for it. It may have
            # come to the end meanwhile, and have no file any more.
            with (
                contextlib.suppress(AttributeError, OSError, ValueError),
                socket.socket(fileno=os.dup(response.fileno())) as way,
            ):
                way.shutdown(socket.SHUT_RDWR)

    def put(self, item: bytes | End | Exception) -> None:
        self._room.acquire()
        if self._stopped.is_set():
            raise _Stopped
        try:
            self._loop.call_soon_threadsafe(self._queue.put_nowait, item)
        except RuntimeError:
            raise _Stopped from None

    def _work(self) -> None:
        try:
            try:
                job = self._job
                self.put(self._dump(job) if isinstance(job, Dump) else self._query(job))
            except ComityError as error:
                self.put(error)
            except (HTTPException, OSError, ValueError, SyntaxError) as error:
                self.put(EngineError(f"{self._where} broke off its answer: {error}"))
            except _Stopped:
                raise
            except Exception as error:
                # Else the asker would wait for a thread that is no more.
                self.put(EngineError(f"The answer of {self._where} cannot be read: {error!r}"))
        except _Stopped:
            return
        finally:
            if self._response is not None:
                self._response.close()

    def _query(self, job: Job) -> End:
        form = inspect_query(job.text).form
        is_table = form in ("SELECT", "ASK")
        dataset = job.dataset
        parameters = [
            *(("default-graph-uri", iri) for iri in dataset.default or ()),
            *(("named-graph-uri", iri) for iri in dataset.named or ()),
        ]
        self._response = response = self._server.query(
            with_prefixes(job.text),
            JSON if is_table else NTRIPLES,
            parameters=parameters,
            seconds=self._seconds,
        )
        media_type = response.headers.get_content_type()
        if is_table != ("json" in media_type) or media_type == "text/html":
            said = sentence(response.read(_PIECE))
            raise EngineError(f"{self._where} answered with {media_type}: {said or 'nothing'}")
        if not is_table:
            lines = (
                self._line(quad.triple) for quad in parse(response, format=RdfFormat.N_TRIPLES)
            )
            return self._send(lines, Statements(job.media_type), job.row_cap)
        result = parse_query_results(response, format=QueryResultsFormat.JSON)
        if isinstance(result, QueryBoolean):
            self.put(truth(job.media_type, bool(result)))
            return End(1)
        names = [variable.value for variable in result.variables]
        header = "\t".join(str(Variable(name)) for name in names).encode() + b"\n"
        rows = (self._row(solution[name] for name in names) for solution in result)
        return self._send(rows, Rows(job.media_type, header), job.row_cap)

    def _dump(self, job: Dump) -> End:
        if job.graph is None:
            lines = (line for piece in self._engine.dump() for line in piece.splitlines(True))
            return self._send(lines, Statements(job.media_type, NQUADS), None)
        if not job.graph:
            raise NotFoundError("This server keeps no default graph beside the named ones.")
        found = sorted(self._engine.statements(job.graph))
        if not found:
            raise NotFoundError(f"There is no graph <{job.graph}>.")
        lines = (f"{statement} .\n".encode() for statement in found)
        return self._send(lines, Statements(job.media_type), None)

    def _line(self, triple: Triple) -> bytes:
        value = triple.object
        if isinstance(value, Literal):
            value = self._engine.dialect.term(value)
        return f"{triple.subject} {triple.predicate} {value} .\n".encode()

    def _row(self, terms: Iterable[Any]) -> bytes:
        term = self._engine.dialect.term
        return "\t".join("" if one is None else str(term(one)) for one in terms).encode() + b"\n"

    def _send(self, lines: Iterable[bytes], form: Rows | Statements, row_cap: int | None) -> End:
        """Sends whole lines in the wanted format until they end or a cap is reached."""
        rows = size = 0
        cut: str | None = None
        held: list[bytes] = []
        waiting = 0
        head = form.head()

        def send() -> None:
            nonlocal held, waiting, size, head, rows
            piece = head + (form.piece(b"".join(held), first=rows == 0) if held else b"")
            rows, size = rows + len(held), size + len(piece)
            held, waiting, head = [], 0, b""
            if piece:
                self.put(piece)

        for line in lines:
            if row_cap is not None and rows + len(held) == row_cap:
                cut = f"rows={row_cap}"
                break
            if size + waiting + len(line) > self._job.byte_cap:
                cut = f"bytes={self._job.byte_cap}"
                break
            held.append(line)
            waiting += len(line)
            if waiting >= _PIECE:
                send()
        send()
        last = tail(self._job.media_type, cut)
        if last:
            self.put(last)
        return End(rows, cut)
