"""The blocs that a reader may colour a picture by, and who was in them when.

Owns which blocs are offered; observers, candidates and partners stand outside them. It draws
nothing; one bloc is shown at a time, since an actor may be in several.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.graph.binding import Values, bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.terms import node
from comity.graph.things import Thing
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of

# Blocs of the region and of the powers that speak about it, in the order of the choice.
BLOCS: Final = ("csto", "nato", "eu", "ots", "cis")


@dataclass(frozen=True, slots=True)
class Belonging:
    """That an actor is in a bloc, from a first to a last day on which it may be.

    Attributes:
        actor: id of the member.
        first: None where no beginning is known.
        last: None where no end is known.
    """

    actor: str
    first: date | None
    last: date | None

    def holds(self, day: date | None) -> bool:
        """Whether it is a member on a day; without a day, whether it ever was."""
        if day is None:
            return True
        return (self.first or date.min) <= day <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc and those of a picture who have been in it."""

    id: str
    label: str
    members: tuple[Belonging, ...]


def blocs_of(engine: Engine, actors: Collection[str]) -> tuple[Bloc, ...]:
    """The blocs offered that some of the actors have been in, at whatever time."""
    values: Values = {"organisation": [node(Type.ACTOR, bloc) for bloc in BLOCS]}
    found: dict[str, list[Belonging]] = {}
    for row in engine.select(bind(request("members_in_time"), values)).texts():
        bloc, member = id_of(row["organisation"]), id_of(row["member"])
        if member in actors:
            first, last = (date.fromisoformat(row[name]) for name in ("start", "end"))
            found.setdefault(bloc, []).append(Belonging(member, *_known(first, last)))
    return tuple(
        Bloc(bloc, bloc.upper(), tuple(sorted(found[bloc], key=_order)))
        for bloc in BLOCS
        if bloc in found
    )


def days_of(statement: Thing) -> tuple[date | None, date | None]:
    """The first and the last day on which a statement counts as a tie.

    An obligation counts while it surely holds, anything else while it may hold; the rule of
    `graph/projection.py`.
    """
    sure = statement.type == "obligation"
    first = statement.day("startLatest" if sure else "startEarliest")
    last = statement.day("endEarliest" if sure else "endLatest")
    return _known(first, last)


def _known(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """Days that are known; the first and the last of the calendar stand for open ends."""
    return (
        first if first and first > date.min else None,
        last if last and last.year < date.max.year else None,
    )


def _order(one: Belonging) -> tuple[str, date]:
    return one.actor, one.first or date.min
