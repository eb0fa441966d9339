"""Refuses records that break a rule, naming file, line, field and what to do.

Owns the rules that need no RDF: forms of values, references, dates, quotation. The
shapes of the ontology say the same of the finished graph.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import chain

from comity.errors import DateError, Problem
from comity.graph.sources.record import UNSOURCED, Field, Record, Time, Value
from comity.graph.sources.shapes import ACTS, EVIDENCE
from comity.ontology.dates import OPEN, parse_moment, parse_validity
from comity.ontology.namespaces import Thing, is_id
from comity.ontology.terms import concepts

PASSAGE_WORDS = 30
_UNSOURCED_PARTS = ("all", "day", "start", "end")
_DATE_NAMES = {"acts": "date", "observations": "date", "casualty_reports": "as_at"}

Known = dict[Thing, dict[str, Record]]


def moment_text(record: Record) -> str:
    """The date of a record that is a moment."""
    return record.one(_DATE_NAMES.get(record.shape.name, "date"))


def index_records(records: Sequence[Record], problems: list[Problem]) -> Known:
    """All records by type of thing and id; an id used twice is a fault."""
    known: Known = {}
    for record in records:
        if not is_id(record.id):
            message = f"'{record.id}' is not an id (lower-case letters, digits, hyphens)"
            problems.append(Problem(record.file, record.line, "id", message))
            continue
        same = known.setdefault(record.thing, {})
        first = same.get(record.id)
        if first is not None:
            where = f"{first.file}:{first.line}"
            problems.append(
                Problem(record.file, record.line, "id", f"{record.id} is already used at {where}")
            )
        else:
            same[record.id] = record
    return known


def check_record(
    record: Record, known: Known, coverage: dict[str, str], problems: list[Problem]
) -> None:
    """Appends every fault of one record to `problems`.

    Args:
        record: the record.
        known: all records, by type and id.
        coverage: the end of coverage of each source that has one.
        problems: where faults go.
    """
    for name, message in chain(
        _faults_of_fields(record, known),
        _faults_of_sources(record, known),
        _faults_of_time(record, coverage),
        _faults_of_quotation(record) if record.shape is EVIDENCE else (),
        _faults_of_act(record) if record.shape is ACTS else (),
    ):
        problems.append(Problem(record.file, record.line, name, message))


def _faults_of_fields(record: Record, known: Known) -> Iterable[tuple[str, str]]:
    for field in record.shape.fields:
        texts = record.all(field.name)
        if field.required and not texts:
            yield field.name, "must not be empty"
        if len(texts) > 1 and not field.many:
            yield field.name, "takes one value only"
        for text in texts:
            message = _fault_of_value(field, text, known)
            if message:
                yield field.name, message
    name = record.shape.class_field
    if name and record.one(name) not in record.shape.class_map:
        yield name, _not_one_of(record.one(name), record.shape.class_map)
    other = record.one("alternative_to")
    if other:
        target = known.get(record.thing, {}).get(other)
        if target is None:
            yield "alternative_to", _unknown(other, record.thing, known=known)
        elif target is record:
            yield "alternative_to", "a statement cannot be the alternative to itself"


def _fault_of_value(field: Field, text: str, known: Known) -> str | None:
    match field.value:
        case Value.REF:
            if not any(text in known.get(thing, {}) for thing in field.things):
                return _unknown(text, *field.things, known=known)
        case Value.CONCEPT:
            values = concepts(field.scheme)
            if text not in values:
                return _not_one_of(text, values)
        case Value.BOOLEAN:
            if text not in ("true", "false"):
                return f"'{text}' is neither true nor false"
        case Value.INTEGER:
            if not text.isdecimal():
                return f"'{text}' is not a whole number"
        case Value.DECIMAL:
            try:
                if not -1 <= Decimal(text) <= 1:
                    return f"{text} is outside -1 to 1"
            except InvalidOperation:
                return f"'{text}' is not a number"
        case Value.EDTF:
            try:
                parse_moment(text)
            except DateError as error:
                return str(error)
        case Value.URL:
            if not text.startswith(("https://", "http://")) or any(
                c in text for c in ' <>"{}|\\^`'
            ):
                return f"'{text}' is not a web address"
        case _:
            if field.choices and text not in field.choices:
                return _not_one_of(text, field.choices)
    return None


def _faults_of_sources(record: Record, known: Known) -> Iterable[tuple[str, str]]:
    sources = known.get(Thing.SOURCE, {})
    needs = "sources" in record.shape.accepts() and not record.shape.reference
    if needs and not record.all("sources"):
        yield "sources", f"a statement needs a source; use `{UNSOURCED}` where none was read"
    for source in record.all("sources"):
        if source not in sources:
            yield "sources", _unknown(source, Thing.SOURCE, known=known)
    part = record.one("unsourced_part")
    if part and part not in _UNSOURCED_PARTS:
        yield "unsourced_part", _not_one_of(part, _UNSOURCED_PARTS)
    if (
        UNSOURCED in record.all("sources")
        and "unsourced_part" in record.shape.accepts()
        and not part
    ):
        yield "unsourced_part", "say which part of the row is unsourced (all, day, start, end)"


def _faults_of_time(record: Record, coverage: dict[str, str]) -> Iterable[tuple[str, str]]:
    try:
        if record.shape.time is Time.MOMENT:
            text = moment_text(record)
            if text:
                parse_moment(text)
            elif record.shape is ACTS:
                yield "date", "must not be empty"
        elif record.shape.time is Time.VALIDITY:
            parse_validity(
                record.one("start_date"),
                record.one("end_date"),
                observed=record.one("observed"),
                coverage_end=coverage.get(record.home, "")
                if record.one("end_date") == OPEN
                else "",
            )
    except DateError as error:
        yield "start_date" if record.shape.time is Time.VALIDITY else "date", str(error)


def _faults_of_quotation(record: Record) -> Iterable[tuple[str, str]]:
    speech = record.one("speech")
    words, passage = record.one("words"), record.one("passage")
    if words and speech != "direct":
        yield "words", "quotation marks need direct speech: set speech to direct or drop the words"
    if speech == "direct" and not words and not passage:
        yield "speech", "direct speech needs the words or the passage"
    if speech == "summary" and passage:
        yield "passage", "a summary was made without reading the page and has no passage"
    if speech != "direct" and not passage and not record.one("summary"):
        yield "summary", "reported speech without a passage needs a summary in our words"
    if len(passage.split()) > PASSAGE_WORDS:
        count = len(passage.split())
        yield "passage", f"has {count} words, at most {PASSAGE_WORDS} are kept"


def _faults_of_act(record: Record) -> Iterable[tuple[str, str]]:
    if record.one("sign") and not record.one("sign_reason"):
        yield "sign_reason", "a sign that overrides the rule needs a reason"
    if not record.one("sign") and record.one("sign_reason"):
        yield "sign", "there is a reason for a sign, but no sign"


def _unknown(text: str, *things: Thing, known: Known) -> str:
    ids = list(chain.from_iterable(known.get(thing, {}) for thing in things))
    near = get_close_matches(text, ids, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"no {' or '.join(things)} has the id '{text}'{hint}"


def _not_one_of(text: str, values: Iterable[str]) -> str:
    return f"'{text}' is not one of {', '.join(sorted(values))}"
