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
# The page shows the first rows and columns of an answer, and the beginning of long texts.
ROWS, COLUMNS, LENGTH = 3, 6, 60
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
    return "\n".join(lines) + "\n"


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


def measures_page(engine: Engine) -> str:
    """The page of all measures, by group.

    Args:
        engine: the graph that the examples measure.
    """
    found = measures()
    lines = [
        "# The measures",
        "",
        f"{len(found)} measures of a network. Each is a function in `comity.graph.measures`, the "
        "command `comity measure <id>`, the address `/measures/<id>` and this entry; what all have "
        "in common is on [the page of measures](measures.md). Below each command stand the first "
        f"{ROWS} rows and {COLUMNS} columns of its answer on the shipped graph.",
        "",
        "This page is written by `make docs` from the code and the shipped graph.",
    ]
    for group in sorted({one.group for one in found.values()}):
        members = [one for one in found.values() if one.group is group]
        lines += ["", f"## {group.value.capitalize()}"]
        for one in members:
            lines += _measure_entry(one, engine)
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


def _measure_entry(one: Measure, engine: Engine) -> list[str]:
    lines = ["", f"### {one.id}", "", f"**{one.title}** {one.description}", ""]
    for parameter in one.parameters:
        values = f"; one of {', '.join(parameter.allowed)}" if parameter.allowed else ""
        lines.append(
            f"* `{parameter.name}` (default `{parameter.default}`{values}): {parameter.meaning}"
        )
    query = _example(one, engine)
    own = {name: [value] for name, value in NEEDED.get(one.id, {}).items()}
    groups = {"group": list(query.groups)} if query.groups else {}
    options = {**_network_of(one), **own, **groups}
    given = " ".join(
        f"--{name.replace('_', '-')} {value}"
        for name, values in options.items()
        for value in values
    )
    lines += ["", f"    comity measure {one.id} {given}", ""]
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
        lines.append(f"![{one.title}]({_plot_name(one)})")
    return lines


def measure_plots(engine: Engine) -> dict[str, str]:
    """The pictures of the page of measures, by file name: its examples, drawn."""
    return {
        _plot_name(one): measured(engine, Path(), replace(_example(one, engine), plot=True)).plot
        for one in measures().values()
        if one.id in PLOTTED
    }


def _plot_name(one: Measure) -> str:
    return f"measure-{one.id}.svg"


def _table_rows(table: Sequence[Mapping[str, Any]]) -> list[str]:
    if not table:
        return ["No rows."]
    columns = list(table[0])[:COLUMNS]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for row in table[:ROWS]:
        cells = [_rounded(row[column]) for column in columns]
        lines.append(f"| {' | '.join(markdown_cell(_short(cell)) for cell in cells)} |")
    more = len(table) - ROWS
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
        (DOCS / "measure-list.md").write_text(measures_page(engine), encoding="utf-8")
        for name, picture in measure_plots(engine).items():
            (DOCS / name).write_text(picture, encoding="utf-8")
    (DOCS / "openapi.json").write_text(openapi(), encoding="utf-8")
    print("docs/questions.md, docs/measure-list.md and docs/openapi.json written")
