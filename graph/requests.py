"""The few SPARQL requests that the graph layer itself makes, read from `graph/rq/`."""

from functools import cache
from importlib.resources import files


@cache
def request(name: str) -> str:
    """The text of `graph/rq/{name}.rq`."""
    return (files("comity.graph") / "rq" / f"{name}.rq").read_text(encoding="utf-8")
