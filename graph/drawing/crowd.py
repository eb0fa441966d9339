"""What is in the way: boxes and points of lines, many at once.

Owns the counting that placing labels needs tens of thousands of times for one picture, so it
is done in arrays. What is best where is for `lettering` to say.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from comity.graph.drawing.geometry import Box, Curve, along

_CELL = 24


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

    def free(self, boxes: Sequence[Box], gap: float) -> list[bool]:
        """For each box whether none of those taken comes nearer than `gap`; see `Box.overlaps`."""
        x, y, width, height = self._rows[: self._size].T
        own = np.array([(box.x, box.y, box.width, box.height) for box in boxes]).T[..., None]
        near = np.abs(own[0] - x) * 2 < own[2] + width + 2 * gap
        near &= np.abs(own[1] - y) * 2 < own[3] + height + 2 * gap
        found: list[bool] = (~near.any(axis=1)).tolist()
        return found

    def near(self, box: Box, without: Sequence[int] = ()) -> "Boxes":
        """Those that overlap a box, but for some by their number."""
        x, y, width, height = self._rows[: self._size].T
        chosen = np.abs(box.x - x) * 2 < box.width + width
        chosen &= np.abs(box.y - y) * 2 < box.height + height
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
        at = along(curves, _between(count))[..., None]
        x, y, width, height = self._rows[: self._size].T
        inside = np.abs(at[0] - x) * 2 < width + 2 * margin
        inside &= np.abs(at[1] - y) * 2 < height + 2 * margin
        return [int(hits) for hits in inside.sum(axis=(1, 2))]


class Tracks:
    """Points of lines, findable by place: how many lie under a label.

    Args:
        curves: the lines.
        count: of equal pieces of a curve, between which its points are.
    """

    def __init__(self, curves: Sequence[Curve], count: int) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        xs, ys = along(curves, _between(count)).tolist()
        for owner, points in enumerate(zip(xs, ys, strict=True)):
            for x, y in zip(*points, strict=True):
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


def _between(count: int) -> list[float]:
    """The parameters between so many equal pieces of a curve; both ends are left out."""
    return [number / count for number in range(1, count)]
