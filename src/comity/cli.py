"""The `comity` command.

Owns what a person types and reads: options, tables, progress, exit codes. It may use
every layer; nothing uses it. Errors become one line on standard error and exit code 1.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from comity import (
    __version__,
    archiving,
    asking,
    deciding,
    importing,
    measuring,
    networking,
    showing,
    tabulating,
)
from comity.asking import HERE, Data, Questions, print_table
from comity.errors import ComityError, InputError, NotFoundError
from comity.graph.home import GraphHome
from comity.graph.opening import open_engine, remote_from

if TYPE_CHECKING:
    from comity.graph.engine import Engine
    from comity.graph.remote_server import Remote

app = typer.Typer(
    help="A knowledge graph of actors and alliances: who was bound to whom, who said what, "
    "and where it is written.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Start with: comity build, then comity ask members-of --alliance csto --as-of 2022-09-13",
)
out = asking.out
err = Console(stderr=True, soft_wrap=True)


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
    questions: Questions = None,
) -> None:
    """Build the graph of the shipped data into the data directory."""
    remote = remote_from(os.environ)
    if remote is None:
        _build(GraphHome(data), folder, questions)
    else:
        _put(remote, folder, questions)
    _tell_census(open_engine(data, os.environ))


@app.command()
def serve(
    data: Data = HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8000,
    questions: Questions = None,
    empty: Annotated[
        bool, typer.Option("--empty", help="Build nothing: begin with an empty graph.")
    ] = False,
) -> None:
    """Serve pages, API and SPARQL; builds the graph first where there is none."""
    from comity.api.server import listen, run

    home = GraphHome(data)
    is_remote = remote_from(os.environ) is not None
    socket = listen(host, port)
    if empty and not is_remote:
        home.begin_empty()
    elif not is_remote and not home.is_built():
        _build(home, None, questions)
    where = f"http://{host}:{socket.getsockname()[1]}"
    _tell_census(open_engine(data, os.environ))
    out.print(f"Open {where}", highlight=False)
    out.print(f"API {where}/docs  SPARQL {where}/sparql  data {data}  stop Ctrl-C", highlight=False)
    command = Path(sys.argv[0]).absolute()
    shown = command.relative_to(Path.cwd()) if command.is_relative_to(Path.cwd()) else "comity"
    out.print(f"Try: {shown} ask members-of --alliance csto --as-of 2022-09-13", highlight=False)
    run(data, socket, questions)


app.command(context_settings=asking.CONTEXT)(asking.ask)
app.command("import")(importing.import_source)
app.command()(importing.sources)
app.command()(importing.drop_source)
app.command()(importing.disagreements)
app.command()(deciding.decide)
app.command()(tabulating.panel)
app.command(context_settings=asking.CONTEXT)(networking.network)
app.command(context_settings=asking.CONTEXT)(showing.show)
app.add_typer(archiving.app, name="archive")
app.add_typer(measuring.app, name="measure")


@app.command()
def export(
    data: Data = HERE,
    format: Annotated[str, typer.Option(help="nq (N-Quads) or jsonl (JSON Lines).")] = "nq",
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Sources that may not be passed on too.")
    ] = False,
) -> None:
    """Write the whole graph, but for sources that may not be passed on."""
    from comity.graph.export import export_graph, withheld

    engine = open_engine(data, os.environ)
    pieces = export_graph(engine, format, everything=everything)
    kept_back = () if everything else withheld(engine)
    if kept_back:
        err.print(
            f"Left out, since they may not be passed on: {', '.join(kept_back)}; "
            "--everything writes them too",
            highlight=False,
        )
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

    found = Resolver(open_engine(data, os.environ)).candidates(name, limit)
    rows = [(one.id, one.label, one.type, Decimal(str(one.score)), one.matched) for one in found]
    print_table(f"Who is {name}?", ("id", "label", "type", "score", "matched"), rows)


@app.command()
def index(data: Data = HERE) -> None:
    """Read the acts of a built graph anew into its columnar index."""
    from comity.graph.index.shelf import IndexShelf

    with _progress() as step:
        step("Reading the acts")
        found = IndexShelf(data).rebuild(GraphHome(data).engine())
    out.print(f"{len(found)} acts in {data / 'index'}", highlight=False)


@app.command()
def check(data: Data = HERE) -> None:
    """Check a built graph: disjoint batches, every shape of the ontology, and the index."""
    from comity.graph.engine import EmbeddedEngine
    from comity.graph.index.shelf import IndexShelf
    from comity.graph.soundness import soundness

    engine = open_engine(data, os.environ)
    with _progress() as step:
        step("Checking the graph against the shapes")
        result = soundness(engine)
        differing: list[str] = []
        if isinstance(engine, EmbeddedEngine):
            step("Checking the index against the graph")
            differing = IndexShelf(data).differences(engine)
    out.print(f"{result.quads} quads, {result.triples} distinct triples", highlight=False)
    for line in (*result.repeated, *map(str, result.violations), *differing):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    if not result.is_sound or differing:
        raise InputError(
            f"{result.quads - result.triples} repeated triple(s), "
            f"{len(result.violations)} broken rule(s), {len(differing)} difference(s) of the index."
        )
    out.print(
        "Sound: batches are disjoint, every shape holds, and the index is as the graph",
        highlight=False,
    )


def _build(home: GraphHome, folder: Path | None, questions: Path | None) -> None:
    from comity.graph.build import build as build_graph
    from comity.queries.catalogue import catalogue
    from comity.queries.examples import example_quads

    with _progress() as step:
        examples = example_quads(catalogue(questions).values())
        build_graph(home, folder=folder, more=examples, progress=step)


def _put(remote: "Remote", folder: Path | None, questions: Path | None) -> None:
    from comity.graph.opening import put_graph
    from comity.queries.catalogue import catalogue
    from comity.queries.examples import example_quads

    with _progress() as step:
        examples = example_quads(catalogue(questions).values())
        put_graph(remote, folder=folder, more=examples, progress=step)


def _tell_census(engine: "Engine") -> None:
    from comity.graph.build import census

    count = census(engine)
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
