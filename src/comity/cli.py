"""The `comity` command.

Owns what a person types and reads: options, tables, progress, exit codes. It may use
every layer; nothing uses it. Errors become one line on standard error and exit code 1.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import ROUNDED
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from comity import __version__
from comity.errors import ComityError, InputError, NotFoundError
from comity.graph.home import GraphHome

if TYPE_CHECKING:
    from comity.queries.run import Cell

app = typer.Typer(
    help="A knowledge graph of actors and alliances: who was bound to whom, who said what, "
    "and where it is written.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Start with: comity build, then comity ask members-of --alliance csto --as-of 2022-09-13",
)
out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)

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


def main() -> None:
    """Runs the command; errors that Comity raises become one line."""
    try:
        app()
    except ComityError as error:
        err.print(
            f"comity: {error}",
            style="red" if err.is_terminal else None,
            markup=False,
            highlight=False,
        )
        near = getattr(error, "did_you_mean", None)
        if near:
            err.print(f"Did you mean {near}?", markup=False, highlight=False)
        sys.exit(2 if isinstance(error, InputError | NotFoundError) else 1)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"comity {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of the command itself."""


@app.command()
def build(
    data: Data = HERE,
    folder: Annotated[
        Path | None, typer.Option("--from", help="A data folder other than the shipped one.")
    ] = None,
) -> None:
    """Build the graph of the shipped data into the data directory."""
    _build(GraphHome(data), folder)
    _tell_census(GraphHome(data))


@app.command()
def serve(
    data: Data = HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8000,
) -> None:
    """Serve pages, API and SPARQL; builds the graph first where there is none."""
    from comity.api.server import listen, run

    home = GraphHome(data)
    socket = listen(host, port)
    if not home.is_built():
        _build(home, None)
    where = f"http://{host}:{socket.getsockname()[1]}"
    _tell_census(home)
    out.print(f"Open {where}", highlight=False)
    out.print(f"API {where}/docs  SPARQL {where}/sparql  data {data}  stop Ctrl-C", highlight=False)
    command = Path(sys.argv[0]).absolute()
    shown = command.relative_to(Path.cwd()) if command.is_relative_to(Path.cwd()) else "comity"
    out.print(f"Try: {shown} ask members-of --alliance csto --as-of 2022-09-13", highlight=False)
    run(data, socket)


@app.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    }
)
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Id of the question.")] = "",
    data: Data = HERE,
    format: Annotated[str, typer.Option(help="table, csv or json.")] = "table",
    columns: Annotated[
        str, typer.Option(help="Only these columns, separated by commas, in this order.")
    ] = "",
) -> None:
    """Answer a saved question; without one, list them all."""
    from comity.queries.catalogue import question as find
    from comity.queries.parameters import refuse_unknown
    from comity.queries.run import ask as answer

    arguments = list(context.args)
    if question in ("", "--help", "-h"):
        _list_questions()
        return
    asked = find(question)
    if {"--help", "-h"} & set(arguments):
        _explain(question)
        return
    given = _given(arguments)
    rows = answer(GraphHome(data).engine(), asked, given)
    wanted = columns.split(",") if columns else rows.columns
    for name in wanted:
        refuse_unknown(name, rows.columns)
    places = [rows.columns.index(name) for name in wanted]
    _print_rows(asked.title, wanted, [[row[at] for at in places] for row in rows.rows], format)


@app.command()
def show(
    data: Data = HERE,
    path: Annotated[Path, typer.Option("--out", help="File to write; .html or .svg.")] = Path(
        "network.html"
    ),
) -> None:
    """Write the network view as one file that needs no network."""
    from comity.graph.drawing.page import render_svg, write_page
    from comity.graph.view import DEFAULT_QUERY

    engine = GraphHome(data).engine()
    if path.suffix == ".svg":
        path.write_text(render_svg(engine, DEFAULT_QUERY), encoding="utf-8")
    elif path.suffix in (".html", ".htm"):
        write_page(engine, DEFAULT_QUERY, path)
    else:
        raise InputError(f"{path} is neither .html nor .svg; name the file accordingly.")
    out.print(f"Wrote {path}", highlight=False)


@app.command()
def export(
    data: Data = HERE,
    format: Annotated[str, typer.Option(help="nq (N-Quads) or jsonl (JSON Lines).")] = "nq",
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
) -> None:
    """Write the whole graph."""
    from comity.graph.export import export_graph

    engine = GraphHome(data).engine()
    pieces = export_graph(engine, format)
    if path is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        return
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    out.print(f"Wrote {path}", highlight=False)


@app.command()
def validate(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A data folder, or an RDF file to check against the shapes."),
    ] = None,
) -> None:
    """Check data files; every fault is named with file and line."""
    from comity.graph.sources.seed import read_seed, shipped_folder
    from comity.graph.validate import validate_file

    if folder is not None and not folder.exists():
        raise InputError(f"There is nothing at {folder}.")
    if folder is not None and folder.is_file():
        violations = validate_file(folder)
        for violation in violations:
            out.print(str(violation), markup=False, highlight=False, soft_wrap=True)
        if violations:
            raise InputError(f"{len(violations)} rule(s) broken in {folder}.")
        out.print(f"{folder}: every shape holds", highlight=False)
        return
    seed = read_seed(folder or shipped_folder())
    out.print(f"{len(seed.records)} records, no faults", highlight=False)


@app.command()
def resolve(
    name: Annotated[str, typer.Argument(help="A name, however it is spelt.")],
    data: Data = HERE,
    limit: Annotated[int, typer.Option(help="How many candidates.")] = 5,
) -> None:
    """Find the actor that a name means."""
    from comity.graph.resolve import Resolver

    found = Resolver(GraphHome(data).engine()).candidates(name, limit)
    rows = [(one.id, one.label, one.type, Decimal(str(one.score)), one.matched) for one in found]
    _print_rows(f"Who is {name}?", ("id", "label", "type", "score", "matched"), rows, "table")


@app.command()
def check(data: Data = HERE) -> None:
    """Check a built graph: disjoint batches, and every shape of the ontology."""
    from comity.graph.soundness import soundness

    with _progress() as step:
        step("Checking the graph against the shapes")
        result = soundness(GraphHome(data))
    out.print(f"{result.quads} quads, {result.triples} distinct triples", highlight=False)
    for line in (*result.repeated, *map(str, result.violations)):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    if not result.is_sound:
        raise InputError(
            f"{result.quads - result.triples} repeated triple(s), "
            f"{len(result.violations)} broken rule(s)."
        )
    out.print("Sound: batches are disjoint and every shape holds", highlight=False)


def _build(home: GraphHome, folder: Path | None) -> None:
    from comity.graph.build import build as build_graph

    with _progress() as step:
        build_graph(home, folder=folder, progress=step)


def _tell_census(home: GraphHome) -> None:
    from comity.graph.build import census

    count = census(home.engine())
    out.print(
        f"Comity {__version__}: {count.states} states, {count.organisations} organisations, "
        f"{count.officials} officials, {count.acts} acts from {count.documents} documents",
        highlight=False,
    )


class _Steps:
    """Tells the steps of long work, timed: a bar for a person, plain lines for a pipe."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, visible=False) if progress else None
        self._step = ""
        self._begun = monotonic()

    def __call__(self, step: str) -> None:
        self.end()
        self._step, self._begun = step, monotonic()
        if self._progress is not None:
            self._task = self._progress.add_task(step, total=None)

    def end(self) -> None:
        """Ends the step under way."""
        if not self._step:
            return
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, total=1, completed=1)
        else:
            err.print(f"{self._step}: {monotonic() - self._begun:.1f} s", highlight=False)
        self._step = ""


@contextmanager
def _progress() -> Iterator[_Steps]:
    if not err.is_terminal:
        steps = _Steps(None)
        yield steps
        steps.end()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        steps = _Steps(progress)
        yield steps
        steps.end()


def _given(arguments: list[str]) -> dict[str, list[str]]:
    """Parameters from `--name value` or `--name=value`."""
    given: dict[str, list[str]] = {}
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
        given.setdefault(name.replace("-", "_"), []).append(value)
    return given


def _list_questions() -> None:
    from comity.queries.catalogue import THEMES, catalogue

    for theme, title in THEMES.items():
        out.print(f"\n{title}", style="bold", highlight=False)
        for found in catalogue().values():
            if found.theme == theme:
                out.print(f"  {found.id:32} {found.question}", highlight=False, soft_wrap=True)
    out.print("\ncomity ask <id> --help tells the parameters of one.", highlight=False)


def _explain(identifier: str) -> None:
    from comity.queries.catalogue import question as find

    asked = find(identifier)
    out.print(asked.title, style="bold", highlight=False)
    out.print(asked.question, highlight=False)
    for parameter in asked.parameters:
        default = f" (default {parameter.default})" if parameter.default else ""
        need = "" if parameter.required else " (optional)" if not default else ""
        name = parameter.name.replace("_", "-")
        out.print(
            f"  --{name:16} {parameter.type}: {parameter.meaning}{default}{need}", highlight=False
        )
    example = " ".join(
        f"--{name.replace('_', '-')} {value}" for name, value in asked.example.items()
    )
    out.print(f"Example: comity ask {asked.id} {example}", highlight=False)


def _print_rows(
    title: str, columns: Sequence[str], rows: "Sequence[Sequence[Cell]]", format: str
) -> None:
    from comity.queries.run import plain

    found = [list(row) for row in rows]
    if format == "json":
        items = [dict(zip(columns, map(plain, row), strict=True)) for row in found]
        print(json.dumps(items, ensure_ascii=False, indent=1))
    elif format == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows([[_flat(cell) for cell in row] for row in found])
    elif format == "table":
        # A pipe gets plain columns, one line per row whatever the width of the screen was.
        console = out if out.is_terminal else Console(width=10_000)
        box = ROUNDED if out.is_terminal else None
        table = Table(*columns, box=box)
        for row in found:
            table.add_row(*["" if cell is None else str(cell) for cell in row])
        console.print(title, style="bold", markup=False, highlight=False)
        console.print(table, markup=False)
        console.print(f"{len(found)} row(s)", highlight=False)
    else:
        raise InputError(f"--format {format} is not given; formats: table, csv, json.")


def _flat(cell: "Cell") -> object:
    return getattr(cell, "id", cell)
