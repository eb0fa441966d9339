"""The one process that writes.

Run as `python -m comity.graph.writer DATA`, with one end of a socket as its standard
input. Writes come in one at a time, each with who and why; each is answered with what it
came to or why it was refused. Those that have come in meanwhile share one snapshot, and
none is answered before that snapshot can be read.
"""

import ctypes
import pickle
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from select import select

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from comity.errors import (
    ComityError,
    DataError,
    EngineError,
    NotFoundError,
    Problem,
    QueryError,
    ShapeError,
)
from comity.graph.jobs import GraphWrite, Update
from comity.graph.live import Change, Commit, LiveGraph
from comity.graph.parse_errors import plain_parse_error
from comity.graph.pieces import rdf_format
from comity.graph.shape_guard import breaches
from comity.graph.updates import Updating
from comity.graph.worker import read_message

# Writes that may share one snapshot.
_TOGETHER = 64
_PR_SET_PDEATHSIG = 1
_DATASETS = (RdfFormat.N_QUADS, RdfFormat.TRIG)


@dataclass(frozen=True, slots=True)
class Order:
    """A write, with its number in the connection."""

    number: int
    write: Update | GraphWrite
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The writer is at work on this write now."""

    number: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a write.

    Attributes:
        number: of the write.
        newest: the commit that readers see now; None where the write was refused.
        own: the commit of this write; None where it changed nothing.
        created: whether the graph it names is new.
        error: why it was refused.
    """

    number: int
    newest: Commit | None = None
    own: Commit | None = None
    created: bool = False
    error: ComityError | None = None


class Writing:
    """Carries out writes on a live graph.

    Args:
        live: the graph.
    """

    def __init__(self, live: LiveGraph) -> None:
        self._live = live

    def carry_out(self, order: Order) -> Finished:
        """Applies and stages one write; refused whole when it breaks a rule."""
        work = Updating(self._live.store, self._live.apply)
        created = False
        try:
            if isinstance(order.write, Update):
                work.run(order.write)
            else:
                created = self._write_graph(work, order.write)
            change = work.net()
            broken = breaches(self._live.store, change)
            if broken:
                raise ShapeError(broken)
        except ComityError as error:
            work.undo()
            return Finished(order.number, error=error)
        except SyntaxError as error:
            work.undo()
            text = f"The update does not parse: {plain_parse_error(str(error))}"
            return Finished(order.number, error=QueryError(text))
        own = self._live.stage_applied(order.who, order.why, change) if change else None
        return Finished(order.number, own=own, created=created)

    def _write_graph(self, work: Updating, write: GraphWrite) -> bool:
        """Carries out PUT, POST or DELETE; whether the graph is new."""
        store = self._live.store
        graph = NamedNode(write.graph) if write.graph else DefaultGraph()
        there = not write.graph or store.contains_named_graph(graph)
        if write.verb == "delete" and not there:
            raise NotFoundError(f"There is no graph <{write.graph}>.")
        come = dict.fromkeys(_read(write, graph)) if write.body else {}
        gone: list[Quad] = []
        if write.verb != "post":
            found = store.quads_for_pattern(
                None, None, None, None if write.graph is None else graph
            )
            gone = [quad for quad in found if quad not in come]
        named = dict.fromkeys(quad.graph_name for quad in come)
        if isinstance(graph, NamedNode) and write.verb != "delete":
            named[graph] = None
        dropped: tuple[NamedNode, ...] = ()
        if write.verb == "delete" and isinstance(graph, NamedNode):
            dropped = (graph,)
        elif write.verb != "post" and write.graph is None:
            dropped = tuple(
                one
                for one in store.named_graphs()
                if isinstance(one, NamedNode) and one not in named
            )
        change = Change(
            add=tuple(quad for quad in come if quad not in store),
            remove=tuple(gone),
            created=tuple(
                one
                for one in named
                if isinstance(one, NamedNode) and not store.contains_named_graph(one)
            ),
            dropped=dropped,
        )
        if change:
            work.apply(change)
            work.done.append(change)
        return not there


def _read(write: GraphWrite, graph: NamedNode | DefaultGraph) -> list[Quad]:
    """The quads of a body; triples go to the graph that the request names."""
    if write.body is None:
        return []
    format = rdf_format(write.media_type)
    if format is None:
        raise EngineError(f"The media type {write.media_type} is not read.")
    try:
        with write.body.open("rb") as file:
            found = parse(file, format=format, base_iri=write.base or None, rename_blank_nodes=True)
            if write.graph is None and format in _DATASETS:
                return list(found)
            quads = list(found)
    except SyntaxError as error:
        raise _unreadable(error) from None
    except ValueError as error:
        raise DataError([Problem("body", 0, "", str(error))]) from None
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise DataError(
            [Problem("body", 0, "", "it names graphs of its own; send it without ?graph=")]
        )
    return [Quad(one.subject, one.predicate, one.object, graph) for one in quads]


def _unreadable(error: SyntaxError) -> DataError:
    line = getattr(error, "lineno", None) or 0
    return DataError([Problem("body", line, "", str(error.msg or error))])


def serve(live: LiveGraph, stream: socket.socket) -> None:
    """Answers writes until the other side is gone."""
    writing = Writing(live)
    while True:
        finished: list[Finished] = []
        while len(finished) < _TOGETHER and (not finished or select([stream], [], [], 0)[0]):
            order = pickle.loads(read_message(stream))  # noqa: S301 - from our own parent
            if not isinstance(order, Order):
                raise TypeError(f"not an order: {order!r}")
            _send(stream, Begun(order.number))
            finished.append(writing.carry_out(order))
        newest = live.publish()
        for one in finished:
            seen = None if one.error else newest
            _send(stream, Finished(one.number, seen, one.own, one.created, one.error))
        # Nobody waits for this.
        live.drop_old_snapshots()


def _send(stream: socket.socket, message: object) -> None:
    data = pickle.dumps(message)
    stream.sendall(len(data).to_bytes(4, "big") + data)


def main() -> None:
    """Opens the graph and writes until the parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stream = socket.socket(fileno=0)
    try:
        live = LiveGraph(Path(sys.argv[1]))
    except ComityError as error:
        _send(stream, error)
        return
    _send(stream, "ready")
    try:
        serve(live, stream)
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    # Under `python -m` this file is `__main__`; messages must name the importable module.
    from comity.graph import writer

    writer.main()
