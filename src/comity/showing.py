"""`comity show`: a view or a story as a file for others.

Owns what is typed and read; options choose a view as those of `comity network` choose a
network. What is drawn is in `comity.graph.drawing`.
"""

import os
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from comity.asking import HERE, Data, given, out
from comity.errors import InputError
from comity.graph.opening import open_engine
from comity.networking import network_options, network_query


def show(
    context: typer.Context,
    data: Data = HERE,
    path: Annotated[
        Path, typer.Option("--out", help="File to write; .html, .svg, .png or .pdf.")
    ] = Path("network.html"),
    lens: Annotated[
        str | None, typer.Option(help="Bloc whose members are coloured: csto, nato, eu, ots, cis.")
    ] = None,
    theme: Annotated[
        str, typer.Option(help="light or dark, for .svg, .png and .pdf; a page has both.")
    ] = "light",
    story: Annotated[
        str | None, typer.Option(help="Id of a story to write instead; .html or .pdf.")
    ] = None,
) -> None:
    """Write a view or a story as one file that needs no network; options as in /network.

    Without options it is the view that `comity serve` opens with.
    """
    from comity.graph.drawing.blocs import BLOCS
    from comity.graph.drawing.files import PICTURES, picture_file
    from comity.graph.drawing.svg import Theme
    from comity.graph.drawing.words import use
    from comity.graph.view import DEFAULT_QUERY

    if {"--help", "-h"} & set(context.args):
        names = ", ".join("--" + name.replace("_", "-") for name in network_options())
        typer.echo("Writes a view as one file that needs no network; without options the view of")
        typer.echo("September 2022. --out names it: .html, .svg, .png or .pdf. --lens colours a")
        typer.echo(
            "bloc. --theme dark draws on dark ground. --story writes a story instead, as .html or .pdf."
        )
        typer.echo(f"Options of the view: {names}. docs/explorer.md has examples.")
        return
    named = os.environ.get("COMITY_TRANSLATION")
    use(Path(named) if named else None)
    texts = given(context.args)
    if story is not None:
        _write_story(story, data, path)
        return
    unknown = sorted(texts.keys() - set(network_options()))
    if unknown:
        names = ", ".join("--" + name.replace("_", "-") for name in network_options())
        raise InputError(f"There is no option --{unknown[0].replace('_', '-')}; options: {names}.")
    if theme not in get_args(Theme):
        raise InputError(f"--theme {theme} is not offered; themes: {', '.join(get_args(Theme))}.")
    if lens is not None and lens not in BLOCS:
        raise InputError(f"--lens {lens} is not offered; blocs: {', '.join(BLOCS)}.")
    wanted = next((one for one in PICTURES if path.suffix.lower() == f".{one}"), None)
    if wanted is None:
        endings = ", ".join(f".{one}" for one in PICTURES)
        raise InputError(f"{path} has none of the endings {endings}; name the file accordingly.")
    engine = open_engine(data, os.environ)
    query = network_query(texts, engine) if texts else DEFAULT_QUERY
    path.write_bytes(picture_file(engine, query, wanted, lens=lens, theme=cast(Theme, theme)))
    out.print(f"Wrote {path}", highlight=False)


def _write_story(identifier: str, data: Path, path: Path) -> None:
    from comity.graph.drawing.files import STORY_FORMATS, story_file
    from comity.graph.stories.shelf import Stories

    wanted = next((one for one in STORY_FORMATS if path.suffix.lower() == f".{one}"), None)
    if wanted is None:
        raise InputError(f"{path} is neither .html nor .pdf, which a story can be written as.")
    engine = open_engine(data, os.environ)
    path.write_bytes(story_file(engine, Stories(data).told(engine, identifier), wanted))
    out.print(f"Wrote {path}", highlight=False)
