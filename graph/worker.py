"""The process that answers arbitrary queries, so that it can be killed.

Run as `python -m comity.graph.worker MEMORY`, with one end of a socket as its standard
input. Jobs come in, answers go out in frames: one letter, the length, the payload.

    R  ready            H  headers of the answer   B  a piece of the answer
    E  the end          F  why there is no answer

It opens snapshots read-only and ends when its parent does.
"""

import ctypes
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
)

from comity.graph.jobs import Dump, End, Job, Measuring
from comity.graph.pieces import NQUADS, NTRIPLES, Rows, Statements, tail, truth
from comity.ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from comity.graph.engine import Engine

FRAME = struct.Struct(">cI")
# Lines are gathered up to these sizes before they are sent: the first piece soon.
_FIRST, _NEXT = 32 * 1024, 256 * 1024
_PR_SET_PDEATHSIG = 1
# Invariant lists of pyoxigraph's signatures.
Graph = Any


class Order(NamedTuple):
    """A job with the snapshot it is to be answered from; none only opens the snapshot."""

    snapshot: str
    job: Job | Dump | Measuring | None


class Failed(NamedTuple):
    """Why there is no answer, and a sentence.

    Reasons: `syntax`, `missing`, `memory`, `engine`, `input`, and `snapshot` where that is
    gone.
    """

    reason: str
    message: str


class _Full(Exception):  # noqa: N818 - not an error: the answer is long enough
    """Ends a serialisation from inside when a cap is reached."""


class _Answer(BytesIO):
    """A file to write lines to; sends pieces of the wanted format, and minds the caps."""

    def __init__(
        self, out: socket.socket, form: Rows | Statements | None, media_type: str, job: Job | Dump
    ) -> None:
        super().__init__()
        self._out = out
        self._form = form
        self._media_type = media_type
        self._row_cap = job.row_cap if isinstance(job, Job) else sys.maxsize
        self._byte_cap = job.byte_cap
        self._held = bytearray()
        self._begun = False
        self.rows = 0
        self._bytes = 0
        self.cut: str | None = None

    def write(self, data: Any, /) -> int:
        """Takes bytes of lines; see `io.RawIOBase.write`."""
        taken = memoryview(data)
        self._held += taken
        if len(self._held) >= (_NEXT if self._begun else _FIRST):
            self._send_lines()
        return taken.nbytes

    def flush(self) -> None:
        """Nothing to do: whole lines are sent when there are enough."""

    def end(self) -> None:
        """Sends what is left, and the end of the answer."""
        if not self._begun and self._sent_whole():
            return
        if self.cut is None:
            self._send_lines()
        last = tail(self._media_type, self.cut) or b""
        end = pickle.dumps(End(self.rows, self.cut))
        self._out.sendall(_frame(b"B", last) + _frame(b"E", end))

    def _sent_whole(self) -> bool:
        """Sends an answer of one piece, which most are, where no cap cuts it."""
        form = self._form
        if form is None:
            at = self._held.find(b"\n") + 1
            form = Rows(self._media_type, bytes(self._held[:at]))
            del self._held[:at]
            self._form = form
        count = self._held.count(b"\n")
        if count > self._row_cap:
            return False
        body = form.whole(bytes(self._held))
        if len(body) > self._byte_cap:
            return False
        self._out.sendall(_frame(b"B", body) + _frame(b"E", pickle.dumps(End(count))))
        return True

    def _send_lines(self) -> None:
        whole = self._held.rfind(b"\n") + 1
        if self._form is None:
            # The first line of a table names its columns.
            at = self._held.find(b"\n") + 1
            if not at:
                return
            self._form = Rows(self._media_type, bytes(self._held[:at]))
            del self._held[:at]
            whole -= at
        lines = bytes(self._held[:whole])
        del self._held[:whole]
        count = lines.count(b"\n")
        if self.rows + count > self._row_cap:
            count = self._row_cap - self.rows
            lines = _first_lines(lines, count)
            self.cut = f"rows={self._row_cap}"
        head = b"" if self._begun else self._form.head()
        piece = self._piece(lines)
        while len(head) + self._bytes + len(piece) > self._byte_cap and count:
            count //= 2
            lines = _first_lines(lines, count)
            piece = self._piece(lines)
            self.cut = f"bytes={self._byte_cap}"
        self.rows += count
        self._bytes += len(head) + len(piece)
        self._begun = True
        if head or piece:
            self._out.sendall(_frame(b"B", head + piece))
        if self.cut is not None:
            raise _Full

    def _piece(self, lines: bytes) -> bytes:
        if not lines or self._form is None:
            return b""
        return self._form.piece(lines, first=self.rows == 0)


def _first_lines(lines: bytes, count: int) -> bytes:
    return b"".join(lines.splitlines(keepends=True)[:count]) if count else b""


def answer(store: Store | None, job: Job | Dump | Measuring, out: socket.socket) -> None:
    """Sends the answer to one job, or why there is none."""
    try:
        if isinstance(job, Measuring):
            _measure(store, job, out)
        elif store is None:
            raise RuntimeError("no snapshot is open")
        elif isinstance(job, Dump):
            _dump(store, job, out)
        else:
            _query(store, job, out)
    except SyntaxError as error:
        _fail(out, "syntax", str(error))
    except MemoryError:
        _fail(out, "memory", "")
    except LookupError as error:
        _fail(out, "missing", str(error.args[0]))
    except (OSError, RuntimeError, ValueError) as error:
        _fail(out, "engine", str(error))


def _query(store: Store, job: Job, out: socket.socket) -> None:
    dataset = job.dataset
    result = store.query(
        job.text,
        prefixes={name: iri for name, iri in PREFIXES.items() if f"{name}:" in job.text},
        use_default_graph_as_union=dataset.union and not dataset.is_named,
        default_graph=_graphs(dataset.default or ()) if dataset.is_named else None,
        named_graphs=_graphs(dataset.named or ()) if dataset.is_named else None,
    )
    if isinstance(result, QueryBoolean):
        body = truth(job.media_type, bool(result))
        out.sendall(_frame(b"B", body) + _frame(b"E", pickle.dumps(End(1))))
        return
    table = isinstance(result, QuerySolutions)
    form = None if table else Statements(job.media_type)
    lines = _Answer(out, form, job.media_type, job)
    try:
        if isinstance(result, QuerySolutions):
            result.serialize(lines, format=QueryResultsFormat.TSV)
        else:
            result.serialize(lines, format=RdfFormat.N_TRIPLES)
        lines.end()
    except _Full:
        lines.end()


def _dump(store: Store, job: Dump, out: socket.socket) -> None:
    whole = job.graph is None
    lines = _Answer(
        out, Statements(job.media_type, NQUADS if whole else NTRIPLES), job.media_type, job
    )
    if job.graph and not store.contains_named_graph(NamedNode(job.graph)):
        raise LookupError(f"There is no graph <{job.graph}>.")
    try:
        if whole:
            store.dump(lines, RdfFormat.N_QUADS)
        else:
            graph = NamedNode(job.graph) if job.graph else DefaultGraph()
            store.dump(lines, RdfFormat.N_TRIPLES, from_graph=graph)
        lines.end()
    except _Full:
        lines.end()


def _measure(store: Store | None, job: Measuring, out: socket.socket) -> None:
    # Imported here: a worker that answers queries needs none of it.
    from pathlib import Path

    from comity.errors import ComityError, InputError, NotFoundError
    from comity.graph.measuring import measured

    try:
        found = measured(_engine(store, job), Path(job.data), job.query)
    except NotFoundError as error:
        _fail(out, "missing", str(error))
    except InputError as error:
        _fail(out, "input", str(error))
    except ComityError as error:
        _fail(out, "engine", str(error))
    else:
        out.sendall(_frame(b"B", pickle.dumps(found)) + _frame(b"E", pickle.dumps(End(None))))


def _engine(store: Store | None, job: Measuring) -> "Engine":
    if store is None:
        from comity.graph.remote import RemoteEngine

        if job.remote is None:
            raise RuntimeError("no snapshot is open")
        return RemoteEngine(job.remote)
    from comity.graph.engine import EmbeddedEngine

    return EmbeddedEngine.of(store, job.version)


def _graphs(iris: tuple[str, ...]) -> list[Graph]:
    return [NamedNode(iri) for iri in iris]


def _frame(letter: bytes, payload: bytes) -> bytes:
    return FRAME.pack(letter, len(payload)) + payload


def _fail(out: socket.socket, reason: str, message: str) -> None:
    out.sendall(_frame(b"F", pickle.dumps(Failed(reason, message))))


def read_message(stream: socket.socket) -> bytes:
    """One message.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.recv(4, socket.MSG_WAITALL)
    if len(head) < 4:
        raise EOFError
    length = int.from_bytes(head, "big")
    data = stream.recv(length, socket.MSG_WAITALL)
    while len(data) < length:
        more = stream.recv(length - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def main() -> None:
    """Answers jobs until the parent is gone."""
    memory = int(sys.argv[1])
    if sys.platform == "linux":
        # Also while a query runs and nobody reads the socket.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Arrow's own pool asks for a gigabyte of addresses, which are what is limited here.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    stream = socket.socket(fileno=0)
    stream.sendall(_frame(b"R", b""))
    opened = ""
    store: Store | None = None
    while True:
        try:
            order = pickle.loads(read_message(stream))  # noqa: S301 - from our own parent
        except EOFError:
            return
        if not isinstance(order, Order):
            raise TypeError(f"not an order: {order!r}")
        try:
            # Where another server holds the graph there is no snapshot.
            if order.snapshot != opened and order.snapshot:
                try:
                    store = Store.read_only(order.snapshot)
                except (OSError, RuntimeError) as error:
                    # It was taken away meanwhile; there is a newer one.
                    opened = ""
                    if order.job is not None:
                        _fail(stream, "snapshot", str(error))
                    continue
                opened = order.snapshot
            if order.job is not None:
                answer(store, order.job, stream)
        except BrokenPipeError:
            return


if __name__ == "__main__":
    # Under `python -m` this file is `__main__`; messages must name the importable module.
    from comity.graph import worker

    worker.main()
