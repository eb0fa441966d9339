"""`comity network`, and the options by which a network of the graph is chosen.

Owns what is typed and read: the same names as in `/network`, with dashes. The work is done in
`comity.graph`.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import EnumType
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.asking import HERE, Data, given
from comity.errors import InputError, ParameterError
from comity.graph.opening import open_engine
from comity.graph.things import read_things
from comity.ontology.namespaces import Thing, is_id_of, thing_iri
from comity.queries.parameters import concept_of, day_of

if TYPE_CHECKING:
    from comity.graph.engine import Engine
    from comity.graph.network import NetworkQuery


@dataclass(frozen=True, slots=True)
class _Option:
    """An option that chooses a network.

    Attributes:
        name: with underscores.
        read: from its text; a ValueError says that it is none of these.
        field: of `NetworkQuery`, where it takes several; it may then be repeated.
        thing: what it names in the graph, if it names something there.
    """

    name: str
    read: Callable[[str], Any] = str
    field: str = ""
    thing: Thing | None = None


@cache
def _options() -> Mapping[str, _Option]:
    # Imported here: `comity --help` needs no network.
    from comity.graph import network

    found = (
        _Option("event", thing=Thing.EVENT),
        _Option("actor", field="actors", thing=Thing.ACTOR),
        _Option("depth", int),
        _Option("relation", network.Relation, "relations"),
        _Option("kind", partial(concept_of, "kind", "kind"), "kinds"),
        _Option("treaty", field="treaties", thing=Thing.TREATY),
        _Option("archive", field="archives"),
        _Option("since", partial(day_of, "since")),
        _Option("until", partial(day_of, "until")),
        _Option("as_of", _day_or_any),
        _Option("level", network.Level),
        _Option("alliance", field="alliances", thing=Thing.ACTOR),
        _Option("bundle", network.Bundle),
        _Option("weight", network.Weight),
        _Option("half_life", float),
        _Option("sign_rule", network.SignRule),
        _Option("once", network.Once),
        _Option("agreement", network.Agreement),
        _Option("normalisation", network.Normalisation),
        _Option("minimum_acts", int),
        _Option("minimum_exposure", int),
        _Option("backbone", float),
        _Option("nodes", int),
    )
    return {one.name: one for one in found}


def _day_or_any(text: str) -> date | None:
    """A day, or None for statements of any day."""
    return None if text == "any" else day_of("as_of", text)


def network_options() -> tuple[str, ...]:
    """Names of the options that choose a network, with underscores."""
    return tuple(_options())


def network_query(texts: Mapping[str, Sequence[str]], engine: "Engine") -> "NetworkQuery":
    """The network that the options ask for.

    Args:
        texts: what was given for each option of `network_options`.
        engine: the graph, which must have the things named.

    Raises:
        ParameterError: a value is not one of those that there are, or two contradict each other.
    """
    from comity.graph.network import NetworkQuery, Weighing

    # As in /network, what holds today where no day is named.
    found: dict[str, Any] = {"as_of": datetime.now(UTC).date()}
    for name, values in texts.items():
        option = _options()[name]
        if len(values) > 1 and not option.field:
            raise ParameterError(f"--{_dashed(name)} takes one value.", parameter=name)
        read = [_read(option, text, engine) for text in values]
        found[option.field or name] = tuple(read) if option.field else read[0]
    how = {one.name: found.pop(one.name) for one in fields(Weighing) if one.name in found}
    return NetworkQuery(**found, weighing=Weighing(**how))


def _read(option: _Option, text: str, engine: "Engine") -> Any:
    try:
        value = option.read(text)
    except ValueError:
        allowed: list[str] = list(option.read) if isinstance(option.read, EnumType) else []
        expected = f"one of {', '.join(allowed)}" if allowed else "a number"
        raise ParameterError(
            f"--{_dashed(option.name)} is '{text}'; give {expected}.",
            parameter=option.name,
            got=text,
            expected=expected,
        ) from None
    if option.thing is not None and not _is_there(option.thing, text, engine):
        raise ParameterError(
            f"--{_dashed(option.name)} is '{text}', which is not in the graph; `comity resolve` "
            "finds ids by name.",
            parameter=option.name,
            got=text,
        )
    return value


def _is_there(thing: Thing, identifier: str, engine: "Engine") -> bool:
    return is_id_of(thing, identifier) and bool(read_things(engine, [thing_iri(thing, identifier)]))


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def engine_then(data: Path, moments: Sequence[str]) -> "Engine":
    """The graph, or as it was at the last of some moments; `now` is today's.

    Raises:
        ParameterError: it is no moment, or one before the log of changes begins.
    """
    if not moments or moments[-1] == "now":
        return open_engine(data, os.environ)
    from comity.graph.history import engine_known_at, moment_of
    from comity.graph.home import GraphHome

    return engine_known_at(GraphHome(data), moment_of(moments[-1]))


def network(
    context: typer.Context,
    format: Annotated[str, typer.Option(help="csv, cytoscape, gexf, graphml or parquet.")] = "csv",
    path: Annotated[Path | None, typer.Option("--out", help="File; else standard output.")] = None,
    data: Data = HERE,
) -> None:
    """Write a network of the graph for other programs; options as in /network, with dashes."""
    from comity.graph.archives.shelf import Shelf
    from comity.graph.exchange import FORMATS, written
    from comity.graph.projection import project

    if {"--help", "-h"} & set(context.args):
        typer.echo(f"Options: {', '.join('--' + _dashed(name) for name in network_options())};")
        typer.echo("--known-at, --format, --out and --data. docs/network.md says what they mean.")
        return
    if format not in FORMATS:
        raise InputError(f"--format {format} is not given; formats: {', '.join(FORMATS)}.")
    if format == "parquet" and path is None:
        raise InputError("Parquet is no text: name a file with --out.")
    texts = given(context.args)
    moments = texts.pop("known_at", ())
    unknown = sorted(texts.keys() - set(network_options()))
    if unknown:
        names = ", ".join("--" + _dashed(name) for name in network_options())
        raise InputError(f"There is no option --{_dashed(unknown[0])}; options: {names}.")
    engine = engine_then(data, moments)
    found = project(engine, network_query(texts, engine), Shelf(data, os.environ))
    body = written(found.to_networkx(), format)
    if path is None:
        typer.echo(body.decode(), nl=False)
    else:
        path.write_bytes(body)
        typer.echo(f"Wrote {len(found.nodes)} nodes and {len(found.ties)} ties to {path}")
