"""Writes records as quads.

One named graph per source: the graph's IRI is the source's IRI. Labels, types, posts,
events and descriptions of sources stand in the reference graph. Batches are disjoint:
no triple is written twice, so the union of all graphs counts every statement once.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from comity.graph.sources.checks import moment_text
from comity.graph.sources.record import Field, Record, Time, Value
from comity.graph.sources.shapes import ACTS, EVIDENCE, SOURCES
from comity.graph.terms import day_term, node, term
from comity.ontology.dates import OPEN, Moment, parse_moment, parse_validity
from comity.ontology.namespaces import PREFIXES, Thing
from comity.ontology.signs import sign_of

_XSD = PREFIXES["xsd"]
_DATATYPES = {
    Value.URL: NamedNode(_XSD + "anyURI"),
    Value.BOOLEAN: NamedNode(_XSD + "boolean"),
    Value.INTEGER: NamedNode(_XSD + "integer"),
    Value.DECIMAL: NamedNode(_XSD + "decimal"),
}

Term = NamedNode | Literal


class RdfWriter:
    """Turns checked records into quads.

    Args:
        things: for each id, the type of thing it names, by the types a field allows.
        coverage: the end of coverage of each source that has one.
        officials: ids of people who hold or held a post.
    """

    def __init__(
        self,
        things: dict[Thing, frozenset[str]],
        coverage: dict[str, str],
        officials: frozenset[str],
    ) -> None:
        self.things = things
        self.coverage = coverage
        self.officials = officials

    def quads(self, record: Record) -> Iterator[Quad]:
        """All quads of one record, without repetition."""
        subject = node(record.thing, record.id)
        graph = node(Thing.SOURCE, record.home)
        seen: set[tuple[NamedNode, Term]] = set()
        for name, value in self._statements(record):
            predicate = term(name)
            if (predicate, value) not in seen:
                seen.add((predicate, value))
                yield Quad(subject, predicate, value, graph)
        parent = self._parent_of(record)
        if parent is not None:
            yield Quad(parent, term(record.link), subject, graph)

    def _statements(self, record: Record) -> Iterator[tuple[str, Term]]:
        shape = record.shape
        kind = record.one(shape.class_field) if shape.class_field else ""
        for name in shape.class_map.get(kind, shape.classes):
            yield "rdf:type", term(name)
        if record.id in self.officials and shape.name == "people":
            yield "rdf:type", term("Official")
        yield "dcterms:identifier", Literal(record.id)
        language = record.one("lang") or "en"
        for field in shape.fields:
            # Where a coder set no sign, the rule gives it below.
            for text in record.all(field.name):
                yield field.property, self._value(field, text, language)
        if shape is SOURCES:
            yield from _coverage_window(record)
        else:
            for source in record.sources if not shape.reference else record.all("sources"):
                yield "source", node(Thing.SOURCE, source)
        if shape is EVIDENCE:
            yield "inDocument", node(Thing.SOURCE, record.home)
        if shape is ACTS and not record.one("sign"):
            sign = sign_of(record.one("kind"), has_actor_target=bool(record.all("targets")))
            if sign is not None:
                yield "sign", Literal(str(sign), datatype=_DATATYPES[Value.DECIMAL])
        if record.one("alternative_to"):
            yield "alternativeTo", node(record.thing, record.one("alternative_to"))
        if record.one("unsourced_part"):
            yield "unsourcedPart", Literal(record.one("unsourced_part"))
        yield from self._time(record)

    def _value(self, field: Field, text: str, language: str) -> Term:
        match field.value:
            case Value.REF:
                return node(self._thing_of(field, text), text)
            case Value.CONCEPT:
                return node(field.scheme, text)
            case Value.TEXT:
                own = language if field.name in ("words", "passage") else "en"
                return Literal(text, language=own)
            case Value.NAMES:
                name, _, tag = text.rpartition("@")
                return Literal(name, language=tag) if name and 2 <= len(tag) <= 8 else Literal(text)
            case Value.STRING | Value.EDTF:
                return Literal(text)
            case other:
                return Literal(text, datatype=_DATATYPES[other])

    def _thing_of(self, field: Field, text: str) -> Thing:
        for thing in field.things:
            if text in self.things.get(thing, ()):
                return thing
        raise LookupError(f"{field.name}: {text}")  # checks have refused this before

    def _parent_of(self, record: Record) -> NamedNode | None:
        if record.parent is not None:
            return node(record.parent.thing, record.parent.id)
        if record.shape is EVIDENCE:
            return node(Thing.STANCE, record.one("act"))
        return None

    def _time(self, record: Record) -> Iterator[tuple[str, Term]]:
        if record.shape.time is Time.MOMENT:
            text = moment_text(record)
            if text:
                yield from _moment_statements(text, parse_moment(text))
            if record.one("time"):
                yield "time", Literal(record.one("time"))
        elif record.shape.time is Time.VALIDITY:
            yield from self._validity_statements(record)

    def _validity_statements(self, record: Record) -> Iterator[tuple[str, Term]]:
        end = record.one("end_date")
        start = record.one("start_date") or record.one("in_force" if end else "signed")
        if record.shape.name in ("treaties", "states", "organisations", "events") and not end:
            end = OPEN if record.shape.name != "events" else ""
        covered = self.coverage.get(record.home, "") if end == OPEN else ""
        observed = record.one("observed")
        validity = parse_validity(start, end, observed=observed, coverage_end=covered)
        if validity.start:
            yield "startDate", Literal(validity.start)
        if validity.end:
            yield "endDate", Literal(validity.end)
        if observed:
            yield "observedOn", Literal(observed)
        yield "startEarliest", day_term(validity.start_earliest)
        yield "startLatest", day_term(validity.start_latest)
        yield "endEarliest", day_term(validity.end_earliest)
        yield "endLatest", day_term(validity.end_latest)
        yield "startPrecision", node("precision", validity.start_precision)
        yield "endPrecision", node("precision", validity.end_precision)
        yield "endState", node("end-state", validity.end_state)


def _moment_statements(text: str, moment: Moment) -> Iterator[tuple[str, Term]]:
    yield "date", Literal(text)
    yield "dateEarliest", day_term(moment.earliest)
    yield "dateLatest", day_term(moment.latest)


def _coverage_window(record: Record) -> Iterator[tuple[str, Term]]:
    if record.one("coverage_start"):
        yield "coverageStart", day_term(parse_moment(record.one("coverage_start")).earliest)
    if record.one("coverage_end"):
        yield "coverageEnd", day_term(parse_moment(record.one("coverage_end")).latest)
