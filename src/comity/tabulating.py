"""`comity panel`: the dyad panel, on the command line.

Owns what is typed and read. The work is done in `comity.graph.panel`.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from comity.asking import HERE, Data
from comity.errors import InputError
from comity.graph.opening import open_engine
from comity.ontology.dates import parse_day


def panel(
    since: Annotated[str, typer.Option(help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(help="Last day, YYYY-MM-DD.")],
    every: Annotated[str, typer.Option(help="day, week, month or year.")] = "year",
    state: Annotated[
        list[str] | None, typer.Option(help="Id of a state; may be repeated. All, without it.")
    ] = None,
    data: Data = HERE,
    format: Annotated[str, typer.Option(help="csv, json or parquet.")] = "csv",
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
) -> None:
    """Every directed pair of states in every period: what goes into a regression."""
    from comity.graph.archives.writing import FORMATS, written
    from comity.graph.panel import Every, PanelQuery
    from comity.graph.panel import panel as made_panel

    if format not in FORMATS:
        raise InputError(f"--format {format} is not given; formats: {', '.join(FORMATS)}.")
    if format == "parquet" and path is None:
        raise InputError("Parquet is no text: name a file with --out.")
    lengths = [one.value for one in Every]
    if every not in lengths:
        raise InputError(f"every is '{every}'; one of {', '.join(lengths)}.")
    query = PanelQuery(parse_day(since), parse_day(until), Every(every), tuple(state or ()))
    found = made_panel(open_engine(data, os.environ), query)
    body = written(found.table, format)
    if path is None:
        typer.echo(body.decode(), nl=False)
    else:
        path.write_bytes(body)
        typer.echo(f"Wrote {found.table.num_rows} rows to {path}")
    if found.undated:
        typer.echo(
            f"{len(found.undated)} acts may fall into several periods and count in none: "
            f"{', '.join(found.undated[:5])}",
            err=True,
        )
