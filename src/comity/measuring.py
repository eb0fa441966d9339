"""`comity measure`: what follows from the graph, on the command line.

Owns what is typed and read. The work is done in `comity.graph`.
"""

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from comity.asking import HERE, TABLE, Data, out, print_table
from comity.errors import InputError
from comity.graph.opening import open_engine

app = typer.Typer(help="Measures, each with the acts and statements behind it.")
Form = Annotated[str, typer.Option("--format", help="table or json.")]


@app.callback()
def measure() -> None:
    """Keeps `comity measure` a group of commands."""


@app.command()
def obligations(
    event: Annotated[str, typer.Option(help="Id of the event.")],
    side: Annotated[str, typer.Option(help="Id of one party; else each party.")] = "",
    within_days: Annotated[
        int, typer.Option(help="Acts count up to so many days after the start.")
    ] = 30,
    data: Data = HERE,
    format: Form = TABLE,
) -> None:
    """Who owed what to the parties of an event, and what each then did."""
    from comity.graph.obligations import obligations_at

    if format not in (TABLE, "json"):
        raise InputError(f"--format {format} is not given; formats: table, json.")
    found = obligations_at(open_engine(data, os.environ), event, side or None, within_days)
    if format == "json":
        typer.echo(json.dumps(asdict(found), default=str, ensure_ascii=False, indent=2))
        return
    columns = ("owed_to", "obliged", "treaty", "article", "type", "trigger", "certain", "behaviour")
    rows = [
        (
            one.owed_to, one.obliged, one.treaty, one.article, one.type, one.trigger,
            str(one.certain).lower(), one.says,
        )
        for one in found.items
    ]  # fmt: skip
    title = f"Obligations on {found.day}, acts to {found.until}"
    print_table(title, columns, rows)
    print_table(
        "Not set off",
        ("treaty", "article", "why"),
        [(one.treaty, one.article, one.why) for one in found.not_triggered],
    )
    for claim in found.claims:
        out.print(
            f"Disputed: {claim.id} ({claim.issue}): asserted by {', '.join(claim.asserted_by)}; "
            f"denied by {', '.join(claim.denied_by) or 'nobody recorded'}.",
            highlight=False,
        )
