"""The rows of the index as the graph has them: one for each act, one for each thing it names.

Owns the columns, and the reading of them from an engine; `lines` reads those of a batch.
Ids stand without the address that all share; where the type of a thing varies, it stands
before the id.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from pyoxigraph import NamedNode

from comity.graph.binding import bind
from comity.graph.requests import request
from comity.ontology.namespaces import THINGS, Thing

_CODED = pa.dictionary(pa.int32(), pa.string())
_STANCE = f"{THINGS}{Thing.STANCE}/"
ACTS = pa.schema(
    [
        # The named graph in which the act stands.
        pa.field("graph", _CODED),
        pa.field("act", pa.string()),
        pa.field("kind", _CODED),
        pa.field("holder", _CODED),
        # First and last day on which it may have happened.
        pa.field("earliest", pa.date32()),
        pa.field("latest", pa.date32()),
        # As written, so that no digit is lost.
        pa.field("sign", _CODED),
        pa.field("behalf", _CODED),
        # The act that it answers.
        pa.field("response", pa.string()),
        pa.field("venue", _CODED),
    ]
)
LINKS = pa.schema(
    [
        pa.field("graph", _CODED),
        pa.field("act", pa.string()),
        # targets, addressees, speakers, about or sources.
        pa.field("link", _CODED),
        # Type and id, such as actor/arm.
        pa.field("other", _CODED),
    ]
)
_TYPES = {
    "act": Thing.STANCE,
    "response": Thing.STANCE,
    "holder": Thing.ACTOR,
    "behalf": Thing.ACTOR,
    "venue": Thing.ACTOR,
    "kind": "kind",
}


class RowEngine(Protocol):
    """An engine that gives rows as columns of texts."""

    def batches(self, text: str) -> Iterator[pa.RecordBatch]:
        """Rows of the answer to a query that asks for rows, as texts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the acts of some graphs.

    Attributes:
        acts: see `ACTS`.
        links: see `LINKS`.
    """

    acts: pa.Table
    links: pa.Table

    def graphs(self) -> set[str]:
        """IRIs of the graphs that have rows."""
        tables = (self.acts, self.links)
        return {name for table in tables for name in pc.unique(table["graph"]).to_pylist()}

    def among(self, graphs: Iterable[str]) -> "Rows":
        """The rows that stand in some graphs."""
        wanted = pa.array(sorted(graphs), pa.string())
        return self._kept(lambda names: pc.is_in(names, value_set=wanted))

    def without(self, graphs: Iterable[str]) -> "Rows":
        """The rows that stand in no graph of these."""
        gone = pa.array(sorted(graphs), pa.string())
        return self._kept(lambda names: pc.invert(pc.is_in(names, value_set=gone)))

    def is_as(self, other: "Rows") -> bool:
        """Whether two have the same rows, in whatever order and however often."""

        def told(table: pa.Table) -> set[tuple[Any, ...]]:
            return {tuple(row.values()) for row in table.to_pylist()}

        return told(self.acts) == told(other.acts) and told(self.links) == told(other.links)

    def _kept(self, wanted: Callable[[pa.Array], pa.Array]) -> "Rows":
        def kept(table: pa.Table) -> pa.Table:
            return table.filter(wanted(table["graph"].cast(pa.string())))

        return Rows(kept(self.acts), kept(self.links))


def joined(parts: Sequence[Rows]) -> Rows:
    """Rows of several graphs together."""
    return Rows(
        pa.concat_tables([ACTS.empty_table(), *(part.acts for part in parts)]),
        pa.concat_tables([LINKS.empty_table(), *(part.links for part in parts)]),
    )


def read_rows(engine: RowEngine, graphs: Iterable[str] = ()) -> Rows:
    """The rows of some named graphs, of all where none is named.

    Args:
        engine: the graph.
        graphs: IRIs.
    """
    wanted = {"graph": [NamedNode(graph) for graph in sorted(graphs)]}

    def table(name: str, schema: pa.Schema) -> pa.Table:
        batches = engine.batches(bind(request(name), wanted))
        parts = [shaped(batch, schema) for batch in batches]
        return pa.concat_tables([schema.empty_table(), *parts])

    return Rows(table("index_acts", ACTS), table("index_links", LINKS))


def shaped(rows: pa.Table | pa.RecordBatch, schema: pa.Schema) -> pa.Table:
    """Rows with ids in place of addresses; what is not about acts is left out."""
    # Claims and events are about things too.
    rows = rows.filter(pc.starts_with(rows["act"], _STANCE))
    columns = []
    for field in schema:
        column = rows[field.name]
        if field.name in _TYPES:
            column = pc.utf8_slice_codeunits(column, len(f"{THINGS}{_TYPES[field.name]}/"))
        elif field.name == "sign":
            # As the store writes decimals: without zeros at the end.
            column = pc.replace_substring_regex(column, r"(\.\d*?)0+$", r"\1")
            column = pc.replace_substring_regex(column, r"\.$", "")
        elif field.name == "other":
            column = pc.utf8_slice_codeunits(column, len(THINGS))
        if field.type == _CODED:
            column = pc.dictionary_encode(column)
        columns.append(column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)
