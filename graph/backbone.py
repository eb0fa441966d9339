"""The backbone of a weighted network: edges too heavy to be chance for one of their ends.

Owns the disparity filter: Serrano, Boguñá and Vespignani, Extracting the multiscale backbone
of complex weighted networks, PNAS 106 (2009) 6483-6488. It reads no graph of statements.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from comity.errors import InputError

if TYPE_CHECKING:
    import networkx as nx


def backbone(graph: "nx.Graph[str]", alpha: float = 0.05) -> "nx.Graph[str]":
    """The edges whose share of an end's weight is unlikely under an even random split.

    An edge with share p of the weight of an end that has k edges has significance
    (1 - p)^(k - 1) there; it stays where that is below `alpha` at one end or the other. An
    end with one edge says nothing about it. Signs do not count: |weight| is split.

    Args:
        graph: undirected, with edge attribute `weight` (1 where there is none).
        alpha: level, above 0 and at most 1.

    Returns:
        A copy with all nodes, and the edges that stay, each with `alpha`, the lower of its
        two significances.

    Raises:
        InputError: alpha is out of range, the graph is directed or has parallel edges, or a
            weight is not a finite number.
    """
    if not 0 < alpha <= 1:
        raise InputError(f"alpha is {alpha}; give a level above 0, at most 1.")
    if graph.is_directed() or graph.is_multigraph():
        raise InputError("The backbone is of an undirected graph without parallel edges.")
    edges = [(one, other, _size(data.get("weight", 1))) for one, other, data in graph.edges.data()]
    kept = graph.copy()
    for (one, other, _), found in zip(edges, disparity(edges), strict=True):
        if found < alpha:
            kept.edges[one, other]["alpha"] = found
        else:
            kept.remove_edge(one, other)
    return kept


def disparity(edges: Sequence[tuple[Hashable, Hashable, float]]) -> list[float]:
    """The significance of each edge, (1 - p)^(k - 1), the lower of those at its two ends.

    Args:
        edges: two ends and a weight each; of the weight the size counts.
    """
    totals: dict[Hashable, float] = defaultdict(float)
    degrees: dict[Hashable, int] = defaultdict(int)
    for one, other, size in edges:
        for end in {one, other}:
            totals[end] += abs(size)
            degrees[end] += 1
    return [
        min(
            (1 - abs(size) / totals[end]) ** (degrees[end] - 1)
            if degrees[end] > 1 and totals[end] > 0
            else 1.0
            for end in (one, other)
        )
        for one, other, size in edges
    ]


def _size(weight: object) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise InputError(f"A weight is '{weight}'; give numbers.")
    size = abs(float(weight))
    if not size < float("inf"):
        raise InputError(f"A weight is {weight}; give finite numbers.")
    return size
