"""How plain a picture of straight lines is: crossings, lines past strangers, long lines.

Owns what these cost, worked out in arrays: a search asks some thousand times. It knows points
by their numbers only.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity.graph.drawing.geometry import Point

# Prices of a crossing, of a unit of length, and of a line that comes nearer to a
# stranger than the room its mark and name need.
_CROSSING = 2.0
_LENGTH = 0.012
_PASSING = 0.35
_ROOM = 34.0
# By how much a picture must be plainer for two to change places.
_LEAST = 1e-6

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]


class Plainness:
    """Points that may change places, and the lines between them.

    What each line and each pair costs is kept: two that change places touch few of them.

    Args:
        points: where each stands.
        lines: how many lines there are between two points, by their numbers; together they
            are one straight line with the square root of that as its weight.
    """

    def __init__(self, points: Sequence[Point], lines: Mapping[tuple[int, int], int]) -> None:
        self._x = np.array([point.x for point in points], dtype=float)
        self._y = np.array([point.y for point in points], dtype=float)
        pairs = np.array(sorted(lines), dtype=np.int64).reshape(-1, 2)
        self._one, self._other = pairs.T
        self._weight = np.sqrt([lines[pair] for pair in sorted(lines)])
        numbers = np.arange(len(points))
        self._touches = (self._one == numbers[:, None]) | (self._other == numbers[:, None])
        every = np.arange(len(pairs))
        # By line; by line and line, so that each pair of them is there twice; by point and line.
        self._length = self._lengths(every)
        self._crossing = self._crossings(every)
        self._passing = self._passings(numbers, every)

    def cost(self, one: int, other: int) -> float:
        """What two points add to the picture."""
        touches = self._touches[one] | self._touches[other]
        own, rest = np.flatnonzero(touches), np.flatnonzero(~touches)
        crossings = self._crossing[own]
        return float(
            self._length[own].sum()
            + crossings.sum()
            - crossings[:, own].sum() / 2
            + self._passing[:, own].sum()
            + self._passing[one, rest].sum()
            + self._passing[other, rest].sum()
        )

    def swap_if_plainer(self, one: int, other: int) -> bool:
        """Lets two points change places if the picture is plainer then; whether they did."""
        own = np.flatnonzero(self._touches[one] | self._touches[other])
        pair = np.array([one, other])
        before = self.cost(one, other)
        kept = self._length[own], self._crossing[own], self._passing[:, own], self._passing[pair]
        self.swap(one, other)
        if self.cost(one, other) < before - _LEAST:
            return True
        self._exchange(pair)
        self._put(own, pair, *kept)
        return False

    def swap(self, one: int, other: int) -> None:
        """Lets two points change places."""
        own = np.flatnonzero(self._touches[one] | self._touches[other])
        pair = np.array([one, other])
        self._exchange(pair)
        points, every = np.arange(len(self._x)), np.arange(len(self._one))
        self._put(
            own,
            pair,
            self._lengths(own),
            self._crossings(own),
            self._passings(points, own),
            self._passings(pair, every),
        )

    def _exchange(self, pair: Places) -> None:
        for axis in (self._x, self._y):
            axis[pair] = axis[pair[::-1]]

    def _put(
        self, own: Places, pair: Places, length: Numbers, crossing: Numbers, *passing: Numbers
    ) -> None:
        self._length[own] = length
        self._crossing[own] = crossing
        self._crossing[:, own] = crossing.T
        self._passing[:, own], self._passing[pair] = passing

    def _ends(self, lines: Places) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        one, other = self._one[lines], self._other[lines]
        return self._x[one], self._y[one], self._x[other], self._y[other]

    def _lengths(self, lines: Places) -> Numbers:
        x, y, to_x, to_y = self._ends(lines)
        lengths: Numbers = np.hypot(to_x - x, to_y - y) * self._weight[lines] * _LENGTH
        return lengths

    def _crossings(self, lines: Places) -> Numbers:
        """By line, and by any line: what it costs that both cross inside."""
        ax, ay, bx, by = (values[:, None] for values in self._ends(lines))
        cx, cy, dx, dy = self._ends(np.arange(len(self._one)))
        ux, uy, vx, vy = bx - ax, by - ay, dx - cx, dy - cy
        wx, wy = cx - ax, cy - ay
        # On which sides of the one line both ends of the other are, and the other way round.
        apart = (ux * wy - uy * wx) * (ux * (dy - ay) - uy * (dx - ax)) < 0
        apart &= (vx * wy - vy * wx) * (vx * (cy - by) - vy * (cx - bx)) < 0
        prices: Numbers = apart * np.outer(self._weight[lines], self._weight) * _CROSSING
        return prices

    def _passings(self, points: Places, lines: Places) -> Numbers:
        """By point and line: what it costs that a stranger is nearer than the room it needs."""
        x, y, to_x, to_y = self._ends(lines)
        ux, uy = to_x - x, to_y - y
        square = ux * ux + uy * uy
        wx, wy = self._x[points][:, None] - x, self._y[points][:, None] - y
        along = np.clip((wx * ux + wy * uy) / np.where(square, square, 1.0), 0.0, 1.0)
        away = np.hypot(wx - along * ux, wy - along * uy)
        costs: Numbers = np.maximum(0.0, _ROOM - away) * _PASSING
        costs[self._touches[points[:, None], lines]] = 0.0
        return costs
