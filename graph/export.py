"""Writes the whole graph out, piece by piece.

N-Quads keep everything. JSON Lines have one thing per line with its properties, for tools
that know no RDF. Sources whose licence does not let them be passed on are left out unless
they are asked for, and the export says so in its first line.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import RdfFormat, parse

from comity.errors import InputError
from comity.graph.engine import Engine
from comity.graph.importing import loaded
from comity.graph.resolution import RESOLUTION
from comity.graph.things import short_name
from comity.ontology.namespaces import Thing, thing_iri

FORMATS = ("nq", "jsonl")


def withheld(engine: Engine) -> tuple[str, ...]:
    """Ids of the imported sources that may not be passed on, sorted."""
    return tuple(one.source for one in loaded(engine) if not one.may_pass_on)


def export_graph(engine: Engine, format: str, *, everything: bool = False) -> Iterator[bytes]:
    """The graph as bytes, graph by graph.

    Args:
        engine: the graph.
        format: `nq` or `jsonl`.
        everything: whether sources that may not be passed on are given too.

    Raises:
        InputError: another format was asked for.
    """
    if format not in FORMATS:
        raise InputError(f"The graph is not written as '{format}'; formats: {', '.join(FORMATS)}.")
    kept_back = () if everything else withheld(engine)
    # What gives way to what is said of statements of theirs.
    graphs = {thing_iri(Thing.SOURCE, name) for name in (*kept_back, RESOLUTION) if kept_back}
    pieces = engine.dump(graphs)
    if format == "nq":
        note = f"# Left out, since they may not be passed on: {', '.join(kept_back)}\n".encode()
    else:
        note = json.dumps({"left_out": kept_back}).encode() + b"\n"
        pieces = _json_lines(pieces)
    return chain([note] if kept_back else [], pieces)


def _json_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
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
