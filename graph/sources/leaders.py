"""What data sets of leaders have in common: who in effect ruled a state, and when.

A row becomes a person, a post "Effective leader of X" for each state, and a tenure of it,
split where the state's code passes to another state. The sources write surnames, so a
person has the id of the source and is a new one; only a full name that the graph has of a
person of that state, or a name on which people decided, stands for a person of the graph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from comity.graph.resolve import folded
from comity.graph.sources.importer import Importer, RowError, slug_of
from comity.graph.sources.record import Record
from comity.graph.sources.world import Spell
from comity.ontology.dates import LAST_DAY, OPEN, parse_moment

__all__ = ["LeaderImporter", "Leadership"]


@dataclass(frozen=True, slots=True)
class Leadership:
    """One time of one leader, as a row has it.

    Attributes:
        id: of the tenure within the source.
        person: id of the person within the source.
        name: as the source writes it.
        code: of the state.
        start: first day, EDTF.
        end: last day, EDTF; `..` where it went on at the end of the data.
        born: year, or empty.
        acting: whether the source says that the leader was acting.
        note: on the tenure.
    """

    id: str
    person: str
    name: str
    code: str
    start: str
    end: str
    born: str = ""
    acting: bool = False
    note: str = ""


class LeaderImporter(Importer):
    """Makes the records of a leadership; what the columns mean is the subclass's business."""

    # The scheme of the states' codes.
    scheme: ClassVar[str]

    def leadership(self, one: Leadership) -> Iterator[Record]:
        """The tenure of a row, split at successions, and what it names where that is new.

        Raises:
            RowError: the state or the name cannot be read.
            DateError: a date cannot be read.
        """
        start = parse_moment(one.start).earliest
        end = LAST_DAY if one.end == OPEN else parse_moment(one.end).latest
        if start > end:
            raise RowError(f"it ends ({one.end}) before it starts ({one.start})")
        spells = self.world.spells(self.scheme, one.code, start, end)
        if not spells:
            raise RowError(f"no state has the code {one.code} ({self.scheme}) from {one.start}")
        person, made = self._person(one, spells)
        for spell in spells:
            if self.is_new("posts", spell.actor):
                made.append(self._post(spell.actor))
        yield from made
        last = len(spells) - 1
        for number, spell in enumerate(spells):
            yield self.record(
                "tenures",
                one.id if last == 0 else f"{one.id}-{number + 1}",
                person=person,
                post=self.mint(f"{spell.actor}-effective-leader"),
                acting="true" if one.acting else "",
                start_date=one.start if number == 0 else spell.start.isoformat(),
                end_date=one.end if number == last else spell.end.isoformat(),
                note=one.note,
            )

    def _person(self, one: Leadership, spells: list[Spell]) -> tuple[str, list[Record]]:
        name = folded(one.name)
        if not name:
            raise RowError("the leader has no name")
        found = self.world.person(one.name, {spell.actor for spell in spells})
        if found is not None:
            return found, []
        # One id may stand for two men in the source; the name tells them apart.
        known = self.memory.setdefault("people", {})
        first = known.setdefault(one.person, name)
        key = one.person if first == name else f"{one.person}-{slug_of(one.name)}"
        if not self.is_new("minted", key):
            return self.mint(key), []
        record = self.record(
            "people",
            key,
            label=one.name,
            country=spells[0].actor,
            note=f"Born in {one.born}." if one.born else "",
        )
        return record.id, [record]

    def _post(self, state: str) -> Record:
        return self.record(
            "posts",
            f"{state}-effective-leader",
            label=f"Effective leader of {self.world.labels.get(state, state)}",
            office="effective-leader",
            body=state,
        )
