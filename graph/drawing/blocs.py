"""The blocs that a reader may colour a picture by, and who was in them when.

Owns which blocs are offered and which roles count as belonging. It reads memberships and
draws nothing; one bloc is shown at a time, since an actor may be in several.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.graph.engine import Engine
from comity.graph.network import NetworkQuery, Relation
from comity.graph.projection import project
from comity.graph.things import Thing

# Blocs of the region and of the powers that speak about it, in the order of the choice.
BLOCS: Final = ("csto", "nato", "eu", "ots", "cis")
# Observers, candidates and partners stand outside.
_BELONGING: Final = frozenset({"member", "co-chair", "permanent-member", "elected-member", "party"})


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
    query = NetworkQuery(actors=BLOCS, relations=(Relation.MEMBERSHIP,))
    network = project(engine, query)
    labels = {end.id: thing for end, thing in network.nodes.items()}
    found: dict[str, list[Belonging]] = {}
    for tie in network.ties:
        bloc, member = tie.object.id, tie.subject.id
        if bloc not in BLOCS or member not in actors or tie.kind not in _BELONGING:
            continue
        for statement in tie.statements:
            days = days_of(network.statements[statement])
            found.setdefault(bloc, []).append(Belonging(member, *days))
    return tuple(
        Bloc(bloc, bloc.upper(), tuple(sorted(found[bloc], key=_order)))
        for bloc in BLOCS
        if bloc in found and bloc in labels
    )


def days_of(statement: Thing) -> tuple[date | None, date | None]:
    """The first and the last day on which a statement counts as a tie.

    An obligation counts while it surely holds, anything else while it may hold; the rule of
    `graph/projection.py`.
    """
    sure = statement.type == "obligation"
    first = statement.day("startLatest" if sure else "startEarliest")
    last = statement.day("endEarliest" if sure else "endLatest")
    return (
        first if first and first > date.min else None,
        last if last and last.year < date.max.year else None,
    )


def _order(one: Belonging) -> tuple[str, date]:
    return one.actor, one.first or date.min
