"""Runs questions: binds what the user gave, asks, and makes the rows readable.

Owns the step from terms to values that people and JSON can take: a thing becomes its id,
label and type, a literal becomes text, number, date or truth value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from comity.errors import ParameterError
from comity.graph.binding import bind
from comity.graph.engine import Answer, Engine, Term
from comity.graph.remembered import Remembered
from comity.graph.things import STATEMENTS, Name, read_names
from comity.ontology.namespaces import PREFIXES, is_thing, thing_and_id
from comity.queries.catalogue import Question
from comity.queries.choices import Allowed
from comity.queries.parameters import bound_terms, refuse_unknown

_XSD = PREFIXES["xsd"]
_NAMES: Remembered[str, Name] = Remembered()
_INTEGERS = frozenset({"integer", "int", "long", "short", "byte", "nonNegativeInteger"})


@dataclass(frozen=True, slots=True)
class Named:
    """A thing or concept in an answer."""

    id: str
    label: str
    type: str
    iri: str

    def __str__(self) -> str:
        same = self.label.replace(" ", "-") == self.id
        return self.label if same else f"{self.label} ({self.id})"


Plain = str | int | float | Decimal | bool | date | None
Cell = Named | Plain


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a question.

    Attributes:
        columns: names, in order.
        rows: values.
        parameters: texts that were used, defaults included.
        text: the SPARQL that was asked.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    parameters: Mapping[str, tuple[str, ...]]
    text: str

    def only(self, columns: Sequence[str]) -> "Rows":
        """The same rows with some of the columns, in the order given; all where none is.

        Raises:
            ParameterError: there is no such column.
        """
        for name in columns:
            refuse_unknown(name, self.columns, what="column")
        places = [self.columns.index(name) for name in columns or self.columns]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in places),
            rows=tuple(tuple(row[at] for at in places) for row in self.rows),
        )


def ask(engine: Engine, asked: Question, given: Mapping[str, Sequence[str]]) -> Rows:
    """Answers a question.

    Args:
        engine: the graph.
        asked: the question.
        given: texts by parameter name.

    Raises:
        ParameterError: a parameter is unknown, missing, repeated or wrong.
    """
    text, terms = bound_text(engine, asked, given)
    answer = engine.select(text)
    return Rows(
        columns=answer.columns,
        rows=readable(engine, answer),
        parameters={name: tuple(_text(term) for term in found) for name, found in terms.items()},
        text=text,
    )


def bound_text(
    engine: Engine, asked: Question, given: Mapping[str, Sequence[str]]
) -> tuple[str, dict[str, list[NamedNode | Literal]]]:
    """The SPARQL of a question with its parameters bound, and the terms bound.

    Raises:
        ParameterError: a parameter is unknown, missing, repeated or wrong.
    """
    terms = bound_terms(asked.parameters, given, Allowed(engine).check)
    if asked.missing(given):
        raise ParameterError(
            f"This question needs one of {', '.join(asked.one_of)}, or several.",
            parameter=asked.one_of[0],
            expected="one of these at least",
        )
    return bind(asked.text, terms), terms


def readable(engine: Engine, answer: Answer) -> tuple[tuple[Cell, ...], ...]:
    """Rows with things as id and label, and literals as plain values."""
    # Each term is made readable once: rows repeat the same few things and values.
    cells: dict[Term | None, Cell] = dict.fromkeys(term for row in answer.rows for term in row)
    things = {
        term.value: thing_and_id(term.value)
        for term in cells
        if isinstance(term, NamedNode) and is_thing(term.value)
    }
    names = _NAMES.of(engine)
    named = (iri for iri, (kind, _) in things.items() if kind not in STATEMENTS)
    names.update(read_names(engine, (iri for iri in named if iri not in names)))
    for term in cells:
        if isinstance(term, NamedNode):
            found = things.get(term.value)
            cells[term] = _named(term.value, *found, names) if found else term.value
        elif term is not None:
            cells[term] = plain_value(term)
    return tuple(tuple([cells[term] for term in row]) for row in answer.rows)


def plain_value(term: Term) -> Plain:
    """A term as a plain value: an IRI as text, a literal by its datatype.

    A literal whose text does not fit its datatype, and one of a datatype that has no
    plain value here (times, durations, EDTF dates), stays text.

    Examples:
        >>> plain_value(Literal(3)), plain_value(NamedNode("https://schema.org/Claim"))
        (3, 'https://schema.org/Claim')
    """
    if not isinstance(term, Literal) or not term.datatype.value.startswith(_XSD):
        return term.value
    datatype = term.datatype.value.removeprefix(_XSD)
    try:
        if datatype == "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[term.value]
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype == "decimal":
            return Decimal(term.value)
        if datatype in ("double", "float"):
            return float(term.value)
        if datatype == "date":
            return date.fromisoformat(term.value)
    except (ArithmeticError, LookupError, ValueError):
        return term.value
    return term.value


def plain(cell: Cell) -> object:
    """A cell as JSON has it: a thing becomes an object with id, label, type and IRI."""
    if isinstance(cell, Named):
        return {"id": cell.id, "label": cell.label, "type": cell.type, "iri": cell.iri}
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell


def _named(iri: str, kind: str, identifier: str, names: Mapping[str, Name]) -> Named:
    name = names.get(iri)
    if name is None:
        return Named(identifier, identifier, STATEMENTS.get(kind, kind), iri)
    return Named(identifier, name.label, name.type, iri)


def _text(term: NamedNode | Literal) -> str:
    if isinstance(term, NamedNode):
        return thing_and_id(term.value)[1]
    return term.value


__all__ = [
    "Cell",
    "Named",
    "Plain",
    "Rows",
    "ask",
    "bound_text",
    "plain",
    "plain_value",
    "readable",
]
