"""`comity measure`: what follows from the graph, on the command line.

Owns what is typed and read. The work is done in `comity.graph`. Measures of a network are
commands of their own, found by id, so that one more measure is one more command.
"""

import csv
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.asking import CONTEXT, HERE, TABLE, Data, given, out, print_table
from comity.errors import InputError
from comity.graph.opening import open_engine

if TYPE_CHECKING:
    import networkx as nx

    from comity.graph.measures.registry import Measure

_FORMATS = (TABLE, "json", "csv")


class _Commands(typer.core.TyperGroup):
    """The commands of this module; every other name is the id of a measure."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A command by its name, else `of` with the id as its first argument."""
        known = args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["of", *args])


app = typer.Typer(cls=_Commands, help="Measures, each with the acts and statements behind it.")
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


@app.command(name="list")
def list_measures() -> None:
    """The measures of a network there are."""
    from comity.graph.measures.registry import measures

    rows = [(one.id, one.group.value, one.title) for one in measures().values()]
    print_table("Measures", ("id", "group", "question"), rows)
    out.print("comity measure <id> --help tells the parameters of one.", highlight=False)


@app.command(name="of", context_settings=CONTEXT, hidden=True)
def of(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Id of the measure; see `comity measure list`.")],
    edges: Annotated[
        Path | None,
        typer.Option(
            help="A network of your own: CSV (source, target, sign or weight), "
            "GraphML or GEXF; else the stances of the graph."
        ),
    ] = None,
    format: Annotated[str, typer.Option(help="table, json or csv.")] = TABLE,
    data: Data = HERE,
) -> None:
    """A measure of a network, by its id."""
    from comity.graph.measures.registry import find_measure

    asked = find_measure(name)
    if {"--help", "-h"} & set(context.args):
        _explain(asked)
        return
    if format not in _FORMATS:
        raise InputError(f"--format {format} is not given; formats: {', '.join(_FORMATS)}.")
    texts = given(context.args)
    for option, values in texts.items():
        if len(values) > 1:
            raise InputError(f"--{option} takes one value, {len(values)} were given.")
    parameters = asked.read({option: values[0] for option, values in texts.items()})
    graph = _network(data) if edges is None else _read_edges(edges)
    result = asked.function(graph, **parameters)
    if format == "json":
        typer.echo(json.dumps(asdict(result), ensure_ascii=False, indent=2, allow_nan=False))
        return
    rows = result.table()
    columns = tuple(rows[0]) if rows else ()
    if format == "csv":
        writer = csv.DictWriter(sys.stdout, columns)
        writer.writeheader()
        writer.writerows(rows)
        return
    for field, value in asdict(result).items():
        if isinstance(value, int | float):
            out.print(f"{field}: {value}", highlight=False)
    print_table(asked.title, columns, [[row[column] for column in columns] for row in rows])


def _explain(asked: "Measure") -> None:
    out.print(asked.title, style="bold", markup=False, highlight=False)
    out.print(asked.description, markup=False, highlight=False)
    for one in asked.parameters:
        values = f"; one of {', '.join(one.allowed)}" if one.allowed else ""
        text = f"  --{one.name:10} {one.meaning} (default {one.default}{values})"
        out.print(text, markup=False, highlight=False)


def _network(data: Path) -> "nx.MultiDiGraph[str]":
    from comity.graph.network import NetworkQuery
    from comity.graph.projection import project

    return project(open_engine(data, os.environ), NetworkQuery()).to_networkx()


def _read_edges(path: Path) -> "nx.Graph[Any]":
    """A network from a file.

    Raises:
        InputError: the file is not there, or is not such a network.
    """
    from comity.graph.measures.files import read_network

    return read_network(path)
