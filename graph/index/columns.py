"""The acts of a graph in memory, as columns: chosen by days, kinds and actors in milliseconds.

Owns the step from rows to columns and back to acts, and their form on disk, which is mapped
and not read. It knows no directory; see `shelf`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from comity.graph.acts import BareAct
from comity.graph.index.rows import Rows
from comity.ontology.namespaces import THINGS, Thing

_ACTOR = f"{Thing.ACTOR}/"
_SOURCE = f"{Thing.SOURCE}/"
_EPOCH = date(1970, 1, 1).toordinal()
LINKED = ("targets", "addressees", "speakers", "about", "sources")
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Columns:
    """The acts of a graph, sorted by id; every column has a value for each act.

    Attributes:
        table: columns `act` and `response` (texts), `kind`, `holder`, `behalf`, `venue`,
            `sign` and `graph` (coded), `earliest` and `latest` (days), in one chunk.
        links: for each of `LINKED` the columns `place` (of the act) and `other` (coded: what
            it names), by place and name, in one chunk.
    """

    table: pa.Table
    links: dict[str, pa.Table]

    @classmethod
    def load(cls, folder: Path) -> "Columns":
        """Columns that were saved; they are mapped into memory.

        Raises:
            OSError: they are not there.
        """

        def mapped(name: str) -> pa.Table:
            with pa.memory_map(str(folder / f"{name}.arrow")) as file:
                return pa.ipc.open_file(file).read_all()

        return cls(mapped("acts"), {name: mapped(name) for name in LINKED})

    def save(self, folder: Path) -> None:
        """Writes them into a folder, which is made."""
        folder.mkdir(parents=True)
        for name, table in {"acts": self.table, **self.links}.items():
            with pa.ipc.new_file(str(folder / f"{name}.arrow"), table.schema) as file:
                file.write_table(table)

    def is_as(self, other: "Columns") -> bool:
        """Whether two have the same acts."""
        every = self.acts(np.ones(len(self), np.bool_))
        return every == other.acts(np.ones(len(other), np.bool_))

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
            mask &= self.is_one("kind", kinds)
        if event is not None:
            mask &= self.names("about", [f"{Thing.EVENT}/{event}"])
        if actors:
            named = [f"{_ACTOR}{one}" for one in actors]
            mask &= (
                self.is_one("holder", actors)
                | self.is_one("behalf", actors)
                | self.names("targets", named)
                | self.names("addressees", named)
            )
        return mask

    def told_only_by(self, sources: Collection[str]) -> Mask:
        """Which acts no document tells of but some, by their ids; an act without any is not."""
        table = self.links["sources"]
        place = table["place"].to_numpy()
        theirs = place[is_coded(table["other"], [f"{_SOURCE}{one}" for one in sources])]
        told = np.bincount(place, minlength=len(self))
        only: Mask = (told > 0) & (np.bincount(theirs, minlength=len(self)) == told)
        return only

    def latest(self, mask: Mask, most: int) -> date | None:
        """The first day from which on there are no more marked acts than so many.

        Returns:
            None where there are no more in all; the last day there is where that alone has
            more.
        """
        ends = pc.fill_null(self.table["latest"], pa.scalar(date.max)).cast(pa.int32())
        days = np.sort(ends.to_numpy()[mask])
        if len(days) <= most:
            return None
        later = days[days > days[-most - 1]]
        return date.fromordinal(_EPOCH + int(later[0] if len(later) else days[-1]))

    def acts(self, mask: Mask) -> list[BareAct]:
        """The acts that a mask marks, by first day and id."""
        places = np.flatnonzero(mask)
        links = ("targets", "addressees", "about", "sources")
        named = {name: self._named(name, places) for name in links}
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

    def is_one(self, column: str, ids: Collection[str]) -> Mask:
        """Which acts have one of some ids in a coded column."""
        return is_coded(self.table[column], ids)

    def has_id(self, ids: Collection[str]) -> Mask:
        """Which acts have one of some ids."""
        return _truth(pc.is_in(self.table["act"], value_set=pa.array(sorted(ids), pa.string())))

    def names(self, link: str, texts: Collection[str]) -> Mask:
        """Which acts name one of some things (type and id) by a link."""
        table = self.links[link]
        mask = np.zeros(len(self), np.bool_)
        mask[table["place"].to_numpy()[is_coded(table["other"], texts)]] = True
        return mask

    def _named(self, link: str, places: "np.ndarray[Any, Any]") -> dict[int, list[str]]:
        at = self.links[link]["place"].to_numpy()
        # Rows of a place lie together, in the order of places.
        starts, ends = np.searchsorted(at, places), np.searchsorted(at, places, "right")
        kept = _ranges(starts, ends)
        found: dict[int, list[str]] = {}
        texts = self.links[link]["other"].take(pa.array(kept)).to_pylist()
        for place, text in zip(at[kept].tolist(), texts, strict=True):
            found.setdefault(place, []).append(text)
        return found


def columns_of(rows: Rows) -> Columns:
    """Rows as columns; links to acts that do not exist are left out."""
    acts = rows.acts.sort_by([("act", "ascending")]).combine_chunks()
    ids = one_chunk(acts["act"])
    # An act that two graphs have is one act.
    first = np.ones(len(ids), np.bool_)
    if len(ids) > 1:
        first[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
    acts = acts.filter(pa.array(first)).unify_dictionaries().combine_chunks()
    links = {}
    for name in LINKED:
        some = rows.links.filter(pc.equal(rows.links["link"].cast(pa.string()), name))
        named = pc.dictionary_encode(some["other"].cast(pa.string()).combine_chunks())
        places = one_chunk(pc.index_in(some["act"], value_set=one_chunk(acts["act"])))
        at = pc.fill_null(places, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        codes = named.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        # As terms are sorted, with their brackets; what is named twice is named once.
        order = np.argsort(np.array([f"{text}>" for text in named.dictionary.to_pylist()], object))
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        keys = np.unique((at * max(len(order), 1) + ranks[codes])[at >= 0])
        coded = pa.DictionaryArray.from_arrays(
            pa.array(keys % max(len(order), 1), pa.int32()),
            named.dictionary.take(pa.array(order, pa.int64())),
        )
        links[name] = pa.table({"place": keys // max(len(order), 1), "other": coded})
    return Columns(acts, links)


def is_coded(column: pa.ChunkedArray, texts: Collection[str]) -> Mask:
    """Where a coded column has one of some texts."""
    coded = one_chunk(column)
    found = pc.index_in(pa.array(sorted(texts), pa.string()), value_set=coded.dictionary)
    codes = found.drop_null().to_numpy(zero_copy_only=False)
    if len(codes) == 0:
        return np.zeros(len(coded), np.bool_)
    found_codes: Mask = np.isin(
        pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False), codes
    )
    return found_codes


def _ranges(starts: "np.ndarray[Any, Any]", ends: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """The numbers from each start up to its end, one after the other."""
    sizes = ends - starts
    shifts = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    places: np.ndarray[Any, Any] = np.arange(int(sizes.sum())) + shifts
    return places


def _ids(texts: Collection[str], prefix: str) -> tuple[str, ...]:
    return tuple(text.removeprefix(prefix) for text in texts)


def one_chunk(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array."""
    found = column.combine_chunks()
    return found if isinstance(found, pa.Array) else pa.concat_arrays(found.chunks)


def _truth(found: Any) -> Mask:
    """A column of truth values; what is unknown is false."""
    return np.asarray(pc.fill_null(found, fill_value=False).to_numpy(zero_copy_only=False), bool)
