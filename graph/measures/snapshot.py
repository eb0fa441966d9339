"""A networkx graph as whole numbers, made once for each state of its nodes and edges.

Owns what is kept and for how long. networkx clears `__networkx_cache__` of a graph when a
node or an edge comes or goes, and only then: an attribute that is written in place, as in
`graph[u][v]["weight"] = 9`, clears nothing. So the neighbours are kept there, and weights are
read anew each time, which costs a tenth of making the rest.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np

from comity.errors import InputError
from comity.graph.measures.signed import Floats, Ints

_KEY = "comity-snapshot"


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Who is next to whom.

    Attributes:
        nodes: the nodes; the others are places in this.
        first: where the neighbours of each node begin, and where the last ones end.
        near: the neighbours, node by node; of a directed graph those it points to.
    """

    nodes: tuple[Any, ...]
    first: Ints
    near: Ints


def snapshot(graph: "nx.Graph[Any]") -> Snapshot:
    """The snapshot of a graph as its nodes and edges are now."""
    # A view is not told when what it looks at changes, so nothing is kept for it.
    adjacency = _adjacency(graph)
    cache = getattr(graph, "__networkx_cache__", None) if type(adjacency) is dict else None
    kept = cache.get(_KEY) if cache is not None else None
    if isinstance(kept, Snapshot):
        return kept
    nodes = tuple(graph)
    rows = list(adjacency.values())
    first = np.zeros(len(nodes) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    place = dict(zip(nodes, range(len(nodes)), strict=True))
    near = np.fromiter(
        map(place.__getitem__, chain.from_iterable(rows)), np.int64, count=int(first[-1])
    )
    made = Snapshot(nodes, first, near)
    if cache is not None:
        cache[_KEY] = made
    return made


def weights_of(graph: "nx.Graph[Any]", made: Snapshot, name: str | None) -> Floats:
    """The weight of each neighbour of a snapshot as it is now; 1 where an edge has none.

    Raises:
        InputError: a weight is no finite number.
    """
    if name is None:
        return np.ones(len(made.near))
    edges = chain.from_iterable(row.values() for row in _adjacency(graph).values())
    try:
        found = np.fromiter((edge.get(name, 1) for edge in edges), float, count=len(made.near))
    except (TypeError, ValueError):
        found = np.array([np.nan])
    if not np.isfinite(found).all():
        raise InputError(f"An edge has no finite number for its {name}; give one.")
    return found


def _adjacency(graph: Any) -> Any:
    """The dictionaries themselves: the views that networkx shows of them take four times as long."""
    return graph._adj
