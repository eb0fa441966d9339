"""When the acts of an actor changed their sign. Owns the series and how much a change must be."""

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError
from comity.graph.measures.days import day_of
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import sign_of

LEAST_ACTS = 30
# Fewer acts between two changes say more about the acts than about a change.
_LEAST_BETWEEN = 5


class Series(StrEnum):
    """Whose acts make a series."""

    ACTOR = "actor"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Shift:
    """A change in the signs of a series.

    Attributes:
        source: the actor.
        target: the target; None where all targets are one series.
        day: day of the first act after the change.
        before: mean sign since the change before, or the beginning.
        after: mean sign up to the next change, or the end.
        n_before: acts of these.
        n_after: acts of those.
        n: acts of the whole series.
    """

    source: str
    target: str | None
    day: str
    before: float
    after: float
    n_before: int
    n_after: int
    n: int


@dataclass(frozen=True, slots=True)
class TooFewActs:
    """A series too short to be looked at.

    Attributes:
        source: the actor.
        target: the target; None where all targets are one series.
        n: its acts.
    """

    source: str
    target: str | None
    n: int


@dataclass(frozen=True, slots=True)
class Shifts:
    """Changes in the signs of acts.

    Attributes:
        n: series that were looked at.
        least: acts that a series must have.
        found: by actor, target and day.
        too_few: series below that, which were not looked at.
        without_day: signed acts without a day, which are left out.
    """

    n: int
    least: int
    found: tuple[Shift, ...]
    too_few: tuple[TooFewActs, ...]
    without_day: int

    def table(self) -> Rows:
        """One row for each change."""
        return Rows.of(Shift.__slots__, self.found)


@measure("shifts", Group.BEHAVIOUR, "When did the acts of an actor change their sign?")
def shifts(
    graph: "nx.Graph[Any]",
    *,
    series: Annotated[Series, "all acts of an actor, or those toward each target"] = Series.PAIR,
    strictness: Annotated[float, "times the penalty; higher finds fewer changes"] = 1.0,
) -> Shifts:
    """Change points in the signs of an actor's acts, in the order of their days.

    Definition: edges go from an actor to a target with a `sign`, of which 1, 0 or -1 counts,
    and a `day`. A change is where the mean sign of a series differs before and after by more
    than chance would have it. Series of fewer than 30 acts are not looked at and are named.

    Formula: the division of a series that minimises the squared distances to the means of its
    parts (5 acts or more each) plus, for each change, strictness * 2 * s * ln(n), with s half
    the mean square of the differences of acts that follow each other: exact, by PELT.

    Degenerate cases: acts without a day are counted and left out; acts of one day stand in the
    order of their ids; a series of one sign has no change.

    Reference: Killick, Fearnhead and Eckley (2012), J. of the American Statistical Association
    107, 1590-1598; Truong, Oudre and Vayatis (2020), Signal Processing 167, 107299 (ruptures);
    von Neumann et al. (1941), Annals of Mathematical Statistics 12, 153-162 (s).

    Raises:
        InputError: the graph has no direction, a sign or a day cannot be read, or strictness
            is not above 0.
    """
    if not (math.isfinite(strictness) and strictness > 0):
        raise InputError(f"strictness is {strictness}; give a number above 0.")
    if not graph.is_directed():
        raise InputError("Whose act an edge is must be known; give a graph with a direction.")
    acts: dict[tuple[str, str | None], list[tuple[date, str, int]]] = defaultdict(list)
    without_day = 0
    for source, target, edge in graph.edges(data=True):
        if "sign" not in edge and "weight" not in edge:
            continue
        value = sign_of(source, target, edge)
        day = day_of(source, target, edge)
        if day is None:
            without_day += 1
            continue
        key = (str(source), str(target) if series is Series.PAIR else None)
        acts[key].append((day, str(edge.get("acts", "")), (value > 0) - (value < 0)))
    keys = sorted(acts, key=lambda key: (key[0], key[1] or ""))
    long = [key for key in keys if len(acts[key]) >= LEAST_ACTS]
    return Shifts(
        n=len(long),
        least=LEAST_ACTS,
        found=tuple(shift for key in long for shift in _shifts(*key, acts[key], strictness)),
        too_few=tuple(
            TooFewActs(*key, len(acts[key])) for key in keys if len(acts[key]) < LEAST_ACTS
        ),
        without_day=without_day,
    )


def _shifts(
    source: str, target: str | None, acts: list[tuple[date, str, int]], strictness: float
) -> list[Shift]:
    # Imported here: it takes a second.
    import numpy as np
    from ruptures import Pelt

    acts = sorted(acts)
    signs = [sign for _, _, sign in acts]
    noise = fmean((one - other) ** 2 for one, other in itertools.pairwise(signs)) / 2
    if not noise:
        return []
    search = Pelt(model="l2", min_size=_LEAST_BETWEEN, jump=1).fit(np.array(signs, dtype=float))
    ends = search.predict(pen=strictness * 2 * noise * math.log(len(signs)))
    parts = list(zip([0, *ends[:-1]], ends, strict=True))
    return [
        Shift(
            source=source,
            target=target,
            day=acts[begin][0].isoformat(),
            before=fmean(signs[slice(*earlier)]),
            after=fmean(signs[begin:end]),
            n_before=earlier[1] - earlier[0],
            n_after=end - begin,
            n=len(signs),
        )
        for earlier, (begin, end) in itertools.pairwise(parts)
    ]
