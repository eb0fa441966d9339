"""Acts of coded event data: what the importers of ICEWS in its several forms share.

A row becomes an act with the kind of its CAMEO code, the code itself, one holder, one target
and the day. ICEWS does not say whether an actor is a person, a body or people: a name such
as "Foreign Affairs (Russia)" becomes a government body where it is the name of one, any other
a group with a note. The country in brackets, or in its own column, becomes the country where
a state bears that name on the day.
Source of the codes: `ontology/cameo.ttl`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.graph.sources.by_name import ByName
from comity.graph.sources.importer import RowError
from comity.graph.sources.record import Record
from comity.ontology.cameo import kind_of
from comity.ontology.dates import parse_day

__all__ = ["CodedEvents", "Named"]

_ROLE = re.compile(r"(.+) \(([^()]+)\)")
_BODIES = frozenset(
    (
        *("Administrative Body", "Air Force", "Cabinet / Council of Ministers / Advisors"),
        *("Congress", "Constitutional Court", "Defense / Security Ministry", "Domestic Affairs"),
        *("Election Commission", "Foreign Affairs", "Government", "House of Representatives"),
        *("Legislature", "Military", "Ministry", "Naval", "Oversight Court", "Police"),
        *("Royal Administration", "Senate"),
    )
)
_MINISTRY = re.compile(r"\bMiniste?ry\b")
_NOTE = "The source does not say whether it is a person, a body or a group of people."


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as a row names it.

    Attributes:
        name: as it is written.
        country: in a column of its own; empty where there is none.
        is_state: whether the row says that it is a state.
    """

    name: str
    country: str = ""
    is_state: bool = False


class CodedEvents(ByName):
    """An importer of coded events."""

    def act(
        self, identifier: str, code: str, day: date, holder: Named, target: Named, note: str = ""
    ) -> Iterator[Record]:
        """The act of a row, after the actors that are met first.

        Args:
            identifier: of the act within the batch.
            code: of CAMEO; it must be one.
            day: of the act.
            holder: who acts.
            target: toward whom.
            note: on the act.

        Raises:
            RowError: an actor has no name, or one that cannot be read.
        """
        # Both first, so that nothing is made for a row that is refused.
        ids = [self._known(one, day) for one in (holder, target)]
        for at, one in enumerate((holder, target)):
            if not ids[at]:
                ids[at], record = self._new(one, day)
                if record is not None:
                    yield record
        yield self.record(
            "acts",
            identifier,
            kind=kind_of(code),
            cameo=code,
            holder=ids[0],
            targets=ids[1],
            date=day.isoformat(),
            note=note,
        )

    def day(self, text: str) -> date:
        """A day as the file writes it.

        Raises:
            DateError: it is no day, or not written YYYY-MM-DD.
        """
        return parse_day(text)

    def _known(self, named: Named, day: date) -> str:
        if not named.name:
            raise RowError("an actor has no name")
        found = self.found(named.name, day)
        if not found and named.is_state:
            raise RowError(f"no state of the graph is called '{named.name}' on {day}")
        return found

    def _new(self, named: Named, day: date) -> tuple[str, Record | None]:
        role = _ROLE.fullmatch(named.name)
        is_body = role is not None and (role[1] in _BODIES or _MINISTRY.search(role[1]) is not None)
        return self.made(
            named.name,
            "organisations",
            type="government-body" if is_body else "group",
            country=self._state(role[2] if role else "", day) or self._state(named.country, day),
            note="" if role else _NOTE,
        )

    def _state(self, name: str, day: date) -> str:
        found = self.in_graph(name, day) if name else None
        return found if found is not None and found in self.world.lifetimes else ""
