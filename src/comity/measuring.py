"""`comity measure`: what follows from the graph, on the command line.

Owns what is typed and read. The work is done in `comity.graph`. Measures of a network are
commands of their own, found by id, so that one more measure is one more command.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comity.asking import CONTEXT, HERE, TABLE, Data, given, out, print_table
from comity.errors import InputError
from comity.graph.opening import open_engine
from comity.networking import engine_then, network_options, network_query

if TYPE_CHECKING:
    from comity.graph.measures.registry import Measure
    from comity.graph.measuring import Measured


_PLOT = "svg"


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

    rows = [(one.id, one.group.value, one.title, one.page) for one in measures().values()]
    print_table("Measures", ("id", "group", "question", "page"), rows)
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
    all_rules: Annotated[
        bool, typer.Option("--all-rules", help="Under every sign rule, with the spread.")
    ] = False,
    format: Annotated[str, typer.Option(help="table, json, csv, parquet, md or svg.")] = TABLE,
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
    data: Data = HERE,
) -> None:
    """A measure of a network, by its id."""
    from comity.graph.measures.registry import find_measure
    from comity.graph.tables import FORMATS

    asked = find_measure(name)
    if {"--help", "-h"} & set(context.args):
        _explain(asked)
        return
    formats = (TABLE, *FORMATS, _PLOT)
    if format not in formats:
        raise InputError(f"--format {format} is not given; formats: {', '.join(formats)}.")
    if format == "parquet" and path is None:
        raise InputError("Parquet is no text: name a file with --out.")
    texts = given(context.args)
    if edges:
        found = _of_a_file(asked, edges, texts, all_rules, format == _PLOT)
    else:
        found = _of_the_graph(asked, data, texts, all_rules, format == _PLOT)
    _write(asked, found, format, path)


def _of_a_file(
    asked: "Measure", path: Path, texts: dict[str, list[str]], all_rules: bool, plot: bool
) -> "Measured":
    from comity.graph.measures.files import read_network
    from comity.graph.measuring import Measured, drawn, explained, result_of

    explain = texts.pop("explain", [])
    if "group" in texts:
        raise InputError(
            "--group reads memberships in the graph; a network of your own names groups itself, "
            "in the columns source_group and target_group or the node attribute group."
        )
    if chosen := sorted(texts.keys() & {*network_options(), "known_at"}):
        option = _dashed(chosen[0])
        raise InputError(f"{option} chooses from the graph, which --edges does not read.")
    parameters = _parameters(asked, texts)
    graph = read_network(path)
    with _bar(asked):
        result = result_of(asked, graph, parameters, all_rules=all_rules)
    return Measured(
        asdict(result),
        result.table(),
        graph.number_of_nodes(),
        graph.number_of_edges(),
        explained(graph, tuple(explain), own=True),
        plot=drawn(result) if plot else "",
    )


def _of_the_graph(
    asked: "Measure", data: Path, texts: dict[str, list[str]], all_rules: bool, plot: bool
) -> "Measured":
    from comity.graph.measuring import MeasureQuery, measured

    groups, explain = texts.pop("group", ()), texts.pop("explain", ())
    moments = texts.pop("known_at", ())
    options = set(network_options())
    network = {name: values for name, values in texts.items() if name in options}
    own = {name: values for name, values in texts.items() if name not in options}
    if groups:
        # Members are states and bodies, so what their officials and organs did counts for them.
        network.setdefault("level", ["state"])
    if unknown := sorted(own.keys() - {one.name for one in asked.parameters}):
        of_network = ", ".join(
            _dashed(name) for name in (*network_options(), "known_at", "group", "explain")
        )
        of_measure = ", ".join(_dashed(one.name) for one in asked.parameters) or "none"
        raise InputError(
            f"There is no option {_dashed(unknown[0])}; options of {asked.id}: {of_measure}; "
            f"of every network: {of_network}."
        )
    parameters = _parameters(asked, own)
    engine = engine_then(data, moments)
    query = MeasureQuery(
        asked.id,
        network_query(network, engine),
        tuple(sorted(parameters.items())),
        tuple(groups),
        tuple(explain),
        all_rules,
        plot,
    )
    with _bar(asked):
        return measured(engine, data, query)


def _dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _parameters(asked: "Measure", texts: dict[str, list[str]]) -> dict[str, Any]:
    for option, values in texts.items():
        if len(values) > 1:
            raise InputError(f"--{option} takes one value, {len(values)} were given.")
    return asked.read({option: values[0] for option, values in texts.items()})


def _bar(asked: "Measure") -> Progress:
    """A bar with the time that it takes, on a terminal only."""
    err = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
    bar.add_task(asked.title, total=None)
    return bar


def _write(asked: "Measure", found: "Measured", format: str, path: Path | None) -> None:
    from comity.graph.tables import table_of, written

    if format == TABLE:
        if path is not None:
            raise InputError("A table is for the terminal; give --format with --out.")
        _print(asked, found)
        return
    if format == "json":
        whole = {**found.result, "explained": [asdict(one) for one in found.explained]}
        shown = whole if found.explained else found.result
        text = json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False, default=str)
        body = text.encode() + b"\n"
    elif format == _PLOT:
        body = found.plot.encode()
    else:
        body = written(table_of(found.table), format)
    if path is None:
        typer.echo(body.decode(), nl=False)
    else:
        path.write_bytes(body)
        typer.echo(f"Wrote {path}")


def _print(asked: "Measure", found: "Measured") -> None:
    for field, value in found.result.items():
        if isinstance(value, int | float):
            out.print(f"{field}: {value}", highlight=False)
    rows = [list(row.values()) for row in found.table]
    print_table(asked.title, found.table.columns, rows)
    if found.explained:
        ties = [
            (one.source, one.target, one.relation, one.sign, ", ".join(one.acts))
            for one in found.explained
        ]
        print_table("What is behind it", ("source", "target", "relation", "sign", "acts"), ties)


def _explain(asked: "Measure") -> None:
    out.print(asked.title, style="bold", markup=False, highlight=False)
    out.print(asked.description, markup=False, highlight=False)
    for one in asked.parameters:
        values = f"; one of {', '.join(one.allowed)}" if one.allowed else ""
        text = f"  --{one.name:10} {one.meaning} (default {one.default}{values})"
        out.print(text, markup=False, highlight=False)
    out.print(f"Page: {asked.page}", markup=False, highlight=False)
