"""The process that answers arbitrary queries, so that it can be killed.

Run as `python -m comity.graph.worker SNAPSHOT MEMORY`; jobs come on standard input,
answers go to standard output, both as length-prefixed pickles between one parent and
its child. It opens a snapshot read-only, and ends when its parent does.
"""

import ctypes
import pickle
import resource
import signal
import struct
import sys
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse_query_results,
)

_LENGTH = struct.Struct(">Q")
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Job:
    """A query to answer.

    Attributes:
        text: SPARQL that the guard has passed.
        solutions: media type for rows and truth values.
        triples: media type for graphs.
        row_cap: more rows or triples than this are cut.
        union: whether the default graph is the union of all graphs.
    """

    text: str
    solutions: str
    triples: str
    row_cap: int
    union: bool


@dataclass(frozen=True, slots=True)
class Done:
    """An answer.

    Attributes:
        body: the serialised result.
        media_type: what it is.
        rows: number of rows or triples in it.
        cut: whether there were more.
    """

    body: bytes
    media_type: str
    rows: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no answer: `syntax`, `memory` or `engine`, and a sentence."""

    reason: str
    message: str


def answer(store: Store, job: Job) -> Done | Failed:
    """Runs one query to its end."""
    try:
        result = store.query(job.text, use_default_graph_as_union=job.union)
        if isinstance(result, QueryBoolean):
            return Done(
                result.serialize(format=_solutions(job.solutions)) or b"", job.solutions, 1, False
            )
        if isinstance(result, QuerySolutions):
            return _rows(result, job)
        lines = BytesIO()
        result.serialize(lines, format=RdfFormat.N_TRIPLES)
        return _triples(lines.getvalue(), job)
    except SyntaxError as error:
        return Failed("syntax", str(error))
    except MemoryError:
        return Failed("memory", "the query needed more memory than a worker may use")
    except (OSError, RuntimeError, ValueError) as error:
        return Failed("engine", str(error))


def _rows(result: QuerySolutions, job: Job) -> Done:
    # TSV has one line per row, so rows are counted and cut without a parser.
    table = result.serialize(format=QueryResultsFormat.TSV) or b""
    lines = table.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    rows = len(lines) - 1
    cut = rows > job.row_cap
    if cut:
        lines = lines[: job.row_cap + 1]
    text = b"\n".join(lines) + b"\n"
    wanted = _solutions(job.solutions)
    if wanted == QueryResultsFormat.TSV:
        return Done(text, job.solutions, len(lines) - 1, cut)
    again = parse_query_results(text, format=QueryResultsFormat.TSV)
    if not isinstance(again, QuerySolutions):
        raise RuntimeError("rows became a truth value")
    body = again.serialize(format=wanted) or b""
    return Done(body, job.solutions, len(lines) - 1, cut)


def _triples(lines: bytes, job: Job) -> Done:
    from pyoxigraph import parse, serialize

    several = lines.splitlines(keepends=True)
    cut = len(several) > job.row_cap
    kept = b"".join(several[: job.row_cap])
    wanted = RdfFormat.from_media_type(job.triples) or RdfFormat.N_TRIPLES
    statements = (quad.triple for quad in parse(kept, format=RdfFormat.N_TRIPLES))
    body = serialize(statements, format=wanted) or b""
    return Done(body, job.triples, min(len(several), job.row_cap), cut)


def _solutions(media_type: str) -> QueryResultsFormat:
    return QueryResultsFormat.from_media_type(media_type) or QueryResultsFormat.JSON


def send(stream: IO[bytes], value: object) -> None:
    """Writes one message."""
    data = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Reads one message.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - a pipe between a parent and its own child


def main() -> None:
    """Answers jobs until the parent is gone."""
    snapshot, memory = sys.argv[1], int(sys.argv[2])
    if sys.platform == "linux":
        # Also while a query runs and nobody reads the pipe.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    store = Store.read_only(snapshot)
    output = sys.stdout.buffer
    send(output, "ready")
    while True:
        try:
            job = receive(sys.stdin.buffer)
        except EOFError:
            return
        if not isinstance(job, Job):
            raise TypeError(f"not a job: {job!r}")
        send(output, answer(store, job))


if __name__ == "__main__":
    # Under `python -m` this file is `__main__`; messages must name the importable module.
    from comity.graph import worker

    worker.main()
