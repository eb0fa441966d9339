"""Loads a view: the network, its cards, its figures, its places.

Owns how much is loaded, which may be more than was asked for: the page narrows its
filters by itself, so a narrowed view of the default event loads the whole default window.
"""

from dataclasses import dataclass, replace

from comity.graph.binding import bind
from comity.graph.drawing.cards import CardMaker, event_thing
from comity.graph.drawing.layout import Layout, Lettering, layouts, tie_key
from comity.graph.drawing.records import Card, Figure, Pledge
from comity.graph.drawing.wording import (
    is_weak,
    obligation_label,
    other_label,
    short_name,
    stance_label,
)
from comity.graph.engine import Engine
from comity.graph.network import Bundle, Network, NetworkQuery, Relation, Tie
from comity.graph.projection import project
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.terms import node
from comity.graph.things import Thing
from comity.graph.view import DEFAULT_QUERY
from comity.graph.weighing import bundled
from comity.ontology.namespaces import Thing as Type


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
    first, last = DEFAULT_QUERY.since, DEFAULT_QUERY.until
    since, until = asked.since, asked.until or asked.as_of
    return replace(
        asked,
        kinds=(),
        relations=tuple(relations),
        # A query without bounds stays without them.
        since=min(since, first) if since and first else None,
        until=max(until, last) if until and last else None,
    )


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
