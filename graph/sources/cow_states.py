"""Correlates of War, State System Membership, one row for each spell of a state in the list.

A row becomes a number and letters that stand for a state while it is in the list. Where the
graph has other states of one number one after the other, the spell is split among them; a
state that the graph has not is minted. 1816-01-01 means no later than that day, and gives no
start. The mark of microstates in one form has no place and is left out.
Source: Correlates of War Project, State System Membership List, v2016 (2017).
"""

from collections.abc import Iterable
from typing import ClassVar

from comity.errors import DateError
from comity.graph.sources.dates import day_of
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.record import Record
from comity.ontology.dates import OPEN, parse_day

FIRST = "1816-01-01"


class StateSystem(Importer):
    """What the two lists of states have in common."""

    scheme: ClassVar[str]
    # The last day of the list, or a day that stands for no end.
    still: ClassVar[frozenset[str]]

    def spell(self, row: Row) -> tuple[str, str, str, str, str]:
        """Number, letters, name, first and last day of a row."""
        raise NotImplementedError

    def records(self, row: Row) -> Iterable[Record]:
        """The codes of one spell, and the state where the graph has none."""
        number, letters, name, start, end = self.spell(row)
        if not number.isdecimal() or not letters or not name:
            raise RowError("the number, the letters or the name of the state is not given")
        first = parse_day(start)
        last = parse_day("9999-12-31" if end in self.still else end)
        if last < first:
            raise DateError(f"It ends ({end}) before it starts ({start}).")
        known = self.world.codes.get((f"{self.scheme}-state", number), ())
        begun, over = "" if start == FIRST else start, OPEN if end in self.still else end
        if any(one.start <= last and first <= one.end for one in known):
            spells = self.world.spells(f"{self.scheme}-state", number, first, last)
            at_last = len(spells) - 1
            for at, one in enumerate(spells):
                yield from self._codes(
                    one.actor,
                    (number, letters),
                    begun if at == 0 else one.start.isoformat(),
                    over if at == at_last else one.end.isoformat(),
                )
            return
        actor = self.world.by_name(name, first)
        if actor is None:
            slug = slug_of(f"{name} {number}")
            actor = self.mint(slug)
            if self.is_new("states", slug):
                yield self.record("states", slug, label=name)
        yield from self._codes(actor, (number, letters), begun, over)

    def _codes(self, actor: str, codes: tuple[str, str], start: str, end: str) -> Iterable[Record]:
        for kind, code in zip(("state", "letters"), codes, strict=True):
            short = actor.removeprefix(f"{self.origin.slug}-")
            identifier = f"{kind}-{slug_of(code)}-{short}-{start or 'first'}"
            if self.is_new("codes", identifier):
                yield self.record(
                    "codes",
                    identifier,
                    actor=actor,
                    scheme=f"{self.scheme}-{kind}",
                    code=code,
                    start_date=start,
                    end_date=end,
                )


class CowStates(StateSystem):
    """Reads both forms in which the list goes round."""

    scheme = "cow"
    still = frozenset(("9999-12-31", "2016-12-31"))
    origin = Origin(
        name="cow-states",
        version="2016",
        label="Correlates of War, State System Membership, version 2016",
        publisher="Correlates of War Project",
        licence="free with citation",
        may_pass_on=False,
        url="https://correlatesofwar.org/data-sets/state-system-membership/",
        coverage_start=FIRST,
        coverage_end="2016-12-31",
        note="Cite Correlates of War Project, State System Membership List, v2016. The copy of "
        "Andreas Beger is under the MIT licence, that of peacesciencer under GPL-2.",
    )
    forms = (
        Form("days", ("cowcode", "cowc", "country_name", "start", "end")),
        Form(
            "parts",
            (
                *("stateabb", "ccode", "statenme", "styear", "stmonth", "stday"),
                *("endyear", "endmonth", "endday"),
            ),
        ),
    )

    def spell(self, row: Row) -> tuple[str, str, str, str, str]:
        """Number, letters, name, first and last day of a row."""
        if row.form == "days":
            return row["cowcode"], row["cowc"], row["country_name"], row["start"], row["end"]
        return (
            row["ccode"],
            row["stateabb"],
            row["statenme"],
            day_of(row["styear"], row["stmonth"], row["stday"]),
            day_of(row["endyear"], row["endmonth"], row["endday"]),
        )
