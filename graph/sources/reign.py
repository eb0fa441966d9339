"""REIGN, effective leaders of states to March 2021, one row for each time in office.

A row becomes a person, a post "Effective leader of X" and a tenure that starts on a day and
ends in a month. No end means still in office when the list ended, in March 2021. The states
are those of Correlates of War. "(acting)" behind a name is said of the tenure. Columns
without a name, military career, sex, month of election, coder and the free notes, which are
mostly web addresses, have no place and are left out.
Source: Bell, Besaw and Frank, The Rulers, Elections, and Irregular Governance (REIGN)
Dataset, One Earth Future (2021).
"""

from collections.abc import Iterable

from comity.graph.sources.dates import day_of
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Origin, RowError, slug_of
from comity.graph.sources.leaders import LeaderImporter, Leadership
from comity.graph.sources.record import Record
from comity.ontology.dates import OPEN

_ACTING = "(acting)"


class Reign(LeaderImporter):
    """Reads the list of leaders."""

    origin = Origin(
        name="reign",
        version="3-21",
        label="REIGN, list of leaders, March 2021",
        publisher="One Earth Future",
        licence="none stated",
        may_pass_on=False,
        url="https://oefdatascience.github.io/REIGN.github.io/",
        coverage_start="1950-01-01",
        coverage_end="2021-03-31",
        note="Cite Bell, Besaw and Frank, REIGN Dataset, One Earth Future. Starts by day, ends by "
        "month. An open end means still in office in March 2021. Misspelt names are kept.",
    )
    forms = (
        Form(
            "leaders",
            (
                *("stateabb", "ccode", "leadid", "leader", "sdate", "smonth", "syear"),
                *("emonth", "eyear", "birthyear", "gender", "militarycareer", "codedby", "notes"),
            ),
        ),
    )
    scheme = "cow-state"

    def records(self, row: Row) -> Iterable[Record]:
        """A tenure, and the person and post that it names where they are new."""
        name = row["leader"]
        start = day_of(row["syear"], row["smonth"], row["sdate"])
        if not start:
            raise RowError("the row has no start")
        person = slug_of(row["leadid"])
        return self.leadership(
            Leadership(
                id=f"{person}-{row.number}",
                person=person,
                name=name.removesuffix(_ACTING).strip(),
                code=row["ccode"],
                start=start,
                end=day_of(row["eyear"], row["emonth"]) or OPEN,
                born=row["birthyear"] if row["birthyear"].isdecimal() else "",
                acting=name.endswith(_ACTING),
            )
        )
