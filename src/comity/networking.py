"""`comity network`, and the options by which a network of the graph is chosen.

Owns what is typed and read: the same names as in `/network`, with dashes. The work is done in
`comity.graph`.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.asking import HERE, Data, given
from comity.errors import InputError, ParameterError
from comity.graph.opening import open_engine
from comity.ontology.dates import parse_day
from comity.ontology.namespaces import Thing, is_id_of
from comity.ontology.terms import concepts

if TYPE_CHECKING:
    from comity.graph.engine import Engine
    from comity.graph.network import NetworkQuery

# How an option is called, and the field of a query that it fills, where that differs.
_MANY = {
    "actor": "actors",
    "relation": "relations",
    "kind": "kinds",
    "treaty": "treaties",
    "archive": "archives",
    "alliance": "alliances",
}
_THINGS = {
    "event": Thing.EVENT,
    "actor": Thing.ACTOR,
    "treaty": Thing.TREATY,
    "alliance": Thing.ACTOR,
}
_DAYS = ("since", "until", "as_of")
_ONE = ("event", "depth", *_DAYS, "level", "bundle")


def network_options() -> tuple[str, ...]:
    """Names of the options that choose a network, with underscores."""
    from comity.graph.network import Weighing

    return (*_ONE, *_MANY, *(one.name for one in fields(Weighing)))


def network_query(texts: Mapping[str, Sequence[str]], engine: "Engine") -> "NetworkQuery":
    """The network that the options ask for.

    Args:
        texts: what was given for each option of `network_options`.
        engine: the graph, which must have the things named.

    Raises:
        ParameterError: a value is not one of those that there are, or two contradict each other.
    """
    from comity.graph import network
    from comity.graph.network import Level, NetworkQuery, Weighing

    for name, values in texts.items():
        if len(values) > 1 and name not in _MANY:
            raise ParameterError(f"--{_dashed(name)} takes one value.", parameter=name)
    single = {name: values[0] for name, values in texts.items() if name not in _MANY}
    for name in _DAYS:
        if name in single:
            single[name] = parse_day(single[name])  # type: ignore[assignment]
    readers: dict[str, Any] = {
        "depth": int,
        "level": Level,
        "bundle": network.Bundle,
        "weight": network.Weight,
        "half_life": float,
        "sign_rule": network.SignRule,
        "once": network.Once,
        "agreement": network.Agreement,
        "normalisation": network.Normalisation,
        "minimum_acts": int,
        "minimum_exposure": int,
        "backbone": float,
    }
    read: dict[str, Any] = {
        name: _read(name, value, readers[name]) if name in readers else value
        for name, value in single.items()
    }
    for name, field in _MANY.items():
        values = texts.get(name, ())
        if name == "relation":
            read_values: Sequence[Any] = [_read(name, one, network.Relation) for one in values]
        else:
            read_values = values
        if name == "kind":
            _known(name, values, concepts("kind"))
        if values:
            read[field] = tuple(read_values)
    _refuse_unknown_things(texts, engine)
    how = {one.name: read.pop(one.name) for one in fields(Weighing) if one.name in read}
    return NetworkQuery(**read, weighing=Weighing(**how))


def _read(name: str, text: str, kind: Any) -> Any:
    try:
        return kind(text)
    except ValueError:
        allowed = [one.value for one in kind] if issubclass(kind, StrEnum) else []
        expected = f"one of {', '.join(allowed)}" if allowed else "a number"
        raise ParameterError(
            f"--{_dashed(name)} is '{text}'; give {expected}.",
            parameter=name, got=text, expected=expected,
        ) from None  # fmt: skip


def _known(name: str, values: Sequence[str], allowed: Mapping[str, object]) -> None:
    for value in values:
        if value not in allowed:
            raise ParameterError(
                f"--{_dashed(name)} is '{value}'; one of {', '.join(allowed)}.",
                parameter=name, got=value,
            )  # fmt: skip


def _refuse_unknown_things(texts: Mapping[str, Sequence[str]], engine: "Engine") -> None:
    from comity.graph.things import read_things
    from comity.ontology.namespaces import thing_iri

    for name, thing in _THINGS.items():
        for value in texts.get(name, ()):
            if not is_id_of(thing, value) or not read_things(engine, [thing_iri(thing, value)]):
                raise ParameterError(
                    f"--{_dashed(name)} is '{value}', which is not in the graph; "
                    f"`comity resolve` finds ids by name.",
                    parameter=name, got=value,
                )  # fmt: skip


def _dashed(name: str) -> str:
    return name.replace("_", "-")


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
        typer.echo("--format, --out and --data. docs/network.md says what they mean.")
        return
    if format not in FORMATS:
        raise InputError(f"--format {format} is not given; formats: {', '.join(FORMATS)}.")
    if format == "parquet" and path is None:
        raise InputError("Parquet is no text: name a file with --out.")
    texts = given(context.args)
    unknown = sorted(texts.keys() - set(network_options()))
    if unknown:
        names = ", ".join("--" + _dashed(name) for name in network_options())
        raise InputError(f"There is no option --{_dashed(unknown[0])}; options: {names}.")
    engine = open_engine(data, os.environ)
    found = project(engine, network_query(texts, engine), Shelf(data, os.environ))
    body = written(found.to_networkx(), format)
    if path is None:
        typer.echo(body.decode(), nl=False)
    else:
        path.write_bytes(body)
        typer.echo(f"Wrote {len(found.nodes)} nodes and {len(found.ties)} ties to {path}")
