"""What is asked of a graph from outside, and who can carry it out.

Owns the messages: a query with its dataset and limits (`Job`), the end of its answer
(`End`), and the writes of SPARQL Update and of the Graph Store Protocol. `Runner` and
`Scribe` are carried out by worker processes on the embedded store (`pool`, `writing`)
and by another server (`remote`). Knows nothing of HTTP. What every query sends between
processes is a named tuple, which is pickled several times faster than a dataclass.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from comity.graph.measuring import MeasureQuery
    from comity.graph.remote_server import Remote


class Dataset(NamedTuple):
    """Which graphs a query or an update is about.

    Source: https://www.w3.org/TR/sparql11-protocol/#dataset.

    Attributes:
        union: whether the default graph is the union of all graphs; only where neither the
            text nor the request names a dataset.
        default: IRIs of the graphs that the request makes the default graph; None where it
            says nothing.
        named: IRIs of the named graphs that the request gives; None where it says nothing.
    """

    union: bool = True
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None

    @property
    def is_named(self) -> bool:
        """Whether the request names a dataset."""
        return self.default is not None or self.named is not None


# What an update sees where nothing names a dataset: the default graph and all named ones.
EXACT = Dataset(union=False)


class Job(NamedTuple):
    """A query that the guard has passed.

    Attributes:
        text: SPARQL with its prefixes.
        media_type: what the answer shall be.
        dataset: which graphs are asked.
        row_cap: rows or triples after which the answer is cut.
        byte_cap: bytes of the answer after which it is cut.
    """

    text: str
    media_type: str
    dataset: Dataset
    row_cap: int
    byte_cap: int


class Dump(NamedTuple):
    """A whole graph, or the whole dataset, as a file.

    Attributes:
        graph: IRI of the graph; "" for the default graph; None for the whole dataset.
        media_type: what the answer shall be.
        byte_cap: bytes after which it is cut.
    """

    graph: str | None
    media_type: str
    byte_cap: int


class Measuring(NamedTuple):
    """A measure of a network; the answer is one pickled `comity.graph.measuring.Measured`.

    Attributes:
        query: what to measure.
        data: directory of the archives.
        version: of the graph.
        remote: the server that holds the graph; None where it is a snapshot.
        snapshot: of an earlier time; empty for the newest.
    """

    query: "MeasureQuery"
    data: str
    version: str
    remote: "Remote | None" = None
    snapshot: str = ""

    @property
    def media_type(self) -> str:
        """Never cut in the middle, and so never closed."""
        return ""


class End(NamedTuple):
    """The last thing an answer gives.

    Attributes:
        rows: rows or triples given; None where nobody could count them.
        cut: why the answer is not whole, such as `rows=10000`, `bytes=1000` or
            `deadline=10`; None where it is whole.
    """

    rows: int | None
    cut: str | None = None


class Runner(Protocol):
    """Answers what may run long."""

    async def start(self) -> None:
        """Makes ready; called once, in the loop that will call `run`."""

    def run(self, job: Job | Dump, seconds: float) -> AsyncGenerator[bytes | End, None]:
        """The answer in pieces, then one `End`. Closing the generator frees what it holds.

        Raises:
            QueryError: the text does not parse.
            DeadlineError: it took longer than `seconds`, before the first piece.
            BusyError: too many wait already.
            MemoryLimitError: it needed more memory than it may use.
            NotFoundError: there is no such graph.
            EngineError: the engine failed.
        """

    async def close(self) -> None:
        """Stops everything at once."""


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL 1.1 Update request.

    Attributes:
        text: the update with its prefixes.
        using: dataset that the request names for every WHERE; see `Dataset`.
        graph: IRI of the graph that stands for the default graph (PATCH of one graph);
            None for the default graph itself.
        allowed: addresses that SERVICE and LOAD may call.
    """

    text: str
    using: Dataset = EXACT
    graph: str | None = None
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GraphWrite:
    """A write of the Graph Store Protocol.

    Source: https://www.w3.org/TR/sparql11-http-rdf-update/.

    Attributes:
        verb: `put` replaces, `post` adds, `delete` removes.
        graph: IRI of the graph; "" for the default graph; None for the whole dataset.
        body: file with the RDF; None for `delete`.
        media_type: what the file holds.
        base: IRI against which the file's relative IRIs are read.
    """

    verb: Literal["put", "post", "delete"]
    graph: str | None
    body: Path | None = None
    media_type: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write came to.

    Attributes:
        version: version of the graph that has it.
        added: quads that were not there before; None where the engine does not tell.
        removed: quads that are no longer there; None where the engine does not tell.
        created: whether the graph named was not there before.
    """

    version: str
    added: int | None
    removed: int | None
    created: bool = False


class Scribe(Protocol):
    """Carries out writes, one after the other."""

    async def start(self) -> None:
        """Makes ready; called once, in the loop that will call `write`."""

    async def write(self, write: Update | GraphWrite, who: str, why: str) -> Written:
        """Carries out one write; when it returns, the next request sees it.

        Raises:
            QueryError: the update does not parse.
            DataError: the RDF does not parse.
            ShapeError: what would stand then breaks a rule of the ontology.
            NotFoundError: the graph to be deleted is not there.
            DeadlineError: it took too long; nothing was written.
            EngineError: the engine failed; nothing was written.
        """

    async def close(self) -> None:
        """Ends the writer."""
