"""Ties added up from the columns of an index: how often, with which signs, from when to when.

Owns the same rule as `acts.tie_objects` and the roll-up to states, for all acts at once, as
arrays. What is asked for beyond days and kinds (an event's view, archives, weights) is for
`projection`, which makes a tie of each act; both add up to the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import ParameterError
from comity.graph.engine import Engine
from comity.graph.index.acts import indexed_acts
from comity.graph.index.columns import Columns, is_coded, one_chunk
from comity.graph.network import Level
from comity.graph.standing import Standing
from comity.ontology.namespaces import Thing
from comity.ontology.terms import concepts

Array = np.ndarray[Any, Any]
_ACTOR = f"{Thing.ACTOR}/"
# What an act without a target is a tie to, the first that it is about.
_ORDER = (Thing.EVENT, Thing.ISSUE, Thing.CLAIM, Thing.TREATY)


@dataclass(frozen=True, slots=True, eq=False)
class TieArrays:
    """The ties of all acts of a graph at one level.

    Attributes:
        index: the acts.
        names: type and id of every end, such as actor/arm.
        subject: for each act, the place of its holder among the names.
        hundredths: for each act, its sign times 100; 0 where there is none.
        signed: for each act, whether it has a sign.
        place: for each tie, its act.
        end: for each tie, the place of its object among the names.
    """

    index: Columns
    names: pa.Array
    subject: Array
    hundredths: Array
    signed: Array
    place: Array
    end: Array


@dataclass(frozen=True, slots=True, eq=False)
class TieCounts:
    """Ties added up; every array has a value for each pair, sorted by the pair's names.

    Attributes:
        names: type and id of every end.
        subject: place of the holder among the names.
        object: place of the other end.
        acts: how many acts there are between them.
        positive: how many have a sign above 0.
        neutral: how many have the sign 0.
        negative: how many have a sign below 0; the rest has none.
        hundredths: sum of the signs, times 100.
        first: first day of the first act, in days since 1970.
        last: last day of the last.
    """

    names: pa.Array
    subject: Array
    object: Array
    acts: Array
    positive: Array
    neutral: Array
    negative: Array
    hundredths: Array
    first: Array
    last: Array

    def table(self) -> pa.Table:
        """The same with names, as one row for each pair."""
        ends = self.names.take(pa.array(self.object))
        parts = pc.split_pattern(ends, "/", max_splits=1)
        columns = {
            "subject": pc.utf8_slice_codeunits(
                self.names.take(pa.array(self.subject)), len(_ACTOR)
            ),
            "object_type": pc.list_element(parts, 0),
            "object": pc.list_element(parts, 1),
        }
        for name in ("acts", "positive", "neutral", "negative", "hundredths"):
            columns[name] = pa.array(getattr(self, name))
        for name in ("first", "last"):
            columns[name] = pa.array(getattr(self, name), pa.int32()).cast(pa.date32())
        return pa.table(columns)


_KNOWN: WeakKeyDictionary[Columns, dict[Level, TieArrays]] = WeakKeyDictionary()


def tie_arrays(engine: Engine, level: Level = Level.RECORDED) -> TieArrays:
    """The ties of all acts of a graph; made once for each version of it.

    Raises:
        ParameterError: the level is that of alliances, whose ties depend on the day, or the
            engine has no index.
    """
    index = indexed_acts(engine)
    if index is None or level is Level.ALLIANCE:
        raise ParameterError(
            "Ties are counted at the levels recorded and state, in a graph on this machine; "
            "use a network.",
            parameter="level",
            got=level.value,
            expected="recorded or state",
        )
    made = _KNOWN.setdefault(index, {})
    if level not in made:
        made[level] = _arrays(index, Standing(engine), level)
    return made[level]


def tie_counts(
    arrays: TieArrays,
    since: date | None = None,
    until: date | None = None,
    kinds: Collection[str] = (),
) -> TieCounts:
    """The ties of the acts that may fall between two days, added up by pair.

    Args:
        arrays: ties of single acts.
        since: first day.
        until: last day.
        kinds: ids of kinds; empty means all.
    """
    table = arrays.index.table
    kept = np.flatnonzero(arrays.index.chosen(since, until, kinds)[arrays.place])
    place = arrays.place[kept]
    keys = arrays.subject[place] * np.int64(len(arrays.names)) + arrays.end[kept]
    pairs, pair = np.unique(keys, return_inverse=True)
    signed, hundredths = arrays.signed[place], arrays.hundredths[place]

    def number(wanted: Array) -> Array:
        return np.bincount(pair, weights=wanted, minlength=len(pairs)).astype(np.int64)

    first = np.full(len(pairs), np.iinfo(np.int32).max, np.int32)
    last = np.full(len(pairs), np.iinfo(np.int32).min, np.int32)
    np.minimum.at(first, pair, _days(table["earliest"])[place])
    np.maximum.at(last, pair, _days(table["latest"])[place])
    return TieCounts(
        names=arrays.names,
        subject=pairs // max(len(arrays.names), 1),
        object=pairs % max(len(arrays.names), 1),
        acts=np.bincount(pair, minlength=len(pairs)),
        positive=number(signed & (hundredths > 0)),
        neutral=number(signed & (hundredths == 0)),
        negative=number(signed & (hundredths < 0)),
        hundredths=number(hundredths),
        first=first,
        last=last,
    )


def _arrays(index: Columns, standing: Standing, level: Level) -> TieArrays:
    holder, behalf = (_actors(index.table[name]) for name in ("holder", "behalf"))
    others = [one_chunk(index.links[name]["other"]).dictionary for name in index.links]
    names = _sorted_names([holder.dictionary, behalf.dictionary, *others], standing, level)
    whole, is_person = _rolled(names, standing, level)
    own = _places(holder, names)
    for_whom = _places(behalf, names)
    recorded = own
    if level is Level.STATE:
        own = np.where(is_person[own] & (for_whom >= 0), for_whom, own)
    subject = whole[own]

    def ends(link: str) -> tuple[Array, Array]:
        table = index.links[link]
        return table["place"].to_numpy(), _places(one_chunk(table["other"]), names)

    size = len(index)
    place, end = ends("targets")
    judged = np.zeros(size, np.bool_)
    judged[place] = True
    to_place, to_end = ends("addressees")
    speaks = is_coded(
        index.table["kind"], [one.id for one in concepts("kind").values() if one.speaks_to]
    )
    spoken = speaks[to_place] & ~judged[to_place] & (to_end != recorded[to_place])
    place = np.concatenate((place, to_place[spoken]))
    end = whole[np.concatenate((end, to_end[spoken]))]
    # Nobody has a tie to himself; what is left without one is a tie to what it is about.
    apart = end != subject[place]
    place, end = place[apart], end[apart]
    tied = np.zeros(size, np.bool_)
    tied[place] = True
    about_place, about_end = _first_matter(*ends("about"), names)
    lone = ~tied[about_place]
    place = np.concatenate((place, about_place[lone]))
    end = np.concatenate((end, about_end[lone]))
    keys = np.unique(place * np.int64(max(len(names), 1)) + end)
    sign = one_chunk(index.table["sign"])
    values = np.array([round(float(text) * 100) for text in sign.dictionary.to_pylist()], np.int64)
    codes = pc.fill_null(sign.indices, -1).to_numpy(zero_copy_only=False)
    signed = codes >= 0
    hundredths = np.where(signed, np.append(values, 0)[codes], 0)
    return TieArrays(
        index=index,
        names=names,
        subject=subject,
        hundredths=hundredths,
        signed=signed,
        place=keys // max(len(names), 1),
        end=keys % max(len(names), 1),
    )


def _first_matter(place: Array, end: Array, names: pa.Array) -> tuple[Array, Array]:
    """For each act that is about something, the first such thing by type and name."""
    ranks = np.full(len(names), len(_ORDER))
    for rank, thing in enumerate(_ORDER):
        ranks[pc.starts_with(names, f"{thing}/").to_numpy(zero_copy_only=False)] = rank
    known = ranks[end] < len(_ORDER)
    place, end = place[known], end[known]
    # Rows of an act are in the order of names already.
    order = np.lexsort((np.arange(len(place)), ranks[end], place))
    found, first = np.unique(place[order], return_index=True)
    return found, end[order][first]


def _actors(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """A coded column of ids as one of names."""
    coded = one_chunk(column)
    names = pc.binary_join_element_wise(_ACTOR, coded.dictionary, "")
    return pa.DictionaryArray.from_arrays(coded.indices, names)


def _sorted_names(found: list[pa.Array], standing: Standing, level: Level) -> pa.Array:
    names = {name for one in found for name in one.to_pylist()}
    if level is Level.STATE:
        actors = (name.removeprefix(_ACTOR) for name in names if name.startswith(_ACTOR))
        names |= {f"{_ACTOR}{standing.whole_of(actor)}" for actor in actors}
    return pa.array(sorted(names), pa.string())


def _rolled(names: pa.Array, standing: Standing, level: Level) -> tuple[Array, Array]:
    """For each name the place of what it counts as, and whether it is a person."""
    whole = np.arange(len(names), dtype=np.int64)
    is_person = np.zeros(len(names), np.bool_)
    if level is Level.RECORDED:
        return whole, is_person
    texts = names.to_pylist()
    at = {name: place for place, name in enumerate(texts)}
    for place, name in enumerate(texts):
        if name.startswith(_ACTOR):
            actor = name.removeprefix(_ACTOR)
            whole[place] = at[f"{_ACTOR}{standing.whole_of(actor)}"]
            is_person[place] = standing.is_person(actor)
    return whole, is_person


def _places(coded: pa.DictionaryArray, names: pa.Array) -> Array:
    """The place of each value among the names; -1 where there is none."""
    at = pc.index_in(coded.dictionary, value_set=names).to_numpy(zero_copy_only=False)
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    places: Array = np.append(at, -1)[codes].astype(np.int64)
    return places


def _days(column: pa.ChunkedArray) -> Array:
    days: Array = column.cast(pa.int32()).to_numpy()
    return days
