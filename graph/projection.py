"""From statements to a network: who is tied to whom, by which acts.

Owns the selection and the roll-up of officials and organs. What is asked and what comes out is
in `network`; between whom an act is a tie, in `acts`; which ties become one, in `weighing`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from comity.graph.acts import BareAct, about_object, tie_objects
from comity.graph.binding import bind
from comity.graph.dated import Dated, DatedTie, dated_ties
from comity.graph.engine import Engine
from comity.graph.extracts import counted_elsewhere, window_of
from comity.graph.index.acts import chosen_acts, indexed_acts
from comity.graph.network import Bundle, End, Level, Network, NetworkQuery, Relation, Tie
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.terms import node
from comity.graph.things import Thing, read_things
from comity.graph.weighing import busiest, weighed
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

if TYPE_CHECKING:
    from comity.graph.archives.shelf import Shelf


# How somebody voted, as a sign: an abstention is between the two, an absence is none.
VOTES = {"vote-yes": Decimal(1), "abstain": Decimal(0), "vote-no": Decimal(-1), "absent": None}
_ABSENT = "absent"


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
    return described(engine, tied(engine, query, shelf))


def tied(engine: Engine, query: NetworkQuery, shelf: "Shelf | None" = None) -> Network:
    """What `project` gives for those who only want to know who is tied to whom.

    Of nodes and statements it has the IRIs.
    """
    network = outline(engine, query, shelf)
    return cut(engine, network, query.nodes) if query.nodes else network


def cut(
    engine: Engine,
    network: Network,
    most: int,
    lines: int | None = None,
    bundle: Bundle = Bundle.NONE,
) -> Network:
    """An outline with no more nodes than `most`, the parties to its event among them.

    Args:
        engine: the graph.
        network: what is too much.
        most: nodes.
        lines: ties as they will be bundled; None for any number.
        bundle: how they will be.
    """
    event = network.query.event
    parties = Standing(engine).parties_of(event) if event else ()
    return busiest(network, most, lines, bundle, parties)


def latest(engine: Engine, query: NetworkQuery, most: int) -> tuple[NetworkQuery, int]:
    """The same query from the day on from which it has no more acts than so many.

    Returns:
        The query, as it was where it has no more acts in all or the engine has no index, and
        the number of all its acts.
    """
    index = indexed_acts(engine)
    if index is None or not {Relation.STANCE, Relation.VOTE} & set(query.relations):
        return query, 0
    last = query.until or query.as_of
    actors = _Projection(engine, query, None).actors_of_acts()
    mask = index.chosen(query.since, last, query.kinds, query.event, actors)
    mask &= ~index.told_only_by(_counted_elsewhere(engine, query))
    day = index.latest(mask, most)
    if day is not None:
        # An act of some day of a month may have happened after the window.
        query = replace(query, since=min(day, last) if last else day)
    return query, int(mask.sum())


def outline(
    engine: Engine,
    query: NetworkQuery,
    shelf: "Shelf | None" = None,
    within: Collection[End] | None = None,
) -> Network:
    """The whole network, be there fewer `nodes` asked for, and of its things only what they are.

    To describe what is left out in the end takes longer than to find the ties.

    Args:
        engine: the graph.
        query: what to include.
        shelf: the archives, where the query names some.
        within: only ties among these; None for all.
    """
    return _Projection(engine, query, shelf).network(within)


def described(engine: Engine, network: Network) -> Network:
    """An outline with all properties of its nodes and statements."""
    nodes = read_things(engine, [thing.iri for thing in network.nodes.values()])
    statements = network.statements.values()
    known = read_things(engine, [one.iri for one in statements if "rdf:type" not in one.properties])
    return replace(
        network,
        # A graph may name what it says nothing about.
        nodes={end: nodes.get(thing.iri, thing) for end, thing in network.nodes.items()},
        statements={key: known.get(thing.iri, thing) for key, thing in network.statements.items()},
    )


def _counted_elsewhere(engine: Engine, query: NetworkQuery) -> set[str]:
    """Sources whose acts count by another one: an archive has its windows, a whole its extract."""
    windows = {window_of(archive) for archive in query.archives}
    return windows | counted_elsewhere(engine, query.archives)


class _Projection:
    def __init__(self, engine: Engine, query: NetworkQuery, shelf: "Shelf | None") -> None:
        self.engine = engine
        self.query = query
        self.shelf = shelf
        self.standing = Standing(engine)
        self.parties = self.standing.parties_of(query.event) if query.event else frozenset()
        self.statements: dict[str, Thing] = {}

    def network(self, within: Collection[End] | None) -> Network:
        asked = set(self.query.relations)
        acts = self._acts() if asked & {Relation.STANCE, Relation.VOTE} else []
        single = [tie for act in acts for tie in self._ties_of(act)]
        if Relation.STANCE in asked:
            single.extend(self._ties_of_archives())
        for relation in sorted(asked - {Relation.STANCE, Relation.VOTE}):
            single.extend(self._ties_of_statements(relation))
        if self.query.level is Level.ALLIANCE:
            single = list(self._between_alliances(single))
        kept = self._within_reach(single)
        if within is not None:
            kept = [tie for tie in kept if tie.subject in within and tie.object in within]
        ties = weighed(kept, self.query, {act.id: act.sources for act in acts})
        used = {identifier for tie in ties for identifier in tie.acts}
        statements = {identifier for tie in ties for identifier in tie.statements}
        ends = {end for tie in ties for end in (tie.subject, tie.object)}
        ends |= {End(Type.ACTOR, actor) for actor in self.query.actors}
        speaking = {
            tie.subject.id for tie in kept if tie.relation in (Relation.STANCE, Relation.VOTE)
        }
        return Network(
            query=self.query,
            nodes={
                end: Thing(iri, {})
                for iri, end in sorted((thing_iri(end.thing, end.id), end) for end in ends)
            },
            ties=ties,
            acts=tuple(act for act in acts if act.id in used),
            statements={key: self.statements[key] for key in sorted(statements)},
            silent=frozenset(self.query.actors) - speaking,
        )

    def _acts(self) -> list[BareAct]:
        query = self.query
        acts: Iterable[BareAct] = chosen_acts(
            self.engine,
            query.since,
            query.until or query.as_of,
            event=query.event,
            actors=self.actors_of_acts(),
        )
        elsewhere = _counted_elsewhere(self.engine, query)
        if elsewhere:
            acts = (act for act in acts if not act.sources or not elsewhere.issuperset(act.sources))
        if query.kinds:
            acts = (act for act in acts if act.kind in query.kinds)
        if Relation.STANCE not in query.relations:
            acts = (act for act in acts if act.kind in VOTES)
        return list(acts)

    def actors_of_acts(self) -> list[str]:
        """Actors one of whom every act concerns; none where any act may count."""
        if self.query.event or not self._touches_actors():
            return []
        return self._counted_as(self.query.actors)

    def _touches_actors(self) -> bool:
        """Whether every tie that is kept touches one of the actors asked for."""
        near = bool(self.query.actors) and self.query.depth <= 1
        return near and self.query.level is not Level.ALLIANCE

    def _ties_of(self, act: BareAct) -> Iterable[Tie]:
        subject = End(Type.ACTOR, self._rolled(act.holder, act))
        ends = {
            End(thing, self._rolled(identifier) if thing is Type.ACTOR else identifier)
            for thing, identifier in tie_objects(act, self.query.event, self.parties)
        } - {subject}
        # What a state says to its own parliament is a tie to what it is about.
        if not ends:
            ends = {End(*pair) for pair in about_object(act, self.query.event)}
        relation, sign = Relation.STANCE, act.sign
        if Relation.VOTE in self.query.relations and act.kind in VOTES:
            if act.kind == _ABSENT:
                return
            relation, sign = Relation.VOTE, VOTES[act.kind]
        for end in sorted(ends):
            yield Tie(
                subject=subject,
                object=end,
                relation=relation,
                kind=act.kind,
                sign=sign,
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

        counted_as = self.standing.counted_as
        if self.query.level is Level.RECORDED:

            def counted_as(holder: str, on_behalf_of: str | None) -> str:
                return holder

        for tie in archived_ties(self.engine, self.shelf, self.query, counted_as):
            end = tie.object
            if end.thing is Type.ACTOR:
                end = End(end.thing, self._rolled(end.id))
            if tie.subject != end:
                yield replace(tie, object=end)

    def _rolled(self, actor: str, act: BareAct | None = None) -> str:
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
        if relation is Relation.PARTICIPATION:
            return self._participations()
        return self._dated(cast("Dated", relation))

    def _dated(self, relation: Dated) -> Iterable[Tie]:
        actors: Sequence[str] = ()
        if relation is Relation.OBLIGATION and self.query.event:
            actors = sorted(self.parties)
        elif self._touches_actors():
            actors = self._counted_as(self.query.actors)
        day = self.query.as_of.isoformat() if self.query.as_of else ""
        for one in dated_ties(self.engine, relation, actors):
            # Most of tens of thousands end here.
            if (day and not one.may_hold(day)) or not self._is_asked(one, day):
                continue
            self.statements[one.tie.statements[0]] = one.statement
            if relation is Relation.TENURE:
                yield replace(one.tie, object=End(Type.ACTOR, self._rolled(one.tie.object.id)))
            else:
                yield one.tie

    def _is_asked(self, one: DatedTie, day: str) -> bool:
        body, treaties = one.tie.object, self.query.treaties
        if one.tie.relation is not Relation.OBLIGATION:
            return not treaties or body.thing is not Type.TREATY or body.id in treaties
        # An obligation must be certain; other statements may also be possible only.
        return (
            (not day or one.surely_holds(day))
            and (not self.query.event or body.id in self.parties)
            and (not treaties or one.treaty in treaties)
        )

    def _participations(self) -> Iterable[Tie]:
        event = self.query.event
        asked = [node(Type.EVENT, event)] if event else []
        rows = self.engine.select(bind(request("participations"), {"event": asked})).texts()
        things = read_things(self.engine, (row["participation"] for row in rows))
        for thing in things.values():
            actor, of = thing.id_of("participant"), thing.id_of("event")
            if actor is None or of is None or "alternativeTo" in thing.properties:
                continue
            if event and of != event:
                continue
            self.statements[thing.id] = thing
            kind = thing.id_of("participantRole") or Relation.PARTICIPATION.value
            yield Tie(
                subject=End(Type.ACTOR, actor),
                object=End(Type.EVENT, of),
                relation=Relation.PARTICIPATION,
                kind=kind,
                sign=None,
                count=1,
                acts=(),
                statements=(thing.id,),
                kinds=((kind, 1),),
                first=None,
                last=None,
            )

    def _day(self) -> date:
        return self.query.as_of or datetime.now(UTC).date()

    def _between_alliances(self, ties: Iterable[Tie]) -> Iterable[Tie]:
        """Ties of the alliances asked for in place of their members'; none within one of them."""
        for tie in ties:
            day = tie.first or self._day()
            for subject in self._alliances_of(tie.subject, day):
                for end in self._alliances_of(tie.object, day):
                    if subject != end:
                        yield replace(tie, subject=subject, object=end)

    def _alliances_of(self, end: End, day: date) -> list[End]:
        if end.thing is not Type.ACTOR:
            return [end]
        found = self.standing.memberships_of(end.id, day, self.query.alliances)
        return [End(Type.ACTOR, alliance) for alliance in found] or [end]

    def _within_reach(self, ties: list[Tie]) -> list[Tie]:
        """The ties within `depth` steps of the actors asked for."""
        if not self.query.actors:
            return ties
        reached = {End(Type.ACTOR, self._rolled(actor)) for actor in self.query.actors}
        if self.query.level is Level.ALLIANCE:
            day = self._day()
            reached = {one for end in reached for one in self._alliances_of(end, day)}
        if self.query.depth == 0:
            if self.query.event:
                reached.add(End(Type.EVENT, self.query.event))
            reached |= {End(Type.TREATY, treaty) for treaty in self.query.treaties}
            return [tie for tie in ties if {tie.subject, tie.object} <= reached]
        kept: list[Tie] = []
        for _ in range(self.query.depth):
            kept = [tie for tie in ties if tie.subject in reached or tie.object in reached]
            reached |= {end for tie in kept for end in (tie.subject, tie.object)}
        return kept
