"""Boxes, curves and text widths: the plane geometry under every layout.

Curves are those of vis-network, so that a label placed here lies on the line drawn there.
This module knows no actor and no tie.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]

# Widths of Noto Sans in thousandths of the font size. System fonts of the stack are as
# wide or narrower; where one is wider, the page squeezes the text into its box.
_WIDTHS = {
    width: letters
    for letters, width in (
        (" ijl'", 260),
        ("!,.:;J·`", 275),
        ("()[]-If", 325),
        ('t/\\{}r"?_', 400),
        ("zcs", 480),
        ("–vy§FLkx*S|", 530),
        ("ETae−0123456789$+<=>XZY^~×", 570),
        ("PVobdgpqKRhnuCA#B", 625),
        ("&DGUHN", 745),
        ("OQw…%", 800),
        ("@MmW→", 930),
    )
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BOLD = 1.07


@dataclass(frozen=True, slots=True)
class Point:
    """A point in layout units; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle, by its centre and full size."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether two boxes come nearer than `gap`."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width + 2 * gap
            and abs(self.y - other.y) * 2 < self.height + other.height + 2 * gap
        )

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point lies inside, or within `margin` of it."""
        return (
            abs(point.x - self.x) * 2 < self.width + 2 * margin
            and abs(point.y - self.y) * 2 < self.height + 2 * margin
        )

    def is_inside(self, width: float, height: float) -> bool:
        """Whether it lies on a canvas from (0, 0) to (width, height)."""
        return (
            self.x * 2 >= self.width
            and self.y * 2 >= self.height
            and self.x + self.width / 2 <= width
            and self.y + self.height / 2 <= height
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """A line between two centres, bent like the edge types of vis-network.

    Attributes:
        start: centre of the first node.
        end: centre of the second node.
        bend: roundness; positive is `curvedCW`, negative `curvedCCW`, 0 straight.
    """

    start: Point
    end: Point
    bend: float

    @property
    def via(self) -> Point:
        """The control point, as vis-network computes it."""
        length = math.hypot(self.end.x - self.start.x, self.end.y - self.start.y)
        angle = math.atan2(self.start.y - self.end.y, self.end.x - self.start.x)
        angle += self.bend * math.pi / 2
        reach = (0.5 + 0.5 * abs(self.bend)) * length
        return Point(self.start.x + reach * math.cos(angle), self.start.y - reach * math.sin(angle))

    def at(self, t: float) -> Point:
        """The point at parameter `t`, 0 at the start and 1 at the end."""
        via, rest = self.via, 1 - t
        return Point(
            rest * rest * self.start.x + 2 * rest * t * via.x + t * t * self.end.x,
            rest * rest * self.start.y + 2 * rest * t * via.y + t * t * self.end.y,
        )


def along(curves: Sequence[Curve], places: Sequence[float] | Numbers) -> Numbers:
    """The points of curves at some parameters, the same for all or a row for each; see `Curve.at`.

    Returns:
        All x and all y, each with a row for each curve.
    """
    ends = np.array(
        [(one.start.x, one.start.y, one.end.x, one.end.y, one.bend) for one in curves]
    ).reshape(-1, 5)
    x, y, to_x, to_y, bend = ends.T[..., None]
    angle = np.arctan2(y - to_y, to_x - x) + bend * np.pi / 2
    reach = (0.5 + 0.5 * np.abs(bend)) * np.hypot(to_x - x, to_y - y)
    via_x, via_y = x + reach * np.cos(angle), y - reach * np.sin(angle)
    t = np.asarray(places)
    rest = 1 - t
    return np.array(
        [
            rest * rest * start + 2 * rest * t * via + t * t * end
            for start, via, end in ((x, via_x, to_x), (y, via_y, to_y))
        ]
    )


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is when drawn.

    Examples:
        >>> round(text_width("Armenia", 10))
        40
    """
    width = sum(_WIDTH_OF.get(letter, 620) for letter in text) * size / 1000
    return width * _BOLD if bold else width


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a straight line between two points."""
    dx, dy = end.x - start.x, end.y - start.y
    square = dx * dx + dy * dy
    along = 0.0
    if square:
        along = ((point.x - start.x) * dx + (point.y - start.y) * dy) / square
        along = min(1.0, max(0.0, along))
    return math.hypot(point.x - start.x - along * dx, point.y - start.y - along * dy)
