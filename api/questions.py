"""Questions as the API describes them: items of the catalogue, operations, form fields.

Owns what is told about a question over HTTP. Answering one is in the router.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.api.formats import MEDIA_TYPES
from comity.api.items import Item
from comity.api.openapi import Part, Paths
from comity.api.problems import MEDIA_TYPE
from comity.graph.engine import Engine
from comity.queries.catalogue import Question, catalogue, themes
from comity.queries.choices import Allowed, Choice, fixed, list_name, with_article
from comity.queries.parameters import TODAY, Parameter

# Formats of an answer; the first is given to who takes anything.
FORMATS = ("json", "csv", "tsv", "parquet", "md", "html", "sparql")
# A description lists so many values at most; a longer list is only named.
_LISTED = 1000

_SCHEMAS = "#/components/schemas"


def question_item(base: str, one: Question, allowed: Allowed) -> Item:
    """A question as the catalogue lists it.

    Args:
        base: this server's address.
        one: the question.
        allowed: what the graph allows.
    """
    return {
        "id": one.id,
        "title": one.title,
        "theme": one.theme,
        "question": one.question,
        "keywords": list(one.keywords),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "meaning": parameter.meaning,
                "default": parameter.default,
                "required": parameter.required,
                "many": parameter.many,
                "minimum": parameter.low,
                "maximum": parameter.high,
                "choices": [
                    {"value": choice.value, "label": choice.label}
                    for choice in _listed(allowed.values(parameter))
                ],
            }
            for parameter in one.parameters
        ],
        "one_of": list(one.one_of),
        "columns": dict(one.columns),
        "example": dict(one.example),
        "note": one.note,
        "url": f"{base}/queries/{one.id}",
    }


def _listed(choices: Sequence[Choice]) -> Sequence[Choice]:
    """Choices that a list can hold; none of a field with more, which is free to fill."""
    return choices if len(choices) <= _LISTED else ()


def operations(folder: Path | None) -> Part:
    """What the description of the service says about each question.

    Args:
        folder: questions beside the shipped ones.
    """

    def paths(engine: Engine | None) -> Paths:
        questions = catalogue(folder)
        titles = themes(questions)
        return {
            f"/queries/{one.id}": {"get": _operation(one, titles[one.theme], engine)}
            for one in questions.values()
        }

    return paths


def operation_id(identifier: str) -> str:
    """The name of a question's operation.

    Examples:
        >>> operation_id("members-of")
        'askMembersOf'
    """
    return "ask" + "".join(word.capitalize() for word in identifier.split("-"))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form.

    Attributes:
        parameter: what it is for.
        values: texts given, else the default.
        choices: the values to choose from; none for a free field.
        suggestions: values to complete a free field with.
        kind: of the input, as HTML calls it.
        hint: what stands in an empty field.
    """

    parameter: Parameter
    values: Sequence[str]
    choices: Sequence[Choice]
    suggestions: Sequence[Choice]
    kind: str
    hint: str


def fields(asked: Question, given: Mapping[str, Sequence[str]], allowed: Allowed) -> list[Field]:
    """The form of a question, filled with what was given."""
    found = []
    for one in asked.parameters:
        # An empty field takes the default; a field of days cannot hold the word today.
        default = [one.default] if one.default and one.default != TODAY else []
        suggestions = allowed.suggestions(one)
        choices = _listed(allowed.values(one)) if len(suggestions) <= _LISTED else ()
        found.append(
            Field(
                parameter=one,
                values=[text for text in given.get(one.name, default) if text != TODAY],
                choices=choices,
                suggestions=suggestions if not choices and len(suggestions) <= _LISTED else (),
                kind=one.type if one.type in ("date", "number") else "text",
                hint=one.default or asked.example.get(one.name, ""),
            )
        )
    return found


def _operation(one: Question, theme: str, engine: Engine | None) -> dict[str, Any]:
    row = {
        "type": "object",
        "properties": {
            name: {"description": meaning, "$ref": f"{_SCHEMAS}/Cell"}
            for name, meaning in one.columns.items()
        },
        "required": list(one.columns),
    }
    answer = {
        "allOf": [
            {"$ref": f"{_SCHEMAS}/QuestionAnswer"},
            {"properties": {"items": {"type": "array", "items": row}}},
        ]
    }
    tables = {MEDIA_TYPES[name]: {"schema": {"type": "string"}} for name in FORMATS[1:]}
    problem = {"schema": {"type": "object"}}
    return {
        "tags": [f"questions: {theme}"],
        "summary": one.title,
        "description": f"{one.question}\n\n{one.note}".strip(),
        "operationId": operation_id(one.id),
        "parameters": [
            *(_parameter(one, parameter, engine) for parameter in one.parameters),
            {
                "name": "format",
                "in": "query",
                "required": False,
                "description": "Overrides Accept.",
                "schema": {"type": "string", "enum": list(FORMATS)},
            },
        ],
        "responses": {
            "200": {
                "description": "The rows. Columns: "
                + "; ".join(f"`{name}`: {meaning}" for name, meaning in one.columns.items())
                + ". In CSV, TSV and Parquet a named thing has two columns, the second `_label`.",
                "content": {"application/json": {"schema": answer}, **tables},
            },
            "422": {"description": "A parameter is wrong.", "content": {MEDIA_TYPE: problem}},
        },
    }


def _parameter(asked: Question, one: Parameter, engine: Engine | None) -> dict[str, Any]:
    schema = _schema(one, engine)
    if one.many:
        schema = {"type": "array", "items": schema}
    if one.default is not None:
        schema["default"] = [one.default] if one.many else one.default
    found: dict[str, Any] = {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": one.meaning,
        "schema": schema,
    }
    if one.name in asked.example:
        text = asked.example[one.name]
        found["example"] = [text] if one.many else text
    return found


def _schema(one: Parameter, engine: Engine | None) -> dict[str, Any]:
    if one.type == "date":
        return {"anyOf": [{"type": "string", "format": "date"}, {"const": TODAY}]}
    if one.type == "number":
        bounds = {"minimum": one.low, "maximum": one.high}
        return {"type": "integer", **{key: at for key, at in bounds.items() if at is not None}}
    schema: dict[str, Any] = {"type": "string"}
    name = list_name(one)
    if name is not None:
        schema["x-comity-choices"] = name
    values = Allowed(engine).values(one) if engine is not None else fixed(one)
    if values and len(values) <= _LISTED:
        schema["enum"] = [choice.value for choice in values]
        schema["x-enumDescriptions"] = {choice.value: choice.label for choice in values}
    elif one.type != "text":
        schema["description"] = f"Id of {with_article(one.type)}."
    return schema
