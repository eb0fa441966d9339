"""`comity ask`: a saved question on the command line.

Owns how parameters are read from options, how questions are listed and explained, and how
an answer is printed. The tables in files are written by `comity.queries.writing`.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import ROUNDED
from rich.console import Console
from rich.table import Table

from comity.errors import InputError
from comity.graph.home import GraphHome
from comity.graph.opening import open_engine, remote_from

if TYPE_CHECKING:
    from comity.graph.engine import Engine
    from comity.queries.catalogue import Question
    from comity.queries.parameters import Parameter

Data = Annotated[
    Path,
    typer.Option(
        "--data",
        envvar="COMITY_DATA",
        help="Directory of the graph on disk.",
        show_default=True,
    ),
]
HERE = Path("data/graph")
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions",
        envvar="COMITY_QUESTIONS",
        help="Folder with theme folders of questions beside the shipped ones.",
    ),
]
TABLE = "table"
# What typer needs to know so that the parameters of a question reach `ask` as they are.
CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
# Up to so many allowed values the explanation of a question names.
_SHOWN = 60

out = Console(soft_wrap=True)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Id of the question.")] = "",
    data: Data = HERE,
    format: Annotated[
        str, typer.Option(help="table, csv, tsv, json, parquet or md (Markdown).")
    ] = TABLE,
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
    columns: Annotated[
        str, typer.Option(help="Only these columns, separated by commas, in this order.")
    ] = "",
    questions: Questions = None,
) -> None:
    """Answer a saved question; without one, list them all."""
    from comity.queries.catalogue import question as find
    from comity.queries.run import ask as answer
    from comity.queries.writing import TABLES, written

    if question in ("", "--help", "-h"):
        _list_questions(questions)
        return
    asked = find(question, questions)
    if {"--help", "-h"} & set(context.args):
        _explain(asked, data)
        return
    if format not in (TABLE, *TABLES):
        raise InputError(f"--format {format} is not given; formats: {', '.join((TABLE, *TABLES))}.")
    if format == "parquet" and path is None and sys.stdout.isatty():
        raise InputError("Parquet is no text: name a file with --out, or redirect the output.")
    if format == TABLE and path is not None:
        raise InputError(f"A file needs a --format: {', '.join(TABLES)}.")
    engine = open_engine(data, os.environ)
    rows = answer(engine, asked, given(context.args)).only(_names(columns))
    if format == TABLE:
        print_table(asked.title, rows.columns, rows.rows)
        return
    body = written(engine, asked, rows, format)
    if path is None:
        sys.stdout.buffer.write(body)
        return
    path.write_bytes(body)
    out.print(f"Wrote {path}", highlight=False)


def given(arguments: Iterable[str]) -> dict[str, list[str]]:
    """Parameters from `--name value` or `--name=value`.

    Raises:
        InputError: something is no option, or an option has no value.

    Examples:
        >>> given(["--as-of", "2022-09-13", "--kind=warn", "--kind=condemn"])
        {'as_of': ['2022-09-13'], 'kind': ['warn', 'condemn']}
    """
    found: dict[str, list[str]] = {}
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--"):
            raise InputError(f"'{option}' is no option; parameters are given as --name value.")
        name, equals, value = option[2:].partition("=")
        if not equals:
            if not rest:
                raise InputError(f"--{name} needs a value.")
            value = rest.pop(0)
        found.setdefault(name.replace("-", "_"), []).append(value)
    return found


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints rows for a person; a pipe gets plain columns, one line per row."""
    # As wide as the rows are, whatever the width of the screen was.
    console = out if out.is_terminal else Console(width=10_000)
    table = Table(*columns, box=ROUNDED if out.is_terminal else None)
    for row in rows:
        table.add_row(*["" if cell is None else str(cell) for cell in row])
    console.print(title, style="bold", markup=False, highlight=False)
    console.print(table, markup=False)
    console.print(f"{len(rows)} row(s)", highlight=False)


def _names(columns: str) -> list[str]:
    return [name.strip() for name in columns.split(",") if name.strip()]


def _list_questions(folder: Path | None) -> None:
    from comity.queries.catalogue import catalogue, themes

    found = catalogue(folder)
    for theme, title in themes(found).items():
        out.print(f"\n{title}", style="bold", highlight=False)
        for one in found.values():
            if one.theme == theme:
                out.print(f"  {one.id:32} {one.question}", highlight=False, soft_wrap=True)
    out.print("\ncomity ask <id> --help tells the parameters of one.", highlight=False)


def _explain(asked: "Question", data: Path) -> None:
    is_there = GraphHome(data).is_built() or remote_from(os.environ) is not None
    engine = open_engine(data, os.environ) if is_there else None
    out.print(asked.title, style="bold", markup=False, highlight=False)
    out.print(asked.question, markup=False, highlight=False)
    if asked.note:
        out.print(asked.note, markup=False, highlight=False)
    for one in asked.parameters:
        default = f" (default {one.default})" if one.default else ""
        need = "" if one.required else " (optional)" if not default else ""
        many = " (may be repeated)" if one.many else ""
        name = one.name.replace("_", "-")
        text = f"  --{name:16} {one.type}: {one.meaning}{default}{need}{many}"
        out.print(text, markup=False, highlight=False)
        for line in _values(one, engine):
            out.print(f"{'':21}{line}", markup=False, highlight=False)
    if asked.one_of:
        out.print(
            f"  one of {', '.join(asked.one_of)} must be given", markup=False, highlight=False
        )
    out.print("Columns", style="bold", highlight=False)
    for column, meaning in asked.columns.items():
        out.print(f"  {column:18} {meaning}", markup=False, highlight=False)
    out.print(f"Example: {asked.command}", markup=False, highlight=False)


def _values(parameter: "Parameter", engine: "Engine | None") -> list[str]:
    from comity.queries.choices import Allowed, fixed

    listed = Allowed(engine).values(parameter) if engine is not None else fixed(parameter)
    if not listed:
        return []
    shown = ", ".join(one.value for one in listed[:_SHOWN])
    more = len(listed) - _SHOWN
    return [f"one of {shown}{f' and {more} more' if more > 0 else ''}"]
