"""Loads a view: the network, its cards, its figures, its places.

Owns how much is loaded, which may be more than was asked for: the page narrows its
filters by itself, so a narrowed view of the default event loads the whole default window.
"""

from dataclasses import dataclass, replace

from comity.graph.acts import read_acts
from comity.graph.binding import bind
from comity.graph.covering import documents_naming
from comity.graph.drawing.blocs import Bloc, blocs_of
from comity.graph.drawing.cards import CardMaker, event_thing
from comity.graph.drawing.layout import Layout, Layouts, Lettering, layouts, tie_key
from comity.graph.drawing.records import Card, Fact, Figure, Pledge
from comity.graph.drawing.summary import edtf_text
from comity.graph.drawing.wording import (
    abbreviation,
    event_lines,
    is_weak,
    obligation_label,
    other_label,
    short_name,
    stance_label,
)
from comity.graph.drawing.words import say
from comity.graph.engine import Engine
from comity.graph.network import Bundle, Network, NetworkQuery, Relation, Tie
from comity.graph.projection import cut, described, latest, outline
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.things import Thing
from comity.graph.view import DEFAULT_QUERY
from comity.graph.weighing import among, bundled, linked
from comity.ontology.namespaces import Thing as Type

# How many nodes and lines a picture has where nobody asked for more, and how many nodes it may
# have. 7,888 lines among 300 actors cover the ground they run over, and took 12 MB of page; of
# 2,000 no single one could be followed.
NODES_SHOWN = 200
LINES_SHOWN = 600
# How many acts a picture has: each is in the page with its words, one by one.
ACTS_SHOWN = 700
NODES_AT_MOST = 1500


@dataclass(frozen=True, slots=True)
class Scene:
    """A view, ready to be drawn: what was asked, what is loaded, where it stands.

    Attributes:
        asked: the query with its filters.
        loaded: the query the data were loaded with, at least as wide.
        network: what is loaded, bundled.
        singles: the same ties one by one.
        layouts: places on each canvas.
        cards: acts.
        pledges: obligations.
        facts: memberships, offices and participations.
        figures: casualty reports of the event.
        event: the event, if the view is about one.
        documents: number of documents coded in the whole graph.
        covered: how many documents name an actor, by id.
        weak: keys of bundles of obligations without a duty.
        blocs: by which its actors may be coloured.
        left_out: sentences about acts and actors that were too many; empty where all are here.
        answered: what `/network` answers to what was asked, where that is known already.
    """

    asked: NetworkQuery
    loaded: NetworkQuery
    network: Network
    singles: tuple[Tie, ...]
    layouts: Layouts
    cards: tuple[Card, ...]
    pledges: tuple[Pledge, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    event: Thing | None
    documents: int
    covered: dict[str, int]
    weak: frozenset[str]
    blocs: tuple[Bloc, ...]
    left_out: str = ""
    answered: Network | None = None

    @property
    def wide(self) -> Layout:
        """Places on a desk screen, which files for print use too."""
        return self.layouts.wide

    @property
    def event_lines(self) -> tuple[str, ...]:
        """The text in the event's box."""
        return event_lines(self.event)


def load_scene(engine: Engine, asked: NetworkQuery) -> Scene:
    """Loads a view with room for its filters.

    Raises:
        NotFoundError: there is no such event.
    """
    asked, total = latest(engine, asked, ACTS_SHOWN)
    left_out = []
    if total > ACTS_SHOWN:
        left_out.append(
            say(
                "Of %(total)s acts those since %(day)s are shown. Choose other days, an actor or "
                "a kind to see earlier ones.",
                total=total,
                day=edtf_text(str(asked.since)),
            )
        )
    loaded = widened(asked)
    if loaded != asked and latest(engine, loaded, ACTS_SHOWN)[0] != loaded:
        loaded = asked
    event = event_thing(engine, loaded.event) if loaded.event else None
    unbundled, answered, total = _cut(engine, asked, loaded)
    if answered is not None:
        asked, loaded = answered.query, replace(loaded, nodes=answered.query.nodes)
        unbundled = replace(unbundled, query=replace(loaded, bundle=Bundle.NONE))
        left_out.append(
            say(
                "%(most)s of %(total)s actors are shown, those with most acts and "
                "statements. Choose an actor, a kind or fewer days to see the others, or raise "
                "nodes= in the address (%(limit)s at most).",
                most=len(unbundled.nodes),
                total=total,
                limit=NODES_AT_MOST,
            )
        )
    unbundled = described(engine, unbundled)
    if not set(loaded.relations) & {Relation.STANCE, Relation.VOTE}:
        # Nobody can be silent where nobody was to speak.
        unbundled = replace(unbundled, silent=frozenset())
    network = bundled(unbundled, asked.bundle)
    acts = read_acts(engine, (act.id for act in network.acts))
    maker = CardMaker(engine, acts, network.statements.values())
    weak, labels = labels_of(network, maker)
    lettering = Lettering(
        names={end: short_name(thing) for end, thing in network.nodes.items()},
        labels=labels,
        shorter={end: abbreviation(thing) for end, thing in network.nodes.items()},
    )
    statements = network.statements.values()
    return Scene(
        asked=asked,
        loaded=loaded,
        network=network,
        singles=unbundled.ties,
        layouts=layouts(network, lettering, _parties(engine, loaded)),
        cards=tuple(maker.card(act) for act in acts),
        pledges=tuple(maker.pledge(one) for one in statements if one.type == Type.OBLIGATION),
        facts=tuple(maker.fact(one) for one in statements if one.type != Type.OBLIGATION),
        figures=tuple(maker.figures(event.id)) if event else (),
        event=event,
        documents=_number_of_documents(engine),
        covered=_covered(engine, network),
        weak=weak,
        blocs=blocs_of(engine, {end.id for end in network.nodes}),
        left_out=" ".join(left_out),
        answered=answered,
    )


def widened(asked: NetworkQuery) -> NetworkQuery:
    """What to load, so that the page can widen its filters without asking again."""
    if asked.event != DEFAULT_QUERY.event:
        if set(asked.relations) & {Relation.STANCE, Relation.VOTE}:
            return replace(asked, kinds=())
        # Nothing but statements: those of every day, so that the handle can go back in time.
        return replace(asked, kinds=(), since=None, until=None, as_of=None)
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


def _cut(
    engine: Engine, asked: NetworkQuery, loaded: NetworkQuery
) -> tuple[Network, Network | None, int]:
    """What a picture can hold of what is loaded, one by one.

    Returns:
        The ties; what `/network` answers to what was asked where a picture cannot hold all, and
        None where it can; and the number of all actors.
    """
    most = min(asked.nodes or NODES_SHOWN, NODES_AT_MOST)
    lines = None if asked.nodes else LINES_SHOWN
    loaded = replace(loaded, bundle=Bundle.NONE, nodes=None)
    # What was asked for comes first: of tens of thousands of ties of every day then only those
    # among the actors of that day that stay are made a network.
    own = outline(engine, replace(asked, bundle=Bundle.NONE, nodes=None))
    kept = cut(engine, own, most, lines, asked.bundle)
    is_cut = len(kept.nodes) < len(own.nodes)
    if own.query == loaded:
        wide = kept
    else:
        wide = outline(engine, loaded, within=kept.nodes if is_cut else None)
    total = len(own.nodes if is_cut else wide.nodes)
    if not is_cut:
        fits = len(cut(engine, wide, most, lines, asked.bundle).nodes) == total
        if fits or len(kept.nodes) == total:
            return wide, None, total
        wide = among(wide, kept.nodes)
    query = replace(asked, nodes=len(kept.nodes))
    answered = replace(bundled(kept, asked.bundle), query=query)
    return linked(wide), described(engine, answered), total


def _parties(engine: Engine, query: NetworkQuery) -> tuple[str, ...]:
    if query.event is None:
        return ()
    parties = Standing(engine).parties_of(query.event)
    named = [actor for actor in query.actors if actor in parties]
    return tuple(named) if len(named) == 2 else tuple(sorted(parties))


def labels_of(network: Network, maker: CardMaker) -> tuple[frozenset[str], dict[str, str]]:
    """Keys of bundles without a duty to help, and the label of every bundle."""
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
    row = next(engine.select(bind(request("documents"), {})).texts())
    return int(row["documents"])


def _covered(engine: Engine, network: Network) -> dict[str, int]:
    actors = [end.id for end in network.nodes if end.thing is Type.ACTOR]
    return documents_naming(engine, actors)
