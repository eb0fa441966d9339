"""Writes the documents that are made from the code, and the pictures of measures.

Run by `make docs`; a test compares what is committed with what this writes. The answers
on the page are those of the shipped graph, built afresh.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from comity.api.app import create_app
from comity.errors import InputError
from comity.graph.build import build
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
from comity.graph.measures.registry import Measure, measures
from comity.graph.measuring import MeasureQuery, measured
from comity.graph.plots import PLOTTED
from comity.networking import network_query
from comity.queries.catalogue import Question, catalogue, themes
from comity.queries.choices import Allowed
from comity.queries.examples import example_quads
from comity.queries.parameters import Parameter
from comity.queries.run import Rows, ask
from comity.queries.writing import markdown_cell

DOCS = Path(__file__).parent
MEASURES = DOCS / "measures"
# The page shows the first rows and columns of an answer, and the beginning of long texts.
ROWS, COLUMNS, LENGTH = 3, 6, 60
# A page of one measure has more room.
MEASURE_ROWS, MEASURE_COLUMNS = 8, 8
# A longer list of values is only counted.
VALUES = 20


def questions_page(engine: Engine, questions: Mapping[str, Question] | None = None) -> str:
    """The page of all questions, by theme.

    Args:
        engine: the graph that answers the examples.
        questions: by id; the shipped ones when None.
    """
    found = catalogue() if questions is None else questions
    titles = themes(found)
    lines = [
        "# Questions",
        "",
        f"{len(found)} questions come with Comity. Each is one `.rq` file in `queries/`; the "
        "same file is the command `comity ask <id>`, the address `/queries/<id>` with its form, "
        "an operation in `/openapi.json`, an example in the graph (`sh:SPARQLExecutable`) and "
        "this entry. Parameters are bound as RDF terms. Dates are `YYYY-MM-DD`, inclusive. "
        f"Below each command stand the first {ROWS} rows and {COLUMNS} columns of its answer.",
        "",
        "This page is written by `make docs` from the headers of the files and the shipped graph.",
    ]
    for theme, title in titles.items():
        lines += ["", f"**{title}**", ""]
        lines += [f"* [{one.title}](#{one.id})" for one in found.values() if one.theme == theme]
    for theme, title in titles.items():
        lines += ["", f"## {title}"]
        for one in found.values():
            if one.theme == theme:
                lines += _entry(one, engine)
    return _text(lines)


def _entry(one: Question, engine: Engine) -> list[str]:
    lines = ["", f"### {one.id}", "", f"**{one.title}.** {one.question}", ""]
    if one.note:
        lines += [one.note, ""]
    lines += [_parameter(parameter, engine) for parameter in one.parameters]
    if one.one_of:
        lines.append(f"* one of {', '.join(f'`{name}`' for name in one.one_of)} must be given")
    lines += [
        "",
        "Columns: " + "; ".join(f"`{name}` {text}" for name, text in one.columns.items()) + ".",
        "",
        f"    {one.command}",
        "",
    ]
    given = {name: [text] for name, text in one.example.items()}
    return lines + _first_rows(ask(engine, one, given))


def _parameter(one: Parameter, engine: Engine) -> str:
    default = f", default `{one.default}`" if one.default else ""
    optional = "" if one.required or default else ", optional"
    many = ", may be repeated" if one.many else ""
    values = Allowed(engine).values(one)
    listed = ""
    if values:
        names = ", ".join(f"`{choice.value}`" for choice in values)
        listed = f"; one of {names if len(values) <= VALUES else len(values)}"
    return f"* `{one.name}` ({one.type}{default}{optional}{many}): {one.meaning}{listed}"


def _first_rows(rows: Rows) -> list[str]:
    shown = rows.only(rows.columns[:COLUMNS])
    lines = [f"| {' | '.join(shown.columns)} |", "|---" * len(shown.columns) + "|"]
    lines += [
        f"| {' | '.join(markdown_cell(_short(cell)) for cell in row)} |"
        for row in shown.rows[:ROWS]
    ]
    more = len(rows.rows) - ROWS
    return [*lines, "", f"and {more} more row{'s' if more > 1 else ''}"] if more > 0 else lines


def _short(cell: object) -> str | None:
    if cell is None or isinstance(cell, bool):
        return cell  # type: ignore[return-value]
    text = str(cell)
    return text if len(text) <= LENGTH else f"{text[:LENGTH].rstrip()} …"


# What the examples measure: the statements on the attack of September 2022, states for their
# officials, and the votes there are for what is said of votes.
WINDOW = {"event": ["attack-on-armenia-2022-09"], "level": ["state"], "as_of": ["2022-09-22"]}
VOTED = {"relation": ["vote"], "as_of": ["2024-01-01"]}
OF_VOTES = frozenset({"cohesion", "ideal-points", "similarity"})
GROUPS = ("csto", "nato")
# Where a measure says nothing without an option, or of a network of another kind.
OWED = {"relation": ["obligation"], "as_of": ["2022-09-13"]}
NEEDED = {"cascade": {"start": "arm"}, "what-if": {"remove": "arm"}}
OF_GROUPS = frozenset(
    {"brokerage", "camps-and-alliances", "cohesion", "e-i", "polarisation", "swing"}
)


def measure_pages(engine: Engine) -> dict[str, str]:
    """The pages of measures by file name: one for each, and one that lists them by group.

    Args:
        engine: the graph that the examples measure.
    """
    found = measures()
    lines = [
        "# The measures",
        "",
        f"{len(found)} measures of a network. Each is a function in `comity.graph.measures`, the "
        "command `comity measure <id>`, the address `/measures/<id>` and a page with definition, "
        "formula, degenerate cases, reference and an example on the shipped graph, of whose answer "
        f"it shows the first {MEASURE_ROWS} rows and {MEASURE_COLUMNS} columns; what all have "
        "in common is on [the page of measures](../measures.md). Who owed what when something "
        "happened is a measure of the graph itself: [obligations](../obligations.md).",
        "",
        "These pages are written by `make docs` from the code and the shipped graph.",
    ]
    for group in sorted({one.group for one in found.values()}):
        lines += ["", f"## {group.value.capitalize()}", ""]
        lines += [
            f"* [{one.id}]({one.id}.md): {one.title}"
            for one in found.values()
            if one.group is group
        ]
    pages = {f"{one.id}.md": _measure_page(one, engine) for one in found.values()}
    return {"README.md": _text(lines), **pages}


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"


def _network_of(one: Measure) -> dict[str, list[str]]:
    """What the example of a measure is an example of, as options of the command."""
    if one.id == "cascade":
        return OWED
    if one.id == "qap":
        return {**WINDOW, "relation": ["stance", "obligation"]}
    return VOTED if one.id in OF_VOTES else WINDOW


def _example(one: Measure, engine: Engine) -> MeasureQuery:
    parameters = tuple(one.read(NEEDED.get(one.id, {})).items())
    groups = GROUPS if one.id in OF_GROUPS else ()
    network = network_query(_network_of(one), engine)
    return MeasureQuery(one.id, network, parameters, groups=groups)


def _measure_page(one: Measure, engine: Engine) -> str:
    lines = [f"# {one.id}", "", f"**{one.title}** {one.description}", ""]
    if one.parameters:
        lines += ["## Options", ""]
    for parameter in one.parameters:
        values = f"; one of {', '.join(parameter.allowed)}" if parameter.allowed else ""
        default = f"default `{parameter.default}`" if parameter.default != "" else "by default none"
        lines.append(f"* `{parameter.name}` ({default}{values}): {parameter.meaning}")
    lines += [*([""] if one.parameters else []), "## Result", ""]
    lines += [f"* `{name}`: {meaning}" for name, meaning in one.fields.items()]
    lines += ["", "## Example", "", *_measure_example(one, engine), "", "## Elsewhere", ""]
    lines += [
        f"* Over HTTP: `{_address(one, _example(one, engine))}`",
        f"* In Python, of any networkx graph: "
        f"`from comity.graph.measures import {one.function.__name__}`",
        f"* [All measures of the group {one.group.value}](README.md#{one.group.value}), and "
        "[what all have in common](../measures.md)",
    ]
    return _text(lines)


def _given(one: Measure, query: MeasureQuery) -> list[tuple[str, str]]:
    """The options of an example, as name and value."""
    own = {name: [value] for name, value in NEEDED.get(one.id, {}).items()}
    groups = {"group": list(query.groups)} if query.groups else {}
    options = {**_network_of(one), **own, **groups}
    return [(name, value) for name, values in options.items() for value in values]


def _address(one: Measure, query: MeasureQuery) -> str:
    return f"/measures/{one.id}?{urlencode(_given(one, query))}"


def _measure_example(one: Measure, engine: Engine) -> list[str]:
    query = _example(one, engine)
    given = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in _given(one, query))
    lines = [f"    comity measure {one.id} {given}", ""]
    try:
        answer = measured(engine, Path(), query)
    except InputError as error:
        return [*lines, f"    {error}"]
    numbers = [
        f"{name} {_rounded(value)}"
        for name, value in answer.result.items()
        if isinstance(value, int | float)
    ]
    lines += [f"    {', '.join(numbers)}", ""] if numbers else []
    lines += _table_rows(answer.table)
    if one.id in PLOTTED:
        lines += ["", f"    comity measure {one.id} {given} --format svg", ""]
        lines.append(f"![{one.title}]({one.id}.svg)")
    return lines


def measure_plots(engine: Engine) -> dict[str, str]:
    """The pictures of the pages of measures, by file name: their examples, drawn."""
    return {
        f"{one.id}.svg": measured(engine, Path(), replace(_example(one, engine), plot=True)).plot
        for one in measures().values()
        if one.id in PLOTTED
    }


def _table_rows(table: Sequence[Mapping[str, Any]]) -> list[str]:
    if not table:
        return ["No rows."]
    columns = list(table[0])[:MEASURE_COLUMNS]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for row in table[:MEASURE_ROWS]:
        cells = [_rounded(row[column]) for column in columns]
        lines.append(f"| {' | '.join(markdown_cell(_short(cell)) for cell in cells)} |")
    more = len(table) - MEASURE_ROWS
    return [*lines, "", f"and {more} more row{'s' if more > 1 else ''}"] if more > 0 else lines


def _rounded(value: object) -> object:
    # The last digits are another processor's.
    return f"{value:.6g}" if isinstance(value, float) else value


def openapi() -> str:
    """The OpenAPI description of the service.

    Made without a graph, so that it changes with the code only: lists of values that a graph
    gives are named by `x-comity-choices` here, and listed by a running service.
    """
    return json.dumps(create_app().openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        home = GraphHome(Path(folder))
        build(home, more=example_quads(catalogue().values()))
        engine = home.engine()
        (DOCS / "questions.md").write_text(questions_page(engine), encoding="utf-8")
        for name, text in {**measure_pages(engine), **measure_plots(engine)}.items():
            (MEASURES / name).write_text(text, encoding="utf-8")
    (DOCS / "openapi.json").write_text(openapi(), encoding="utf-8")
    print("docs/questions.md, docs/measures/ and docs/openapi.json written")
