"""Where labels go: beside nodes and on lines, never over a node or another label.

Owns the choice of the side a node's name stands on, of how much a line bends, and of
the point on the line where its label sits. A label that fits nowhere is left out; the
page shows it while its line is pointed at or chosen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from comity.graph.drawing.canvas import Canvas
from comity.graph.drawing.crowd import Boxes, Tracks
from comity.graph.drawing.geometry import Box, Curve, Point, along, text_width

_LINE_HEIGHT = 1.3
_SIBLING_STEP = 0.13
# Along a line, nearest the speaker first: the label then reads on from the speaker's name.
_PLACES = (0.36, 0.32, 0.40, 0.28, 0.44, 0.48, 0.24, 0.52, 0.56, 0.60, 0.20, 0.64, 0.68, 0.72, 0.16)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node as far as labels are concerned: its box and the text beside it.

    Attributes:
        box: of its mark.
        label: its name; empty for none.
        bold: whether it stands out.
        shorter: what it may be called where its name has no room.
    """

    box: Box
    label: str
    bold: bool
    shorter: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name beside its node."""

    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be bent and labelled.

    Attributes:
        key: of its bundle.
        start: index of the node it comes from.
        end: index of the node it goes to.
        label: text on it; empty for none.
        weight: labels of heavier lines are placed first.
    """

    key: str
    start: int
    end: int
    label: str
    weight: float


def text_box(x: float, y: float, text: str, size: float, *, bold: bool = False) -> Box:
    """The box of a text centred on a point."""
    return Box(x, y, text_width(text, size, bold=bold) + 4, size * _LINE_HEIGHT)


def names_beside(
    shapes: Sequence[Shape], lines: Sequence[Line], canvas: Canvas
) -> list[Name | None]:
    """The name of each node: on the side with the fewest lines that is free, or None.

    Args:
        shapes: the nodes; those without a label get None, and those without a free side.
        lines: what is drawn between them.
        canvas: on what.
    """
    straight = [
        Curve(_centre(shapes[line.start].box), _centre(shapes[line.end].box), 0.0) for line in lines
    ]
    tracks = Tracks(straight, 40)
    found: list[Name | None] = [None] * len(shapes)
    taken = Boxes(shape.box for shape in shapes)
    order = sorted(range(len(shapes)), key=lambda index: (not shapes[index].bold, index))
    for index in order:
        shape = shapes[index]
        for text in filter(None, (shape.label, shape.shorter)):
            sides = _sides(shape, text, canvas)
            costs = [
                (rank * 0.6 + tracks.under(box), rank)
                for rank, (box, free) in enumerate(zip(sides, taken.free(sides, 1), strict=True))
                if free and box.is_inside(canvas.width, canvas.height)
            ]
            if costs:
                best = sides[min(costs)[1]]
                found[index] = Name(best, text)
                taken.add(best)
                break
    return found


def _sides(shape: Shape, label: str, canvas: Canvas) -> list[Box]:
    size = canvas.text * (1.12 if shape.bold else 1.0)
    at = shape.box
    text = text_box(at.x, at.y, label, size, bold=shape.bold)
    down = at.height / 2 + text.height / 2 + 2
    across = at.width / 2 + text.width / 2 + 3
    moves = [(0, down), (0, -down), (across, 0), (-across, 0)]
    moves += [(across * 0.72, down * 0.8), (-across * 0.72, down * 0.8)]
    moves += [(across * 0.72, -down * 0.8), (-across * 0.72, -down * 0.8)]
    boxes = [Box(text.x + dx, text.y + dy, text.width, text.height) for dx, dy in moves]
    return [_pulled_in(box, canvas) for box in boxes]


def _pulled_in(box: Box, canvas: Canvas) -> Box:
    x = min(max(box.x, box.width / 2 + 2), canvas.width - box.width / 2 - 2)
    y = min(max(box.y, box.height / 2 + 2), canvas.height - box.height / 2 - 2)
    return Box(x, y, box.width, box.height)


def side_by_side(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Curve]:
    """How each line runs where there are too many to lead around others: siblings apart."""
    siblings: dict[tuple[int, int], list[int]] = {}
    for index, line in enumerate(lines):
        pair = (min(line.start, line.end), max(line.start, line.end))
        siblings.setdefault(pair, []).append(index)
    curves: dict[int, Curve] = {}
    for pair, members in siblings.items():
        step = min(_SIBLING_STEP, 0.8 / len(members))
        for place, member in enumerate(members):
            line = lines[member]
            bend = (place - (len(members) - 1) / 2) * step
            start, end = _centre(shapes[line.start].box), _centre(shapes[line.end].box)
            curves[member] = Curve(start, end, bend if line.start == pair[0] else -bend)
    return [curves[index] for index in range(len(lines))]


def bent(
    lines: Sequence[Line], shapes: Sequence[Shape], names: Sequence[Box | None]
) -> list[Curve]:
    """How each line runs: siblings side by side, around nodes and names of others."""
    siblings: dict[tuple[int, int], list[int]] = {}
    for index, line in enumerate(lines):
        pair = (min(line.start, line.end), max(line.start, line.end))
        siblings.setdefault(pair, []).append(index)
    curves: dict[int, Curve] = {}
    # The marks come first, each at the place of its node.
    obstacles = Boxes(box for box in (*(shape.box for shape in shapes), *names) if box is not None)
    for pair, members in sorted(siblings.items()):
        start, end = (_centre(shapes[index].box) for index in pair)
        bends = _bends(start, end, len(members), obstacles, pair)
        # Outward lines on one side, homeward lines on the other.
        ordered = sorted(members, key=lambda one: (lines[one].start != pair[0], one))
        for member, bend in zip(ordered, bends, strict=True):
            forward = lines[member].start == pair[0]
            curves[member] = Curve(start, end, bend) if forward else Curve(end, start, -bend)
    return [curves[index] for index in range(len(lines))]


def _bends(
    start: Point, end: Point, count: int, obstacles: Boxes, own: tuple[int, int]
) -> list[float]:
    """Bends of parallel lines, seen from one end; the set that hits fewest obstacles."""
    step = min(_SIBLING_STEP, 0.8 / count)
    even = [(place - (count - 1) / 2) * step for place in range(count)]
    wide = [bend + (0.09 if place * 2 >= count else -0.09) for place, bend in enumerate(even)]
    wider = [bend + (0.17 if place * 2 >= count else -0.17) for place, bend in enumerate(even)]
    shifts = (0.0, 0.06, -0.06, 0.12, -0.12, 0.2, -0.2, 0.28, -0.28)
    sets = [[bend + shift for bend in even] for shift in shifts]
    if count > 1:
        sets += [wide, wider]

    middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    span = math.hypot(start.x - end.x, start.y - end.y)
    zone = Box(
        middle.x, middle.y, abs(start.x - end.x) + span * 0.6, abs(start.y - end.y) + span * 0.6
    )
    curves = [Curve(start, end, bend) for bends in sets for bend in bends]
    hits = iter(obstacles.near(zone, own).holding(curves, 24, 2))
    costs = [
        3.0 * sum(islice(hits, count)) + sum(abs(bend) for bend in bends) * 2 for bends in sets
    ]
    return sets[costs.index(min(costs))]


def line_boxes(
    lines: Sequence[Line],
    curves: Sequence[Curve],
    shapes: Sequence[Shape],
    names: Sequence[Box | None],
    canvas: Canvas,
) -> list[Box | None]:
    """The box of each line's label, or None where no place is free."""
    taken = Boxes(box for box in (*(shape.box for shape in shapes), *names) if box is not None)
    tracks = Tracks(curves, 48)
    spots = along(curves, _PLACES).transpose(1, 2, 0).tolist()
    found: list[Box | None] = [None] * len(lines)
    order = sorted(range(len(lines)), key=lambda index: (-lines[index].weight, lines[index].key))
    for index in order:
        line = lines[index]
        if not line.label:
            continue
        size = text_box(0, 0, line.label, canvas.line_text)
        boxes = [Box(x, y, size.width, size.height) for x, y in spots[index]]
        best: tuple[float, Box] | None = None
        for rank, (box, free) in enumerate(zip(boxes, taken.free(boxes, 1), strict=True)):
            if best is not None and best[0] <= rank * 0.35:
                # A place further on costs that much before anything lies under it.
                break
            if not free or not box.is_inside(canvas.width, canvas.height):
                continue
            cost = rank * 0.35 + tracks.under(box, index)
            if best is None or cost < best[0]:
                best = (cost, box)
        if best is not None:
            found[index] = best[1]
            taken.add(best[1])
    return found


def _centre(box: Box) -> Point:
    return Point(box.x, box.y)
