"""Louvain communities: nodes move while modularity grows, then whole communities do.

Owns the moves, on the snapshot of a networkx graph. After the last level single nodes are
tried again, from the division found, and what comes of it goes up once more (A. Noack and
R. Rotta, "Multi-level algorithms for modularity clustering", SEA 2009), until nothing moves.
"""

from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from comity.graph.measures.chance import chance
from comity.graph.measures.compiled import compiled
from comity.graph.measures.signed import Floats, Ints
from comity.graph.measures.snapshot import snapshot, weights_of

# A move must add more than rounding does.
_LEAST = 1e-12


def louvain_communities(
    graph: "nx.Graph[Any]",
    weight: str | None = "weight",
    resolution: float = 1.0,
    seed: int = 1,
) -> list[set[Any]]:
    """A division of an undirected graph, as `networkx.community.louvain_communities`.

    Another seed may find another; for one seed it is always the same.

    Reference: Blondel et al. (2008), J. of Statistical Mechanics P10008.

    Raises:
        InputError: a weight is no finite number.
    """
    taken = snapshot(graph)
    if not taken.nodes:
        return []
    ties = weights_of(graph, taken, weight)
    community = communities_of(taken.first, taken.near, ties, resolution, seed)
    found: dict[int, set[Any]] = {}
    for node, number in zip(taken.nodes, community.tolist(), strict=True):
        found.setdefault(number, set()).add(node)
    return list(found.values())


def communities_of(first: Ints, near: Ints, ties: Floats, resolution: float, seed: int) -> Ints:
    """The number of the community of each node, of neighbours as compressed rows."""
    size = len(first) - 1
    source = np.repeat(np.arange(size), np.diff(first))
    # A loop stands once among the neighbours and counts twice in the degree.
    loop = source == near
    loops: Floats = np.bincount(source[loop], ties[loop], size).astype(np.float64)
    whole = csr_array(
        (
            ties[~loop],
            near[~loop],
            np.append(0, np.cumsum(np.bincount(source[~loop], minlength=size))),
        ),
        (size, size),
    )
    random = chance(seed)
    found = np.arange(size)
    while True:
        matrix, inside, labels = whole, loops, found
        moved_at_all = False
        while True:
            order = random.permutation(matrix.shape[0])
            start = labels if matrix is whole else np.arange(matrix.shape[0])
            moved, community = _moved(
                matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data,
                inside, start, order, resolution,
            )  # fmt: skip
            community = np.unique(community, return_inverse=True)[1]
            labels = community if matrix is whole else community[labels]
            moved_at_all |= moved
            if not moved and matrix is not whole:
                break
            matrix, inside = _together(matrix, inside, community)
        found = labels
        if not moved_at_all:
            return found


def _together(matrix: csr_array, inside: Floats, community: Ints) -> tuple[csr_array, Floats]:
    """The communities as nodes; ties inside one become its loop."""
    size = len(community)
    belongs = csr_array((np.ones(size), (community, np.arange(size))))
    made = (belongs @ matrix @ belongs.T).tocsr()
    inner = made.diagonal()
    made.setdiag(0)
    made.eliminate_zeros()
    return made, belongs @ inside + inner / 2


@compiled
def _moved(
    first: Ints, near: Ints, ties: Floats, loops: Floats,
    start: Ints, order: Ints, resolution: float,
) -> tuple[bool, Ints]:  # fmt: skip
    """Each node in the community where it adds most; who has a neighbour that moved, again."""
    size = len(first) - 1
    community = start.copy()
    degree = np.zeros(size)
    total = np.zeros(size)
    for node in range(size):
        degree[node] = 2 * loops[node]
        for arc in range(first[node], first[node + 1]):
            degree[node] += ties[arc]
        total[community[node]] += degree[node]
    double = degree.sum()
    moved = False
    if double <= 0:
        return moved, community
    waiting = order.copy()
    waits = np.ones(size, dtype=np.bool_)
    to = np.zeros(size)
    begin, count = 0, size
    while count > 0:
        node = waiting[begin]
        begin = (begin + 1) % size
        count -= 1
        waits[node] = False
        own = community[node]
        for arc in range(first[node], first[node + 1]):
            to[community[near[arc]]] += ties[arc]
        total[own] -= degree[node]
        cost = resolution * degree[node] / double
        best, most = own, to[own] - cost * total[own] + _LEAST * double
        for arc in range(first[node], first[node + 1]):
            other = community[near[arc]]
            gain = to[other] - cost * total[other]
            if gain > most:
                best, most = other, gain
        for arc in range(first[node], first[node + 1]):
            to[community[near[arc]]] = 0.0
        total[best] += degree[node]
        if best != own:
            community[node] = best
            moved = True
            for arc in range(first[node], first[node + 1]):
                other = near[arc]
                if not waits[other] and community[other] != best:
                    waits[other] = True
                    waiting[(begin + count) % size] = other
                    count += 1
    return moved, community
