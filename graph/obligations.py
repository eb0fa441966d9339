"""Obligation against behaviour: who owed what to a side of an event, and what each then did.

Owns the choice of obligations that an event sets off and the acts that count for each.
What an act amounts to is in `behaviour`, what is answered in `obliged`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from comity.errors import InputError, NotFoundError, ParameterError
from comity.graph.acts import Act, read_acts
from comity.graph.behaviour import Behaviour, behaviour_of, besides, most_telling
from comity.graph.binding import Values, bind
from comity.graph.covering import documents_naming
from comity.graph.engine import Engine
from comity.graph.index.acts import chosen_acts
from comity.graph.obliged import (
    BoundToBoth,
    NotTriggered,
    ObligationsAnswer,
    ObligedActor,
    TriggerClaim,
)
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.terms import day_term, node
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of, thing_iri

WITHIN_DAYS = 30
LONGEST_DAYS = 3660


def obligations_at(
    engine: Engine, event: str, side: str | None = None, within_days: int = WITHIN_DAYS
) -> ObligationsAnswer:
    """Who owed what to the parties of an event, and what each then did.

    Args:
        engine: the graph.
        event: id of the event.
        side: id of one party; None for each party.
        within_days: acts count from the first day of the event to so many days later.

    Raises:
        NotFoundError: there is no such event.
        ParameterError: the side is not a party of it, or the number of days is out of range.
        InputError: the event has no first day or no party.
    """
    if not 0 <= within_days <= LONGEST_DAYS:
        raise ParameterError(
            f"The number of days must be between 0 and {LONGEST_DAYS}, not {within_days}.",
            parameter="within_days",
            got=str(within_days),
            expected=f"0 to {LONGEST_DAYS}",
        )
    iri = thing_iri(Type.EVENT, event)
    thing = read_things(engine, [iri]).get(iri)
    if thing is None:
        raise NotFoundError(f"There is no event '{event}'.")
    day = thing.day("startEarliest")
    if day is None or day == date.min:
        raise InputError(f"The event '{event}' has no first day, so nothing can be dated from it.")
    return _Question(engine, event, day, within_days).answer(side)


class _Question:
    def __init__(self, engine: Engine, event: str, day: date, within_days: int) -> None:
        self.engine = engine
        self.event = event
        self.day = day
        self.until = day + timedelta(days=within_days)
        self.standing = Standing(engine)
        self.parties = self.standing.parties_of(event)

    def answer(self, side: str | None) -> ObligationsAnswer:
        if not self.parties:
            raise InputError(
                f"The graph names no party of the event '{self.event}', so nobody is owed anything."
            )
        if side is not None and side not in self.parties:
            known = ", ".join(sorted(self.parties))
            raise ParameterError(
                f"'{side}' is not a party of '{self.event}'; parties: {known}.",
                parameter="side",
                got=side,
                expected=known,
            )
        sides = (side,) if side else tuple(sorted(self.parties))
        owed = self._statements("obligations", "beneficiary", self.parties, {"treaty": []})
        asked = [thing for thing in owed if thing.id_of("beneficiary") in sides]
        triggered = [thing for thing in asked if _why_not(thing) is None]
        obliged = {thing.id_of("obligor") or "" for thing in triggered}
        documents = documents_naming(self.engine, obliged)
        items = [self._item(thing, documents) for thing in triggered]
        items.sort(
            key=lambda one: (
                one.owed_to,
                one.obliged,
                one.treaty or "",
                one.article or "",
                one.type,
            )
        )
        return ObligationsAnswer(
            event=self.event,
            sides=sides,
            day=self.day,
            until=self.until,
            items=tuple(items),
            not_triggered=self._not_triggered(asked, owed),
            bound_to_both=_bound_to_both(
                [one for one in owed if _why_not(one) is None or _is_standing(one)]
            ),
            claims=tuple(self._claims[key] for key in sorted(self._claims)),
        )

    def _statements(
        self, name: str, parameter: str, actors: Iterable[str], more: Values
    ) -> list[Thing]:
        """Obligations on the day, without those that a better statement contradicts."""
        values: Values = {
            **more,
            parameter: [node(Type.ACTOR, one) for one in sorted(actors)],
            "as_of": [day_term(self.day)],
        }
        if not values[parameter]:
            return []
        rows = self.engine.select(bind(request(name), values)).texts()
        things = read_things(self.engine, (row["statement"] for row in rows)).values()
        return [thing for thing in things if "alternativeTo" not in thing.properties]

    def _item(self, thing: Thing, documents: Mapping[str, int]) -> ObligedActor:
        obliged, owed = thing.id_of("obligor") or "", thing.id_of("beneficiary") or ""
        treaty = thing.id_of("treaty")
        own, theirs = self._trigger_claims(owed)
        others = frozenset(one for one in self.parties if one != owed)
        acts: dict[Behaviour, list[str]] = defaultdict(list)
        for act in self._acts_by_holder.get(obliged, ()):
            acts[behaviour_of(act, owed, others, own, theirs)].append(act.id)
        # A body's act is no act of its members, but its session is where they consult.
        sessions = self._sessions(treaty) if treaty else ()
        behaviours = [*acts, *([Behaviour.CONSULTED] if sessions else [])]
        headline = (
            Behaviour.IS_THE_OTHER_SIDE if obliged in self.parties else most_telling(behaviours)
        )
        latest, earliest = thing.day("startLatest"), thing.day("endEarliest")
        return ObligedActor(
            obligation=thing.id,
            obliged=obliged,
            owed_to=owed,
            treaty=treaty,
            article=thing.text("article") or None,
            type=thing.id_of("obligationType") or "",
            trigger=thing.id_of("trigger"),
            since=thing.text("startDate"),
            certain=bool(latest and earliest and latest <= self.day <= earliest),
            on_request=thing.truth("onRequest"),
            requests=self._requests(owed, obliged, treaty),
            depends_on=tuple(sorted(own)),
            disputed_by=tuple(sorted(theirs)),
            behaviour=headline,
            also=() if obliged in self.parties else besides(headline, behaviours),
            acts=tuple((one, tuple(acts[one])) for one in Behaviour if one in acts),
            events=sessions,
            documents=documents[obliged],
        )

    def _requests(self, owed: str, obliged: str, treaty: str | None) -> tuple[str, ...]:
        body = self._body_of(treaty) if treaty else None
        asked = {obliged, body} - {None}
        return tuple(
            act.id
            for act in self._acts_by_holder.get(owed, ())
            if act.kind == "appeal-for-help"
            and asked & {self.standing.whole_of(one) for one in act.addressees}
        )

    def _body_of(self, treaty: str) -> str | None:
        if treaty not in self._bodies:
            iri = thing_iri(Type.TREATY, treaty)
            found = read_things(self.engine, [iri]).get(iri)
            self._bodies[treaty] = found.id_of("constitutes") if found else None
        return self._bodies[treaty]

    def _sessions(self, treaty: str) -> tuple[str, ...]:
        """Sessions of the treaty's body that are part of the event."""
        body = self._body_of(treaty)
        return tuple(event for event, bodies in self._met if body in bodies)

    def _trigger_claims(self, owed: str) -> tuple[frozenset[str], frozenset[str]]:
        """Claims that one side asserts, and those on the same issue that the other asserts."""
        own = {one.id for one in self._claims.values() if owed in one.asserted_by}
        issues = {self._claims[one].issue for one in own}
        others = self.parties - {owed}
        theirs = {
            one.id
            for one in self._claims.values()
            if one.id not in own and one.issue in issues and others & set(one.asserted_by)
        }
        disputed = {self._claims[one].issue for one in theirs}
        return (
            frozenset(one for one in own if self._claims[one].issue in disputed),
            frozenset(theirs),
        )

    def _not_triggered(
        self, asked: Sequence[Thing], owed: Sequence[Thing]
    ) -> tuple[NotTriggered, ...]:
        """Pledges to a side that need no event, and pledges to others only.

        The latter are those of everyone who owes any party something, whatever the side: that
        an ally of the one party is in an alliance with third states is asked from both sides.
        """
        reasons: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for thing in asked:
            if why := _why_not(thing):
                reasons[_place(thing, why)].append(thing.id)
        # What a party of the event owes to third states says nothing about who owes a party.
        obliged = {thing.id_of("obligor") or "" for thing in owed if _why_not(thing) is None}
        given = self._statements("obligations_of", "obligor", obliged - self.parties, {})
        protecting: dict[str | None, set[str]] = defaultdict(set)
        for thing in given:
            protecting[thing.id_of("treaty")].add(thing.id_of("beneficiary") or "")
        for thing in given:
            treaty = thing.id_of("treaty")
            if treaty and not protecting[treaty] & self.parties and _why_not(thing) is None:
                names = ", ".join(sorted(self.parties))
                why = f"It is owed to parties of the treaty only; not one of them: {names}."
                reasons[_place(thing, why)].append(thing.id)
        return tuple(
            NotTriggered(treaty or None, article or None, tuple(sorted(reasons[key])), why)
            for key in sorted(reasons)
            for treaty, article, why in [key]
        )

    @cached_property
    def _bodies(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _parts(self) -> list[str]:
        values: Values = {"event": [node(Type.EVENT, self.event)]}
        rows = self.engine.select(bind(request("parts_of_event"), values)).texts()
        return sorted(id_of(row["part"]) for row in rows)

    @cached_property
    def _met(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Sessions in time that are part of the event, with the bodies that met in them."""
        things = read_things(self.engine, (thing_iri(Type.EVENT, one) for one in self._parts))
        found = []
        for thing in things.values():
            start = thing.day("startEarliest")
            if thing.id_of("eventType") != "session" or start is None:
                continue
            if self.day <= start <= self.until and thing.id_of("eventState") == "occurred":
                taking_part = self.standing.participants_of(thing.id)
                found.append(
                    (thing.id, frozenset(self.standing.whole_of(one) for one in taking_part))
                )
        return tuple(found)

    @cached_property
    def _acts_by_holder(self) -> dict[str, list[Act]]:
        """Acts about the event and its parts, by the actor for whom they count, by date."""
        ids = {
            act.id
            for part in self._parts
            for act in chosen_acts(self.engine, self.day, self.until, event=part)
        }
        found: dict[str, list[Act]] = defaultdict(list)
        for act in read_acts(self.engine, ids):
            found[self.standing.behind(act)].append(act)
        return dict(found)

    @cached_property
    def _claims(self) -> dict[str, TriggerClaim]:
        """Claims on issues of the event on which two parties assert different claims."""
        values: Values = {"event": [node(Type.EVENT, self.event)]}
        rows = list(self.engine.select(bind(request("positions_on_event"), values)).texts())
        stands: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in rows:
            actor = self.standing.whole_of(id_of(row["actor"]))
            key = (id_of(row["claim"]), id_of(row["issue"]))
            stands[key][id_of(row["position"])].add(actor)
        asserting: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for (claim, issue), by in stands.items():
            for actor in by["asserts"] & self.parties:
                asserting[issue][actor].add(claim)
        disputed = {
            issue
            for issue, by_actor in asserting.items()
            if len({frozenset(claims) for claims in by_actor.values()}) > 1
        }
        return {
            claim: TriggerClaim(
                claim,
                issue,
                tuple(sorted(by["asserts"])),
                tuple(sorted(by["affirms"])),
                tuple(sorted(by["denies"])),
            )
            for (claim, issue), by in sorted(stands.items())
            if issue in disputed
        }


def _is_standing(thing: Thing) -> bool:
    """Whether it binds at all times, such as non-aggression, and is a duty."""
    return thing.id_of("trigger") == "none" and thing.truth("mandatory") is not False


def _why_not(thing: Thing) -> str | None:
    """Why an event sets off no such obligation, or None where it may."""
    if thing.truth("mandatory") is False:
        return "It may be done and is no duty."
    if thing.id_of("obligationType") in ("non-aggression", "neutrality"):
        return "It binds at all times and asks for no act when an event happens."
    if thing.id_of("trigger") == "none":
        return "No event sets it off."
    return None


def _place(thing: Thing, why: str) -> tuple[str, str, str]:
    return (thing.id_of("treaty") or "", thing.text("article"), why)


def _bound_to_both(owed: Sequence[Thing]) -> tuple[BoundToBoth, ...]:
    by_actor: dict[str, dict[str, list[Thing]]] = defaultdict(lambda: defaultdict(list))
    for thing in owed:
        by_actor[thing.id_of("obligor") or ""][thing.id_of("beneficiary") or ""].append(thing)
    return tuple(
        BoundToBoth(
            actor,
            tuple((to, tuple(sorted(one.id for one in by[to]))) for to in sorted(by)),
            _contradict(by),
        )
        for actor, by in sorted(by_actor.items())
        if len(by) > 1
    )


def _contradict(by: dict[str, list[Thing]]) -> bool:
    types = {to: {one.id_of("obligationType") for one in things} for to, things in by.items()}
    return any(
        "defence" in types[one] and types[other] & {"defence", "neutrality", "non-aggression"}
        for one in types
        for other in types
        if one != other
    )
