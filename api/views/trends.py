"""A number over the years as a line, on a page.

Owns where its points and marks stand; from five points up, since fewer are no trend.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
_WIDTH, _HEIGHT, _LEFT, _LOW = 700, 170, 36, 140
_TOP: Final = 14
_TICKS: Final = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """A year and its number."""

    year: int
    says: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A line between 0 and 1 over an axis of years.

    Attributes:
        dots: the points, by year.
        runs: corners of the line, in pieces where years are missing in between.
        levels: y and words of the marks beside it.
        ticks: x and words of the years below it.
    """

    dots: tuple[Dot, ...]
    runs: tuple[str, ...]
    levels: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, int], ...]
    width: int = _WIDTH
    height: int = _HEIGHT


def trend_of(points: Sequence[tuple[int, float, str]]) -> Trend | None:
    """Numbers between 0 and 1 by year; None where there are too few.

    Args:
        points: year, number, and what the dot says; by year.
    """
    if len(points) < LEAST:
        return None
    first, last = points[0][0], points[-1][0]
    scale = (_WIDTH - _LEFT - 20) / max(last - first, 1)

    def x(year: int) -> float:
        return round(_LEFT + (year - first) * scale, 1)

    def y(value: float) -> float:
        return round(_LOW - value * (_LOW - _TOP), 1)

    dots = tuple(Dot(year, says, x(year), y(value)) for year, value, says in points)
    runs: list[list[Dot]] = []
    for dot in dots:
        if not runs or dot.year > runs[-1][-1].year + 1:
            runs.append([])
        runs[-1].append(dot)
    step = max(1, -(-(last - first) // _TICKS))
    return Trend(
        dots=dots,
        runs=tuple(" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1),
        levels=tuple((y(level), f"{level:g}") for level in (0.0, 0.5, 1.0)),
        ticks=tuple((x(year), year) for year in range(first, last + 1, step)),
    )
