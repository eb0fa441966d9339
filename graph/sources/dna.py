"""Discourse Network Analyzer, event lists: one row for each coded statement.

A row becomes an act of an organisation that supports (agreement 1) or rejects (0) an issue,
the concept; the person is the speaker, or the holder where no organisation is named. People,
organisations and concepts that the graph has not are minted; a concept is always an issue of
the batch. The document's number and title stand in the note. The words of the statement are
left out, for they belong to the article; so are author, source, section, type and coder, and
the hour, of which versions 2 do not say whether it is before or after noon.
Both headers are read: that of versions 2 and that of versions 3, whose variables are those of
the type "DNA Statement"; other variables are left out. An owner of several data sets keeps
one of them here: other files take its place.
Source: Leifeld, Discourse Network Analyzer, https://github.com/leifeld/dna, `eventCSV`.
"""

from collections.abc import Iterable

from comity.graph.sources.by_name import ByName
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Origin, RowError, slug_of
from comity.graph.sources.record import Record
from comity.ontology.dates import parse_day

_VARIABLES = ("person", "organization", "concept", "agreement")
_HEADERS = {
    "version-3": ("statement_id", "time", "document_id", "document_title"),
    "version-2": ("statement ID", "time", "document ID", "document title"),
}
_KINDS = {"1": "support", "0": "reject"}
_PERSON, _ORGANISATION = "person-", "organisation-"


class Dna(ByName):
    """Reads the list of statements."""

    origin = Origin(
        name="dna",
        version="",
        label="Statements coded with Discourse Network Analyzer",
        publisher="not stated in the file",
        licence="not stated in the file",
        may_pass_on=False,
        url="https://github.com/leifeld/dna",
        note="Cite whoever coded the statements, and Leifeld, Discourse Network Analyzer.",
    )
    forms = tuple(
        Form(name, (*header, *_VARIABLES), delimiter=";") for name, header in _HEADERS.items()
    )

    def records(self, row: Row) -> Iterable[Record]:
        """An act, after the people, organisations and issues that are met first."""
        number, time, document, title = (row[name] for name in _HEADERS[row.form])
        person, organisation, concept, agreement = (row[name] for name in _VARIABLES)
        kind = _KINDS.get(agreement)
        if kind is None:
            raise RowError(f"agreement is '{agreement}'; 1 or 0 is expected")
        if not number.isdecimal():
            raise RowError(f"'{number}' is not the number of a statement")
        if not person and not organisation:
            raise RowError("neither a person nor an organisation is named")
        day = parse_day(time[:10])
        # All before anything is made, so that nothing is made for a row that is refused.
        speaker = self.found(person, day, _PERSON) if person else ""
        holder = self.found(organisation, day, _ORGANISATION) if organisation else ""
        issue = slug_of(concept)
        if not self.is_new("statements", number):
            raise RowError(f"statement {number} came before")
        record: Record | None
        if person and not speaker:
            speaker, record = self.made(person, "people", _PERSON)
            if record is not None:
                yield record
        if organisation and not holder:
            holder, record = self.made(organisation, "organisations", _ORGANISATION, type="group")
            if record is not None:
                yield record
        if self.is_new("issues", issue):
            yield self.record("issues", issue, label=concept)
        yield self.record(
            "acts",
            f"statement-{number}",
            kind=kind,
            holder=holder or speaker,
            speakers=speaker if holder else "",
            about=self.mint(issue),
            date=day.isoformat(),
            note=f"Document {document}: {title}",
        )
