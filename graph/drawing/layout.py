"""Positions of everything on the picture, for a wide and for a narrow canvas.

Owns the order of the steps: lanes, places, names, bends, line labels. The result holds
numbers and texts only; browser page and print picture are drawn from the same one.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from comity.graph.drawing.canvas import LARGE, NARROW, WIDE, Canvas
from comity.graph.drawing.free import FreePlaces, fitted
from comity.graph.drawing.geometry import Box, Curve, Point
from comity.graph.drawing.lanes import Lane, lanes, places
from comity.graph.drawing.lettering import Line, Shape, bent, line_boxes, names_beside, side_by_side
from comity.graph.network import Bundle, End, Network, Tie
from comity.ontology.namespaces import Thing as Type

_KEPT = 16
# With more lines than this, labels have no room and ways around others show nothing.
_DENSE = 150
_ROUND = frozenset({"state", "member-territory"})
_PEOPLE = frozenset({"official", "person"})
_cache: "OrderedDict[object, Layouts]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node on a canvas.

    Attributes:
        end: which.
        lane: where it stands.
        at: its centre.
        radius: of its mark; of the event, half the height of its box.
        label: its name as drawn.
        name: the box of the name; None where it is drawn inside the mark, or has no room.
        mark: the box of the mark.
        shape: round for a state, hexagon for a body, triangle for a person, diamond for others.
    """

    end: End
    lane: Lane
    at: Point
    radius: float
    label: str
    name: Box | None
    mark: Box
    shape: str


@dataclass(frozen=True, slots=True)
class PlacedTie:
    """A line on a canvas.

    Attributes:
        key: of the bundle.
        tie: the bundle.
        curve: how it runs.
        label: its text.
        box: where the label is; None where there is no room.
    """

    key: str
    tie: Tie
    curve: Curve
    label: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A network on a canvas."""

    canvas: Canvas
    nodes: tuple[PlacedNode, ...]
    ties: tuple[PlacedTie, ...]


@dataclass(frozen=True, slots=True)
class Layouts:
    """A network on each canvas: a desk screen, a wall, a telephone."""

    wide: Layout
    large: Layout
    narrow: Layout

    def __iter__(self) -> Iterator[Layout]:
        yield from (self.wide, self.large, self.narrow)


@dataclass(frozen=True, slots=True)
class Lettering:
    """The texts of a picture: names by node, labels by bundle, abbreviations by node."""

    names: Mapping[End, str]
    labels: Mapping[str, str]
    shorter: Mapping[End, str] = field(default_factory=dict)


def tie_key(tie: Tie, bundle: Bundle = Bundle.SIGN) -> str:
    """What a bundle is called in payload and page; `static/bundles.js` makes the same key."""
    parts = [end_key(tie.subject), end_key(tie.object), tie.relation.value]
    if bundle is not Bundle.PAIR:
        parts.append("" if tie.sign is None else f"{float(tie.sign):g}")
    if bundle is Bundle.KIND:
        parts.append(tie.kind)
    if bundle is Bundle.NONE:
        parts.append((tie.acts or tie.statements)[0])
    return "|".join(parts)


def end_key(end: End) -> str:
    """What a node is called in payload and page."""
    return f"{end.thing.value}/{end.id}"


def layouts(network: Network, lettering: Lettering, parties: Sequence[str]) -> Layouts:
    """The layouts of a network, remembered for the next call.

    Args:
        network: what to lay out; ties bundled by sign.
        lettering: texts on it.
        parties: ids of the parties to the event, left one first; other than two, and
            the actors stand freely.
    """
    keys = [tie_key(tie, network.query.bundle) for tie in network.ties]
    ties = tuple((key, tie.count) for key, tie in zip(keys, network.ties, strict=True))
    names = tuple(sorted(lettering.names.items()))
    mark = (ties, names, tuple(sorted(lettering.labels.items())), tuple(parties), network.query)
    if mark not in _cache:
        stand = _sides(network, parties) if len(parties) == 2 else _freely(network)
        _cache[mark] = Layouts(
            *(_laid_out(network, lettering, parties, *stand(one)) for one in (WIDE, LARGE, NARROW))
        )
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return _cache[mark]


# Canvas, with marks of the size for it; the lane of each node, and its place.
_Stand = tuple[Canvas, Mapping[End, Lane], Mapping[End, Point]]


def _sides(network: Network, parties: Sequence[str]) -> Callable[[Canvas], _Stand]:
    standing = lanes(network, parties)
    return lambda canvas: (canvas, standing, places(standing, network.ties, canvas))


def _freely(network: Network) -> Callable[[Canvas], _Stand]:
    standing = {end: _lane(end, network) for end in sorted(network.nodes)}
    free = FreePlaces(list(standing), network.ties)

    def stand(canvas: Canvas) -> _Stand:
        canvas = fitted(canvas, len(standing))
        return canvas, standing, free.on(canvas)

    return stand


def _laid_out(
    network: Network,
    lettering: Lettering,
    parties: Sequence[str],
    canvas: Canvas,
    standing: Mapping[End, Lane],
    points: Mapping[End, Point],
) -> Layout:
    ends = list(standing)
    shapes = [_shape(end, standing[end], points[end], lettering, canvas) for end in ends]
    at = {end: index for index, end in enumerate(ends)}
    lines = [
        Line(
            key=tie_key(tie, network.query.bundle),
            start=at[tie.subject],
            end=at[tie.object],
            label=_line_label(tie, network.query.bundle, lettering, canvas),
            weight=_weight(tie, parties),
        )
        for tie in network.ties
    ]
    dense = len(lines) > _DENSE
    beside = names_beside(shapes, () if dense else lines, canvas)
    names = [one.box if one else None for one in beside]
    curves = side_by_side(lines, shapes) if dense else bent(lines, shapes, names)
    boxes = [None] * len(lines) if dense else line_boxes(lines, curves, shapes, names, canvas)
    return Layout(
        canvas=canvas,
        nodes=tuple(
            PlacedNode(
                end=end,
                lane=standing[end],
                at=points[end],
                radius=_radius(standing[end], canvas),
                label=one.text if (one := beside[index]) else lettering.names[end],
                name=names[index],
                mark=shapes[index].box,
                shape=shape_of(network.nodes[end].class_name),
            )
            for index, end in enumerate(ends)
        ),
        ties=tuple(
            PlacedTie(line.key, tie, curve, line.label, box)
            for line, tie, curve, box in zip(lines, network.ties, curves, boxes, strict=True)
        ),
    )


def shape_of(class_name: str) -> str:
    """The shape of a mark, which says what kind of thing it is."""
    if class_name in _ROUND:
        return "round"
    if class_name in _PEOPLE:
        return "triangle"
    return "hexagon" if class_name == "alliance" or "organ" in class_name else "diamond"


def _line_label(tie: Tie, bundle: Bundle, lettering: Lettering, canvas: Canvas) -> str:
    if canvas.room:
        return lettering.labels[tie_key(tie, bundle)]
    if tie.sign is None and tie.statements:
        return "§"
    return f"×{tie.count}" if tie.count > 1 else ""


def _weight(tie: Tie, parties: Sequence[str]) -> float:
    """Signed lines before others, many acts before few."""
    weight = float(tie.count) + (20.0 if tie.sign else 0.0) + (30.0 if tie.statements else 0.0)
    return weight + (5.0 if tie.object.id in parties else 0.0)


def _lane(end: End, network: Network) -> Lane:
    if end.thing is Type.EVENT and end.id == network.query.event:
        return Lane.EVENT
    return Lane.HOLLOW if end.id in network.silent else Lane.NEUTRAL


def _radius(lane: Lane, canvas: Canvas) -> float:
    if lane is Lane.EVENT:
        return canvas.event_height / 2
    if lane in (Lane.FIRST, Lane.SECOND):
        return canvas.party
    return canvas.node


def _shape(end: End, lane: Lane, at: Point, lettering: Lettering, canvas: Canvas) -> Shape:
    if lane is Lane.EVENT:
        return Shape(Box(at.x, at.y, canvas.event, canvas.event_height), "", False)
    size = 2 * _radius(lane, canvas) + 4
    is_party = lane in (Lane.FIRST, Lane.SECOND)
    return Shape(
        Box(at.x, at.y, size, size),
        lettering.names[end],
        is_party,
        lettering.shorter.get(end, ""),
    )
