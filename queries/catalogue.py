"""The catalogue of questions: every `.rq` file in the theme folders, with its header.

The header is the comment at the top of the file; without its `# ` it is YAML:

    # title: Members of an organisation on a date
    # question: Who belonged to an organisation on a day, and in which role?
    # keywords: [membership, as of]
    # parameters:
    #   alliance: {type: organisation, meaning: the organisation}
    #   as_of: {type: date, default: today, meaning: the day}
    # columns:
    #   member: who belonged
    # example: {alliance: csto, as_of: 2022-09-13}

The theme is the folder. A file of the same form in `records/` serves the API's lists and
is no question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from comity.errors import NotFoundError
from comity.graph.binding import parameters_in
from comity.queries.parameters import PLAIN, SCHEMES, THINGS, Parameter

THEMES: Mapping[str, str] = {
    "alliances": "Alliances and memberships",
    "officials": "Officials and posts",
    "stances": "Who said what",
    "events": "Events, claims and figures",
    "obligations": "Treaties and obligations",
    "sources": "Sources and disagreements",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question.

    Attributes:
        id: name of the file.
        theme: id of the theme, the folder.
        title: a short name.
        question: the question in plain words.
        keywords: words it should be found by.
        parameters: in the order of the header.
        columns: what each column of the answer means.
        example: parameter texts of an example that answers with rows.
        note: what a reader must know to read the answer rightly.
        text: the SPARQL, without the header.
    """

    id: str
    theme: str
    title: str
    question: str
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    example: Mapping[str, str]
    note: str
    text: str


@cache
def catalogue() -> dict[str, Question]:
    """All questions by id, in the order of themes and titles."""
    found: dict[str, Question] = {}
    for theme in THEMES:
        folder = files("comity.queries") / theme
        for entry in sorted(folder.iterdir(), key=lambda one: one.name):
            if entry.name.endswith(".rq"):
                identifier = entry.name.removesuffix(".rq")
                text = entry.read_text(encoding="utf-8")
                found[identifier] = read_question(identifier, theme, text)
    return found


def question(identifier: str) -> Question:
    """One question.

    Raises:
        NotFoundError: there is none with that id.
    """
    from difflib import get_close_matches

    questions = catalogue()
    if identifier not in questions:
        near = get_close_matches(identifier, questions, n=1)
        raise NotFoundError(
            f"There is no question '{identifier}'; `comity ask` lists them.",
            did_you_mean=near[0] if near else None,
        )
    return questions[identifier]


@cache
def record_query(name: str) -> str:
    """The text of `records/{name}.rq`, which serves a list of the API."""
    return (files("comity.queries") / "records" / f"{name}.rq").read_text(encoding="utf-8")


def read_question(identifier: str, theme: str, text: str) -> Question:
    """Reads a question file.

    Raises:
        ValueError: the header is incomplete or does not fit the query.
    """
    head, body = _split(text)
    header = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes only text
    if not isinstance(header, dict):
        raise ValueError(f"{identifier}.rq has no header")
    missing = {"title", "question", "columns", "example"} - header.keys()
    if missing:
        raise ValueError(f"{identifier}.rq: the header lacks {', '.join(sorted(missing))}")
    parameters = tuple(
        _parameter(identifier, name, spec)
        for name, spec in (header.get("parameters") or {}).items()
    )
    names = {parameter.name for parameter in parameters}
    if names != parameters_in(body):
        odd = ", ".join(sorted(names ^ parameters_in(body)))
        raise ValueError(f"{identifier}.rq: header and VALUES blocks differ on {odd}")
    if not set(header["example"] or {}) <= names:
        raise ValueError(f"{identifier}.rq: the example names an unknown parameter")
    return Question(
        id=identifier,
        theme=theme,
        title=header["title"],
        question=header["question"],
        keywords=tuple(header.get("keywords") or ()),
        parameters=parameters,
        columns=dict(header["columns"]),
        example=dict(header["example"] or {}),
        note=header.get("note") or "",
        text=body,
    )


def _split(text: str) -> tuple[str, str]:
    head: list[str] = []
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        head.append(lines.pop(0).removeprefix("#").removeprefix(" "))
    return "".join(head), "".join(lines)


def _parameter(identifier: str, name: str, spec: Mapping[str, str]) -> Parameter:
    kind = spec.get("type", "")
    if kind not in {*THINGS, *SCHEMES, *PLAIN}:
        raise ValueError(f"{identifier}.rq: {name} has the unknown type '{kind}'")
    if not spec.get("meaning"):
        raise ValueError(f"{identifier}.rq: {name} has no meaning")
    default = spec.get("default")
    return Parameter(
        name=name,
        type=kind,
        meaning=spec["meaning"],
        default=default,
        required=default is None and spec.get("required", "true") == "true",
        many=spec.get("many") == "true",
    )
