"""What an actor belongs to: wholes and parts, persons, posts, parties of an event.

Owns the look-ups that several projections and answers share. One instance reads the
graph once and is then fixed to that version.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property

from comity.graph.acts import BareAct
from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.terms import node
from comity.graph.things import read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of


class Standing:
    """Reads who is part of what.

    Args:
        engine: the graph.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._members = cache(self._read_members)

    def whole_of(self, actor: str) -> str:
        """The body or state that an organ or a ministry is part of, through all steps."""
        seen = {actor}
        while (whole := self._wholes.get(actor)) is not None and whole not in seen:
            seen.add(whole)
            actor = whole
        return actor

    def wholes(self) -> dict[str, str]:
        """What each organ is part of, through all steps."""
        return {part: self.whole_of(part) for part in self._wholes}

    def parts_of(self, wholes: Iterable[str]) -> list[str]:
        """Some bodies and states with every organ that is part of them, by id."""
        found = set(wholes)
        left = list(found)
        while left:
            fresh = self._parts.get(left.pop(), set()) - found
            found |= fresh
            left.extend(fresh)
        return sorted(found)

    def is_person(self, actor: str) -> bool:
        """Whether an actor is a person."""
        return actor in self.persons

    def behind(self, act: BareAct) -> str:
        """The state or body for which an act counts.

        A person's act counts for whom it was done on behalf of, as the coder recorded it by
        the office held that day; without that it stays the person's own.
        """
        return self.counted_as(act.holder, act.on_behalf_of)

    def counted_as(self, holder: str, on_behalf_of: str | None) -> str:
        """The same for whoever did it and on whose behalf."""
        if on_behalf_of and self.is_person(holder):
            holder = on_behalf_of
        return self.whole_of(holder)

    def memberships_of(self, actor: str, day: date, bodies: Sequence[str]) -> list[str]:
        """Those of some bodies that an actor surely was a member of on a day, by id."""
        spells = self._members(tuple(bodies)).get(actor, ())
        return sorted({body for start, end, body in spells if start <= day <= end})

    def members_of(self, bodies: Sequence[str], day: date) -> list[str]:
        """Who surely was a member of one of some bodies on a day, by id."""
        known = self._members(tuple(bodies))
        return sorted(actor for actor in known if self.memberships_of(actor, day, bodies))

    def _read_members(self, bodies: tuple[str, ...]) -> dict[str, list[tuple[date, date, str]]]:
        values = {"organisation": [node(Type.ACTOR, body) for body in bodies]}
        found: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
        for row in self._engine.select(bind(request("members_of"), values)).texts():
            spell = (date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
            found[id_of(row["member"])].append((*spell, id_of(row["organisation"])))
        return found

    def parties_of(self, event: str) -> frozenset[str]:
        """Ids of the parties to an event."""
        return self._taking_part(event, "party")

    def participants_of(self, event: str) -> frozenset[str]:
        """Ids of those who took part in an event, in whatever role."""
        return self._taking_part(event, None)

    def _taking_part(self, event: str, role: str | None) -> frozenset[str]:
        values = {"event": [node(Type.EVENT, event)]}
        rows = self._engine.select(bind(request("participations"), values)).texts()
        things = read_things(self._engine, (row["participation"] for row in rows))
        return frozenset(
            participant
            for thing in things.values()
            if role in (None, thing.id_of("participantRole"))
            for participant in thing.ids("participant")
        )

    @cached_property
    def _wholes(self) -> dict[str, str]:
        rows = self._engine.select(bind(request("parents"), {})).texts()
        return {id_of(row["part"]): id_of(row["whole"]) for row in rows}

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._engine.select(bind(request("parents"), {})).texts():
            found[id_of(row["whole"])].add(id_of(row["part"]))
        return found

    @cached_property
    def persons(self) -> frozenset[str]:
        """The ids of all persons."""
        rows = self._engine.select(bind(request("persons"), {})).texts()
        return frozenset(id_of(row["person"]) for row in rows)
