"""Who of some actors took which position on what, from the acts of the graph.

Owns the step from acts to positions: by arrays from the index, and where an engine has none by
a network of single ties; both come to the same. What positions amount to is for the measures.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from comity.graph.engine import Engine
from comity.graph.index.acts import indexed_acts
from comity.graph.index.columns import one_chunk
from comity.graph.index.counts import TieArrays, tie_arrays
from comity.graph.measures.ballots import Ballots
from comity.graph.network import Level, NetworkQuery, Relation
from comity.graph.projection import VOTES, project
from comity.ontology.namespaces import Thing

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Acts of some actors as positions; every column has a value for each tie of an act.

    Attributes:
        holder: id of who acted, its state's for officials and organs.
        item: id of the actor, event, issue, claim or treaty that the act is a tie to.
        value: its sign; of a vote 1, 0 or -1; NaN where no position was taken.
        day: the first day of the act, as an ordinal.
        act: its id.
    """

    holder: pa.Array
    item: pa.Array
    value: Array
    day: Array
    act: pa.Array

    def table(self) -> Ballots:
        """Voters by items; several acts toward one item count by the sign of their sum."""
        held = np.flatnonzero(~np.isnan(self.value))
        voters, row = _coded(self.holder.take(pa.array(held)))
        items, column = _coded(self.item.take(pa.array(held)))
        cells, cell = np.unique(row * max(len(items), 1) + column, return_inverse=True)
        positions = np.full(len(voters) * len(items), np.nan)
        positions[cells] = np.sign(np.bincount(cell, self.value[held], len(cells)))
        days = np.full(len(items), date.max.toordinal())
        np.minimum.at(days, column, self.day[held])
        return Ballots(
            voters=tuple(voters),
            sessions=("",) * len(voters),
            items=tuple(items),
            positions=positions.reshape(len(voters), len(items)),
            days={
                item: date.fromordinal(day) for item, day in zip(items, days.tolist(), strict=True)
            },
        )

    def acts_of(self, holder: str) -> dict[str, tuple[str, ...]]:
        """Ids of the acts of an actor by item, sorted."""
        mine = pc.equal(self.holder, holder)
        found: dict[str, set[str]] = {}
        acts = self.act.filter(mine).to_pylist()
        for item, act in zip(self.item.filter(mine).to_pylist(), acts, strict=True):
            found.setdefault(item, set()).add(act)
        return {item: tuple(sorted(ids)) for item, ids in found.items()}


def positions_of(
    engine: Engine, holders: frozenset[str], since: date | None, until: date
) -> Positions:
    """The positions that some states and bodies took between two days, votes and stances.

    Args:
        engine: the graph.
        holders: ids of the actors; acts of their officials and organs count as theirs.
        since: first day of acts.
        until: last day of acts.

    Raises:
        ParameterError: the window is empty.
    """
    query = NetworkQuery(
        relations=(Relation.STANCE, Relation.VOTE),
        actors=tuple(sorted(holders)),
        since=since,
        until=until,
        level=Level.STATE,
    )
    if indexed_acts(engine) is not None:
        return _indexed(tie_arrays(engine, Level.STATE), query)
    ties = [tie for tie in project(engine, query).ties if tie.subject.id in holders]
    return Positions(
        holder=pa.array([tie.subject.id for tie in ties], pa.string()),
        item=pa.array([tie.object.id for tie in ties], pa.string()),
        value=np.array([np.nan if tie.sign is None else float(tie.sign) for tie in ties]),
        day=np.array([(tie.first or date.min).toordinal() for tie in ties], np.int64),
        act=pa.array([tie.acts[0] for tie in ties], pa.string()),
    )


def _indexed(arrays: TieArrays, query: NetworkQuery) -> Positions:
    acts = arrays.index.table
    named = pa.array([f"{Thing.ACTOR}/{one}" for one in query.actors])
    wanted = pc.is_in(arrays.names, value_set=named).to_numpy(zero_copy_only=False)
    chosen = arrays.index.chosen(query.since, query.until) & wanted[arrays.subject]
    kind = one_chunk(acts["kind"])
    votes = [VOTES.get(name, np.nan) for name in kind.dictionary.to_pylist()]
    is_vote = np.array([name in VOTES for name in kind.dictionary.to_pylist()], bool)
    codes = kind.indices.to_numpy(zero_copy_only=False)
    kept = chosen[arrays.place]
    # Whoever is absent has no tie to what was voted on.
    absent = np.array([vote is None for vote in votes], bool)
    kept &= ~absent[codes[arrays.place]]
    place, end = arrays.place[kept], arrays.end[kept]
    worth = np.array([np.nan if vote is None else float(vote) for vote in votes])[codes[place]]
    signs = np.where(arrays.signed[place], arrays.hundredths[place] / 100, np.nan)
    day = pc.fill_null(acts["earliest"], date.min).cast(pa.int32()).to_numpy()
    return Positions(
        holder=_ids(arrays.names, arrays.subject[place]),
        item=_ids(arrays.names, end),
        value=np.where(is_vote[codes[place]], worth, signs),
        day=day[place].astype(np.int64) + date(1970, 1, 1).toordinal(),
        act=one_chunk(acts["act"].take(pa.array(place))),
    )


def _ids(names: pa.Array, places: Array) -> pa.Array:
    """The ids in names such as actor/arm, at some places."""
    ids = pc.replace_substring_regex(names, "^[^/]*/", "")
    return ids.take(pa.array(places))


def _coded(texts: pa.Array) -> tuple[list[str], Array]:
    """The different texts, sorted, and for each text its place among them."""
    coded = texts.dictionary_encode()
    names = coded.dictionary.to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    ranks = np.empty(len(names), np.int64)
    ranks[order] = np.arange(len(names))
    return [names[at] for at in order], ranks[coded.indices.to_numpy()]
