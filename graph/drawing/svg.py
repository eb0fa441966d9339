"""The picture as SVG, drawn on the server from the same positions as the page.

For print, for pages without JavaScript and for README files. Colours are attributes,
so that it stands under a strict content policy and in any viewer.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

import numpy as np

from comity.graph.drawing.assets import STATIC_FOLDER
from comity.graph.drawing.blocs import Bloc
from comity.graph.drawing.geometry import Curve, Numbers, Point, along
from comity.graph.drawing.hull import shortest_tree
from comity.graph.drawing.lanes import Lane
from comity.graph.drawing.layout import Layout, PlacedNode, PlacedTie
from comity.graph.drawing.words import later, say
from comity.graph.network import End, Relation, Tie


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of line looks: colour, dash pattern, and a sign for those who see no colour."""

    name: str
    colour: str
    dash: str
    mark: str
    meaning: str


STYLES: Final = {
    style.name: style
    for style in (
        Style("plus", "#00795a", "", "+", later("supports, praises")),
        Style("minus", "#b8321a", "", "−", later("accuses, condemns")),
        Style("half", "#935600", "8 5", "!", later("warns, demands")),
        Style("zero", "#56626f", "", "", later("asks, urges, offers")),
        Style("none", "#56626f", "3 3.5", "·", later("affirms, denies")),
        Style("pledge", "#5448b8", "1.8 3.2", "§", later("owes by treaty")),
        Style("other", "#6b7785", "6 3", "", later("belongs to, takes part in")),
    )
}

# Of a picture on its own, which is on white paper; in a page the theme says.
_PAPER: Final = {
    "ground": "#ffffff",
    "text": "#16202b",
    "quiet": "#4a5561",
    "event": "#fff7e2",
    "event-line": "#8a6d1f",
    "ring": "#16202b",
    "node": "#4d6885",
    "party": "#1f3a5f",
} | {style.name: style.colour for style in STYLES.values()}
# What a picture on its own may be drawn for.
Theme = Literal["light", "dark"]
_CORNERS: Final = {
    "hexagon": [(math.cos(k * math.pi / 3), math.sin(k * math.pi / 3)) for k in range(6)],
    "diamond": [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)],
    "triangle": [(0.0, -1.1), (1.0, 0.65), (-1.0, 0.65)],
}
# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), one colour a bloc.
BLOC_COLOURS: Final = {
    "csto": "#d55e00",
    "nato": "#0072b2",
    "eu": "#56b4e9",
    "ots": "#009e73",
    "cis": "#e69f00",
}


def tones(theme: Theme | None) -> Mapping[str, str]:
    """The colours of a picture by name; None for those of the page that it is in."""
    if theme is None:
        return {name: f"var(--{name})" for name in _PAPER}
    return _PAPER if theme == "light" else _night()


@cache
def _night() -> Mapping[str, str]:
    """The dark colours, as the look of every page has them."""
    sheet = (STATIC_FOLDER / "look.css").read_text(encoding="utf-8")
    named = sheet.partition(':root[data-theme="dark"] {')[2].partition("}")[0]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", named))
    return {name: found[name] for name in _PAPER}


def style_of(tie: Tie) -> Style:
    """How a line is drawn."""
    if tie.relation is Relation.OBLIGATION:
        return STYLES["pledge"]
    if tie.relation is not Relation.STANCE:
        return STYLES["other"]
    if tie.sign is None:
        return STYLES["none"]
    if tie.sign == 0:
        return STYLES["zero"]
    if tie.sign > 0:
        return STYLES["plus"]
    return STYLES["half"] if tie.sign > -1 else STYLES["minus"]


def width_of(tie: Tie, *, weak: bool = False) -> float:
    """How wide a line is: by its number of acts; pledges are thin, possibilities thinner."""
    if tie.relation is not Relation.STANCE:
        return 1.3 if weak else 2.2
    step = 0.5 if tie.sign else 0.28
    return round(min(6.0, 1.3 + step * (tie.count - 1)), 2)


@dataclass(frozen=True, slots=True)
class _Stroke:
    tie: PlacedTie
    style: Style
    width: float
    path: str
    arrow: str
    faint: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws."""

    layout: Layout
    strokes: tuple[_Stroke, ...]
    title: str
    lines: tuple[str, ...]
    event_lines: tuple[str, ...]
    legend: tuple[Style, ...]
    citation: str
    bloc: str
    colour: str
    members: frozenset[End]
    band: str


def picture(
    layout: Layout,
    *,
    title: str,
    notes: tuple[str, ...],
    event_lines: tuple[str, ...],
    weak: frozenset[str],
    bloc: Bloc | None = None,
    day: date | None = None,
    citation: str = "",
    front: frozenset[str] = frozenset(),
) -> Picture:
    """Prepares a layout for the template `picture.svg`.

    Args:
        layout: positions.
        title: above the picture.
        notes: below the title.
        event_lines: text in the event's box.
        weak: keys of bundles of obligations without a duty.
        bloc: whose members are coloured, with a band around them.
        day: on which they are its members; None for whenever.
        citation: at the foot.
        front: acts and statements whose lines stay in front; empty for all.
    """
    marks = {node.end: node for node in layout.nodes}
    strokes = []
    ends = [(marks[placed.tie.subject], marks[placed.tie.object]) for placed in layout.ties]
    drawn = _drawn([placed.curve for placed in layout.ties], ends)
    for placed, (path, arrow) in zip(layout.ties, drawn, strict=True):
        style = style_of(placed.tie)
        width = width_of(placed.tie, weak=placed.key in weak)
        is_faint = bool(front) and front.isdisjoint((*placed.tie.acts, *placed.tie.statements))
        strokes.append(_Stroke(placed, style, width, path, arrow, is_faint))
    present = {stroke.style.name for stroke in strokes}
    within = {one.actor for one in bloc.members if one.holds(day)} if bloc else set()
    members = [node for node in layout.nodes if node.end.id in within]
    return Picture(
        citation=citation,
        bloc=say("members of %(bloc)s", bloc=bloc.label) if bloc else "",
        colour=BLOC_COLOURS[bloc.id] if bloc else "",
        members=frozenset(node.end for node in members),
        band=_band(
            [node.at for node in members],
            [node.at for node in layout.nodes if node.end.id not in within],
        ),
        layout=layout,
        strokes=tuple(strokes),
        title=title,
        lines=notes,
        event_lines=event_lines,
        legend=tuple(style for style in STYLES.values() if style.name in present),
    )


def outline(node: PlacedNode) -> str:
    """Corners of a mark that is not round, as vis-network draws it; empty for a round one."""
    corners = _CORNERS.get(node.shape, ())
    return " ".join(
        f"{node.at.x + x * node.radius:.1f},{node.at.y + y * node.radius:.1f}" for x, y in corners
    )


def _band(points: Sequence[Point], strangers: Sequence[Point]) -> str:
    """The path of the band around some marks; empty around none."""
    dots = [f"M{one.x:.1f} {one.y:.1f} h0.01" for one in points]
    lines = [
        f"M{start.x:.1f} {start.y:.1f} L{end.x:.1f} {end.y:.1f}"
        for start, end in shortest_tree(points, strangers)
    ]
    return " ".join([*dots, *lines])


def _drawn(
    curves: Sequence[Curve], ends: Sequence[tuple[PlacedNode, PlacedNode]]
) -> list[tuple[str, str]]:
    """Of each line its path from border to border, and the arrow head at its end."""
    found = [_straight(*pair) for pair in ends]
    bent = [
        number
        for number, (curve, pair) in enumerate(zip(curves, ends, strict=True))
        if curve.bend or Lane.EVENT in (pair[0].lane, pair[1].lane)
    ]
    if not bent:
        return found
    own = [curves[number] for number in bent]
    x, y = along(own, np.arange(101) / 100)
    starts, tips = zip(*(ends[number] for number in bent), strict=True)
    # In hundredths: where it leaves the one mark for good, and where it reaches the other.
    first = _covered(starts, x[:, :60], y[:, :60]).argmin(axis=1)
    last = 100 - _covered(tips, x[:, :40:-1], y[:, :40:-1]).argmin(axis=1)
    steps = (first[:, None] + (last - first)[:, None] * np.arange(21) / 20) / 100
    for number, xs, ys in zip(bent, *along(own, steps).tolist(), strict=True):
        path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))
        found[number] = path, _arrow(Point(xs[-1], ys[-1]), Point(xs[-2], ys[-2]))
    return found


def _covered(nodes: Sequence[PlacedNode], x: Numbers, y: Numbers) -> Numbers:
    """For each node which points of its row its mark covers."""
    rows = [
        (node.at.x, node.at.y, node.radius + 3, node.mark.width + 4, node.mark.height + 4)
        for node in nodes
    ]
    at_x, at_y, reach, width, height = np.array(rows).T[..., None]
    is_box = np.array([[node.lane is Lane.EVENT] for node in nodes])
    dx, dy = x - at_x, y - at_y
    in_box = (np.abs(dx) * 2 < width) & (np.abs(dy) * 2 < height)
    covered: Numbers = np.where(is_box, in_box, dx * dx + dy * dy < reach * reach)
    return covered


def _straight(start: PlacedNode, end: PlacedNode) -> tuple[str, str]:
    """A line without a bend from border to border, and its arrow head."""
    dx, dy = end.at.x - start.at.x, end.at.y - start.at.y
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    begins = Point(start.at.x + ux * (start.radius + 3), start.at.y + uy * (start.radius + 3))
    tip = Point(end.at.x - ux * (end.radius + 3), end.at.y - uy * (end.radius + 3))
    path = f"M{begins.x:.1f} {begins.y:.1f} L{tip.x:.1f} {tip.y:.1f}"
    return path, _arrow(tip, Point(tip.x - ux, tip.y - uy))


def _arrow(tip: Point, before: Point) -> str:
    dx, dy = tip.x - before.x, tip.y - before.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    back = Point(tip.x - 8 * ux, tip.y - 8 * uy)
    left = f"{back.x - 4 * uy:.1f},{back.y + 4 * ux:.1f}"
    right = f"{back.x + 4 * uy:.1f},{back.y - 4 * ux:.1f}"
    return f"{tip.x:.1f},{tip.y:.1f} {left} {right}"
