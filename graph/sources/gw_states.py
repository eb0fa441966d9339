"""Gleditsch and Ward, Independent States, one row for each spell of a state in the list.

A row becomes a number and letters that stand for a state while it is in the list, as in
`cow_states`. No version of the list is known.
Source: Gleditsch and Ward, A Revised List of Independent States since the Congress of
Vienna, International Interactions 25 (1999).
"""

from comity.graph.sources.cow_states import FIRST, StateSystem
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Origin


class GwStates(StateSystem):
    """Reads both forms in which the list goes round."""

    scheme = "gw"
    still = frozenset(("9999-12-31", "2017-12-31"))
    origin = Origin(
        name="gw-states",
        version="",
        label="Gleditsch and Ward, list of independent states",
        publisher="Kristian Skrede Gleditsch and Michael D. Ward",
        licence="free with citation",
        may_pass_on=False,
        url="http://ksgleditsch.com/statelist.html",
        coverage_start=FIRST,
        coverage_end="2017-12-31",
        note="Cite Gleditsch and Ward, A Revised List of Independent States (1999). The copy of "
        "Andreas Beger is under the MIT licence, that of peacesciencer under GPL-2.",
    )
    forms = (
        Form("days", ("gwcode", "gwc", "country_name", "start", "end")),
        Form("dates", ("gwcode", "stateabb", "statename", "startdate", "enddate")),
    )

    def spell(self, row: Row) -> tuple[str, str, str, str, str]:
        """Number, letters, name, first and last day of a row."""
        if row.form == "days":
            return row["gwcode"], row["gwc"], row["country_name"], row["start"], row["end"]
        return row["gwcode"], row["stateabb"], row["statename"], row["startdate"], row["enddate"]
