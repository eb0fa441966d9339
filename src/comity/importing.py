"""`comity import`, `comity sources`, `comity drop-source`: outside sources on the command line.

Owns what is typed and read: progress as a bar or as plain lines, tables, counts. The work
is done in `comity.graph.importing`.
"""

import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from comity.asking import HERE, Data, out, print_table
from comity.errors import InputError
from comity.graph.batch import Progress as Done
from comity.graph.home import GraphHome
from comity.graph.opening import open_engine

err = Console(stderr=True, soft_wrap=True)
# Seconds between two plain lines of progress.
_PATIENCE = 5.0
Who = Annotated[str, typer.Option("--who", help="Who writes, for the log; else the user's name.")]


def import_source(
    source: Annotated[str, typer.Argument(help="Name of the importer; see `comity sources`.")],
    retrieved: Annotated[
        str, typer.Option(help="The day on which the files were fetched, YYYY-MM-DD.")
    ],
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files as published; .gz is unpacked.")
    ] = None,
    data: Data = HERE,
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="For `table`: the YAML file that explains the columns; for `firms`: the one "
            "that says what is near which event."
        ),
    ] = None,
    endpoint: Annotated[
        str, typer.Option(help="For `wikidata`: the SPARQL endpoint to fetch from first.")
    ] = "",
    rejects: Annotated[
        float, typer.Option(help="Share of unreadable rows above which nothing is written.")
    ] = 0.05,
    who: Who = "",
) -> None:
    """Import files of an outside source as one batch."""
    if endpoint and (source != "wikidata" or files):
        raise InputError("--endpoint goes with `wikidata` only, and without files.")
    if endpoint:
        files = _fetched(endpoint, data, retrieved)
    if not files:
        raise InputError("Give the files to import, or for `wikidata` --endpoint ADDRESS.")
    bring(source, files, retrieved, data, mapping, rejects, who or user())


def _fetched(endpoint: str, data: Path, retrieved: str) -> list[Path]:
    """Files of Wikidata's statements, fetched into the data directory."""
    from comity.graph.importing import fetch_wikidata

    def tell(name: str) -> None:
        err.print(f"fetched {name}", highlight=False)

    return fetch_wikidata(GraphHome(data), endpoint, retrieved, told=tell)


def bring(
    source: str,
    files: list[Path],
    retrieved: str,
    data: Path,
    mapping: Path | None,
    rejects: float,
    who: str,
    *,
    as_archive: bool = False,
) -> None:
    """Imports files and tells what they came to; see `comity.graph.importing.import_files`."""
    from comity.graph.importing import import_files

    for path in (*files, *([mapping] if mapping else [])):
        if not path.is_file():
            raise InputError(f"There is no file {path}.")
    with told() as tell:
        found = import_files(
            GraphHome(data),
            source,
            files,
            retrieved=retrieved,
            who=who,
            mapping=mapping,
            reject_share=rejects,
            as_archive=as_archive,
            told=tell,
        )
    if found.resumed_at:
        out.print(f"Went on at row {found.resumed_at}", highlight=False)
    if found.commit is None:
        out.print(f"{found.source}: the same files are there already, nothing changed")
        return
    out.print(
        f"{found.source}: {found.rows} rows ({found.rejected} rejected), "
        f"{found.statements} statements, commit {found.commit.number}",
        highlight=False,
    )
    if (before := found.replaced) is not None:
        out.print(
            f"In place of {before.rows} rows of {before.source} that were retrieved on "
            f"{before.retrieved}; files that belong together are given in one command.",
            highlight=False,
        )
    if found.rejects is not None:
        out.print(f"Rows that could not be read, with reasons: {found.rejects}", highlight=False)


def sources(
    data: Data = HERE,
    format: Annotated[str, typer.Option(help="table or json.")] = "table",
) -> None:
    """List the sources that were imported, and the importers there are."""
    from comity.graph.importing import loaded
    from comity.graph.sources.catalogue import importer_named, importer_names

    found = loaded(GraphHome(data).engine())
    if format == "json":
        out.print_json(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    if format != "table":
        raise InputError(f"--format {format} is not given; formats: table, json.")
    columns = ("source", "rows", "rejected", "statements", "coverage", "retrieved", "licence")
    rows = [
        (
            one.source,
            str(one.rows),
            str(one.rejected),
            str(one.statements),
            _span(one.coverage_start, one.coverage_end),
            one.retrieved,
            one.licence + ("" if one.may_pass_on else " (not passed on)"),
        )
        for one in found
    ]
    print_table("Imported sources", columns, rows)
    kinds = [importer_named(name) for name in importer_names()]
    print_table(
        "Importers: comity import NAME FILE... --retrieved DATE",
        ("name", "source", "files, by their columns"),
        [
            (
                kind.origin.name,
                kind.origin.label,
                "; ".join(f"{form.name}: {', '.join(form.columns)}" for form in kind.forms),
            )
            for kind in kinds
        ],
    )


def _span(start: str, end: str) -> str:
    return f"{start}/{end}" if start or end else ""


def drop_source(
    source: Annotated[str, typer.Argument(help="Id of the source; see `comity sources`.")],
    data: Data = HERE,
    who: Who = "",
) -> None:
    """Take an imported source out of the graph, whole."""
    from comity.graph.importing import drop_source as drop

    commit = drop(GraphHome(data), source, who or user())
    out.print(
        f"{source}: {commit.removed} triples taken out, commit {commit.number}", highlight=False
    )


def disagreements(
    data: Data = HERE,
    about: Annotated[
        str, typer.Option(help="Only about this organisation, treaty, post, event or state.")
    ] = "",
    member: Annotated[
        str, typer.Option("--who", help="Only about this member, holder or side.")
    ] = "",
    source: Annotated[str, typer.Option(help="Only where this is one of the two sources.")] = "",
    differs_on: Annotated[
        str, typer.Option(help="Only start, end, role, member (a list lacks it), holder or figure.")
    ] = "",
    format: Annotated[str, typer.Option(help="table or json.")] = "table",
) -> None:
    """List every fact on which sources differ, with the size of the difference."""
    from comity.graph.disagreement import disagreements as all_of_them
    from comity.ontology.namespaces import id_of

    if format not in ("table", "json"):
        raise InputError(f"--format {format} is not given; formats: table, json.")
    found = [
        one
        for one in all_of_them(open_engine(data, os.environ))
        if about in ("", id_of(one.about))
        and member in ("", id_of(one.who))
        and source in ("", one.source, one.other_source)
        and differs_on in ("", one.differs_on)
    ]
    if format == "json":
        out.print_json(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    columns = (
        *("about", "who", "differs on", "value", "source"),
        *("other value", "other source", "size", "other covers"),
    )
    rows = [
        (
            id_of(one.about),
            id_of(one.who),
            one.differs_on,
            one.value,
            one.source,
            one.other_value,
            one.other_source,
            "" if one.size is None else str(one.size),
            f"{one.covered_from}/{one.covered_to}".strip("/"),
        )
        for one in found
    ]
    print_table("Where sources differ", columns, rows)


def user() -> str:
    """Who is at the keyboard, for the log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def told() -> "Iterator[_Teller]":
    """Tells the progress of an import, as a bar or as plain lines."""
    if not err.is_terminal:
        yield _Teller(None)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err) as bar:
        yield _Teller(bar)


class _Teller:
    """Tells rows, rate and what remains: a bar for a person, plain lines for a pipe."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._task = bar.add_task("Reading", total=1.0) if bar else None
        self._last = monotonic()

    def __call__(self, done: Done) -> None:
        text = f"{done.rows:,} rows, {done.rate:,.0f} a second"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done.done, description=text)
        elif monotonic() - self._last >= _PATIENCE or done.done >= 1:
            self._last = monotonic()
            now = datetime.now(UTC).strftime("%H:%M:%S")
            err.print(
                f"{now} {text}, {done.done:.0%}, {done.remaining:.0f} s remain", highlight=False
            )
