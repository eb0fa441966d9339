"""Everything the page knows, as plain data: nodes, single ties, cards, places.

The page receives single ties and bundles them itself by the rule of `projection`, so
that a narrowed filter shows exactly what `/network` answers. Texts are data, not HTML.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from comity.graph.binding import bind
from comity.graph.drawing.cards import Card, CardMaker, Figure, Pledge, event_thing
from comity.graph.drawing.layout import Layout, Lettering, end_key, layouts, tie_key
from comity.graph.drawing.wording import (
    is_weak,
    obligation_label,
    other_label,
    short_name,
    stance_label,
)
from comity.graph.engine import Engine
from comity.graph.projection import (
    Bundle,
    End,
    Network,
    NetworkQuery,
    Relation,
    Tie,
    bundled,
    project,
)
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.terms import node
from comity.graph.things import Thing
from comity.graph.view import DEFAULT_QUERY, OPENING_ACT
from comity.ontology.namespaces import Thing as Type
from comity.ontology.terms import concepts


@dataclass(frozen=True, slots=True)
class Scene:
    """A view, ready to be drawn: what was asked, what is loaded, where it stands.

    Attributes:
        asked: the query with its filters.
        loaded: the query the data were loaded with, at least as wide.
        network: what is loaded, bundled.
        singles: the same ties one by one.
        wide: places on a desk screen.
        narrow: places on a telephone.
        cards: acts.
        pledges: obligations.
        figures: casualty reports of the event.
        event: the event, if the view is about one.
        documents: number of documents coded in the whole graph.
        covered: how many documents name an actor, by id.
        weak: keys of bundles of obligations without a duty.
    """

    asked: NetworkQuery
    loaded: NetworkQuery
    network: Network
    singles: tuple[Tie, ...]
    wide: Layout
    narrow: Layout
    cards: tuple[Card, ...]
    pledges: tuple[Pledge, ...]
    figures: tuple[Figure, ...]
    event: Thing | None
    documents: int
    covered: dict[str, int]
    weak: frozenset[str]


def load_scene(engine: Engine, asked: NetworkQuery) -> Scene:
    """Loads a view with room for its filters.

    Raises:
        NotFoundError: there is no such event.
    """
    loaded = _widened(asked)
    event = event_thing(engine, loaded.event) if loaded.event else None
    unbundled = project(engine, replace(loaded, bundle=Bundle.NONE))
    network = bundled(unbundled, asked.bundle)
    maker = CardMaker(engine, network.acts, network.statements.values())
    weak, labels = _labels(network, maker)
    lettering = Lettering(
        names={end: short_name(thing) for end, thing in network.nodes.items()}, labels=labels
    )
    wide, narrow = layouts(network, lettering, _parties(engine, loaded))
    obligations = [one for one in network.statements.values() if one.type == Type.OBLIGATION]
    return Scene(
        asked=asked,
        loaded=loaded,
        network=network,
        singles=unbundled.ties,
        wide=wide,
        narrow=narrow,
        cards=tuple(maker.card(act) for act in network.acts),
        pledges=tuple(maker.pledge(one) for one in obligations),
        figures=tuple(maker.figures(event.id)) if event else (),
        event=event,
        documents=_number_of_documents(engine),
        covered=_covered(engine, network),
        weak=weak,
    )


def _widened(asked: NetworkQuery) -> NetworkQuery:
    """What to load, so that the page can widen its filters without asking again."""
    if asked.event != DEFAULT_QUERY.event:
        return replace(asked, kinds=())
    relations = dict.fromkeys((*DEFAULT_QUERY.relations, *asked.relations))
    return replace(
        asked,
        kinds=(),
        relations=tuple(relations),
        since=_of(min, asked.since, DEFAULT_QUERY.since),
        until=_of(max, asked.until or asked.as_of, DEFAULT_QUERY.until),
    )


def _of(choose: Any, one: date | None, other: date | None) -> date | None:
    # A query without bounds stays without them.
    return choose(one, other) if one is not None and other is not None else None


def _parties(engine: Engine, query: NetworkQuery) -> tuple[str, ...]:
    if query.event is None:
        return ()
    parties = Standing(engine).parties_of(query.event)
    named = [actor for actor in query.actors if actor in parties]
    return tuple(named) if len(named) == 2 else tuple(sorted(parties))


def _labels(network: Network, maker: CardMaker) -> tuple[frozenset[str], dict[str, str]]:
    labels: dict[str, str] = {}
    weak = set()
    for tie in network.ties:
        key = tie_key(tie, network.query.bundle)
        if tie.relation is Relation.STANCE:
            labels[key] = stance_label(tie.kinds, tie.count)
        elif tie.relation is Relation.OBLIGATION:
            statements = [network.statements[one] for one in tie.statements]
            labels[key] = obligation_label(statements, maker.treaties)
            if is_weak(statements):
                weak.add(key)
        else:
            labels[key] = other_label(tie)
    return frozenset(weak), labels


def _number_of_documents(engine: Engine) -> int:
    row = next(engine.select(bind(request("census"), {})).texts())
    return int(row["documents"])


def _covered(engine: Engine, network: Network) -> dict[str, int]:
    actors = [end.id for end in network.nodes if end.thing is Type.ACTOR]
    if not actors:
        return {}
    values = {"actor": [node(Type.ACTOR, one) for one in actors]}
    rows = engine.select(bind(request("coverage_of_actors"), values)).texts()
    counts = {row["actor"].rpartition("/")[2]: int(row["documents"]) for row in rows}
    return {actor: counts.get(actor, 0) for actor in actors}


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
        "eventLines": event_lines(scene.event),
        "canvases": {
            one.canvas.name: asdict(one.canvas) for one in (scene.wide, scene.narrow)
        },
        "nodes": [_node_values(scene, end, thing) for end, thing in scene.network.nodes.items()],
        "ties": _places(scene),
        "singles": [_single_values(tie) for tie in scene.singles],
        "acts": [asdict(card) for card in scene.cards],
        "pledges": [asdict(pledge) for pledge in scene.pledges],
        "statements": {
            key: thing.label for key, thing in scene.network.statements.items()
            if thing.type != Type.OBLIGATION
        },
        "kinds": _kind_values(scene),
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
        "since": query.since.isoformat() if query.since else "",
        "until": query.until.isoformat() if query.until else "",
        "as_of": query.as_of.isoformat() if query.as_of else "any",
        "level": query.level.value,
        "bundle": query.bundle.value,
    }


def event_lines(event: Thing | None) -> list[str]:
    """The event's name in at most two lines, split where it has a comma."""
    if event is None:
        return []
    name, _, when = event.label.partition(", ")
    name = name.removeprefix("Armenia–Azerbaijan ").capitalize()
    return [name, when] if when else [name]


def silence(documents: int) -> str:
    """What is said of an actor without a recorded act."""
    return f"no recorded act in these sources ({documents} documents cover this actor)"


def _node_values(scene: Scene, end: End, thing: Thing) -> dict[str, Any]:
    covered = scene.covered.get(end.id, 0)
    places = {}
    for layout in (scene.wide, scene.narrow):
        placed = next(one for one in layout.nodes if one.end == end)
        places[layout.canvas.name] = {
            "x": round(placed.at.x, 1),
            "y": round(placed.at.y, 1),
            "radius": placed.radius,
            "name": _box(placed.name),
        }
    lane = next(one.lane.value for one in scene.wide.nodes if one.end == end)
    return {
        "key": end_key(end),
        "id": end.id,
        "thing": end.thing.value,
        "type": thing.class_name,
        "label": thing.label,
        "short": next(one.label for one in scene.wide.nodes if one.end == end),
        "also": list(thing.texts("skos:altLabel")),
        "note": thing.text("skos:note") if end.thing is Type.EVENT else "",
        "lane": lane,
        "silent": end.id in scene.network.silent,
        "documents": covered,
        "silence": silence(covered),
        "places": places,
    }


def _places(scene: Scene) -> list[dict[str, Any]]:
    narrow = {placed.key: placed for placed in scene.narrow.ties}
    return [
        {
            "key": placed.key,
            "label": placed.label,
            "weak": placed.key in scene.weak,
            "wide": {"bend": round(placed.curve.bend, 3), "box": _box(placed.box)},
            "narrow": {
                "bend": round(narrow[placed.key].curve.bend, 3),
                "box": _box(narrow[placed.key].box),
            },
        }
        for placed in scene.wide.ties
    ]


def _single_values(tie: Tie) -> dict[str, Any]:
    return {
        "subject": end_key(tie.subject),
        "object": end_key(tie.object),
        "relation": tie.relation.value,
        "kind": tie.kind,
        "sign": float(tie.sign) if tie.sign is not None else None,
        "act": tie.acts[0] if tie.acts else "",
        "statement": tie.statements[0] if tie.statements else "",
        "first": tie.first.isoformat() if tie.first else "",
        "last": tie.last.isoformat() if tie.last else "",
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
    return values


def _box(box: Any) -> list[float] | None:
    if box is None:
        return None
    return [round(value, 1) for value in (box.x, box.y, box.width, box.height)]
