"""How much there is of what in the graph that is served: graphs, classes, properties.

Owns the counting and that it happens once for each version of the graph, however many
ask at the same time. What the numbers are written into is not its business.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from comity.errors import DeadlineError
from comity.graph.jobs import Dataset, End, Job, Runner
from comity.graph.pieces import TSV
from comity.graph.requests import request

# Counting is asked by the service itself and may take longer than a stranger's query.
_SECONDS = 120.0
_ROWS = 1_000_000
_BYTES = 10**9

Row = dict[str, NamedNode | Literal | BlankNode]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in one version of the graph; rows by column."""

    graphs: tuple[Row, ...]
    classes: tuple[Row, ...]
    properties: tuple[Row, ...]

    @property
    def triples(self) -> int:
        """Triples in all graphs."""
        return sum(int(row["count"].value) for row in self.properties)


class Counting:
    """Counts the graph that a runner answers from.

    Args:
        runner: asked for the numbers, in its own event loop.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._turn = asyncio.Lock()
        self._version = ""
        self._counts: Counts | None = None

    async def of(self, version: str) -> Counts:
        """The numbers of a version, counted when they are first asked for.

        Raises:
            BusyError: no worker was free.
            DeadlineError: counting took too long.
        """
        async with self._turn:
            if self._counts is None or self._version != version:
                rows = [
                    tuple([row async for row in self._asked(name)])
                    for name in ("graph_sizes", "class_sizes", "property_sizes")
                ]
                self._counts, self._version = Counts(*rows), version
            return self._counts

    async def _asked(self, name: str) -> AsyncIterator[Row]:
        job = Job(request(name), TSV, Dataset(), _ROWS, _BYTES)
        body = b""
        async for piece in self._runner.run(job, _SECONDS):
            if isinstance(piece, End):
                if piece.cut:
                    raise DeadlineError(f"Counting the graph was cut short ({piece.cut}).")
                break
            body += piece
        rows = parse_query_results(body, format=QueryResultsFormat.TSV)
        if not isinstance(rows, QuerySolutions):
            raise TypeError("a SELECT gave no rows")
        names = [variable.value for variable in rows.variables]
        for row in rows:
            yield {name: row[name] for name in names if row[name] is not None}
