"""Whether the members of a group take the same positions.

Owns the indices of cohesion and when they are hidden. Who took which position is read in
`ballots.py`, who is in which group in `groups.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from math import comb
from typing import Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError
from comity.graph.measures.ballots import Ballots, Floats, ballots
from comity.graph.measures.groups import grouping
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows

_LEAST_FILLED = 0.30
_LEAST_YEARS = 5
# Above this expectation by coins a Rice index says little; nine voters still reach it.
_MUCH_BY_CHANCE = 0.25


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How often two members agree.

    Attributes:
        source: the one member.
        target: the other.
        n: items on which both took a position.
        agreement: share of these on which it was the same.
    """

    source: str
    target: str
    n: int
    agreement: float


@dataclass(frozen=True, slots=True)
class YearCohesion:
    """The Agreement Index of a year.

    Attributes:
        year: of the items.
        n: items with two positions or more.
        agreement_index: their mean.
    """

    year: int
    n: int
    agreement_index: float


@dataclass(frozen=True, slots=True)
class GroupCohesion:
    """How cohesive a group is. None: not defined, or hidden for the reason that is given.

    Attributes:
        group: its name.
        members: nodes in it.
        without_position: members that took no position.
        items: items on which a member took a position.
        n: items with the positions of two members or more, of which the indices are means.
        n_sided: items with two members or more for or against, the same for `rice`.
        filled: share of the cells, members by items, that hold a position.
        rice: mean Rice index of those for and against, abstentions left out.
        rice_with_abstentions: the same with abstentions in the denominator.
        rice_by_chance: the Rice index expected if each of these voters threw a coin.
        small: whether that is above 0.25, as with fewer than ten voters.
        agreement_index: mean Agreement Index, with abstention as a third position.
        hidden_because: why the indices are hidden.
        pairs_filled: share of the pairs of members with an item in common.
        pairs: the agreement matrix, one half of it.
        pairs_hidden_because: why the matrix is hidden.
        most_discordant: the pair that agrees least, of those with enough items in common.
        years: the Agreement Index by year, where days are known.
        slope: its change by year, by least squares.
        no_slope_because: why there is none.
    """

    group: str
    members: int
    without_position: tuple[str, ...]
    items: int
    n: int
    n_sided: int
    filled: float | None
    rice: float | None
    rice_with_abstentions: float | None
    rice_by_chance: float | None
    small: bool
    agreement_index: float | None
    hidden_because: str | None
    pairs_filled: float | None
    pairs: tuple[PairAgreement, ...]
    pairs_hidden_because: str | None
    most_discordant: PairAgreement | None
    years: tuple[YearCohesion, ...]
    slope: float | None
    no_slope_because: str | None


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How cohesive groups are.

    Attributes:
        groups: by name.
        without_group: those who took a position and are in no group, which are left out.
    """

    groups: tuple[GroupCohesion, ...]
    without_group: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each group; `source` and `target` are the most discordant pair."""
        own = (
            "group",
            "members",
            "items",
            "n",
            "n_sided",
            "filled",
            "rice",
            "rice_with_abstentions",
        )
        more = ("rice_by_chance", "small", "agreement_index", "slope", "hidden_because")
        pair = ("source", "target", "agreement")
        return Rows(
            (*own, *more, *pair),
            (
                [getattr(one, name) for name in (*own, *more)]
                + [getattr(one.most_discordant, name, None) for name in pair]
                for one in self.groups
            ),
        )


@measure("cohesion", Group.COHESION, "Do the members of a group take the same positions?")
def cohesion(
    graph: "nx.Graph[Any]",
    *,
    common: Annotated[int, "items in common that the most discordant pair must have"] = 5,
) -> Cohesion:
    """Cohesion of declared groups on votes or stances.

    Definition: edges go from who votes to what is voted on, with `sign` 1, -1, or 0 for an
    abstention; no edge is no position. Members carry the node attribute `group`. An item
    counts where two members or more took a position. `agreement` is the share of the items
    that two members have in common on which both took the same of the three positions.

    Formula: with Y, N and A members for, against and abstaining on an item,
    rice = |Y - N| / (Y + N) and rice_with_abstentions = |Y - N| / (Y + N + A), both of items
    with two members or more in the denominator;
    agreement_index = (max(Y, N, A) - (Y + N + A - max(Y, N, A)) / 2) / (Y + N + A).
    Each is the mean over items. rice_by_chance is the mean of the expectation of |Y - N| / n
    for n coins, since the fewer vote the more they agree by chance; `small` groups are those
    where it is above 0.25.

    Degenerate cases: indices are hidden where fewer than 30 % of the cells, members by items,
    hold a position, the agreement matrix where fewer than 30 % of the pairs have an item in
    common; both say so. A slope by year needs five years. Indices are null where no item has
    the positions of two members.

    Reference: Rice (1925), Political Science Quarterly 40, 60-72; Hix, Noury and Roland
    (2005), British J. of Political Science 35, 209-234 (Agreement Index); Desposato (2005),
    British J. of Political Science 35, 731-744 (small groups).

    Raises:
        InputError: no node has a group, a sign is no finite number, a day is none, or `common`
            is below 1.
    """
    _check(common)
    table = ballots(graph)
    found = grouping(graph)
    members: dict[str, list[str]] = {}
    for node, names in found.groups.items():
        for name in names:
            members.setdefault(name, []).append(str(node))
    groups = tuple(
        group_cohesion(name, sorted(members[name]), table, common) for name in sorted(members)
    )
    outside = set(table.voters) & set(found.without)
    return Cohesion(groups, tuple(sorted(outside)))


def group_cohesion(
    name: str, members: Sequence[str], table: Ballots, common: int = 5
) -> GroupCohesion:
    """The cohesion of one group; see `cohesion`.

    Args:
        name: of the group.
        members: sorted; those without a row in the table took no position.
        table: the positions.
        common: items in common that the most discordant pair must have.

    Raises:
        InputError: `common` is below 1.
    """
    _check(common)
    row = {voter: index for index, voter in enumerate(table.voters)}
    voters = [member for member in members if member in row]
    positions = table.positions[[row[voter] for voter in voters]]
    asked = ~np.isnan(positions).all(axis=0) if voters else np.zeros(len(table.items), dtype=bool)
    positions = positions[:, asked]
    days = [table.days.get(table.items[column]) for column in np.flatnonzero(asked)]
    counts = np.array([(positions == value).sum(axis=0) for value in (1, -1, 0)])
    shared = counts.sum(axis=0) >= 2
    cells = len(members) * positions.shape[1]
    filled = float(counts.sum() / cells) if cells else None
    hidden = _hidden(filled, "cells, members by items, hold a position")
    sided = counts[:2, counts[:2].sum(axis=0) >= 2]
    chance = _mean(np.array([rice_of_coins(int(n)) for n in sided.sum(axis=0)]))
    years = () if hidden else _years(counts, shared, days)
    slope, no_slope = _slope(years)
    pairs = _pairs(voters, positions)
    all_pairs = comb(len(members), 2)
    pairs_filled = len(pairs) / all_pairs if all_pairs else None
    pairs_hidden = _hidden(pairs_filled, "pairs of members have an item in common")
    if pairs_hidden:
        pairs = ()
    enough = [pair for pair in pairs if pair.n >= common]
    return GroupCohesion(
        group=name,
        members=len(members),
        without_position=tuple(member for member in members if member not in row),
        items=positions.shape[1],
        n=int(shared.sum()),
        n_sided=sided.shape[1],
        filled=filled,
        rice=None if hidden else _mean(abs(sided[0] - sided[1]) / sided.sum(axis=0)),
        rice_with_abstentions=None if hidden else _mean(_rice(counts[:, shared])),
        rice_by_chance=chance,
        small=chance is not None and chance > _MUCH_BY_CHANCE,
        agreement_index=None if hidden else _mean(_agreement_index(counts[:, shared])),
        hidden_because=hidden,
        pairs_filled=pairs_filled,
        pairs=pairs,
        pairs_hidden_because=pairs_hidden,
        # Of equals the pair with more items in common, then by name.
        most_discordant=min(enough, key=lambda one: (one.agreement, -one.n), default=None),
        years=years,
        slope=slope,
        no_slope_because=hidden or no_slope,
    )


def _check(common: int) -> None:
    if common < 1:
        raise InputError(f"A pair cannot have {common} items in common; give 1 or more.")


def _hidden(filled: float | None, what: str) -> str | None:
    if filled is None:
        return "Nobody took a position, or nobody is there to agree with."
    if filled >= _LEAST_FILLED:
        return None
    return f"Only {filled:.0%} of the {what}; below {_LEAST_FILLED:.0%} nothing is said."


def _rice(counts: Floats) -> Floats:
    shares: Floats = abs(counts[0] - counts[1]) / counts.sum(axis=0)
    return shares


def _agreement_index(counts: Floats) -> Floats:
    most, total = counts.max(axis=0), counts.sum(axis=0)
    index: Floats = (most - (total - most) / 2) / total
    return index


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None


@cache
def rice_of_coins(n: int) -> float:
    """The Rice index expected of n voters who throw a coin each."""
    apart = sum(comb(n, yes) * abs(2 * yes - n) for yes in range(n + 1))
    return apart / (n << n)


def _pairs(voters: list[str], positions: Floats) -> tuple[PairAgreement, ...]:
    # Floats hold counts up to 2^53 exactly, and only of floats does numpy multiply by BLAS: of
    # 193 voters on 6,000 items 0.1 s instead of 7 s.
    known = (~np.isnan(positions)).astype(np.float64)
    both = known @ known.T
    same = np.zeros_like(both)
    for value in (1, -1, 0):
        chosen = (positions == value).astype(np.float64)
        same += chosen @ chosen.T
    return tuple(
        PairAgreement(voters[i], voters[j], int(both[i, j]), float(same[i, j] / both[i, j]))
        for i, j in combinations(range(len(voters)), 2)
        if both[i, j]
    )


def _years(counts: Floats, shared: Any, days: list[date | None]) -> tuple[YearCohesion, ...]:
    of_year: dict[int, list[int]] = {}
    for index, day in enumerate(days):
        if day is not None and shared[index]:
            of_year.setdefault(day.year, []).append(index)
    return tuple(
        YearCohesion(year, len(items), float(_agreement_index(counts[:, items]).mean()))
        for year, items in sorted(of_year.items())
    )


def _slope(years: tuple[YearCohesion, ...]) -> tuple[float | None, str | None]:
    if len(years) < _LEAST_YEARS:
        return None, f"Years with items of a known day: {len(years)}; a slope needs {_LEAST_YEARS}."
    x = np.array([one.year for one in years], dtype=float)
    y = np.array([one.agreement_index for one in years])
    apart = x - x.mean()
    return float(apart @ y / (apart @ apart)), None
