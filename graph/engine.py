"""Asks a graph: one interface for every engine that can answer SPARQL.

`EmbeddedEngine` reads a snapshot of the on-disk store in this process. Questions are
asked of the union of all named graphs. Results are read to the end before they are
returned: an open result must never reach another thread.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from comity.errors import EngineError, GraphMissingError, QueryError

if TYPE_CHECKING:
    import pyarrow as pa

Term = NamedNode | Literal | BlankNode
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of an answer.

    Attributes:
        columns: names of the variables, in the order asked.
        rows: one tuple per solution; None where a variable is unbound.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def texts(self) -> Iterator[dict[str, str]]:
        """Rows as dictionaries of texts, without unbound variables."""
        for row in self.rows:
            yield {
                name: term.value
                for name, term in zip(self.columns, row, strict=True)
                if term is not None
            }

    def ordered(self) -> list[dict[str, str]]:
        """The same, sorted by the first column, then by the next; what is unbound comes first.

        Of many rows no query asks for an order: the store takes ten times as long to sort
        them as to find them.
        """
        return sorted(self.texts(), key=lambda row: [row.get(name, "") for name in self.columns])


class Engine(Protocol):
    """What every engine can do."""

    @property
    def version(self) -> str:
        """Opaque version of the graph; changes with every commit."""

    def select(self, text: str) -> Answer:
        """Rows of a query that is trusted to be small.

        Raises:
            QueryError: the text does not parse.
            EngineError: the engine failed.
        """

    def describe(self, iri: str) -> bytes:
        """All triples about a node and the nodes it names as evidence, as N-Triples."""

    def dump(self, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        """The whole dataset as N-Quads, piece by piece, graphs in order.

        Args:
            leave_out: IRIs of graphs that are not given.
        """


class EmbeddedEngine:
    """Answers from a snapshot directory, read-only, in this process.

    Args:
        snapshot: directory of the snapshot.
        version: version of the graph in it.

    Raises:
        GraphMissingError: there is no store in that directory.
    """

    def __init__(self, snapshot: Path, version: str) -> None:
        if not snapshot.is_dir():
            raise GraphMissingError(f"There is no graph in {snapshot}; run `comity build` first.")
        try:
            self._store = Store.read_only(str(snapshot))
        except (OSError, RuntimeError) as error:
            # A directory that is taken away meanwhile reads as a corrupt one.
            raise GraphMissingError(f"The graph in {snapshot} cannot be opened: {error}") from error
        self._version = version
        self._snapshot: Path | None = snapshot

    @classmethod
    def of(cls, store: Store, version: str) -> "EmbeddedEngine":
        """Answers from a store that is open already."""
        made = cls.__new__(cls)
        made._store, made._version, made._snapshot = store, version, None
        return made

    @property
    def version(self) -> str:
        """Opaque version of the graph; changes with every commit."""
        return self._version

    def select(self, text: str) -> Answer:
        """Rows of a query over the union of all graphs; see `Engine.select`."""
        return select(self._store, text)

    def data_folder(self) -> Path | None:
        """The data directory of its snapshot; None for a store that has none."""
        # snapshots/N lies in it; see `home`.
        folder = self._snapshot.parent.parent if self._snapshot else None
        return folder if folder and (folder / "log").is_dir() else None

    def has_default_graph(self) -> bool:
        """Whether anything stands in no named graph."""
        return any(self._store.quads_for_pattern(None, None, None, DefaultGraph()))

    def batches(self, text: str) -> "Iterator[pa.RecordBatch]":
        """Rows of a query as columns of texts, without a Python object for each.

        They go through a file, so that memory does not grow with them.

        Raises:
            QueryError: the text is no SELECT.
        """
        # Imported here: answers of a few rows do not need it.
        import pyarrow as pa
        import pyarrow.csv as arrow_csv

        result = self._store.query(text, use_default_graph_as_union=True)
        if not isinstance(result, QuerySolutions):
            raise QueryError("This question is not a SELECT.")
        columns = [variable.value for variable in result.variables]
        with TemporaryDirectory() as scratch:
            file = f"{scratch}/rows.csv"
            result.serialize(file, format=QueryResultsFormat.CSV)
            yield from arrow_csv.open_csv(
                file,
                parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(columns, pa.string()),
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )

    def describe(self, iri: str) -> bytes:
        """All triples about a node, as N-Triples; empty when there are none."""
        node = NamedNode(iri)
        triples = [
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in self._store.quads_for_pattern(node, None, None)
        ]
        lines = sorted(f"{triple} ." for triple in triples)
        return ("\n".join(lines) + "\n").encode() if lines else b""

    def dump(self, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        """The whole dataset as N-Quads, the default graph first; see `Engine.dump`."""
        for graph in (DefaultGraph(), *sorted(self._store.named_graphs(), key=str)):
            if not isinstance(graph, DefaultGraph) and graph.value in leave_out:
                continue
            quads = self._store.quads_for_pattern(None, None, None, graph)
            text = serialize(quads, format=RdfFormat.N_QUADS) or b""
            yield b"".join(sorted(text.splitlines(keepends=True)))


def select(store: Store, text: str) -> Answer:
    """Rows of a query on an open store, over the union of its graphs.

    Raises:
        QueryError: the text does not parse or is no SELECT.
        EngineError: the store failed.
    """
    try:
        result = store.query(text, use_default_graph_as_union=True)
        if not isinstance(result, QuerySolutions):
            raise QueryError("This question is not a SELECT.")
        columns = tuple(variable.value for variable in result.variables)
        rows = tuple(map(tuple, result))
    except SyntaxError as error:
        raise QueryError(f"The query does not parse: {error}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineError(f"The store could not answer: {error}") from error
    return Answer(columns, rows)
