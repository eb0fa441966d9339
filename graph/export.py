"""Writes the whole graph out, piece by piece.

N-Quads keep everything. JSON Lines have one thing per line with its properties, for tools
that know no RDF.
"""

import json
from collections.abc import Iterator

from pyoxigraph import RdfFormat, parse

from comity.errors import InputError
from comity.graph.engine import Engine
from comity.graph.things import short_name

FORMATS = ("nq", "jsonl")


def export_graph(engine: Engine, format: str) -> Iterator[bytes]:
    """The graph as bytes, graph by graph.

    Args:
        engine: the graph.
        format: `nq` or `jsonl`.

    Raises:
        InputError: another format was asked for.
    """
    if format not in FORMATS:
        raise InputError(f"The graph is not written as '{format}'; formats: {', '.join(FORMATS)}.")
    return engine.dump() if format == "nq" else _json_lines(engine)


def _json_lines(engine: Engine) -> Iterator[bytes]:
    for piece in engine.dump():
        things: dict[str, dict[str, list[str]]] = {}
        source = ""
        for quad in parse(piece, format=RdfFormat.N_QUADS):
            source = quad.graph_name.value
            properties = things.setdefault(quad.subject.value, {})
            properties.setdefault(short_name(quad.predicate.value), []).append(quad.object.value)
        lines = (
            json.dumps({"iri": iri, "graph": source, **properties}, ensure_ascii=False)
            for iri, properties in sorted(things.items())
        )
        yield ("\n".join(lines) + "\n").encode()
