"""Runs questions: binds what the user gave, asks, and makes the rows readable.

Owns the step from terms to values that people and JSON can take: a thing becomes its id,
label and type, a literal becomes text, number, date or truth value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from comity.graph.binding import bind
from comity.graph.engine import Answer, Engine, Term
from comity.graph.things import Name, read_names, read_things
from comity.ontology.namespaces import PREFIXES, Thing, is_thing, thing_and_id, thing_iri
from comity.queries.catalogue import Question
from comity.queries.parameters import bound_terms

_XSD = PREFIXES["xsd"]


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


Cell = Named | str | int | Decimal | bool | None


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

    def exists(thing: Thing, identifier: str) -> bool:
        iri = thing_iri(thing, identifier)
        return iri in read_things(engine, [iri])

    terms = bound_terms(asked.parameters, given, exists)
    return bind(asked.text, terms), terms


def readable(engine: Engine, answer: Answer) -> tuple[tuple[Cell, ...], ...]:
    """Rows with things as id and label, and literals as plain values."""
    iris = {
        term.value
        for row in answer.rows
        for term in row
        if isinstance(term, NamedNode) and is_thing(term.value)
    }
    names = read_names(engine, iris)
    return tuple(tuple(_cell(term, names) for term in row) for row in answer.rows)


def plain(cell: Cell) -> object:
    """A cell as JSON has it: a thing becomes an object with id, label, type and IRI."""
    if isinstance(cell, Named):
        return {"id": cell.id, "label": cell.label, "type": cell.type, "iri": cell.iri}
    return float(cell) if isinstance(cell, Decimal) else cell


def _cell(term: Term | None, names: Mapping[str, Name]) -> Cell:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        if not is_thing(term.value):
            return term.value
        thing, identifier = thing_and_id(term.value)
        name = names.get(term.value, Name(term.value, identifier, thing))
        return Named(identifier, name.label, name.type, term.value)
    if isinstance(term, Literal):
        datatype = term.datatype.value.removeprefix(_XSD)
        if datatype == "boolean":
            return term.value == "true"
        if datatype == "integer":
            return int(term.value)
        if datatype == "decimal":
            return Decimal(term.value)
    return term.value


def _text(term: NamedNode | Literal) -> str:
    if isinstance(term, NamedNode):
        return thing_and_id(term.value)[1]
    return term.value


__all__ = ["Cell", "Named", "Rows", "ask", "bound_text", "plain", "readable"]
