"""Writes the documents that are made from the code: questions.md and openapi.json.

Run by `make docs`; a test compares what is committed with what this writes. The answers
on the page are those of the shipped graph, built afresh.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from comity.api.app import create_app
from comity.graph.build import build
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
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
        (DOCS / "questions.md").write_text(questions_page(home.engine()), encoding="utf-8")
    (DOCS / "openapi.json").write_text(openapi(), encoding="utf-8")
    print("docs/questions.md and docs/openapi.json written")
