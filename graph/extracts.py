"""Which sources are extracts of another one that is there whole, so that no act counts twice.

Owns the declared list (`sources/extracts.csv`). An extract ships with the graph and stays in
it: its acts are found and shown as before, but a network that has the whole counts those of
the whole only.
"""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request


def window_of(archive: str) -> str:
    """Id of the source that holds some days of an archive as statements."""
    return f"{archive}.window"


@cache
def extracts() -> tuple[tuple[str, str], ...]:
    """Pairs of the id of an extract and the name of the importer of its whole."""
    text = (files("comity.graph.sources") / "extracts.csv").read_text(encoding="utf-8")
    return tuple((row["source"], row["whole"]) for row in csv.DictReader(text.splitlines()))


def counted_elsewhere(engine: Engine, archives: Iterable[str] = ()) -> frozenset[str]:
    """Ids of the extracts whose whole is in the graph, or in an archive that is asked for.

    Args:
        engine: the graph.
        archives: ids of the sources whose archived acts are counted too.
    """
    rows = engine.select(bind(request("wholes"), {})).texts()
    there = {row["importer"] for row in rows}
    asked = tuple(archives)
    return frozenset(
        extract
        for extract, whole in extracts()
        if whole in there or any(source.startswith(f"{whole}-") for source in asked)
    )
