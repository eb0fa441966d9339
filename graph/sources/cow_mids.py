"""Correlates of War, Militarized Interstate Disputes, the disputes and who was in them.

A row of the list of disputes becomes an event. It starts in a month; its end is counted
from the shortest and the longest duration in days that COW gives. Highest action, level of
hostility, fatalities, outcome and settlement stand in the note. A row of the directed
dyads becomes the part of its first state in the dispute, on side A or side B, where that is
met first; six states in the Second World War are on both. What one state did to another is
not made an act of it: a row gives the level that a state reached in a year, not a deed with
a day. Fatalities by state and year, and who was in it from the first day, are left out.
Source: Palmer, McManus, D'Orazio, Kenwick, Karstens, Bloch, Dietrich, Kahn, Ritter and Soules,
The MID5 Dataset, 2011-2014, Conflict Management and Peace Science 39 (2022).
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from comity.graph.sources.dates import day_of
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.record import Record

# The codebook of MID 5, in its words as far as they are neutral.
_HOSTILITY = {
    "1": "no militarised action",
    "2": "threat to use force",
    "3": "display of force",
    "4": "use of force",
    "5": "war",
}
_FATALITIES = {
    "0": "none",
    "1": "1 to 25",
    "2": "26 to 100",
    "3": "101 to 250",
    "4": "251 to 500",
    "5": "501 to 999",
    "6": "1000 and more",
}


class CowMids(Importer):
    """Reads the disputes and the directed dyads by year."""

    origin = Origin(
        name="cow-mids",
        version="5.0",
        label="Correlates of War, Militarized Interstate Disputes, version 5.0",
        publisher="Correlates of War Project",
        licence="free with citation",
        may_pass_on=False,
        url="https://correlatesofwar.org/data-sets/mids/",
        coverage_start="1816-01-01",
        coverage_end="2014-12-31",
        note="Cite Palmer et al., The MID5 Dataset, 2011-2014 (2022). Starts by month, durations "
        "in days.",
    )
    forms = (
        Form(
            "disputes",
            (
                *("dispnum", "styear", "stmon", "outcome", "settle", "fatality"),
                *("mindur", "maxdur", "hiact", "hostlev", "recip"),
            ),
        ),
        Form(
            "directed dyads",
            ("dispnum", "ccode1", "ccode2", "year", "sidea1", "sidea2", "hostlev1", "orig1"),
        ),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """An event for a dispute, the part of a state for a dyad in which it is met first."""
        return (self._dispute if row.form == "disputes" else self._part)(row)

    def _dispute(self, row: Row) -> Iterable[Record]:
        number = row["dispnum"]
        start = day_of(row["styear"], row["stmon"])
        if len(start) != 7:
            raise RowError(f"the dispute {number} has no month of start")
        known = self.memory.setdefault("disputes", {})
        if number in known:
            raise RowError(f"the dispute {number} came before")
        first, last = _ends(row, start)
        known[number] = start
        level = _HOSTILITY.get(row["hostlev"], "unknown")
        fatal = _FATALITIES.get(row["fatality"], "unknown")
        yield self.record(
            "events",
            slug_of(number),
            label=f"Militarised dispute {number} of COW, {row['styear']}",
            type="dispute",
            start_date=start,
            end_date=f"{first}/{last}" if first != last else first,
            state="occurred",
            note=f"Highest level of hostility: {level}. Highest action: code {row['hiact']}. "
            f"Fatalities: {fatal}. Outcome: code {row['outcome']}. Settlement: code "
            f"{row['settle']}. Reciprocated: {'yes' if row['recip'] == '1' else 'no'}.",
        )

    def _part(self, row: Row) -> Iterable[Record]:
        start = self.memory.get("disputes", {}).get(row["dispnum"])
        if start is None:
            raise RowError(f"the list of disputes has no dispute {row['dispnum']}")
        if {row["sidea1"], row["sidea2"]} != {"0", "1"}:
            raise RowError("the two states are not on different sides")
        state = self._state(row["ccode1"], row["year"], start)
        role = "side-a" if row["sidea1"] == "1" else "side-b"
        identifier = f"{slug_of(row['dispnum'])}-{state}-{role}"
        if self.is_new("parts", identifier):
            event = self.mint(slug_of(row["dispnum"]))
            yield self.record(
                "participations", identifier, event=event, participant=state, role=role
            )

    def _state(self, code: str, year: str, start: str) -> str:
        """Who had the code when the dispute was going on in that year first."""
        if not year.isdecimal() or len(year) != 4:
            raise RowError(f"'{year}' is not a year")
        month = int(start[5:]) if start[:4] == year else 1
        begun = date(int(year), month, 1)
        spells = self.world.spells("cow-state", code, begun, date(int(year), 12, 31))
        if not spells:
            raise RowError(f"no state has the COW code {code} in {year}")
        return spells[0].actor


def _ends(row: Row, start: str) -> tuple[str, str]:
    """The first and the last day on which a dispute may have ended."""
    try:
        shortest, longest = int(row["mindur"]), int(row["maxdur"])
    except ValueError:
        raise RowError("the durations are not whole numbers") from None
    if longest < max(shortest, 1):
        raise RowError(f"the longest duration ({longest}) is below the shortest ({shortest})")
    year, month = int(start[:4]), int(start[5:])
    first = date(year, month, 1) + timedelta(days=max(shortest, 1) - 1)
    last = date(year, month, monthrange(year, month)[1]) + timedelta(days=longest - 1)
    return first.isoformat(), last.isoformat()
