"""Memberships, tenures and obligations as ties, with the days on which they hold.

Owns how they are read. There may be tens of thousands, so all of them are read once for each
version of a graph and kept, and of each only what makes it a tie. Which are asked for, and what
else is known of those that stay, is for `projection`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.graph.binding import Values, bind
from comity.graph.engine import Engine
from comity.graph.kept import kept
from comity.graph.network import End, Relation, Tie
from comity.graph.remembered import Remembered
from comity.graph.requests import request
from comity.graph.terms import node
from comity.graph.things import Thing
from comity.graph.weighing import in_order
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of, thing_and_id

Dated = Literal[Relation.MEMBERSHIP, Relation.TENURE, Relation.OBLIGATION]


@dataclass(frozen=True, slots=True)
class DatedTie:
    """A statement that holds from day to day, as a tie; days are ISO texts, empty if unknown.

    Attributes:
        tie: of a membership from the member to the organisation or the treaty, with the role
            as kind; of a tenure from the holder to the body of the post, which is the kind;
            of an obligation from the obligor to the beneficiary, with its type as kind.
        statement: of which only the IRI is known.
        first: day on which it may have begun.
        last: day on which it may have ended.
        sure_first: day on which it surely had begun; of obligations only.
        sure_last: day on which it surely had not ended; of obligations only.
        treaty: id of the treaty of an obligation.
    """

    tie: Tie
    statement: Thing
    first: str
    last: str
    sure_first: str
    sure_last: str
    treaty: str

    def may_hold(self, day: str) -> bool:
        """Whether it may hold on a day."""
        return self.first <= day <= self.last

    def surely_holds(self, day: str) -> bool:
        """Whether it surely holds on a day, as far as that is known."""
        if not self.sure_first or not self.sure_last:
            return True
        return self.sure_first <= day <= self.sure_last


_known: Remembered[Dated, list[DatedTie]] = Remembered(most=3)


def dated_ties(engine: Engine, relation: Dated, actors: Sequence[str] = ()) -> list[DatedTie]:
    """Statements of whatever day, without those that a better statement contradicts.

    They are in the order of the ties of a network, which is sorted the sooner for it.

    Args:
        engine: the graph.
        relation: which.
        actors: ids of actors at one end; empty means all. Tenures are always all.
    """
    known = _known.of(engine)
    near = actors if relation is not Relation.TENURE else ()
    if near and relation not in known:
        values = {"actor": [node(Type.ACTOR, one) for one in near]}
        return _ties(relation, _rows(engine, f"{relation.value}s_of_actors", values))
    if relation not in known:
        name = f"all_{relation.value}s"
        rows = kept(engine, name, lambda: _rows(engine, name, {}))
        known[relation] = _ties(relation, rows)
    ends = {End(Type.ACTOR, one) for one in near}
    return [
        one
        for one in known[relation]
        if not near or not ends.isdisjoint((one.tie.subject, one.tie.object))
    ]


def _rows(engine: Engine, name: str, values: Values) -> list[dict[str, str]]:
    """One row for each statement, by its IRI: of two roles in one the first counts."""
    found = engine.select(bind(request(name), values)).texts()
    first: dict[str, dict[str, str]] = {}
    for row in sorted(found, key=lambda row: (row["statement"], sorted(row.items()))):
        first.setdefault(row["statement"], row)
    return list(first.values())


def _ties(relation: Dated, rows: Iterable[Mapping[str, str]]) -> list[DatedTie]:
    found = [
        DatedTie(
            tie=_tie(relation, row),
            statement=Thing(row["statement"], {}),
            first=row["start"],
            last=row["end"],
            sure_first=row.get("sure_start", ""),
            sure_last=row.get("sure_end", ""),
            treaty=id_of(row["treaty"]) if "treaty" in row else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: in_order(one.tie))


def _tie(relation: Dated, row: Mapping[str, str]) -> Tie:
    kind = id_of(row["role"]) if "role" in row else relation.value
    thing, body = thing_and_id(row["body"])
    return Tie(
        subject=End(Type.ACTOR, id_of(row["member"])),
        object=End(Type(thing), body),
        relation=relation,
        kind=kind,
        sign=None,
        count=1,
        acts=(),
        statements=(id_of(row["statement"]),),
        kinds=((kind, 1),),
        first=None,
        last=None,
    )
