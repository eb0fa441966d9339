"""Layout `free`: places where no event gives two sides to stand on.

One actor with others around it stands in the middle of an ellipse. Otherwise places come
from a spring layout of networkx with a fixed start and a fixed seed, and marks that touch
are pushed apart. The same network always gives the same picture.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations

import networkx as nx
import numpy as np

from comity.graph.drawing.canvas import Canvas
from comity.graph.drawing.geometry import Point
from comity.graph.network import End, Tie

_SEED = 1
# One ellipse holds so many names without crowding; the next ones stand on a second one.
_AROUND = 24
# Beyond this many nodes names have no room anyway: only marks keep apart.
_PUSHED = 150
_PUSHES = 80
_MARGIN = 0.07
# Of many nodes a mark takes so much of the side of the square that is a node's share.
_SHARE = 0.17
_SMALLEST = 3.0


def fitted(canvas: Canvas, nodes: int) -> Canvas:
    """The canvas with marks that so many nodes leave room for."""
    side = math.sqrt(canvas.width * canvas.height / max(1, nodes))
    return replace(canvas, node=max(_SMALLEST, min(canvas.node, round(side * _SHARE, 1))))


class FreePlaces:
    """Where the nodes of a network stand; what all canvases have in common is found once.

    Args:
        ends: the nodes, in a fixed order.
        ties: between them.
    """

    def __init__(self, ends: Sequence[End], ties: Sequence[Tie]) -> None:
        self._ends = ends
        self._ties = ties
        middle = _middle(ends, ties)
        self._middle = middle if len(ends) <= 2 * _AROUND else None

    def on(self, canvas: Canvas) -> dict[End, Point]:
        """The place of each node on a canvas."""
        if not self._ends:
            return {}
        if self._middle is not None:
            others = [end for end in self._ends if end != self._middle]
            return _around(self._middle, others, self._ties, canvas)
        return _pushed(self._sprung, canvas)

    @cached_property
    def _sprung(self) -> dict[End, tuple[float, float]]:
        return _sprung(self._ends, self._ties)


def _middle(ends: Sequence[End], ties: Sequence[Tie]) -> End | None:
    """The node that every tie touches, if there is one and only one."""
    if len(ends) == 1:
        return ends[0]
    if not ties:
        return None
    touched = {ties[0].subject, ties[0].object}
    for tie in ties:
        touched &= {tie.subject, tie.object}
    return touched.pop() if len(touched) == 1 else None


def _around(
    middle: End, others: Sequence[End], ties: Sequence[Tie], canvas: Canvas
) -> dict[End, Point]:
    """One in the middle, the others on one or two ellipses; the best tied ones inside."""
    strength = dict.fromkeys(others, 0)
    for tie in ties:
        for end in (tie.subject, tie.object):
            if end in strength:
                strength[end] += tie.count
    ordered = sorted(others, key=lambda end: (-strength[end], end))
    half = len(ordered) if len(ordered) <= _AROUND else len(ordered) // 2
    found = {middle: Point(canvas.width / 2, canvas.height / 2)}
    rings = [(ordered[:half], 0.8 if half == len(ordered) else 0.56), (ordered[half:], 0.98)]
    for members, reach in rings:
        # By name around the ring, so that a reader finds an actor.
        for number, end in enumerate(sorted(members)):
            turn = 2 * math.pi * (number + 0.5) / len(members) - math.pi / 2
            found[end] = Point(
                canvas.width * (0.5 + (0.5 - _MARGIN) * reach * math.cos(turn)),
                canvas.height * (0.5 + (0.5 - _MARGIN) * reach * math.sin(turn)),
            )
    return found


def _sprung(ends: Sequence[End], ties: Sequence[Tie]) -> dict[End, tuple[float, float]]:
    graph: nx.Graph[End] = nx.Graph()
    graph.add_nodes_from(ends)
    for tie in ties:
        known = graph.get_edge_data(tie.subject, tie.object, {"weight": 0.0})
        graph.add_edge(tie.subject, tie.object, weight=known["weight"] + math.sqrt(tie.count))
    start = {
        end: (
            math.cos(2 * math.pi * number / len(ends)),
            math.sin(2 * math.pi * number / len(ends)),
        )
        for number, end in enumerate(ends)
    }
    rounds = 120 if len(ends) <= _PUSHED else 50
    placed = nx.spring_layout(graph, pos=start, iterations=rounds, seed=_SEED)
    # By rank on each axis as much as by place, more so of many: a hairball fills the canvas, and
    # no node is lost in a corner because two others stand far out.
    share = 0.5 if len(ends) <= _PUSHED else 0.8
    found: dict[End, tuple[float, float]] = {}
    for axis in (0, 1):
        order = sorted(ends, key=lambda end: (float(placed[end][axis]), end))
        low, high = float(placed[order[0]][axis]), float(placed[order[-1]][axis])
        for rank, end in enumerate(order):
            by_rank = (rank + 0.5) / len(order)
            by_place = (float(placed[end][axis]) - low) / (high - low) if high > low else 0.5
            value = share * by_rank + (1 - share) * by_place
            found[end] = (value, 0.0) if axis == 0 else (found[end][0], value)
    return found


def _pushed(placed: dict[End, tuple[float, float]], canvas: Canvas) -> dict[End, Point]:
    """Places on the canvas, with room for marks and names as far as it goes."""
    left, top = canvas.width * _MARGIN, canvas.height * _MARGIN
    width, height = canvas.width - 2 * left, canvas.height - 2 * top
    at = {end: [left + x * width, top + y * height] for end, (x, y) in placed.items()}
    if len(at) > _PUSHED:
        _apart(list(at.values()), 2 * canvas.node + 3)
        return {end: Point(round(x, 1), round(y, 1)) for end, (x, y) in at.items()}
    share = canvas.width * canvas.height / len(at)
    across = min(canvas.across, math.sqrt(share) * 1.1)
    down = min(canvas.node * 2 + canvas.text * 1.9, math.sqrt(share) * 0.7)
    spots = list(at.values())
    for _ in range(_PUSHES):
        pairs = _overlapping(spots, across, down)
        for one, other in ((spots[first], spots[second]) for first, second in pairs):
            dx, dy = other[0] - one[0], other[1] - one[1]
            over_x, over_y = across - abs(dx), down - abs(dy)
            # An earlier pair may have made room for this one.
            if over_x <= 0 or over_y <= 0:
                continue
            # Along the shorter way out.
            axis, over, gap = (1, over_y, dy) if over_y < over_x else (0, over_x, dx)
            step = (over / 2 + 0.5) * (1 if gap >= 0 else -1)
            one[axis] -= step
            other[axis] += step
        for spot in spots:
            spot[0] = min(max(spot[0], left), left + width)
            spot[1] = min(max(spot[1], top), top + height)
        if not pairs:
            break
    return {end: Point(round(x, 1), round(y, 1)) for end, (x, y) in at.items()}


def _overlapping(spots: Sequence[list[float]], across: float, down: float) -> list[list[int]]:
    """The pairs of places that are nearer than so much on both axes, by their numbers."""
    x, y = np.array(spots).T
    near = np.abs(x[:, None] - x) < across
    near &= np.abs(y[:, None] - y) < down
    pairs: list[list[int]] = np.argwhere(np.triu(near, 1)).tolist()
    return pairs


def _apart(spots: Sequence[list[float]], room: float) -> None:
    """Pushes marks apart that touch; each looks only at those in its cell and the next ones."""
    for _ in range(_PUSHES):
        cells: dict[tuple[int, int], list[list[float]]] = {}
        for spot in spots:
            cells.setdefault((int(spot[0] // room), int(spot[1] // room)), []).append(spot)
        moved = False
        for (column, row), within in cells.items():
            beside = [(column + 1, row + step) for step in (-1, 0, 1)] + [(column, row + 1)]
            others = [spot for cell in beside for spot in cells.get(cell, ())]
            pairs = [
                *combinations(within, 2),
                *((one, other) for one in within for other in others),
            ]
            for one, other in pairs:
                dx, dy = other[0] - one[0], other[1] - one[1]
                gap = math.hypot(dx, dy)
                if gap >= room:
                    continue
                moved = True
                step = (room - gap) / 2 + 0.1
                ux, uy = (dx / gap, dy / gap) if gap else (1.0, 0.0)
                one[0] -= ux * step
                one[1] -= uy * step
                other[0] += ux * step
                other[1] += uy * step
        if not moved:
            break
