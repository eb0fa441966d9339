"""Who acted for and against the same target. Owns what sets two opposite acts apart."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError
from comity.graph.measures.days import day_of
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import sign_of


class Apart(StrEnum):
    """What sets two opposite acts apart."""

    AUDIENCES = "audiences"
    DATES = "dates"
    NOTHING_KNOWN = "nothing-known"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two opposite acts of one actor toward the same target, the nearest in time.

    Attributes:
        source: the actor.
        target: the target.
        apart: what sets the two apart.
        days: days between them; None where one has no day.
        for_day: day of the act for the target.
        against_day: day of the act against it.
        for_audience: to whom the act for it was said, joined by `|`.
        against_audience: to whom the act against it was said.
        acts: ids of both acts, joined by `|`.
        n_for: acts of this actor for the target.
        n_against: acts against it.
    """

    source: str
    target: str
    apart: Apart
    days: int | None
    for_day: str | None
    against_day: str | None
    for_audience: str
    against_audience: str
    acts: str
    n_for: int
    n_against: int


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Opposite acts of one actor toward the same target.

    Attributes:
        n: pairs of actor and target with a signed act.
        found: the nearest in time first.
    """

    n: int
    found: tuple[Contradiction, ...]

    def table(self) -> Rows:
        """One row for each actor, target and what sets acts apart."""
        return Rows.of(Contradiction.__slots__, self.found)


@dataclass(frozen=True, slots=True)
class _Act:
    day: date | None
    audience: frozenset[str]
    acts: str


@measure("contradictions", Group.BEHAVIOUR, "Who acted for and against the same target?")
def contradictions(
    graph: "nx.Graph[Any]",
    *,
    within: Annotated[int, "only acts at most so many days apart; 0 for any"] = 0,
) -> Contradictions:
    """Opposite signs of one actor toward the same target, to two audiences or on two dates.

    Definition: edges go from an actor to its target with a `sign`, and where they are known a
    `day` and an `audience` (ids joined by `|`). Of each actor and target with edges of both
    signs, and of each way in which two can be apart, the two that are nearest in time:
    `audiences` where both audiences are known and nobody is in both, else `dates` where the
    days differ, else `nothing-known`, on one day or without days.

    Formula: none; an actor may also have changed its mind, which `shifts` looks for.

    Degenerate cases: an actor without two signs toward one target has no row; edges without a
    sign or of sign 0 do not count. In a graph without direction the acts of a pair cannot be
    told apart, and it is refused. With `within`, acts without a day are left out.

    Reference: audiences: Goffman (1959), The Presentation of Self in Everyday Life, chapter 3;
    Fearon (1994), American Political Science Review 88, 577-592.

    Raises:
        InputError: the graph has no direction, a sign or a day cannot be read, or `within` is
            below 0.
    """
    if within < 0:
        raise InputError(f"within is {within}; give a number of days, or 0 for any.")
    if not graph.is_directed():
        raise InputError("Whose act an edge is must be known; give a graph with a direction.")
    sides: dict[tuple[str, str], tuple[list[_Act], list[_Act]]] = {}
    for source, target, edge in graph.edges(data=True):
        value = sign_of(source, target, edge)
        if value:
            audience = {part.strip() for part in str(edge.get("audience") or "").split("|")} - {""}
            day, acts = day_of(source, target, edge), str(edge.get("acts", ""))
            pair = sides.setdefault((str(source), str(target)), ([], []))
            pair[value < 0].append(_Act(day, frozenset(audience), acts))
    found = [
        Contradiction(source, target, *nearest, len(pro), len(contra))
        for (source, target), (pro, contra) in sides.items()
        for nearest in _nearest(pro, contra, within)
    ]
    ordered = sorted(
        found,
        key=lambda one: (one.days is None, one.days or 0, one.source, one.target, one.apart),
    )
    return Contradictions(len(sides), tuple(ordered))


_Found = tuple[Apart, int | None, str | None, str | None, str, str, str]


def _nearest(pro: list[_Act], contra: list[_Act], within: int) -> list[_Found]:
    """The nearest two of each kind of being apart."""
    best: dict[Apart, tuple[tuple[bool, int, str, str], _Found]] = {}
    for one in pro:
        for other in contra:
            days = abs((one.day - other.day).days) if one.day and other.day else None
            if within and (days is None or days > within):
                continue
            apart = _apart(one, other, days)
            rank = (days is None, days or 0, one.acts, other.acts)
            if apart not in best or rank < best[apart][0]:
                acts = "|".join(text for text in (one.acts, other.acts) if text)
                said_to = _said_to(one), _said_to(other)
                best[apart] = (rank, (apart, days, _text(one), _text(other), *said_to, acts))
    return [found for _, found in best.values()]


def _apart(one: _Act, other: _Act, days: int | None) -> Apart:
    if one.audience and other.audience and not one.audience & other.audience:
        return Apart.AUDIENCES
    return Apart.DATES if days else Apart.NOTHING_KNOWN


def _text(act: _Act) -> str | None:
    return act.day.isoformat() if act.day else None


def _said_to(act: _Act) -> str:
    return "|".join(sorted(act.audience))
