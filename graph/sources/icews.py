"""ICEWS coded event data, one row for each event, as published and as CSV.

A row becomes an act with its CAMEO code: the source acts, the target is acted upon. A bare
name that is the country of its own row is a state: the one of that name on the day, or the
row is refused. The intensity must be Goldstein's score of the code; where it is not, the note
says so. Sectors, place, story, publisher and the number of the sentence are left out; the
row leads to them. An event that stands in two files given together is one act with two rows.
In the tab form "NA" is not available; the code is a text, 040 and not 40.
Source: Boschee, Lautenschlager, O'Brien, Shellman, Starz and Ward, ICEWS Coded Event Data,
Harvard Dataverse (2015).
"""

from collections.abc import Iterable

from comity.graph.sources.coded import CodedEvents, Named
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Origin, RowError
from comity.graph.sources.record import Record
from comity.ontology.signs import goldstein_of

_FIELDS = (
    *("event_id", "event_date", "source_name", "source_sectors", "source_country"),
    *("cameo_code", "intensity", "target_name", "target_sectors", "target_country"),
)
# "Event ID" is event_id in CSV.
_PUBLISHED = {
    field: field.replace("_", " ").title().replace("Id", "ID").replace("Cameo", "CAMEO")
    for field in _FIELDS
}
_MISSING = "NA"


class Icews(CodedEvents):
    """Reads events with codes, names and countries."""

    origin = Origin(
        name="icews",
        version="",
        label="ICEWS Coded Event Data",
        publisher="Harvard Dataverse; Boschee et al.",
        licence="terms of the deposit, not read",
        may_pass_on=False,
        url="https://doi.org/10.7910/DVN/28075",
        coverage_start="1995-01-01",
        note="Cite Boschee et al., ICEWS Coded Event Data, Harvard Dataverse (2015). Coded by "
        "machine from news; one event may be in many stories.",
    )
    forms = (
        Form("published", tuple(_PUBLISHED.values()), delimiter="\t"),
        Form("csv", _FIELDS),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """An act, after the actors that are met first."""
        cells = self._cells(row)
        identifier, code = cells["event_id"], cells["cameo_code"]
        if not identifier.isdecimal():
            raise RowError(f"'{identifier}' is not the number of an event")
        score = goldstein_of(code)
        if score is None:
            raise RowError(f"'{code}' is not a CAMEO code")
        yield from self.act(
            identifier,
            code,
            self.day(cells["event_date"]),
            _named(cells, "source"),
            _named(cells, "target"),
            _doubt(cells["intensity"], float(score)),
        )

    def _cells(self, row: Row) -> dict[str, str]:
        if row.form == "csv":
            return {field: row[field] for field in _FIELDS}
        return {
            field: "" if row[column] == _MISSING else row[column]
            for field, column in _PUBLISHED.items()
        }


def _doubt(intensity: str, score: float) -> str:
    """What is to be said of an intensity that is not the score of the code."""
    try:
        agrees = float(intensity) == score
    except ValueError:
        agrees = False
    return "" if agrees else f"The file gives the intensity as {intensity or 'none'}, not {score}."


def _named(cells: dict[str, str], side: str) -> Named:
    name, country = cells[f"{side}_name"], cells[f"{side}_country"]
    return Named(name, country, is_state=name == country and not cells[f"{side}_sectors"])
