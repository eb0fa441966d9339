"""Archigos 4.1, effective leaders of states, one row for each time in office.

A row becomes a person, a post "Effective leader of X" and a tenure dated to the day; how
the leader came in and went out stands in the note. An end on 2015-12-31 is the end of the
data, not of the tenure. The states are those of Gleditsch and Ward. The sex of the leader
and the code of the exit (`exitcode`, a finer reading of `exit`) have no field of their own:
the code stands in the note, the sex is left out.
Source: Goemans, Gleditsch and Chiozza, Introducing Archigos: A Dataset of Political Leaders,
Journal of Peace Research 46 (2009).
"""

from collections.abc import Iterable

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Origin, slug_of
from comity.graph.sources.leaders import LeaderImporter, Leadership
from comity.graph.sources.record import Record
from comity.ontology.dates import OPEN, parse_day

_LAST = "2015-12-31"
_COLUMNS = (
    *("obsid", "gwcode", "leadid", "leader", "yrborn", "gender"),
    *("startdate", "enddate", "entry", "exit", "exitcode"),
)


class Archigos(LeaderImporter):
    """Reads the list of leaders."""

    origin = Origin(
        name="archigos",
        version="4.1",
        label="Archigos, a dataset of political leaders, version 4.1",
        publisher="H. E. Goemans, Kristian Skrede Gleditsch and Giacomo Chiozza",
        licence="free with citation",
        may_pass_on=False,
        url="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
        coverage_start="1875-01-01",
        coverage_end=_LAST,
        note="Cite Goemans, Gleditsch and Chiozza, Introducing Archigos (2009). An open end means "
        "still in office on 2015-12-31. Misspelt names are kept.",
    )
    forms = (Form("leaders", _COLUMNS),)
    scheme = "gw-state"

    def records(self, row: Row) -> Iterable[Record]:
        """A tenure, and the person and post that it names where they are new."""
        parse_day(row["startdate"])
        parse_day(row["enddate"])
        is_last = row["enddate"] == _LAST
        coded = row["exitcode"]
        code = f" ({coded})" if coded not in ("", row["exit"]) else ""
        note = f"Entry: {row['entry']}." + ("" if is_last else f" Exit: {row['exit']}{code}.")
        return self.leadership(
            Leadership(
                id=slug_of(row["obsid"]),
                person=slug_of(row["leadid"]),
                name=row["leader"],
                code=row["gwcode"],
                start=row["startdate"],
                end=OPEN if is_last else row["enddate"],
                born=row["yrborn"] if row["yrborn"].isdecimal() else "",
                note=note,
            )
        )
