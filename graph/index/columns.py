"""The acts of a graph in memory, as columns: chosen by days, kinds and actors in milliseconds.

Owns the step from rows to columns and back to acts, for one version of a graph. An engine
whose default graph holds something, or that is not of this process, has no index: it is
asked in SPARQL.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from comity.graph.acts import BareAct
from comity.graph.engine import EmbeddedEngine, Engine
from comity.graph.index.rows import Rows, read_rows
from comity.graph.index.shelf import IndexShelf
from comity.ontology.namespaces import THINGS, Thing, thing_iri

_ACTOR = f"{Thing.ACTOR}/"
_SOURCE = f"{Thing.SOURCE}/"
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The acts of a graph, sorted by id; every column has a value for each act.

    Attributes:
        table: columns `act`, `kind`, `holder`, `behalf`, `response`, `sign` (texts),
            `earliest` and `latest` (days).
        links: for each of targets, addressees, about and sources, the place of the act and
            the text of what it names, by place and text.
    """

    table: pa.Table
    links: dict[str, tuple["np.ndarray[Any, np.dtype[np.int64]]", pa.Array]]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def chosen(
        self,
        since: date | None = None,
        until: date | None = None,
        kinds: Collection[str] = (),
        event: str | None = None,
        actors: Collection[str] = (),
    ) -> Mask:
        """Which acts may fall between two days, and are of what is asked for.

        Args:
            since: first day.
            until: last day.
            kinds: ids of kinds; empty means all.
            event: id of an event that they are about.
            actors: ids; acts of, for, toward or to one of them. Empty means all.
        """
        mask = np.ones(len(self), np.bool_)
        if since is not None:
            mask &= _truth(pc.greater_equal(self.table["latest"], pa.scalar(since)))
        if until is not None:
            mask &= _truth(pc.less_equal(self.table["earliest"], pa.scalar(until)))
        if kinds:
            mask &= self._is_one("kind", kinds)
        if event is not None:
            mask &= self._names("about", [f"{Thing.EVENT}/{event}"])
        if actors:
            named = [f"{_ACTOR}{one}" for one in actors]
            mask &= (
                self._is_one("holder", actors)
                | self._is_one("behalf", actors)
                | self._names("targets", named)
                | self._names("addressees", named)
            )
        return mask

    def acts(self, mask: Mask) -> list[BareAct]:
        """The acts that a mask marks, by first day and id."""
        places = np.flatnonzero(mask)
        named = {name: self._named(name, places) for name in self.links}
        rows = self.table.take(pa.array(places)).to_pylist()
        found = [
            BareAct(
                id=row["act"],
                earliest=row["earliest"] or date.min,
                latest=row["latest"] or date.max,
                kind=row["kind"],
                sign=Decimal(row["sign"]) if row["sign"] else None,
                holder=row["holder"],
                on_behalf_of=row["behalf"],
                targets=_ids(named["targets"].get(place, ()), _ACTOR),
                addressees=_ids(named["addressees"].get(place, ()), _ACTOR),
                about=tuple(f"{THINGS}{one}" for one in named["about"].get(place, ())),
                in_response_to=row["response"],
                sources=tuple(sorted(_ids(named["sources"].get(place, ()), _SOURCE))),
            )
            for place, row in zip(places.tolist(), rows, strict=True)
        ]
        return sorted(found, key=lambda act: (act.earliest, act.id))

    def _is_one(self, column: str, ids: Collection[str]) -> Mask:
        found = pc.is_in(self.table[column], value_set=pa.array(sorted(ids), pa.string()))
        return _truth(found)

    def _names(self, link: str, texts: Collection[str]) -> Mask:
        places, named = self.links[link]
        mask = np.zeros(len(self), np.bool_)
        wanted = pa.array(sorted(texts), pa.string())
        mask[places[_truth(pc.is_in(named, value_set=wanted))]] = True
        return mask

    def _named(self, link: str, places: "np.ndarray[Any, Any]") -> dict[int, list[str]]:
        at, named = self.links[link]
        wanted = np.zeros(len(self), np.bool_)
        wanted[places] = True
        kept = np.flatnonzero(wanted[at])
        found: dict[int, list[str]] = {}
        for place, text in zip(
            at[kept].tolist(), named.take(pa.array(kept)).to_pylist(), strict=True
        ):
            found.setdefault(place, []).append(text)
        return found


def columns_of(rows: Rows) -> Columns:
    """Rows as columns; links to acts that do not exist are left out."""
    # An act that two graphs have is one act.
    acts = rows.acts.drop_columns("graph").sort_by("act")
    first = np.ones(acts.num_rows, np.bool_)
    ids = acts["act"].combine_chunks()
    if len(ids) > 1:
        first[1:] = _truth(pc.not_equal(ids[1:], ids[:-1]))
    acts = acts.filter(pa.array(first)).combine_chunks()
    links = {}
    for name in ("targets", "addressees", "about", "sources"):
        some = rows.links.filter(pc.equal(rows.links["link"], name))
        some = some.select(["act", "other"]).group_by(["act", "other"]).aggregate([])
        places = pc.index_in(some["act"], value_set=acts["act"])
        # As terms are sorted: with their brackets.
        order = pa.table({"place": places, "key": _bracketed(some["other"]), "other": some["other"]})
        order = order.filter(pc.is_valid(order["place"]))
        order = order.sort_by([("place", "ascending"), ("key", "ascending")]).combine_chunks()
        at = order["place"].to_numpy().astype(np.int64)
        links[name] = (at, _one(order["other"]))
    return Columns(acts, links)


_KNOWN: WeakKeyDictionary[Engine, tuple[str, Columns]] = WeakKeyDictionary()


def columns(engine: Engine) -> Columns | None:
    """The acts of a graph as columns; None where an engine has no index.

    They are made once for each version of the graph, from the index on disk where there is
    a data directory.
    """
    if not isinstance(engine, EmbeddedEngine) or engine.has_default_graph():
        return None
    version, found = _KNOWN.get(engine, ("", None))
    if found is None or version != engine.version:
        found = columns_of(_rows(engine))
        _KNOWN[engine] = (engine.version, found)
    return found


def _rows(engine: EmbeddedEngine) -> Rows:
    # snapshots/N lies in the data directory; see `home`.
    data = engine.snapshot.parent.parent if engine.snapshot else None
    if data is None or not (data / "log").is_dir():
        return read_rows(engine)
    try:
        return IndexShelf(data).rows(engine)
    except PermissionError:
        # A reader that may not write reads the graph itself.
        return read_rows(engine)


def _ids(texts: Collection[str], prefix: str) -> tuple[str, ...]:
    return tuple(text.removeprefix(prefix) for text in texts)


def _bracketed(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(texts, ">", "")


def _one(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return found if isinstance(found, pa.Array) else pa.concat_arrays(found.chunks)


def _truth(found: Any) -> Mask:
    """A column of truth values; what is unknown is false."""
    return np.asarray(pc.fill_null(found, fill_value=False).to_numpy(zero_copy_only=False), bool)
