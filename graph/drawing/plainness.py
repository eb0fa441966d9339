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

Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Plainness:
    """Points that may change places, and the lines between them.

    Args:
        points: where each stands.
        lines: how many lines there are between two points, by their numbers; together they
            are one straight line with the square root of that as its weight.
    """

    def __init__(self, points: Sequence[Point], lines: Mapping[tuple[int, int], int]) -> None:
        self._at = np.array([(point.x, point.y) for point in points], dtype=float).reshape(-1, 2)
        pairs = np.array(sorted(lines), dtype=np.int64).reshape(-1, 2)
        self._one, self._other = pairs.T
        self._weight = np.sqrt([lines[pair] for pair in sorted(lines)])
        numbers = np.arange(len(points))[:, None]
        self._touches = (self._one == numbers) | (self._other == numbers)

    def swap(self, one: int, other: int) -> None:
        """Lets two points change places."""
        self._at[[one, other]] = self._at[[other, one]]

    def cost(self, one: int, other: int) -> float:
        """What two points add to the picture."""
        touches = self._touches[one] | self._touches[other]
        own, rest = np.flatnonzero(touches), np.flatnonzero(~touches)
        a, b = self._at[self._one], self._at[self._other]
        mine = a[own][:, None], b[own][:, None]
        length = np.hypot(*(a[own] - b[own]).T) @ self._weight[own]
        prices = np.outer(self._weight[own], self._weight) * _cross(*mine, a[None], b[None])
        # Each pair of own lines is there twice.
        crossings = prices[:, rest].sum() + prices[:, own].sum() / 2
        past = _nearness(self._at[None], *mine)[~self._touches[:, own].T].sum()
        pair = np.array([one, other])
        past += _nearness(self._at[pair][None], a[rest][:, None], b[rest][:, None]).sum()
        return float(length * _LENGTH + crossings * _CROSSING + past * _PASSING)


def _cross(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Any:
    """Whether the segments a-b and c-d cross inside."""
    over = _turn(a, b, c) * _turn(a, b, d) < 0
    return over & (_turn(c, d, a) * _turn(c, d, b) < 0)


def _turn(p: Numbers, q: Numbers, r: Numbers) -> Numbers:
    along, beside = q - p, r - p
    turned: Numbers = along[..., 0] * beside[..., 1] - along[..., 1] * beside[..., 0]
    return turned


def _nearness(point: Numbers, start: Numbers, end: Numbers) -> Numbers:
    """By how much points are nearer to straight lines than the room that they need."""
    line, beside = end - start, point - start
    square = (line * line).sum(axis=-1)
    along = (beside * line).sum(axis=-1) / np.where(square, square, 1.0)
    away = beside - np.clip(along, 0.0, 1.0)[..., None] * line
    near: Numbers = np.maximum(0.0, _ROOM - np.hypot(away[..., 0], away[..., 1]))
    return near
