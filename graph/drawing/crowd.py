"""What is in the way: boxes and points of lines, many at once.

Owns the counting that placing labels needs tens of thousands of times for one picture, so it
is done in arrays. What is best where is for `lettering` to say.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from comity.graph.drawing.geometry import Box, Curve

_CELL = 24
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Boxes:
    """Boxes that are taken.

    Args:
        boxes: those at the beginning; more can be added.
    """

    def __init__(self, boxes: Iterable[Box]) -> None:
        rows = [(box.x, box.y, box.width, box.height) for box in boxes]
        self._size = len(rows)
        self._rows = np.empty((max(2 * self._size, 16), 4))
        self._rows[: self._size] = np.array(rows).reshape(-1, 4)

    def add(self, box: Box) -> None:
        """Takes one more."""
        if self._size == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[self._size] = (box.x, box.y, box.width, box.height)
        self._size += 1

    def overlapping(self, box: Box, gap: float = 0.0) -> int:
        """How many come nearer to a box than `gap`; see `Box.overlaps`."""
        return int(np.count_nonzero(self._near(box, gap)))

    def near(self, box: Box, without: Sequence[int] = ()) -> "Boxes":
        """Those that overlap a box, but for some by their number."""
        chosen = self._near(box, 0.0)
        chosen[list(without)] = False
        found = Boxes(())
        found._rows = self._rows[: self._size][chosen]
        found._size = len(found._rows)
        return found

    def holding(self, curves: Sequence[Curve], count: int, margin: float) -> list[int]:
        """For each curve how often one of its points lies in a box; see `Box.holds`.

        Args:
            curves: the curves.
            count: of equal pieces of a curve, between which its points are.
            margin: how near to a box counts as inside.
        """
        points = np.array([_points(curve, count) for curve in curves])
        at = points.transpose(1, 0, 2)[..., None]
        x, y, width, height = self._rows[: self._size].T
        inside = np.abs(at[0] - x) * 2 < width + 2 * margin
        inside &= np.abs(at[1] - y) * 2 < height + 2 * margin
        return [int(hits) for hits in inside.sum(axis=(1, 2))]

    def _near(self, box: Box, gap: float) -> Mask:
        x, y, width, height = self._rows[: self._size].T
        near: Mask = np.abs(box.x - x) * 2 < box.width + width + 2 * gap
        near &= np.abs(box.y - y) * 2 < box.height + height + 2 * gap
        return near


class Tracks:
    """Points of lines, findable by place: how many lie under a label.

    Args:
        curves: the lines.
        count: of equal pieces of a curve, between which its points are.
    """

    def __init__(self, curves: Iterable[Curve], count: int) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        for owner, curve in enumerate(curves):
            xs, ys = _points(curve, count).tolist()
            for x, y in zip(xs, ys, strict=True):
                cell = (int(x // _CELL), int(y // _CELL))
                self._cells.setdefault(cell, []).append((x, y, owner))

    def under(self, box: Box, owner: int = -1) -> int:
        """Points inside a box that belong to other lines than `owner`."""
        left, right = box.x - box.width / 2, box.x + box.width / 2
        top, bottom = box.y - box.height / 2, box.y + box.height / 2
        return sum(
            1
            for column in range(int(left // _CELL), int(right // _CELL) + 1)
            for row in range(int(top // _CELL), int(bottom // _CELL) + 1)
            for x, y, line in self._cells.get((column, row), ())
            if line != owner and left < x < right and top < y < bottom
        )


def _points(curve: Curve, count: int) -> Numbers:
    """The x and the y of evenly spread points of a curve; both ends are left out."""
    t = np.arange(1, count) / count
    rest = 1 - t
    via = curve.via
    return np.array(
        [
            rest * rest * start + 2 * rest * t * middle + t * t * end
            for start, middle, end in (
                (curve.start.x, via.x, curve.end.x),
                (curve.start.y, via.y, curve.end.y),
            )
        ]
    )
