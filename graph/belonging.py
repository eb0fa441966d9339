"""Memberships as ties: from the member to the organisation or the treaty, in a role.

Owns how they are read. There may be tens of thousands, so all of them are read once for each
version of a graph, and of each only what makes it a tie. Which are asked for, and what else is
known of those that stay, is for `projection`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.network import End, Relation, Tie
from comity.graph.remembered import Remembered
from comity.graph.requests import request
from comity.graph.terms import node
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of, thing_and_id


@dataclass(frozen=True, slots=True)
class _Spell:
    """A membership, and the first and the last day on which it may have held as ISO texts."""

    first: str
    last: str
    tie: Tie


_all: Remembered[None, list[_Spell]] = Remembered(most=1)


def memberships(engine: Engine, as_of: date | None, actors: Sequence[str] = ()) -> list[Tie]:
    """Memberships by id, without those that a better statement contradicts.

    Args:
        engine: the graph.
        as_of: day on which they may hold; None for whatever day.
        actors: ids of members and organisations; empty means all.
    """
    known = _all.of(engine)
    if None in known:
        spells = known[None]
    elif about := [node(Type.ACTOR, one) for one in actors]:
        rows = engine.select(bind(request("memberships_of_actors"), {"actor": about})).texts()
        spells = _spells(rows)
    else:
        spells = known[None] = _spells(engine.select(bind(request("all_memberships"), {})).texts())
    day = as_of.isoformat() if as_of else None
    ends = {End(Type.ACTOR, one) for one in actors}
    return [
        spell.tie
        for spell in spells
        if day is None or spell.first <= day <= spell.last
        if not ends or not ends.isdisjoint((spell.tie.subject, spell.tie.object))
    ]


def _spells(rows: Iterable[Mapping[str, str]]) -> list[_Spell]:
    # One for each statement: of two roles in one the first counts.
    first: dict[str, Mapping[str, str]] = {}
    for row in sorted(rows, key=lambda row: (row["statement"], sorted(row.items()))):
        first.setdefault(row["statement"], row)
    return [_Spell(row["start"], row["end"], _tie(row)) for row in first.values()]


def _tie(row: Mapping[str, str]) -> Tie:
    kind = id_of(row["role"]) if "role" in row else Relation.MEMBERSHIP.value
    thing, body = thing_and_id(row["body"])
    return Tie(
        subject=End(Type.ACTOR, id_of(row["member"])),
        object=End(Type(thing), body),
        relation=Relation.MEMBERSHIP,
        kind=kind,
        sign=None,
        count=1,
        acts=(),
        statements=(id_of(row["statement"]),),
        kinds=((kind, 1),),
        first=None,
        last=None,
    )
