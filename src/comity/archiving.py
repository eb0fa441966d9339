"""`comity archive`: acts that stay in Parquet, on the command line.

Owns what is typed and read. The work is done in `comity.graph.archives`.
"""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.asking import HERE, TABLE, Data, out, print_table
from comity.errors import InputError
from comity.graph.home import GraphHome
from comity.importing import Who, bring, user
from comity.ontology.dates import parse_day

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.graph.archives.ties import TieQuery

app = typer.Typer(help="Acts by the million that stay out of the graph, in Parquet.")
Source = Annotated[str, typer.Argument(help="Id of the archive; see `comity archive list`.")]
Since = Annotated[str, typer.Option(help="First day, YYYY-MM-DD.")]
Until = Annotated[str, typer.Option(help="Last day, YYYY-MM-DD.")]
Names = Annotated[list[str] | None, typer.Option(help="May be repeated.")]
# Rows that a person is shown; a file gets them all.
_SHOWN = 50


@app.command()
def add(
    source: Annotated[str, typer.Argument(help="Name of the importer; see `comity sources`.")],
    files: Annotated[list[Path], typer.Argument(help="Files as published; .gz is unpacked.")],
    retrieved: Annotated[
        str, typer.Option(help="The day on which the files were fetched, YYYY-MM-DD.")
    ],
    data: Data = HERE,
    mapping: Annotated[
        Path | None, typer.Option(help="For `table`: the YAML file that explains the columns.")
    ] = None,
    rejects: Annotated[
        float, typer.Option(help="Share of unreadable rows above which nothing is written.")
    ] = 0.05,
    who: Who = "",
) -> None:
    """Import files, with their acts in an archive and all else in the graph."""
    bring(source, files, retrieved, data, mapping, rejects, who or user(), as_archive=True)


@app.command("list")
def list_archives(data: Data = HERE) -> None:
    """List the archives."""
    from comity.graph.archives.shelf import Shelf, archives

    shelf = Shelf(data, os.environ)
    rows = [
        (
            one.source,
            str(one.acts),
            f"{one.coverage_start}/{one.coverage_end}",
            one.licence + ("" if one.may_pass_on else " (not passed on)"),
            str(shelf.place(one)),
        )
        for one in archives(GraphHome(data).engine())
    ]
    print_table("Archives", ("archive", "rows", "covers", "licence", "where"), rows)


@app.command()
def ties(
    source: Source,
    data: Data = HERE,
    since: Since = "",
    until: Until = "",
    kind: Names = None,
    holder: Names = None,
    object: Names = None,
    by: Annotated[str, typer.Option(help="One tie for all, or one for each year or month.")] = (
        "all"
    ),
    by_kind: Annotated[bool, typer.Option(help="One tie for each kind of act.")] = False,
    rule: Annotated[str, typer.Option(help="What gives the sign: comity-1 or goldstein.")] = (
        "comity-1"
    ),
    half_life: Annotated[
        float | None, typer.Option(help="Days after which an act counts half, seen from --as-of.")
    ] = None,
    as_of: Annotated[str, typer.Option(help="Day up to which acts count, YYYY-MM-DD.")] = "",
    minimum: Annotated[int, typer.Option(min=1, help="Acts that a tie must have.")] = 1,
    format: Annotated[str, typer.Option(help="table, csv, json or parquet.")] = TABLE,
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
) -> None:
    """Who is tied to whom by how many acts, with which sign."""
    from comity.graph.archives.shelf import Shelf, named
    from comity.graph.archives.ties import checked
    from comity.graph.archives.ties import ties as expression
    from comity.graph.tables import FORMATS, written

    if format not in (TABLE, *FORMATS):
        raise InputError(f"--format {format} is not given; formats: table, {', '.join(FORMATS)}.")
    if format == "parquet" and path is None:
        raise InputError("Parquet is no text: name a file with --out.")
    query = checked(
        _window(since, until, kind, holder, object),
        by=by,
        by_kind=by_kind,
        rule=rule,
        half_life=half_life,
        as_of=parse_day(as_of) if as_of else None,
        minimum=minimum,
    )
    shelf = Shelf(data, os.environ)
    place = shelf.place(named(GraphHome(data).engine(), source))
    connection = shelf.connection()
    try:
        found = expression(connection.table(place), query)
        if format == "parquet" and path is not None:
            connection.write(found, path)
            out.print(f"Wrote {path}", highlight=False)
            return
        table = connection.arrow(found)
    finally:
        connection.close()
    if format == TABLE:
        _print(source, table)
        return
    body = written(table, format)
    if path is None:
        typer.echo(body.decode(), nl=False)
        return
    path.write_bytes(body)
    out.print(f"Wrote {path}", highlight=False)


@app.command()
def materialise(
    source: Source,
    data: Data = HERE,
    since: Since = "",
    until: Until = "",
    kind: Names = None,
    holder: Names = None,
    object: Names = None,
    who: Who = "",
) -> None:
    """Write the acts of some days into the graph, beside the archive."""
    from comity.graph.archives.shelf import Shelf
    from comity.graph.archives.window import materialise as write
    from comity.graph.extracts import window_of

    query = _window(since, until, kind, holder, object)
    commit = write(GraphHome(data), Shelf(data, os.environ), source, query, who or user())
    out.print(
        f"{window_of(source)}: {commit.added} statements, commit {commit.number}", highlight=False
    )


def _window(
    since: str,
    until: str,
    kinds: list[str] | None,
    holders: list[str] | None,
    objects: list[str] | None,
) -> "TieQuery":
    from comity.graph.archives.ties import TieQuery

    return TieQuery(
        since=parse_day(since) if since else date.min,
        until=parse_day(until) if until else date.max,
        kinds=tuple(kinds or ()),
        holders=tuple(holders or ()),
        objects=tuple(objects or ()),
    )


def _print(source: str, table: "pa.Table") -> None:
    shown = table.slice(0, _SHOWN)
    rows = [tuple(row.values()) for row in shown.to_pylist()]
    print_table(f"Ties in {source}", table.column_names, rows)
    if table.num_rows > _SHOWN:
        out.print(f"of {table.num_rows}; --format csv gives them all", highlight=False)
