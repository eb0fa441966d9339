"""Correlates of War, Formal Alliances 4.1, one row for each member of a treaty.

A row becomes a party of a treaty; the four pledge flags become obligations of every party
to every other. Members, dates and flags are as the file has them, its faults included.
Source: Gibler, International Military Alliances, 1648-2008 (2009).
"""

from collections.abc import Iterable
from itertools import permutations

from comity.graph.sources.dates import common_span, day_of
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError
from comity.graph.sources.record import Record
from comity.ontology.dates import LAST_DAY, OPEN, parse_moment

# The flags of the file and the kinds of duty that they are.
_PLEDGES = {
    "defense": "defence",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "entente": "consultation",
}


class CowAlliances(Importer):
    """Reads the file by member."""

    origin = Origin(
        name="cow-alliances",
        version="4.1",
        label="Correlates of War, Formal Alliances, version 4.1 (by member)",
        publisher="Correlates of War Project",
        licence="free with citation",
        may_pass_on=False,
        url="https://correlatesofwar.org/data-sets/formal-alliances/",
        coverage_start="1816-01-01",
        coverage_end="2012-12-31",
        note="Cite Gibler, International Military Alliances, 1648-2008. An open end means still "
        "so on 2012-12-31. Days before 1816 are counted from 1816-01-01.",
    )
    forms = (Form("members", ("version4id", "ccode", "mem_st_year", "mem_end_year", *_PLEDGES)),)

    def records(self, row: Row) -> Iterable[Record]:
        """A party of a treaty, and the treaty where it is met first."""
        start = day_of(row["mem_st_year"], row["mem_st_month"], row["mem_st_day"])
        end = day_of(row["mem_end_year"], row["mem_end_month"], row["mem_end_day"]) or OPEN
        if not start:
            raise RowError("the membership has no first year")
        last = parse_moment(end).latest if end != OPEN else LAST_DAY
        spells = self.world.spells("cow-state", row["ccode"], parse_moment(start).earliest, last)
        if not spells:
            raise RowError(f"no state has the COW code {row['ccode']} ({row['state_name']})")
        treaty = self.world.by_code("cow-alliance", row["version4id"])
        if treaty is None:
            treaty = self.mint(row["version4id"])
            if self.is_new("treaties", treaty):
                yield self._treaty(row)
        parties = self.memory.setdefault("parties", {}).setdefault(treaty, [])
        for number, spell in enumerate(spells):
            dates = (
                start if number == 0 else spell.start.isoformat(),
                end if number == len(spells) - 1 else spell.end.isoformat(),
            )
            parties.append([spell.actor, *dates, [name for name in _PLEDGES if row[name] == "1"]])
            yield self.record(
                "parties",
                f"{row['version4id']}-{spell.actor}-{row.number}",
                treaty=treaty,
                member=spell.actor,
                role="party",
                start_date=dates[0],
                end_date=dates[1],
            )

    def last_records(self) -> Iterable[Record]:
        """What every party pledged to every other, for the days on which both were bound."""
        for treaty, parties in sorted(self.memory.get("parties", {}).items()):
            for (at, obligor), (other, beneficiary) in permutations(enumerate(parties), 2):
                span = common_span(obligor[1:3], beneficiary[1:3])
                if span is None or obligor[0] == beneficiary[0]:
                    continue
                for pledge in obligor[3]:
                    short = treaty.removeprefix(f"{self.origin.slug}-")
                    yield self.record(
                        "obligations",
                        f"{short}-{pledge}-{obligor[0]}-{beneficiary[0]}-{at}-{other}",
                        treaty=treaty,
                        type=_PLEDGES[pledge],
                        obligor=obligor[0],
                        beneficiary=beneficiary[0],
                        start_date=span[0],
                        end_date=span[1],
                    )

    def _treaty(self, row: Row) -> Record:
        signed = day_of(row["all_st_year"], row["all_st_month"], row["all_st_day"])
        kind = row["ss_type"].partition(": ")[2] or row["ss_type"]
        return self.record(
            "treaties",
            row["version4id"],
            label=f"{kind} of {signed[:4]} (COW alliance {row['version4id']})",
            signed=signed,
            end_date=day_of(row["all_end_year"], row["all_end_month"], row["all_end_day"]) or OPEN,
        )
