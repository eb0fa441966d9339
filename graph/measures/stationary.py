"""Where a walk along ties ends up: PageRank and eigenvector centrality by powers.

Owns both as networkx defines them, with the same starts and ends, on its snapshot.
"""

from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from comity.graph.measures.snapshot import snapshot, weights_of


def pagerank(
    graph: "nx.Graph[Any]",
    alpha: float = 0.85,
    max_iter: int = 100,
    tol: float = 1e-6,
    weight: str | None = "weight",
) -> dict[Any, float]:
    """PageRank of each node, as `networkx.pagerank` without personalization.

    Raises:
        InputError: a weight is no finite number.
        networkx.PowerIterationFailedConvergence: `max_iter` is too small.
    """
    taken = snapshot(graph)
    size = len(taken.nodes)
    if not size:
        return {}
    ties = weights_of(graph, taken, weight)
    out = np.bincount(_sources(taken.first), ties, size)
    ends = np.divide(1.0, out, out=np.zeros(size), where=out != 0)
    back = csr_array((ties * ends[_sources(taken.first)], taken.near, taken.first), (size,) * 2).T
    nowhere = np.flatnonzero(out == 0)
    found = np.full(size, 1.0 / size)
    for _ in range(max_iter):
        before = found
        found = alpha * (back @ before + before[nowhere].sum() / size) + (1 - alpha) / size
        if np.abs(found - before).sum() < size * tol:
            return dict(zip(taken.nodes, found.tolist(), strict=True))
    raise nx.PowerIterationFailedConvergence(max_iter)


def eigenvector_centrality(
    graph: "nx.Graph[Any]", max_iter: int = 100, tol: float = 1e-6, weight: str | None = None
) -> dict[Any, float]:
    """Eigenvector centrality of each node, as `networkx.eigenvector_centrality`.

    Raises:
        InputError: a weight is no finite number.
        networkx.NetworkXPointlessConcept: the graph has no node.
        networkx.PowerIterationFailedConvergence: `max_iter` is too small.
    """
    taken = snapshot(graph)
    size = len(taken.nodes)
    if not size:
        raise nx.NetworkXPointlessConcept("cannot compute centrality for the null graph")
    ties = weights_of(graph, taken, weight)
    back = csr_array((ties, taken.near, taken.first), (size, size)).T.tocsr()
    found = np.full(size, 1.0 / size)
    for _ in range(max_iter):
        before = found
        found = before + back @ before
        found = found / (np.linalg.norm(found) or 1.0)
        if np.abs(found - before).sum() < size * tol:
            return dict(zip(taken.nodes, found.tolist(), strict=True))
    raise nx.PowerIterationFailedConvergence(max_iter)


def _sources(first: Any) -> Any:
    return np.repeat(np.arange(len(first) - 1), np.diff(first))
