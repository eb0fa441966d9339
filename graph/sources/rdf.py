"""Writes records as N-Quads.

One named graph per source: the graph's IRI is the source's IRI. Labels, types, posts,
events and descriptions of sources stand in the reference graph. Batches are disjoint:
no triple is written twice, so the union of all graphs counts every statement once. Text
and not objects, because an import writes millions of statements.
"""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal

from comity.graph.sources.checks import moment_text
from comity.graph.sources.record import Field, Record, RowError, Time, Value
from comity.graph.sources.shapes import ACTS, EVIDENCE, SOURCES
from comity.graph.terms import day_term, node, term
from comity.ontology.dates import OPEN, parse_moment, parse_validity
from comity.ontology.namespaces import PREFIXES, Thing
from comity.ontology.signs import sign_of
from comity.ontology.terms import concepts

_DATATYPES = {
    Value.URL: "anyURI",
    Value.BOOLEAN: "boolean",
    Value.INTEGER: "integer",
    Value.DECIMAL: "decimal",
}


class RdfWriter:
    """Turns checked records into lines of N-Quads.

    Args:
        things: for each type of thing, the ids that a field may name.
        coverage: the end of coverage of each source that has one.
        officials: ids of people who hold or held a post.
    """

    def __init__(
        self,
        things: Mapping[Thing, Container[str]],
        coverage: Mapping[str, str],
        officials: Container[str],
    ) -> None:
        self.things = things
        self.coverage = coverage
        self.officials = officials

    def lines(self, record: Record) -> str:
        """All statements of one record, without repetition.

        Raises:
            RowError: it names something that is not there. Of the shipped data, `checks`
                has refused that before, with all other faults.
        """
        subject = _node(record.thing, record.id)
        end = f" {_node(Thing.SOURCE, record.home)} .\n"
        found = dict.fromkeys(self._statements(record))
        lines = [f"{subject} {name} {value}{end}" for name, value in found]
        parent = _parent_of(record)
        if parent is not None:
            lines.append(f"{parent} {_term(record.link)} {subject}{end}")
        return "".join(lines)

    def _statements(self, record: Record) -> Iterator[tuple[str, str]]:
        shape = record.shape
        kind = record.one(shape.class_field) if shape.class_field else ""
        for name in shape.class_map.get(kind, shape.classes):
            yield _term("rdf:type"), _term(name)
        if shape.name == "people" and record.id in self.officials:
            yield _term("rdf:type"), _term("Official")
        yield _term("dcterms:identifier"), f'"{record.id}"'
        language = record.one("lang") or "en"
        for field in shape.fields:
            # Where a coder set no sign, the rule gives it below.
            for text in record.all(field.name):
                yield _term(field.property), self._value(field, text, language)
        if shape is SOURCES:
            yield from _coverage_window(record)
        else:
            for source in record.sources if not shape.reference else record.all("sources"):
                yield _term("source"), _node(Thing.SOURCE, source)
        if shape is EVIDENCE:
            yield _term("inDocument"), _node(Thing.SOURCE, record.home)
        if shape is ACTS and not record.one("sign"):
            sign = sign_of(record.one("kind"), has_actor_target=bool(record.all("targets")))
            if sign is not None:
                yield _term("sign"), _typed(str(sign), _DATATYPES[Value.DECIMAL])
        if record.one("alternative_to"):
            yield _term("alternativeTo"), _node(record.thing, record.one("alternative_to"))
        if record.one("unsourced_part"):
            yield _term("unsourcedPart"), _text(record.one("unsourced_part"))
        if record.one("locator"):
            yield _term("row"), f'"{record.one("locator")}"'
        if shape.time is Time.MOMENT:
            yield from _moment_statements(record)
        elif shape.time is Time.VALIDITY:
            yield from self._validity_statements(record)

    def _value(self, field: Field, text: str, language: str) -> str:
        match field.value:
            case Value.REF:
                return _node(self._thing_of(field, text), text)
            case Value.CONCEPT:
                if text not in concepts(field.scheme):
                    raise RowError(f"{field.name}: '{text}' is not one of {field.scheme}")
                return _node(field.scheme, text)
            case Value.TEXT:
                own = language if field.name in ("words", "passage") else "en"
                return _text(text, own)
            case Value.NAMES:
                name, _, tag = text.rpartition("@")
                return _text(name, tag) if name and 2 <= len(tag) <= 8 else _text(text)
            case Value.STRING | Value.EDTF:
                return _text(text)
            case other:
                return _typed(text, _DATATYPES[other])

    def _thing_of(self, field: Field, text: str) -> Thing:
        for thing in field.things:
            if text in self.things.get(thing, ()):
                return thing
        kinds = " or ".join(field.things)
        raise RowError(f"{field.name}: no {kinds} has the id '{text}'")

    def _validity_statements(self, record: Record) -> Iterator[tuple[str, str]]:
        end = record.one("end_date")
        start = record.one("start_date") or record.one("in_force" if end else "signed")
        if record.shape.name in ("treaties", "states", "organisations", "events") and not end:
            end = OPEN if record.shape.name != "events" else ""
        covered = self.coverage.get(record.home, "") if end == OPEN else ""
        observed = record.one("observed")
        validity = parse_validity(start, end, observed=observed, coverage_end=covered)
        if validity.start:
            yield _term("startDate"), _text(validity.start)
        if validity.end:
            yield _term("endDate"), _text(validity.end)
        if observed:
            yield _term("observedOn"), _text(observed)
        yield _term("startEarliest"), _day(validity.start_earliest)
        yield _term("startLatest"), _day(validity.start_latest)
        yield _term("endEarliest"), _day(validity.end_earliest)
        yield _term("endLatest"), _day(validity.end_latest)
        yield _term("startPrecision"), _node("precision", validity.start_precision)
        yield _term("endPrecision"), _node("precision", validity.end_precision)
        yield _term("endState"), _node("end-state", validity.end_state)


def _parent_of(record: Record) -> str | None:
    if record.parent is not None:
        return _node(record.parent.thing, record.parent.id)
    if record.shape is EVIDENCE:
        return _node(Thing.STANCE, record.one("act"))
    return None


def _moment_statements(record: Record) -> Iterator[tuple[str, str]]:
    text = moment_text(record)
    if text:
        moment = parse_moment(text)
        yield _term("date"), _text(text)
        yield _term("dateEarliest"), _day(moment.earliest)
        yield _term("dateLatest"), _day(moment.latest)
    if record.one("time"):
        yield _term("time"), _text(record.one("time"))


def _coverage_window(record: Record) -> Iterator[tuple[str, str]]:
    if record.one("coverage_start"):
        day = parse_moment(record.one("coverage_start")).earliest
        yield _term("coverageStart"), _day(day)
    if record.one("coverage_end"):
        yield _term("coverageEnd"), _day(parse_moment(record.one("coverage_end")).latest)


# The same few thousand nodes, names and days come again and again.
@lru_cache(maxsize=65_536)
def _node(thing: str, identifier: str) -> str:
    return str(node(thing, identifier))


@lru_cache(maxsize=1024)
def _term(name: str) -> str:
    return str(term(name))


@lru_cache(maxsize=65_536)
def _day(day: date) -> str:
    return str(day_term(day))


def _text(text: str, language: str | None = None) -> str:
    return str(Literal(text, language=language) if language else Literal(text))


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'
