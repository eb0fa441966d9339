"""ICEWS14, ICEWS05-15 and ICEWS18, the benchmarks for temporal knowledge graphs.

A row becomes an act: the relation is the name of a CAMEO code, ignoring case. Three importers
read one form, so that the three stand side by side; each takes only days of its own years, and
`icews-tkg` takes the one that the days of the files are of.
Files with names and days (date, source, relation, target) stand alone; files with the numbers
of entities and relations, tab-separated without a header, need the lists of both. There the
time must be a day: a count says neither of what nor from when. A bare name may be a state,
a person or anything else; it is a state where the graph has one of that name on the day. The
split into training, validation and test is left out.
Source: García-Durán, Dumančić and Niepert, Learning Sequence Encoders for Temporal Knowledge
Graph Completion, EMNLP 2018 (14, 05-15); Jin, Qu, Jin and Ren, Recurrent Event Network,
EMNLP 2020 (18); from ICEWS Coded Event Data, see `icews`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from comity.graph.sources.coded import CodedEvents, Named
from comity.graph.sources.files import Form, Row, SourceFile
from comity.graph.sources.importer import Importer, Origin, RowError
from comity.graph.sources.record import Record
from comity.ontology.cameo import code_named
from comity.ontology.dates import parse_day

# States that ICEWS calls otherwise than the graph does.
_STATES = frozenset(("Democratic Republic of Congo",))
_NUMBERS = ("source", "relation", "target", "date")


def _origin(version: str, start: str, end: str, cite: str) -> Origin:
    return Origin(
        name=f"icews-tkg-{version}",
        version="",
        label=f"ICEWS{version}, benchmark for temporal knowledge graphs",
        publisher=cite,
        licence="none stated; made from ICEWS, whose terms were not read",
        may_pass_on=False,
        coverage_start=start,
        coverage_end=end,
        note=f"Cite {cite}. Coded by machine from news. Files may hold parts only.",
    )


class IcewsTkg(CodedEvents):
    """Reads the lists and the events; the versions are below, told by the days of the files."""

    origin = Origin(
        name="icews-tkg",
        version="",
        label="ICEWS14, ICEWS05-15 or ICEWS18, whichever has all the days of the files",
        publisher="see the versions",
        licence="none stated; made from ICEWS, whose terms were not read",
        may_pass_on=False,
    )
    forms = (
        Form("entities", ("id", "entity")),
        Form("relations", ("id", "relation")),
        Form("events", ("date", "source", "relation", "target")),
        Form("numbers", _NUMBERS, header=_NUMBERS, delimiter="\t"),
    )

    @classmethod
    def for_files(cls, files: Sequence[SourceFile]) -> type[Importer]:
        """The version that all days are of; the one of most years where none has them all."""
        if cls is not IcewsTkg:
            return cls
        days = {
            row["date"]
            for file in files
            if file.form.name in ("events", "numbers")
            for row, _ in file.rows()
            if isinstance(row, Row)
        }
        for version in (Icews14, Icews18):
            origin = version.origin
            if days and origin.coverage_start <= min(days) <= max(days) <= origin.coverage_end:
                return version
        return Icews0515

    def records(self, row: Row) -> Iterable[Record]:
        """Nothing for an entity or a relation, which are kept; an act for an event."""
        if row.form == "entities":
            self.memory.setdefault("entities", {})[row["id"]] = row["entity"]
            return
        if row.form == "relations":
            self.memory.setdefault("relations", {})[row["id"]] = _code(row["relation"])
            return
        source, relation, target = row["source"], row["relation"], row["target"]
        if row.form == "numbers":
            source, target = self._numbered("entities", source), self._numbered("entities", target)
            code = self._numbered("relations", relation)
        else:
            code = _code(relation)
        yield from self.act(
            # Events have no ids of their own.
            row.locator.replace(":", "-"),
            code,
            self.day(row["date"]),
            Named(source, is_state=source in _STATES),
            Named(target, is_state=target in _STATES),
        )

    def day(self, text: str) -> date:
        """A day within what the version covers.

        Raises:
            RowError: it is a count, or a day of other years.
        """
        if text.isdecimal():
            raise RowError(f"'{text}' is a count and no day; it does not say of what nor from when")
        day = parse_day(text)
        if not self.origin.coverage_start <= text <= self.origin.coverage_end:
            raise RowError(
                f"{text} is not within {self.origin.coverage_start} and {self.origin.coverage_end}"
            )
        return day

    def _numbered(self, kind: str, number: str) -> str:
        found = self.memory.get(kind, {}).get(number)
        if found is None:
            raise RowError(f"'{number}' is not in the list of {kind}")
        return str(found)


def _code(name: str) -> str:
    found = code_named(name)
    if found is None:
        raise RowError(f"no CAMEO code is called '{name}'")
    return found


_GARCIA = "García-Durán, Dumančić and Niepert (EMNLP 2018)"


class Icews14(IcewsTkg):
    """ICEWS14: the events of 2014."""

    origin = _origin("14", "2014-01-01", "2014-12-31", _GARCIA)


class Icews0515(IcewsTkg):
    """ICEWS05-15: the events of 2005 to 2015."""

    origin = _origin("05-15", "2005-01-01", "2015-12-31", _GARCIA)


class Icews18(IcewsTkg):
    """ICEWS18: the events of January to October 2018."""

    origin = _origin("18", "2018-01-01", "2018-10-31", "Jin, Qu, Jin and Ren (EMNLP 2020)")
