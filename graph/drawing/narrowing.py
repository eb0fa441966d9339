"""The view as asked for, at the places of the wider one that was loaded.

Owns which marks and lines of a layout are left when filters narrow a view; the page does the
same by itself. Places stay where they are, so that a file looks like the screen.
"""

from dataclasses import dataclass, replace

from comity.graph.drawing.cards import CardMaker
from comity.graph.drawing.geometry import text_width
from comity.graph.drawing.layout import Layout, PlacedTie, tie_key
from comity.graph.drawing.scene import Scene, labels_of
from comity.graph.drawing.summary import summary_of
from comity.graph.engine import Engine
from comity.graph.network import End, NetworkQuery
from comity.graph.projection import project
from comity.graph.remembered import Remembered

_KEPT = 32


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a file shows of a scene.

    Attributes:
        layout: its marks and lines.
        weak: keys of bundles of obligations without a duty.
        says: window and counts in words.
    """

    layout: Layout
    weak: frozenset[str]
    says: str


_narrowed: Remembered[tuple[NetworkQuery, NetworkQuery], Narrowed] = Remembered(most=_KEPT)


def narrowed(engine: Engine, scene: Scene) -> Narrowed:
    """The lines that `/network` answers to what was asked, placed as in the scene; remembered."""
    known = _narrowed.of(engine)
    key = scene.loaded, scene.asked
    if key not in known:
        known[key] = _found(engine, scene)
    return known[key]


def _found(engine: Engine, scene: Scene) -> Narrowed:
    network = scene.answered or (
        scene.network if scene.asked == scene.loaded else project(engine, scene.asked)
    )
    maker = CardMaker(engine, (), network.statements.values())
    weak, labels = labels_of(network, maker)
    placed = {one.key: one for one in scene.wide.ties}
    ties = tuple(
        _worded(replace(placed[key], tie=tie), labels[key])
        for tie in network.ties
        if (key := tie_key(tie, network.query.bundle)) in placed
    )
    nodes = tuple(
        one for one in scene.wide.nodes if one.end in network.nodes or _is_asked(one.end, scene)
    )
    return Narrowed(replace(scene.wide, nodes=nodes, ties=ties), weak, summary_of(network))


def _is_asked(end: End, scene: Scene) -> bool:
    return end.id in scene.asked.actors or end.id == scene.asked.event


def _worded(placed: PlacedTie, label: str) -> PlacedTie:
    """With its own words, or with its number where these are longer than their place."""
    if placed.box is None or label == placed.label:
        return replace(placed, label=label)
    size = placed.box.height / 1.3
    fits = text_width(label, size) <= placed.box.width + 4
    return replace(placed, label=label if fits else f"×{placed.tie.count}")
