"""The catalogue of questions: every `.rq` file in the theme folders, with its header.

The header is the comment at the top of the file; without its `# ` it is YAML:

    # title: Members of an organisation on a date
    # question: Who belonged to an organisation on a day, and in which role?
    # keywords: [membership, as of]
    # parameters:
    #   alliance: {type: organisation, choices: organisations, meaning: the organisation}
    #   as_of: {type: date, default: today, meaning: the day}
    # columns:
    #   member: who belonged
    # note: What a reader must know to read the answer rightly.
    # example: {alliance: csto, as_of: 2022-09-13}

A parameter has a `type` (`comity.queries.parameters`) and a `meaning`, and may have a
`default`, `required: false`, `many: true`, `choices` (a list in `choices/NAME.rq`; only
its values are allowed) and, for a number, `min` and `max`. `one_of: [one, other]` names
parameters of which one at least must be given. The theme is the folder.

`choices/` and `records/` hold no questions: the one serves lists of allowed values, the
other the lists of the API. A folder of the same form anywhere else adds questions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from shlex import quote

import yaml

from comity.errors import InputError, NotFoundError
from comity.graph.binding import parameters_in
from comity.queries.parameters import ChoiceList, Parameter, is_type

THEMES: Mapping[str, str] = {
    "alliances": "Alliances and memberships",
    "officials": "Officials and posts",
    "stances": "Who said what",
    "events": "Events, claims and figures",
    "obligations": "Treaties, obligations and recognition",
    "sources": "Documents and sources",
    "disagreements": "Where sources or actors disagree",
    "networks": "Networks and ties",
    "data-quality": "Quality of the data",
}

# Folders beside the themes that hold no questions.
_NO_THEMES = frozenset({"choices", "records"})
# What `comity ask` and the address of a question take beside the parameters.
_TAKEN = frozenset({"columns", "data", "format", "help", "known_at", "out", "questions"})
# libyaml reads the headers nine times as fast; not every build of PyYAML has it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_KEYS = frozenset({"type", "meaning", "default", "required", "many", "choices", "min", "max"})


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
        one_of: parameters of which one at least must be given.
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
    one_of: tuple[str, ...] = ()

    def missing(self, given: Collection[str]) -> tuple[str, ...]:
        """The parameters that must be given beside these; of `one_of` any will do."""
        missing = [one.name for one in self.parameters if one.required and one.name not in given]
        return (*missing, *(() if set(self.one_of) & set(given) else self.one_of))

    @property
    def command(self) -> str:
        """The command that asks the example."""
        given = (
            f" --{name.replace('_', '-')} {quote(text)}" for name, text in self.example.items()
        )
        return f"comity ask {self.id}{''.join(given)}"


@cache
def catalogue(folder: Path | None = None) -> dict[str, Question]:
    """All questions by id, in the order of themes and names.

    Args:
        folder: theme folders with questions beside the shipped ones.

    Raises:
        InputError: there is no such folder, a header is incomplete or does not fit its
            query, or an id stands there twice.
    """
    shipped = files("comity.queries")
    found: dict[str, Question] = {}
    for theme in THEMES:
        _add_theme(found, shipped / theme, None)
    if folder is not None:
        if not folder.is_dir():
            raise InputError(f"There is no folder {folder}; name one that holds questions.")
        for place in sorted(folder.iterdir()):
            if place.is_dir() and place.name not in _NO_THEMES:
                _add_theme(found, place, folder)
    order = themes(found)
    return {
        one.id: one
        for theme in order
        for one in sorted(found.values(), key=lambda one: one.id)
        if one.theme == theme
    }


def themes(questions: Mapping[str, Question]) -> dict[str, str]:
    """The titles of the themes that some questions have, by id, in order."""
    present = {one.theme for one in questions.values()}
    known = {theme: title for theme, title in THEMES.items() if theme in present}
    return known | {
        theme: theme.replace("-", " ").capitalize() for theme in sorted(present - known.keys())
    }


def matching(questions: Mapping[str, Question], text: str) -> dict[str, Question]:
    """The questions that have every word of a text in their title, question, keywords or id."""
    words = text.casefold().split()
    return {
        one.id: one
        for one in questions.values()
        if all(
            word in f"{one.id} {one.title} {one.question} {' '.join(one.keywords)}".casefold()
            for word in words
        )
    }


def question(identifier: str, folder: Path | None = None) -> Question:
    """One question.

    Args:
        identifier: its id.
        folder: questions beside the shipped ones; see `catalogue`.

    Raises:
        NotFoundError: there is none with that id.
    """
    from difflib import get_close_matches

    questions = catalogue(folder)
    if identifier not in questions:
        near = get_close_matches(identifier, questions, n=1)
        raise NotFoundError(
            f"There is no question '{identifier}'; `comity ask` lists them.",
            did_you_mean=near[0] if near else None,
        )
    return questions[identifier]


@cache
def choice_list(name: str, folder: Path | None = None) -> ChoiceList:
    """The list of allowed values in `choices/{name}.rq`.

    Args:
        name: of the list.
        folder: where to look before the shipped lists.

    Raises:
        InputError: there is no such list.
    """
    places: list[Traversable] = [] if folder is None else [folder]
    for place in (*places, files("comity.queries")):
        file = place / "choices" / f"{name}.rq"
        if file.is_file():
            return ChoiceList(name, file.read_text(encoding="utf-8"))
    raise InputError(f"There is no list of choices '{name}'; add choices/{name}.rq.")


@cache
def record_query(name: str) -> str:
    """The text of `records/{name}.rq`, which serves a list of the API."""
    return (files("comity.queries") / "records" / f"{name}.rq").read_text(encoding="utf-8")


def read_question(identifier: str, theme: str, text: str, folder: Path | None = None) -> Question:
    """Reads a question file.

    Args:
        identifier: name of the file.
        theme: name of its folder.
        text: of the file.
        folder: where its lists of choices are looked for before the shipped ones.

    Raises:
        InputError: the header is incomplete or does not fit the query.
    """
    head, body = _split(text)
    header = yaml.load(head, Loader=_LOADER)  # noqa: S506 - a base loader makes only text
    if not isinstance(header, dict):
        raise InputError(f"{identifier}.rq has no header.")
    missing = {"title", "question", "columns", "example"} - header.keys()
    if missing:
        raise InputError(f"{identifier}.rq: the header lacks {', '.join(sorted(missing))}.")
    parameters = tuple(
        _parameter(identifier, name, spec, folder)
        for name, spec in (header.get("parameters") or {}).items()
    )
    names = {parameter.name for parameter in parameters}
    if names != parameters_in(body):
        odd = ", ".join(sorted(names ^ parameters_in(body)))
        raise InputError(f"{identifier}.rq: header and VALUES blocks differ on {odd}.")
    if not set(header["example"] or {}) <= names:
        raise InputError(f"{identifier}.rq: the example names an unknown parameter.")
    one_of = tuple(header.get("one_of") or ())
    if not set(one_of) <= names:
        raise InputError(f"{identifier}.rq: one_of names an unknown parameter.")
    if names & _TAKEN:
        raise InputError(f"{identifier}.rq: {min(names & _TAKEN)} is an option of `comity ask`.")
    # Tables give a thing as two columns, the second of which is called so.
    for name in header["columns"]:
        if f"{name}_label" in header["columns"]:
            raise InputError(f"{identifier}.rq: the column {name}_label is made from {name}.")
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
        one_of=one_of,
    )


def _add_theme(found: dict[str, Question], place: Traversable, folder: Path | None) -> None:
    for entry in place.iterdir() if place.is_dir() else ():
        if entry.name.endswith(".rq"):
            identifier = entry.name.removesuffix(".rq")
            if identifier in found:
                raise InputError(f"There are two questions '{identifier}'; rename one file.")
            text = entry.read_text(encoding="utf-8")
            found[identifier] = read_question(identifier, place.name, text, folder)


def _split(text: str) -> tuple[str, str]:
    head: list[str] = []
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        head.append(lines.pop(0).removeprefix("#").removeprefix(" "))
    return "".join(head), "".join(lines)


def _parameter(
    identifier: str, name: str, spec: Mapping[str, str], folder: Path | None
) -> Parameter:
    kind = spec.get("type", "")
    if not is_type(kind):
        raise InputError(f"{identifier}.rq: {name} has the unknown type '{kind}'.")
    if not spec.get("meaning"):
        raise InputError(f"{identifier}.rq: {name} has no meaning.")
    unknown = spec.keys() - _KEYS
    if unknown:
        raise InputError(
            f"{identifier}.rq: {name} has the unknown key '{min(unknown)}'; a meaning with a "
            "comma stands in quotation marks."
        )
    default = spec.get("default")
    listed = spec.get("choices", "alliances" if kind == "alliance" else "")
    return Parameter(
        name=name,
        type=kind,
        meaning=spec["meaning"],
        default=default,
        required=default is None and spec.get("required", "true") == "true",
        many=spec.get("many") == "true",
        choices=choice_list(listed, folder) if listed else None,
        low=int(spec["min"]) if "min" in spec else None,
        high=int(spec["max"]) if "max" in spec else None,
    )
