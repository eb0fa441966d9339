"""Reads a whole data folder: tables and documents together, checked, ready to write.

Owns what needs all records at once: references, obligations between each pair of a
treaty's parties, the codes of treaties.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from pyoxigraph import Quad, RdfFormat, parse

from comity.errors import DataError, DateError, Problem
from comity.graph.sources.checks import Known, check_record, index_records
from comity.graph.sources.documents import read_documents
from comity.graph.sources.rdf import RdfWriter
from comity.graph.sources.record import Record
from comity.graph.sources.shapes import CASUALTY_REPORTS, EVIDENCE, SOURCES, TABLES
from comity.graph.sources.tables import read_tables
from comity.ontology.dates import OPEN, parse_moment
from comity.ontology.namespaces import Thing

EACH_PARTY = "each-party"
EACH_OTHER_PARTY = "each-other-party"
BOTH_SIDES = "both"


@dataclass(frozen=True, slots=True)
class Seed:
    """A checked data folder.

    Attributes:
        records: every record, in the order of the files.
        coverage: the end of coverage of each source that has one.
    """

    records: tuple[Record, ...]
    coverage: dict[str, str]

    def quads(self) -> Iterator[Quad]:
        """All quads of the folder; no triple comes twice."""
        things: dict[Thing, set[str]] = {}
        for record in self.records:
            things.setdefault(record.thing, set()).add(record.id)
        officials = frozenset(
            record.one("person") for record in self.records if record.shape.name == "tenures"
        )
        writer = RdfWriter(
            {thing: frozenset(ids) for thing, ids in things.items()}, self.coverage, officials
        )
        lines = "".join(writer.lines(record) for record in self.records)
        return parse(lines, format=RdfFormat.N_QUADS)


def shipped_folder() -> Traversable:
    """The folder of the graph that ships with Comity."""
    return files("comity") / "seed"


def read_seed(folder: Traversable) -> Seed:
    """Reads and checks a data folder.

    Args:
        folder: a folder of CSV tables and `documents/*.yaml`, see docs/data-format.md.

    Raises:
        DataError: anything in it breaks a rule. Nothing is taken from it then; the
            error lists every fault with file and line.
    """
    problems: list[Problem] = []
    raw = [*read_tables(folder, problems), *read_documents(folder, problems)]
    records = list(_expanded(raw, problems))
    known = index_records(records, problems)
    coverage = {
        record.id: record.one("coverage_end")
        for record in records
        if record.shape is SOURCES and record.one("coverage_end")
    }
    for record in records:
        check_record(record, known, coverage, problems)
        if record.shape is EVIDENCE and record.parent is None:
            _check_report(record, known, problems)
    if problems:
        raise DataError(problems)
    return Seed(tuple(records), coverage)


def _check_report(record: Record, known: Known, problems: list[Problem]) -> None:
    act = record.one("act")
    if act not in known.get(Thing.STANCE, {}):
        message = f"no act has the id '{act}'" if act else "names no act"
        problems.append(Problem(record.file, record.line, "act", message))


def _expanded(records: Sequence[Record], problems: list[Problem]) -> Iterator[Record]:
    parties: dict[str, list[Record]] = {}
    sides: dict[str, list[str]] = {}
    for record in records:
        if record.shape.name == "parties" and not record.one("alternative_to"):
            parties.setdefault(record.one("treaty"), []).append(record)
        if record.shape.name == "participations" and record.one("role") == "party":
            sides.setdefault(record.one("event"), []).append(record.one("participant"))
    for record in records:
        if record.one("obligor") == EACH_PARTY:
            yield from _pairs(record, parties.get(record.one("treaty"), []), problems)
        elif record.shape is CASUALTY_REPORTS and record.one("side") == BOTH_SIDES:
            both = tuple(sorted(sides.get(record.one("event"), [])))
            yield replace(record, values={**record.values, "side": both})
        elif record.shape.name == "treaties":
            yield record
            yield from _treaty_codes(record)
        else:
            yield record


def _treaty_codes(treaty: Record) -> Iterator[Record]:
    for text in treaty.all("codes"):
        scheme, _, code = text.partition(":")
        values = {
            "actor": (treaty.id,),
            "scheme": (scheme,),
            "code": (code,),
            "end_date": (OPEN,),
            "sources": treaty.all("sources"),
        }
        yield Record(
            TABLES["codes"],
            f"{scheme}-{code}-{treaty.id}",
            {name: texts for name, texts in values.items() if texts},
            treaty.file,
            treaty.line,
            (treaty.all("sources") or (treaty.home,))[0],
        )


def _pairs(rule: Record, parties: list[Record], problems: list[Problem]) -> Iterator[Record]:
    """One obligation per ordered pair of parties, for the days on which both were bound."""
    if rule.one("beneficiary") != EACH_OTHER_PARTY:
        problems.append(
            Problem(rule.file, rule.line, "beneficiary", f"goes with obligor: {EACH_OTHER_PARTY}")
        )
        return
    spells: dict[tuple[str, str], int] = {}
    for obligor in parties:
        for beneficiary in parties:
            pair = (obligor.one("member"), beneficiary.one("member"))
            if pair[0] == pair[1]:
                continue
            try:
                span = _common_span(rule, obligor, beneficiary)
            except DateError as error:
                problems.append(Problem(rule.file, rule.line, "start_date", str(error)))
                return
            if span is None:
                continue
            spells[pair] = spells.get(pair, 0) + 1
            number = f"-{spells[pair]}" if spells[pair] > 1 else ""
            values = dict(rule.values) | {
                "obligor": (pair[0],),
                "beneficiary": (pair[1],),
                **span,
            }
            yield Record(
                rule.shape,
                f"{rule.id}-{pair[0]}-{pair[1]}{number}",
                {name: texts for name, texts in values.items() if texts},
                rule.file,
                rule.line,
                rule.home,
            )


def _common_span(*records: Record) -> dict[str, tuple[str, ...]] | None:
    """The days on which all hold, as EDTF texts; None when there are none."""
    starts = [text for record in records if (text := record.one("start_date"))]
    ends = [text for record in records if (text := record.one("end_date")) not in ("", OPEN)]
    start = max(starts, key=lambda text: parse_moment(text).earliest, default="")
    end = min(ends, key=lambda text: parse_moment(text).latest, default="")
    if start and end and parse_moment(end).latest < parse_moment(start).earliest:
        return None
    if not end and any(record.one("end_date") == OPEN for record in records):
        end = OPEN
    return {"start_date": (start,) if start else (), "end_date": (end,) if end else ()}
