"""Everything the page knows, as plain data: nodes, single ties, cards, places.

The page receives single ties and bundles them itself by the rule of `projection`, so
that a narrowed filter shows exactly what `/network` answers. Texts are data, not HTML.
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from comity.graph.drawing.blocs import Bloc, days_of
from comity.graph.drawing.geometry import Box
from comity.graph.drawing.layout import end_key
from comity.graph.drawing.scene import Scene
from comity.graph.drawing.words import say_many
from comity.graph.network import End, NetworkQuery, Relation, Tie
from comity.graph.view import DEFAULT_QUERY, OPENING_ACT
from comity.ontology.namespaces import Thing as Type
from comity.ontology.terms import concepts


def payload(scene: Scene, *, served: bool, base: str = "") -> dict[str, Any]:
    """The scene as JSON values."""
    return {
        "served": served,
        "base": base,
        "asked": query_values(scene.asked),
        "loaded": query_values(scene.loaded),
        "default": query_values(DEFAULT_QUERY),
        "opening": OPENING_ACT,
        "documents": scene.documents,
        "event": end_key(End(Type.EVENT, scene.event.id)) if scene.event else None,
        "eventLines": list(scene.event_lines),
        "canvases": {one.canvas.name: asdict(one.canvas) for one in scene.layouts},
        "nodes": _node_values(scene),
        "ties": _places(scene),
        "singles": [_single_values(scene, tie) for tie in scene.singles],
        "acts": [asdict(card) for card in scene.cards],
        "pledges": [asdict(pledge) for pledge in scene.pledges],
        "statements": [asdict(fact) for fact in scene.facts],
        "kinds": _kind_values(scene),
        "lenses": [_lens_values(bloc) for bloc in scene.blocs],
        "today": datetime.now(UTC).date().isoformat(),
    }


def query_values(query: NetworkQuery) -> dict[str, Any]:
    """A query under the names of the parameters of `/network`."""
    return {
        "event": query.event or "",
        "actor": list(query.actors),
        "depth": query.depth,
        "relation": [one.value for one in query.relations],
        "kind": list(query.kinds),
        "treaty": list(query.treaties),
        "archive": list(query.archives),
        "alliance": list(query.alliances),
        "since": query.since.isoformat() if query.since else "",
        "until": query.until.isoformat() if query.until else "",
        "as_of": query.as_of.isoformat() if query.as_of else "any",
        "level": query.level.value,
        "bundle": query.bundle.value,
        "nodes": str(query.nodes or ""),
    }


def silence(documents: int) -> str:
    """What is said of an actor without a recorded act."""
    return say_many(
        "no recorded act in these sources (%(num)s document covers this actor)",
        "no recorded act in these sources (%(num)s documents cover this actor)",
        documents,
    )


def _node_values(scene: Scene) -> list[dict[str, Any]]:
    spots = [{one.end: one for one in layout.nodes} for layout in scene.layouts]
    values = []
    for end, thing in scene.network.nodes.items():
        covered = scene.covered.get(end.id, 0)
        placed = spots[0][end]
        values.append(
            {
                "key": end_key(end),
                "id": end.id,
                "thing": end.thing.value,
                "type": thing.class_name,
                "label": thing.label,
                "short": placed.label,
                "shape": placed.shape,
                "also": list(thing.texts("skos:altLabel")),
                "note": thing.text("skos:note") if end.thing is Type.EVENT else "",
                "lane": placed.lane.value,
                "silent": end.id in scene.network.silent,
                "asked": end.id in scene.asked.actors,
                "documents": covered,
                "silence": silence(covered),
                "places": {
                    layout.canvas.name: {
                        "x": round(spot[end].at.x, 1),
                        "y": round(spot[end].at.y, 1),
                        "radius": spot[end].radius,
                        "name": _box(spot[end].name),
                        "label": spot[end].label,
                    }
                    for layout, spot in zip(scene.layouts, spots, strict=True)
                },
            }
        )
    return values


def _places(scene: Scene) -> list[dict[str, Any]]:
    by_key = [{placed.key: placed for placed in layout.ties} for layout in scene.layouts]
    return [
        {
            "key": placed.key,
            **{
                layout.canvas.name: {
                    "bend": round(ties[placed.key].curve.bend, 3),
                    "box": _box(ties[placed.key].box),
                }
                for layout, ties in zip(scene.layouts, by_key, strict=True)
            },
        }
        for placed in scene.wide.ties
    ]


def _single_values(scene: Scene, tie: Tie) -> dict[str, Any]:
    first, last = tie.first, tie.last
    if tie.statements:
        first, last = days_of(scene.network.statements[tie.statements[0]])
    return {
        "subject": end_key(tie.subject),
        "object": end_key(tie.object),
        "relation": tie.relation.value,
        "kind": tie.kind,
        "sign": float(tie.sign) if tie.sign is not None else None,
        "act": tie.acts[0] if tie.acts else "",
        "statement": tie.statements[0] if tie.statements else "",
        "first": first.isoformat() if first else "",
        "last": last.isoformat() if last else "",
    }


def _lens_values(bloc: Bloc) -> dict[str, Any]:
    return {
        "id": bloc.id,
        "label": bloc.label,
        "members": [
            {
                "key": end_key(End(Type.ACTOR, one.actor)),
                "first": one.first.isoformat() if one.first else "",
                "last": one.last.isoformat() if one.last else "",
            }
            for one in bloc.members
        ],
    }


def _kind_values(scene: Scene) -> list[dict[str, Any]]:
    """Kinds of the acts shown, by the sign they carry here, then by name."""
    present = sorted({tie.kind for tie in scene.singles if tie.relation is Relation.STANCE})
    values = []
    for kind in present:
        concept = concepts("kind").get(kind)
        sign = concept.sign if concept else None
        values.append(
            {
                "id": kind,
                "label": concept.label if concept else kind,
                "meaning": concept.definition if concept else "",
                "verb": concept.verb if concept else kind,
                "sign": float(sign) if sign is not None else None,
            }
        )
    # Against, in between, for, neither, unscored: the order of bars and legend.
    return sorted(values, key=lambda one: (one["sign"] is None, not one["sign"], one["sign"] or 0))


def _box(box: Box | None) -> list[float] | None:
    if box is None:
        return None
    return [round(value, 1) for value in (box.x, box.y, box.width, box.height)]
