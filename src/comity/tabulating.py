"""`comity panel`: the dyad panel, on the command line.

Owns what is typed and read. The work is done in `comity.graph.panel`.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from comity.asking import HERE, Data
from comity.errors import InputError
from comity.networking import engine_then
from comity.ontology.dates import parse_day

_SIENA = "siena"


def panel(
    since: Annotated[str, typer.Option(help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(help="Last day, YYYY-MM-DD.")],
    every: Annotated[str, typer.Option(help="day, week, month or year.")] = "year",
    state: Annotated[
        list[str] | None, typer.Option(help="Id of a state; may be repeated. All, without it.")
    ] = None,
    archive: Annotated[
        list[str] | None,
        typer.Option(help="Id of an archive whose acts count too; see `comity archive list`."),
    ] = None,
    known_at: Annotated[
        list[str] | None,
        typer.Option(help="The graph as it was: a day, or a moment with its zone."),
    ] = None,
    data: Data = HERE,
    format: Annotated[str, typer.Option(help="csv, json, parquet or siena.")] = "csv",
    path: Annotated[
        Path | None, typer.Option("--out", help="File, for siena a folder; else standard output.")
    ] = None,
    tie: Annotated[str, typer.Option(help="siena: the column whose acts are ties.")] = "positive",
) -> None:
    """Every directed pair of states in every period: what goes into a regression."""
    from comity.graph.archives.shelf import Shelf
    from comity.graph.dyads import Every
    from comity.graph.panel import PanelQuery
    from comity.graph.panel import panel as made_panel
    from comity.graph.siena import waves, write_waves
    from comity.graph.tables import FORMATS, written

    formats = (*FORMATS, _SIENA)
    if format not in formats:
        raise InputError(f"--format {format} is not given; formats: {', '.join(formats)}.")
    if format in ("parquet", _SIENA) and path is None:
        raise InputError(f"{format} is no text: name where to write it with --out.")
    lengths = [one.value for one in Every]
    if every not in lengths:
        raise InputError(f"every is '{every}'; one of {', '.join(lengths)}.")
    query = PanelQuery(
        parse_day(since), parse_day(until), Every(every), tuple(state or ()), tuple(archive or ())
    )
    shelf = Shelf(data, os.environ)
    found = made_panel(engine_then(data, known_at or ()), query, shelf=shelf)
    if path is None:
        typer.echo(written(found.table, format).decode(), nl=False)
    elif format == _SIENA:
        files = write_waves(waves(found.table.to_pylist(), tie), path)
        typer.echo(f"Wrote {len(files)} files to {path}")
    else:
        path.write_bytes(written(found.table, format))
        typer.echo(f"Wrote {found.table.num_rows} rows to {path}")
    if found.undated:
        typer.echo(
            f"{len(found.undated)} acts may fall into several periods and count in none: "
            f"{', '.join(found.undated[:5])}",
            err=True,
        )
