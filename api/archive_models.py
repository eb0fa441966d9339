"""The answers about archives of acts, as OpenAPI describes them."""

from pydantic import Field

from comity.api.models import Model


class ArchiveItem(Model):
    """An archive of acts."""

    id: str
    label: str
    source: str | None = Field(description="This server's address of its source.")
    rows: int = Field(description="One for each tie of an act.")
    licence: str
    may_be_passed_on: bool
    coverage_start: str | None
    coverage_end: str | None
    ties: str = Field(description="Address of its ties.")
    acts: str = Field(description="Address of its acts.")


class Archives(Model):
    """All archives."""

    items: list[ArchiveItem]
    total: int
    graph_version: str


class ArchiveTie(Model):
    """Acts of one holder toward one object, counted."""

    holder: str
    object_type: str
    object: str
    period: int | None = Field(description="2014 of a year, 201409 of a month.")
    kind: str | None
    acts: int
    positive: int
    neutral: int
    negative: int
    sum: float = Field(description="Of the signs.")
    weight: float | None = Field(description="Of the signs, decayed where a half-life is given.")
    first: str
    last: str


class ArchiveTies(Model):
    """Ties of an archive, by holder and object."""

    archive: str
    items: list[ArchiveTie]
    total: int
    rule: str
    graph_version: str


class ArchivedAct(Model):
    """One row of an archive."""

    act: str
    day: str
    kind: str
    holder: str
    object_type: str | None
    object: str | None
    comity_1: int | None = Field(description="Hundredths of the sign under rule comity-1.")
    goldstein: int | None = Field(description="Hundredths of Goldstein's score.")
    row: str = Field(description="First digits of the file's hash, and the number of the row.")
    rest: str | None = Field(description="Everything else of the act, as JSON.")


class ArchivedActs(Model):
    """Rows of an archive, by day."""

    archive: str
    items: list[ArchivedAct]
    total: int
    graph_version: str
