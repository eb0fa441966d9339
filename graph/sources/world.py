"""What is in the graph already, as an importer may name it: codes by day, names, ids.

Owns the step from a code or a name in a file to an actor, and that codes are looked up
with a date: COW 365 is the Soviet Union until 1991-12-25, then Russia. Who a name means is
never guessed here: a name stands for somebody, or it stands for nobody. Names and codes of
imported sources do not count, so that the order of imports makes no difference.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from comity.graph.binding import bind
from comity.graph.decisions import meanings
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.resolve import folded
from comity.graph.terms import node
from comity.ontology.dates import FIRST_DAY, LAST_DAY
from comity.ontology.namespaces import Thing, id_of, thing_and_id

_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """Who a code stands for, and the days on which it may."""

    start: date
    end: date
    actor: str


@dataclass(slots=True)
class World:
    """Ids, codes and names of one version of the graph.

    Attributes:
        things: ids by type of thing; the runner adds what a batch mints.
        codes: spells by scheme and code, in order of time.
        names: ids of actors by folded name.
        lifetimes: the days on which each state may have existed.
        decided: whom a folded name means as people decided, empty for nobody.
        labels: how states are called.
        people: the state of each person.
    """

    things: dict[Thing, set[str]] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], tuple[Spell, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lifetimes: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: Engine, source: str) -> "World":
        """Reads the world of a graph.

        Args:
            engine: the graph.
            source: id of the batch that is imported; what it holds now does not count.
        """
        things: dict[Thing, set[str]] = {}
        text = bind(request("nameable"), {"own": [node(Thing.SOURCE, source)]})
        for row in engine.select(text).texts():
            thing, identifier = thing_and_id(row["thing"])
            things.setdefault(Thing(thing), set()).add(identifier)
        codes: dict[tuple[str, str], list[Spell]] = {}
        for row in _all(engine, "codes_in_time"):
            spell = Spell(
                date.fromisoformat(row["start"]), date.fromisoformat(row["end"]), id_of(row["of"])
            )
            codes.setdefault((id_of(row["scheme"]), row["code"]), []).append(spell)
        names: dict[str, set[str]] = {}
        for row in _all(engine, "names_to_import_by"):
            names.setdefault(folded(row["name"]), set()).add(id_of(row["actor"]))
        states = [(id_of(row["state"]), row) for row in _all(engine, "lifetimes")]
        return cls(
            things,
            {key: tuple(sorted(spells)) for key, spells in codes.items()},
            {name: tuple(sorted(ids)) for name, ids in names.items()},
            {
                state: (date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
                for state, row in states
            },
            meanings(engine, source),
            {state: row["label"] for state, row in states},
            {
                id_of(row["person"]): id_of(row["country"])
                for row in _all(engine, "countries_of_people")
            },
        )

    def by_code(self, scheme: str, code: str, day: date | None = None) -> str | None:
        """Whom a code stands for on a day; on any day where none is given and it is one.

        Examples:
            >>> spells = (Spell(date(1922, 12, 30), date(1991, 12, 25), "sun"),
            ...           Spell(date(1991, 12, 26), date(9999, 12, 31), "rus"))
            >>> world = World(codes={("cow-state", "365"): spells})
            >>> world.by_code("cow-state", "365", date(1991, 12, 25))
            'sun'
            >>> world.by_code("cow-state", "365", date(2022, 9, 13))
            'rus'
        """
        spells = self.codes.get((scheme, code), ())
        if day is None:
            actors = {spell.actor for spell in spells}
            return actors.pop() if len(actors) == 1 else None
        for spell in spells:
            if spell.start <= day <= spell.end:
                return spell.actor
        return None

    def spells(
        self, scheme: str, code: str, start: date = FIRST_DAY, end: date = LAST_DAY
    ) -> list[Spell]:
        """Whom a code stands for from one day to another, split where that changes.

        The first spell begins and the last one ends as asked, even where the code is
        younger: a membership may be older than the list that gave the code. Nobody is found
        where the code stood for nobody in all that time, nor within a year after it.

        Examples:
            >>> spells = (Spell(date(1922, 12, 30), date(1991, 12, 25), "sun"),
            ...           Spell(date(1991, 12, 26), date(9999, 12, 31), "rus"))
            >>> world = World(codes={("cow-state", "365"): spells})
            >>> found = world.spells("cow-state", "365", date(1945, 10, 24), date(2014, 12, 31))
            >>> [(one.actor, one.start.year, one.end.isoformat()) for one in found]
            [('sun', 1945, '1991-12-25'), ('rus', 1991, '2014-12-31')]
        """
        known = self.codes.get((scheme, code), ())
        found = [one for one in known if one.start <= end and start <= one.end]
        if not found:
            # A list that counts years may be a little ahead of one that counts days.
            found = [one for one in known if timedelta() < one.start - end <= _AHEAD][:1]
        merged: list[Spell] = []
        for one in found:
            if merged and merged[-1].actor == one.actor:
                merged[-1] = Spell(merged[-1].start, one.end, one.actor)
            else:
                merged.append(one)
        last = len(merged) - 1
        return [
            Spell(
                start if at == 0 else max(start, one.start),
                end if at == last else min(end, one.end),
                one.actor,
            )
            for at, one in enumerate(merged)
        ]

    def by_name(self, name: str, day: date | None = None) -> str | None:
        """The one actor that bears a name exactly, but for case and accents.

        Args:
            name: as it is written.
            day: of two states of one name, the one that existed on it is meant.

        What people decided goes before what the graph says.
        """
        decided = self.decided.get(folded(name))
        if decided is not None:
            return decided or None
        ids: Iterable[str] = self.names.get(folded(name), ())
        if day is not None:
            ids = [one for one in ids if _existed(self.lifetimes.get(one), day)]
        found = list(ids)
        return found[0] if len(found) == 1 else None

    def person(self, name: str, states: Collection[str]) -> str | None:
        """The person of one of some states whom a full name means, or whom people decided on.

        A surname or an initial means nobody, nor does the name of a person of another state.

        Examples:
            >>> world = World(names={"ilham aliyev": ("aliyev",)}, people={"aliyev": "aze"})
            >>> world.person("Ilham Aliyev", ("aze",)), world.person("Ilham Aliyev", ("arm",))
            ('aliyev', None)
        """
        found = self.by_name(name)
        words = folded(name).split()
        if found is None or " ".join(words) in self.decided:
            return found
        is_full = len(words) > 1 and all(len(word) > 1 for word in words)
        return found if is_full and self.people.get(found) in states else None

    def has(self, thing: Thing, identifier: str) -> bool:
        """Whether there is a thing with that id."""
        return identifier in self.things.get(thing, ())


def _existed(lifetime: tuple[date, date] | None, day: date) -> bool:
    return lifetime is None or lifetime[0] <= day <= lifetime[1]


def _all(engine: Engine, name: str) -> list[dict[str, str]]:
    return engine.select(bind(request(name), {})).ordered()
