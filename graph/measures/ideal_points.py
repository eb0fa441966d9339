"""Where voters stand on one dimension, from how they vote.

Owns which votes count, which voters are on one scale, and what names its direction. Who voted
how is read in `ballots.py`, the estimation is in `graded.py`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError, NotFoundError, TooLargeError
from comity.graph.measures.ballots import Ballots, Floats, ballots
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows

if TYPE_CHECKING:
    from comity.graph.measures.graded import Ints

_LEAST_VOTERS = 5
_LEAST_ITEMS = 10
_MOST_CELLS = 5_000_000


class Sessions(StrEnum):
    """Whether a voter has one point, or one in each session."""

    POOLED = "pooled"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class IdealPoint:
    """Where a voter stands.

    Attributes:
        node: the voter.
        session: its session; an empty text where sessions are pooled.
        scale: number of the scale; points of different scales cannot be compared.
        value: mean of the posterior.
        error: its standard deviation.
        n: votes it rests on.
    """

    node: str
    session: str
    scale: int
    value: float
    error: float
    n: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Voters and items that hang together.

    Attributes:
        scale: its number.
        direction: what names the ends.
        sessions: those on it; the mean of the first is 0.
        voters: points on it.
        items: items behind it.
        bridges: items that were voted on in several sessions.
        svd_agreement: rank correlation with the first singular vector; None if undefined.
        rounds: of EM.
        converged: whether the estimation settled.
    """

    scale: int
    direction: str
    sessions: tuple[str, ...]
    voters: int
    items: int
    bridges: int
    svd_agreement: float | None
    rounds: int
    converged: bool


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Where voters stand.

    Attributes:
        n: votes in the network.
        items: items in the network.
        lopsided: share of the items that were cut, nearly all having voted alike on them.
        left_out: voters with too few votes on the other items, or on too small a scale.
        scales: the largest first.
        points: by scale, session and value.
    """

    n: int
    items: int
    lopsided: float
    left_out: tuple[str, ...]
    scales: tuple[Scale, ...]
    points: tuple[IdealPoint, ...]

    def table(self) -> Rows:
        """One row for each point."""
        return Rows.of(IdealPoint.__slots__, self.points)


@measure("ideal-points", Group.SIMILARITY, "Where do voters stand on one dimension?")
def ideal_points(
    graph: "nx.Graph[Any]",
    *,
    low: Annotated[str, "voter that stands at the low end"] = "",
    high: Annotated[str, "voter that stands at the high end"] = "",
    sessions: Annotated[Sessions, "one point for a voter, or one in each session"] = (
        Sessions.POOLED
    ),
    lopsided: Annotated[float, "cut items where a smaller share differs from the most"] = 0.025,
    least: Annotated[int, "votes that a voter must have on the items left"] = 10,
) -> IdealPoints:
    """Ideal points from roll calls, by an ordinal item response model.

    Definition: edges go from voters to items with `sign` 1, -1, or 0 for an abstention, which
    lies between; no edge is missing, not between. A voter's point is the mean of its
    posterior, with its standard deviation as the error. With `apart` a voter has a point in
    each session (`session` of the edge, else the year of its day); items voted on in several
    sessions have the same parameters in each and bridge them. Voters without a chain of common
    items are on different scales, which cannot be compared.

    Formula: P(vote <= c) = 1 / (1 + exp(-(threshold(item, c) - slope(item) * point))), points
    normal with variance 1 about the mean of their session (0 in the first one), by EM over a
    grid; slopes and thresholds have a weak normal prior (standard deviation 10). `low` and
    `high` name the direction; without them the first voter by name is at the low end, which
    means nothing. svd_agreement is the rank correlation (absolute) with the first left singular
    vector of the votes, centred by item, missing 0.

    Degenerate cases: items are cut where all votes are alike, or where a share below
    `lopsided` differs from the most frequent vote; voters with fewer than `least` votes are
    named and left out; a scale needs 5 voters and 10 items. Fewer in all are refused.

    Reference: Bailey, Strezhnev and Voeten (2017), J. of Conflict Resolution 61, 430-456 (there
    points also drift over time); Samejima (1969); Bock and Aitkin (1981).

    Raises:
        InputError: too few votes, one end only is named, both are the same, a share or number
            is out of range, or a vote or session cannot be read.
        NotFoundError: a voter that names an end has no vote.
        TooLargeError: more than 5 million voters times items.
    """
    if not 0 <= lopsided < 0.5:
        raise InputError(f"lopsided is {lopsided}; give a share from 0 to below 0.5.")
    if least < 1:
        raise InputError(f"least is {least}; give 1 or more.")
    if bool(low) != bool(high) or (low and low == high):
        raise InputError("A direction has two ends; name two voters as low and high, or none.")
    table = ballots(graph, by_session=sessions is Sessions.APART)
    for voter in (low, high):
        if voter and voter not in table.voters:
            raise NotFoundError(f"'{voter}' has no vote in this network; name a voter that has.")
    if table.positions.size > _MOST_CELLS:
        raise TooLargeError(
            f"{len(table.voters)} voters by {len(table.items)} items are more than {_MOST_CELLS} "
            "cells; take fewer sessions."
        )
    rows, columns, cut = _kept(table.positions, lopsided, least)
    scales: list[Scale] = []
    points: list[IdealPoint] = []
    for members, items in _connected(table.positions, rows, columns):
        scale, found = _scale(table, members, items, len(scales) + 1, low, high)
        scales.append(scale)
        points += found
    if not scales:
        raise InputError(
            f"{len(rows)} voters have {least} votes or more on {len(columns)} items that divide "
            f"them; a scale needs {_LEAST_VOTERS} voters and {_LEAST_ITEMS} items."
        )
    placed = {(point.node, point.session) for point in points}
    left_out = [
        f"{voter} ({session})" if session else voter
        for voter, session in zip(table.voters, table.sessions, strict=True)
        if (voter, session) not in placed
    ]
    return IdealPoints(
        n=int((~np.isnan(table.positions)).sum()),
        items=len(table.items),
        lopsided=cut / len(table.items),
        left_out=tuple(left_out),
        scales=tuple(scales),
        points=tuple(points),
    )


def _kept(positions: Floats, lopsided: float, least: int) -> tuple["Ints", "Ints", int]:
    """Rows and columns that stay, and how many columns were cut for being lopsided at first."""
    rows, columns = np.arange(positions.shape[0]), np.arange(positions.shape[1])
    cut = -1
    while True:
        inside = positions[np.ix_(rows, columns)]
        counts = np.stack([(inside == value).sum(axis=0) for value in (-1, 0, 1)])
        total, most = counts.sum(axis=0), counts.max(axis=0)
        divided = (total > most) & (total - most >= lopsided * total)
        cut = int((~divided).sum()) if cut < 0 else cut
        enough = (~np.isnan(inside[:, divided])).sum(axis=1) >= least
        columns = columns[divided]
        if divided.all() and enough.all():
            return rows, columns, cut
        rows = rows[enough]


def _connected(positions: Floats, rows: "Ints", columns: "Ints") -> list[tuple["Ints", "Ints"]]:
    """Rows and columns of each scale that is large enough, the largest first."""
    # Imported here, as below: it takes a third of a second.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    voted = np.argwhere(~np.isnan(positions[np.ix_(rows, columns)]))
    size = len(rows) + len(columns)
    ends = (voted[:, 0], voted[:, 1] + len(rows))
    links = coo_array((np.ones(len(voted)), ends), shape=(size, size))
    count, part = connected_components(links, directed=False)
    found = [
        (rows[part[: len(rows)] == one], columns[part[len(rows) :] == one]) for one in range(count)
    ]
    large = [one for one in found if len(one[0]) >= _LEAST_VOTERS and len(one[1]) >= _LEAST_ITEMS]
    return sorted(large, key=lambda one: (-len(one[0]), int(one[0][0])))


def _scale(
    table: Ballots, rows: "Ints", columns: "Ints", number: int, low: str, high: str
) -> tuple[Scale, list[IdealPoint]]:
    from scipy.stats import rankdata

    from comity.graph.measures.graded import fit_graded

    votes = table.positions[np.ix_(rows, columns)]
    names = [table.voters[row] for row in rows]
    of_row = [table.sessions[row] for row in rows]
    sessions = sorted(set(of_row))
    session = np.array([sessions.index(one) for one in of_row])
    plain = _singular(votes)
    found = fit_graded(votes, session, np.array([0]), (plain - plain.mean()) / plain.std())
    values, direction = found.points, f"arbitrary: {min(names)} at the low end"
    if low in names and high in names:
        direction = f"from {low} to {high}"
        turn = _mean_of(names, values, high) < _mean_of(names, values, low)
    else:
        turn = _mean_of(names, values, min(names)) > float(values.mean())
    if turn:
        values = -values
    ranks = np.corrcoef(rankdata(values), rankdata(plain))[0, 1]
    cast = (~np.isnan(votes)).sum(axis=1)
    places = np.stack([(~np.isnan(votes[session == one])).any(axis=0) for one in set(session)])
    points = [
        IdealPoint(name, one, number, float(value), float(error), int(n))
        for name, one, value, error, n in zip(
            names, of_row, values, found.errors, cast, strict=True
        )
    ]
    scale = Scale(
        scale=number,
        direction=direction,
        sessions=tuple(sessions) if any(sessions) else (),
        voters=len(rows),
        items=len(columns),
        bridges=int((places.sum(axis=0) > 1).sum()),
        svd_agreement=float(abs(ranks)) if np.isfinite(ranks) else None,
        rounds=found.rounds,
        converged=found.converged,
    )
    return scale, sorted(points, key=lambda one: (one.session, one.value, one.node))


def _singular(votes: Floats) -> Floats:
    """The first left singular vector of the votes, centred by item, missing 0."""
    centred = np.where(np.isnan(votes), 0.0, votes - np.nanmean(votes, axis=0))
    vector: Floats = np.linalg.eigh(centred @ centred.T)[1][:, -1]
    return vector


def _mean_of(names: list[str], values: Floats, voter: str) -> float:
    return float(
        np.mean([value for name, value in zip(names, values, strict=True) if name == voter])
    )
