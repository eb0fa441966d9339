"""From statements to a network: who is tied to whom, by which acts.

Owns the selection (`NetworkQuery`), the roll-up of officials and organs, bundling, and
the `networkx` graph that users receive. Ties of single acts are made in `acts`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from comity.graph.acts import Act, about_object, read_acts, tie_objects
from comity.graph.binding import Term, Values, bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.terms import day_term, node, term
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

if TYPE_CHECKING:
    import networkx as nx

    from comity.graph.archives.shelf import Shelf


class Relation(StrEnum):
    """The kinds of tie a network may hold."""

    STANCE = "stance"
    MEMBERSHIP = "membership"
    OBLIGATION = "obligation"
    TENURE = "tenure"
    PARTICIPATION = "participation"


class Level(StrEnum):
    """Whose ties they are: the recorded holder's, or those of the state or body behind it."""

    RECORDED = "recorded"
    STATE = "state"


class Bundle(StrEnum):
    """Which ties are drawn as one."""

    NONE = "none"
    KIND = "kind"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class NetworkQuery:
    """What to project.

    Attributes:
        event: only acts about this event, and obligations owed to its parties.
        actors: start from these; empty means everybody.
        depth: how many steps from `actors` to go; 0 keeps to the ties among them.
        relations: kinds of tie to include.
        kinds: only acts of these kinds; empty means all.
        treaties: only obligations under these treaties; empty means all.
        archives: ids of archives whose acts count beside those of the graph.
        since: first day of acts.
        until: last day of acts.
        as_of: day on which memberships, obligations and tenures hold.
        level: whose ties they are.
        bundle: which ties become one.
    """

    event: str | None = None
    actors: tuple[str, ...] = ()
    depth: int = 1
    relations: tuple[Relation, ...] = (Relation.STANCE,)
    kinds: tuple[str, ...] = ()
    treaties: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    level: Level = Level.RECORDED
    bundle: Bundle = Bundle.NONE


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end of a tie: the type of the thing and its id."""

    thing: Type
    id: str


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge of the network.

    Attributes:
        subject: from.
        object: to.
        relation: what kind of tie.
        kind: kind of act, type of obligation, role; the most frequent one in a bundle.
        sign: under rule comity-1; None where there is none.
        count: number of acts or statements in it.
        acts: ids of its acts, by date; empty for other relations.
        statements: ids of its statements; empty for stances.
        archives: ids of archives that hold its acts, which are then not in `acts`.
        kinds: how often each kind occurs, most frequent first.
        first: earliest day of its acts.
        last: latest day of its acts.
    """

    subject: End
    object: End
    relation: Relation
    kind: str
    sign: Decimal | None
    count: int
    acts: tuple[str, ...]
    statements: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    archives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """A projected network.

    Attributes:
        query: what was asked.
        nodes: all ends of ties and all actors asked for, with their descriptions.
        ties: edges, sorted.
        acts: every act behind a tie, by date.
        statements: every obligation, membership or tenure behind a tie, by id.
        silent: ids of actors asked for without a recorded act in the window.
    """

    query: NetworkQuery
    nodes: dict[End, Thing]
    ties: tuple[Tie, ...]
    acts: tuple[Act, ...]
    statements: dict[str, Thing]
    silent: frozenset[str]

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The network as users of networkx expect it; keys are `type/id`, plain attributes."""
        # Imported here: it takes half a second, and most answers do not need it.
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for end, thing in self.nodes.items():
            graph.add_node(end.id, type=end.thing.value, label=thing.label, iri=thing.iri)
        for tie in self.ties:
            # No sign is no attribute: a column of numbers and empty texts is neither.
            sign = {} if tie.sign is None else {"sign": float(tie.sign)}
            graph.add_edge(
                tie.subject.id,
                tie.object.id,
                **sign,
                relation=tie.relation.value,
                kind=tie.kind,
                count=tie.count,
                acts="|".join(tie.acts or tie.statements),
                archives="|".join(tie.archives),
                first=tie.first.isoformat() if tie.first else "",
                last=tie.last.isoformat() if tie.last else "",
            )
        return graph


def project(engine: Engine, query: NetworkQuery, shelf: "Shelf | None" = None) -> Network:
    """Projects the graph to a network.

    Args:
        engine: the graph.
        query: what to include.
        shelf: the archives, where the query names some.

    Returns:
        The network; empty when nothing matches.

    Raises:
        NotFoundError: there is no such archive.
    """
    return _Projection(engine, query, shelf).network()


def bundled(network: Network, bundle: Bundle) -> Network:
    """The same network with its ties bundled; it must have been projected unbundled."""
    ties = tuple(sorted(_bundled(list(network.ties), bundle), key=_order))
    return replace(network, query=replace(network.query, bundle=bundle), ties=ties)


class _Projection:
    def __init__(self, engine: Engine, query: NetworkQuery, shelf: "Shelf | None") -> None:
        self.engine = engine
        self.query = query
        self.shelf = shelf
        self.standing = Standing(engine)
        self.parties = self.standing.parties_of(query.event) if query.event else frozenset()
        self.statements: dict[str, Thing] = {}

    def network(self) -> Network:
        acts = self._acts() if Relation.STANCE in self.query.relations else []
        single = [tie for act in acts for tie in self._ties_of(act)]
        if Relation.STANCE in self.query.relations:
            single.extend(self._ties_of_archives())
        for relation in sorted(set(self.query.relations) - {Relation.STANCE}):
            single.extend(self._ties_of_statements(relation))
        kept = self._within_reach(single)
        ties = tuple(sorted(_bundled(kept, self.query.bundle), key=_order))
        used = {identifier for tie in ties for identifier in tie.acts}
        statements = {identifier for tie in ties for identifier in tie.statements}
        ends = {end for tie in ties for end in (tie.subject, tie.object)}
        ends |= {End(Type.ACTOR, actor) for actor in self.query.actors}
        speaking = {tie.subject.id for tie in ties if tie.relation is Relation.STANCE}
        return Network(
            query=self.query,
            nodes=self._nodes(ends),
            ties=ties,
            acts=tuple(act for act in acts if act.id in used),
            statements={key: self.statements[key] for key in sorted(statements)},
            silent=frozenset(self.query.actors) - speaking,
        )

    def _acts(self) -> list[Act]:
        values: dict[str, list[Term]] = {
            "since": [day_term(self.query.since or date(1, 1, 1))],
            "until": [day_term(self.query.until or self.query.as_of or date(9999, 12, 31))],
        }
        if self.query.actors and self.query.depth <= 1 and not self.query.event:
            # Every tie that is kept touches one of them.
            name = "acts_of_actors"
            values["actor"] = [node(Type.ACTOR, one) for one in self._counted_as(self.query.actors)]
        else:
            name = "acts"
            values["event"] = [node(Type.EVENT, self.query.event)] if self.query.event else []
        text = bind(request(name), values)
        ids = [row["act"].rsplit("/", 1)[1] for row in self.engine.select(text).texts()]
        acts = read_acts(self.engine, ids)
        # The archive has them too.
        windows = {f"{archive}.window" for archive in self.query.archives}
        acts = [act for act in acts if not windows.issuperset(act.sources)] if windows else acts
        if self.query.kinds:
            acts = [act for act in acts if act.kind in self.query.kinds]
        return acts

    def _ties_of(self, act: Act) -> Iterable[Tie]:
        subject = End(Type.ACTOR, self._rolled(act.holder, act))
        ends = {
            End(thing, self._rolled(identifier) if thing is Type.ACTOR else identifier)
            for thing, identifier in tie_objects(act, self.query.event, self.parties)
        } - {subject}
        # What a state says to its own parliament is a tie to what it is about.
        if not ends:
            ends = {End(*pair) for pair in about_object(act, self.query.event)}
        for end in sorted(ends):
            yield Tie(
                subject=subject,
                object=end,
                relation=Relation.STANCE,
                kind=act.kind,
                sign=act.sign,
                count=1,
                acts=(act.id,),
                statements=(),
                kinds=((act.kind, 1),),
                first=act.earliest,
                last=act.latest,
            )

    def _ties_of_archives(self) -> Iterable[Tie]:
        """Ties of archived acts, which are counted there and not read one by one."""
        if not self.query.archives or self.shelf is None:
            return
        # Imported here: most networks need no archive.
        from comity.graph.archives.network import archived_ties

        for tie in archived_ties(self.engine, self.shelf, self.query):
            ends = [
                End(end.thing, self._rolled(end.id)) if end.thing is Type.ACTOR else end
                for end in (tie.subject, tie.object)
            ]
            if ends[0] != ends[1]:
                yield replace(tie, subject=ends[0], object=ends[1])

    def _rolled(self, actor: str, act: Act | None = None) -> str:
        """The state or body behind an actor, at level state; the actor itself otherwise."""
        if self.query.level is Level.RECORDED:
            return actor
        return self.standing.behind(act) if act else self.standing.whole_of(actor)

    def _counted_as(self, actors: Iterable[str]) -> list[str]:
        """The actors, and at level state every organ whose acts count as theirs."""
        if self.query.level is Level.RECORDED:
            return sorted(set(actors))
        return self.standing.parts_of(self.standing.whole_of(actor) for actor in actors)

    def _ties_of_statements(self, relation: Relation) -> Iterable[Tie]:
        read = _READERS[relation]
        for thing in self._statements(read.class_name):
            subject, obj = read.ends(thing)
            if subject is None or obj is None or not self._concerns(relation, subject, obj):
                continue
            if relation is Relation.OBLIGATION and not self._is_under_asked_treaty(thing):
                continue
            if relation is Relation.TENURE:
                body = self.standing.body_of(obj.id)
                if body is None:
                    continue
                obj = End(Type.ACTOR, self._rolled(body))
            key = thing.id
            self.statements[key] = thing
            kind = thing.id_of(read.kind) or relation.value
            yield Tie(subject, obj, relation, kind, None, 1, (), (key,), ((kind, 1),), None, None)

    def _concerns(self, relation: Relation, subject: End, obj: End) -> bool:
        if relation is Relation.OBLIGATION and self.query.event:
            return obj.id in self.parties
        if relation is Relation.PARTICIPATION and self.query.event:
            return obj.id == self.query.event
        return True

    def _is_under_asked_treaty(self, obligation: Thing) -> bool:
        asked = self.query.treaties
        return not asked or obligation.id_of("treaty") in asked

    def _statements(self, class_name: str) -> list[Thing]:
        if class_name == "Participation":
            events = [node(Type.EVENT, self.query.event)] if self.query.event else []
            rows = self.engine.select(bind(request("participations"), {"event": events}))
            iris = [row["participation"] for row in rows.texts()]
        elif class_name == "Obligation":
            iris = self._obligations()
        else:
            values: Values = {"class": [term(class_name)], "as_of": [day_term(self._day())]}
            rows = self.engine.select(bind(request("holding"), values))
            iris = [row["statement"] for row in rows.texts()]
        things = read_things(self.engine, iris).values()
        return [
            thing
            for thing in things
            if "alternativeTo" not in thing.properties and self._is_certain(thing)
        ]

    def _obligations(self) -> list[str]:
        """Obligations of the view; asked for narrowly, for the graph holds thousands."""
        to_parties = self.parties if self.query.event else ()
        values: Values = {
            "treaty": [node(Type.TREATY, one) for one in self.query.treaties],
            "beneficiary": [node(Type.ACTOR, one) for one in sorted(to_parties)],
            "as_of": [day_term(self._day())],
        }
        rows = self.engine.select(bind(request("obligations"), values))
        return [row["statement"] for row in rows.texts()]

    def _day(self) -> date:
        return self.query.as_of or datetime.now(UTC).date()

    def _is_certain(self, thing: Thing) -> bool:
        """Whether an obligation surely holds; other statements may also be possible only."""
        day = self._day()
        latest, earliest = thing.day("startLatest"), thing.day("endEarliest")
        if thing.type != Type.OBLIGATION or latest is None or earliest is None:
            return True
        return latest <= day <= earliest

    def _within_reach(self, ties: list[Tie]) -> list[Tie]:
        """The ties within `depth` steps of the actors asked for."""
        if not self.query.actors:
            return ties
        reached = {End(Type.ACTOR, self._rolled(actor)) for actor in self.query.actors}
        if self.query.depth == 0:
            if self.query.event:
                reached.add(End(Type.EVENT, self.query.event))
            return [tie for tie in ties if {tie.subject, tie.object} <= reached]
        kept: list[Tie] = []
        for _ in range(self.query.depth):
            kept = [tie for tie in ties if tie.subject in reached or tie.object in reached]
            reached |= {end for tie in kept for end in (tie.subject, tie.object)}
        return kept

    def _nodes(self, ends: set[End]) -> dict[End, Thing]:
        by_iri = {thing_iri(end.thing, end.id): end for end in ends}
        things = read_things(self.engine, by_iri)
        return {by_iri[iri]: thing for iri, thing in things.items()}


@dataclass(frozen=True, slots=True)
class _Reader:
    """How statements of one class become ties."""

    class_name: str
    ends: Callable[[Thing], tuple[End | None, End | None]]
    kind: str


def _actor(thing: Thing, name: str) -> End | None:
    found = thing.id_of(name)
    return End(Type.ACTOR, found) if found else None


def _object(thing: Thing, name: str, kind: Type) -> End | None:
    found = thing.id_of(name)
    return End(kind, found) if found else None


_READERS = {
    Relation.OBLIGATION: _Reader(
        "Obligation",
        lambda thing: (_actor(thing, "obligor"), _actor(thing, "beneficiary")),
        "obligationType",
    ),
    Relation.MEMBERSHIP: _Reader(
        "Membership",
        lambda thing: (
            _actor(thing, "member"),
            _actor(thing, "organisation") or _object(thing, "treaty", Type.TREATY),
        ),
        "role",
    ),
    Relation.TENURE: _Reader(
        "Tenure",
        lambda thing: (_actor(thing, "person"), _object(thing, "post", Type.POST)),
        "post",
    ),
    Relation.PARTICIPATION: _Reader(
        "Participation",
        lambda thing: (_actor(thing, "participant"), _object(thing, "event", Type.EVENT)),
        "participantRole",
    ),
}


def _bundled(ties: list[Tie], bundle: Bundle) -> Iterable[Tie]:
    if bundle is Bundle.NONE:
        return ties
    groups: dict[tuple[object, ...], list[Tie]] = {}
    for tie in ties:
        mark: tuple[object, ...] = (tie.subject, tie.object, tie.relation)
        if bundle is Bundle.KIND:
            mark += (tie.kind,)
        if tie.relation is Relation.STANCE:
            mark += (tie.sign,)
        groups.setdefault(mark, []).append(tie)
    return [_merged(group) for group in groups.values()]


def _merged(group: list[Tie]) -> Tie:
    group = sorted(group, key=lambda tie: (tie.first or date.min, tie.acts))
    counts: dict[str, int] = {}
    for tie in group:
        counts[tie.kind] = counts.get(tie.kind, 0) + tie.count
    kinds = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return replace(
        group[0],
        kind=kinds[0][0],
        count=sum(tie.count for tie in group),
        archives=tuple(sorted({name for tie in group for name in tie.archives})),
        acts=tuple(act for tie in group for act in tie.acts),
        statements=tuple(sorted(key for tie in group for key in tie.statements)),
        kinds=kinds,
        first=min((tie.first for tie in group if tie.first), default=None),
        last=max((tie.last for tie in group if tie.last), default=None),
    )


def _order(tie: Tie) -> tuple[object, ...]:
    sign = tie.sign if tie.sign is not None else Decimal(9)
    return (tie.subject, tie.object, tie.relation, sign, tie.kind, tie.acts, tie.statements)
