"""A story as its author writes it: one YAML file, read and checked for its form.

Owns the form of the file. Whether what it says is in the graph is for `telling` to find out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from comity.errors import DataError, InputError, Problem
from comity.graph.network import Bundle, Level, NetworkQuery, Relation

_STEPS: Final = (5, 9)
_WORDS: Final = 60
_STORY: Final = frozenset({"id", "title", "summary", "view", "steps"})
_STEP: Final = frozenset(
    {"heading", "date", "say", "numbers", "show", "lens", "camera", "highlight", "select", "notes"}
)
_SHOWN: Final = frozenset({"since", "until", "as_of", "kind", "relation"})
_PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
# Numbers that are no count: days, years, and articles of a treaty.
_NAMED: Final = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?\b|\b(?:1[89]|20)\d\d\b|\b[Aa]rticles? \d+(?:(?:, | and )\d+)*"
)
_NUMBER: Final = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what it rests on.

    Attributes:
        text: its words; `{name}` stands for a number of the step.
        cites: things of the graph as type/id.
    """

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story.

    Attributes:
        heading: in a few words.
        date: the day it is about.
        sentences: what is told.
        numbers: where each number of the sentences comes from.
        show: filters that narrow the view: since, until, as_of, kind, relation.
        lens: the bloc whose members are coloured; empty for none.
        camera: ids of actors that the picture moves to; empty for the whole.
        highlight: ids of acts whose lines stay in front.
        select: id of the act that is open; empty for none.
        notes: for the presenter.
    """

    heading: str
    date: date
    sentences: tuple[Sentence, ...]
    numbers: Mapping[str, Mapping[str, Any]]
    show: Mapping[str, Any]
    lens: str
    camera: tuple[str, ...]
    highlight: tuple[str, ...]
    select: str
    notes: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story in steps, on one view."""

    id: str
    title: str
    summary: str
    view: NetworkQuery
    steps: tuple[Step, ...]


def shipped_stories() -> Traversable:
    """The folder of the stories that ship with Comity."""
    return files("comity") / "stories"


def read_stories(folder: Traversable) -> list[Story]:
    """The stories of a folder, by name of their file.

    Raises:
        DataError: files with faults, each with file and step.
    """
    if not folder.is_dir():
        return []
    found: list[Story] = []
    problems: list[Problem] = []
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith((".yaml", ".yml")):
            continue
        try:
            found.append(_read(file))
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return found


def _read(file: Traversable) -> Story:
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError([Problem(file.name, 0, "", f"is no YAML: {error}")]) from error
    problems = [Problem(file.name, 0, "", text) for text in _faults(values)]
    if problems:
        raise DataError(problems)
    try:
        view = query_of(values["view"])
    except (InputError, ValueError) as error:
        raise DataError([Problem(file.name, 0, "", f"view: {error}")]) from error
    steps = tuple(_step(one) for one in values["steps"])
    return Story(values["id"], values["title"], values["summary"], view, steps)


def _step(values: Mapping[str, Any]) -> Step:
    return Step(
        heading=values["heading"],
        date=values["date"],
        sentences=tuple(Sentence(one["text"], tuple(one["cites"])) for one in values["say"]),
        numbers=values.get("numbers", {}),
        show=values.get("show", {}),
        lens=values.get("lens", ""),
        camera=tuple(values.get("camera", ())),
        highlight=tuple(values.get("highlight", ())),
        select=values.get("select", ""),
        notes=values.get("notes", ""),
    )


def _faults(values: Any) -> Iterator[str]:
    if not isinstance(values, dict) or set(values) != _STORY:
        yield f"needs exactly the fields {', '.join(sorted(_STORY))}"
        return
    steps = values["steps"]
    if not isinstance(steps, list) or not _STEPS[0] <= len(steps) <= _STEPS[1]:
        yield f"needs {_STEPS[0]} to {_STEPS[1]} steps"
        return
    for number, step in enumerate(steps, 1):
        for fault in _faults_of_step(step):
            yield f"step {number}: {fault}"


def _faults_of_step(step: Any) -> Iterator[str]:
    if not isinstance(step, dict) or not {"heading", "date", "say"} <= set(step):
        yield "needs heading, date and say"
        return
    unknown = sorted(set(step) - _STEP) + sorted(set(step.get("show", {})) - _SHOWN)
    if unknown:
        yield f"has unknown fields: {', '.join(unknown)}"
    if not isinstance(step["date"], date):
        yield f"date is {step['date']!r}, not a day such as 2022-09-13"
    numbers = step.get("numbers", {})
    words = 0
    for sentence in step["say"]:
        text, cites = sentence.get("text", ""), sentence.get("cites")
        words += len(text.split())
        if not cites:
            yield f"cites nothing: {text}"
        yield from _faults_of_numbers(text, numbers)
    if words > _WORDS:
        yield f"has {words} words; {_WORDS} at most"


def _faults_of_numbers(text: str, numbers: Mapping[str, object]) -> Iterator[str]:
    for name in _PLACEHOLDER.findall(text):
        if name not in numbers:
            yield f"{{{name}}} is not among its numbers"
    rest = _NAMED.sub("", _PLACEHOLDER.sub("", text))
    written = _NUMBER.search(rest)
    if written:
        yield f"writes a number ({written[0]}) that should come from the graph: {text}"


def filled(text: str, numbers: Mapping[str, str]) -> str:
    """A sentence with its numbers.

    Examples:
        >>> filled("{seats} seats", {"seats": "nine"})
        'nine seats'
    """
    return _PLACEHOLDER.sub(lambda match: numbers[match[1]], text)


def query_of(view: Mapping[str, Any]) -> NetworkQuery:
    """A view of a story file as a query; its fields are the parameters of /network.

    Raises:
        ValueError: a relation, level or bundle does not exist.
        ParameterError: two values contradict each other.
    """
    return NetworkQuery(
        event=view.get("event"),
        actors=_several(view.get("actor")),
        depth=view.get("depth", 1),
        relations=tuple(Relation(one) for one in _several(view.get("relation", "stance"))),
        kinds=_several(view.get("kind")),
        treaties=_several(view.get("treaty")),
        since=view.get("since"),
        until=view.get("until"),
        as_of=view.get("as_of"),
        level=Level(view.get("level", "state")),
        bundle=Bundle(view.get("bundle", "sign")),
    )


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
