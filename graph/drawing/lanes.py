"""Layout `sides`: which lane an actor stands in, and where in it.

The first party of the event stands left, the second right, the event in the middle.
Everybody else stands by what is recorded: who backs a party or opposes the other one
on that party's side, who owes a party by treaty near it, all others above and below
the event, actors without a recorded act in a row of their own. Places within a lane
are chosen by a fixed search that shortens lines and avoids crossings: no forces, no
chance, the same network always gives the same picture.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from comity.graph.drawing.canvas import Canvas
from comity.graph.drawing.geometry import Point
from comity.graph.drawing.plainness import Plainness
from comity.graph.network import End, Network, Relation, Tie

_PASSES = 6
# How often two are tried at each other's place at most; what one try takes grows with the
# square of the lines, so that with hundreds of them there is no time for any.
_TRIES = 2000
_LINES = 60


class Lane(StrEnum):
    """Where an actor stands."""

    FIRST = "first"
    SECOND = "second"
    EVENT = "event"
    WITH_FIRST = "with-first"
    WITH_SECOND = "with-second"
    NEUTRAL = "neutral"
    HOLLOW = "hollow"


@dataclass(frozen=True, slots=True)
class _Area:
    """A part of the canvas, in fractions of its size."""

    left: float
    right: float
    top: float
    bottom: float


_AREAS = {
    Lane.WITH_FIRST: (_Area(0.05, 0.27, 0.08, 0.33), _Area(0.05, 0.27, 0.67, 0.80)),
    Lane.WITH_SECOND: (_Area(0.78, 0.96, 0.08, 0.30), _Area(0.80, 0.96, 0.66, 0.88)),
    Lane.NEUTRAL: (_Area(0.30, 0.76, 0.06, 0.25), _Area(0.36, 0.80, 0.75, 0.93)),
    Lane.HOLLOW: (_Area(0.05, 0.31, 0.93, 0.93),),
}


def lanes(network: Network, parties: Sequence[str]) -> dict[End, Lane]:
    """In which lane each node of a network stands.

    Args:
        network: what to lay out.
        parties: ids of the two parties to the event, left one first.
    """
    first, second = parties
    found: dict[End, Lane] = {}
    for end in sorted(network.nodes):
        if end.id == network.query.event:
            found[end] = Lane.EVENT
        elif end.id == first:
            found[end] = Lane.FIRST
        elif end.id == second:
            found[end] = Lane.SECOND
        elif end.id in network.silent:
            found[end] = Lane.HOLLOW
        else:
            leaning = _leaning(end, network.ties, first, second)
            side = Lane.WITH_FIRST if leaning > 0 else Lane.WITH_SECOND
            found[end] = side if leaning else Lane.NEUTRAL
    return found


def _leaning(end: End, ties: Iterable[Tie], first: str, second: str) -> float:
    """Above 0 for the first party's side, below for the second's; signs before treaties."""
    signs, owed = 0.0, 0.0
    for tie in ties:
        if tie.subject != end or tie.object.id not in (first, second):
            continue
        toward = 1.0 if tie.object.id == first else -1.0
        if tie.sign:
            signs += toward * float(tie.sign) * tie.count
        if tie.relation is Relation.OBLIGATION:
            owed += toward * tie.count
    return signs or owed


def places(standing: Mapping[End, Lane], ties: Sequence[Tie], canvas: Canvas) -> dict[End, Point]:
    """Where each node stands on a canvas."""
    middle = canvas.height * 0.5
    fixed = {
        Lane.FIRST: Point(canvas.width * 0.115, middle),
        Lane.SECOND: Point(canvas.width * 0.885, middle),
        Lane.EVENT: Point(canvas.width * 0.5, middle),
    }
    found = {end: fixed[lane] for end, lane in standing.items() if lane in fixed}
    for lane, areas in _AREAS.items():
        members = [end for end, one in standing.items() if one is lane]
        found.update(zip(members, _slots(areas, len(members), canvas), strict=False))
    return _searched(found, standing, ties)


def _slots(areas: Sequence[_Area], count: int, canvas: Canvas) -> list[Point]:
    """Places of a lane: as many as needed, shared between its areas."""
    if not count:
        return []
    share = math.ceil(count / len(areas))
    grids = [_grid(area, share, canvas, number) for number, area in enumerate(areas)]
    return [grid[index] for index in range(share) for grid in grids]


def _grid(area: _Area, count: int, canvas: Canvas, number: int) -> list[Point]:
    width = (area.right - area.left) * canvas.width
    height = (area.bottom - area.top) * canvas.height
    # Neighbours stand on alternate rows, so a row needs half as much room as its labels.
    columns = max(1, min(count, int(width / (canvas.across * 0.62)) + 1)) if height else count
    rows = math.ceil(count / columns)
    points = []
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        x = (column + 0.5) / in_row if in_row > 1 else 0.5 + (0.2 if count == 1 and number else 0)
        # The outer of two neighbours is further from the middle; later rows nearer to it.
        step = (column % 2) * 0.5 if in_row > 1 else 0.25
        y = (row + step) / max(1, rows - 0.5 if in_row > 1 else rows) if height else 0.0
        y = min(1.0, y) if number == 0 else 1.0 - min(1.0, y)
        points.append(
            Point(area.left * canvas.width + x * width, area.top * canvas.height + y * height)
        )
    return points


def _searched(
    start: dict[End, Point], standing: Mapping[End, Lane], ties: Sequence[Tie]
) -> dict[End, Point]:
    """Swaps neighbours of a lane as long as that makes the picture plainer, in few passes."""
    ends = list(start)
    at = {end: number for number, end in enumerate(ends)}
    movable = [at[end] for end, lane in standing.items() if lane in _AREAS]
    lines = Counter(
        (at[min(tie.subject, tie.object)], at[max(tie.subject, tie.object)]) for tie in ties
    )
    places = list(range(len(ends)))
    lane_of = [standing[end] for end in ends]
    pairs = [pair for pair in combinations(movable, 2) if lane_of[pair[0]] is lane_of[pair[1]]]
    tries = _TRIES * min(1.0, (_LINES / max(len(lines), 1)) ** 2)
    passes = min(_PASSES, int(tries / max(len(pairs), 1)))
    if not passes:
        return start
    picture = Plainness(list(start.values()), lines)
    for _ in range(passes):
        is_better = False
        for one, other in pairs:
            if picture.swap_if_plainer(one, other):
                places[one], places[other] = places[other], places[one]
                is_better = True
        if not is_better:
            break
    return {end: start[ends[place]] for end, place in zip(ends, places, strict=True)}
