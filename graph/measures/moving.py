"""Communities by moves of nodes, until none makes the division more modular.

Owns the one search behind Louvain, Leiden and signed modularity, compiled. Nodes move to the
community where they add most, communities become nodes, these move, and so on; then single
nodes are tried again from the division found, until nothing moves (A. Noack and R. Rotta,
"Multi-level algorithms for modularity clustering", SEA 2009). With refinement it is not the
communities that become nodes but tied sets inside them, so that where no tie is negative every
community found is connected: it is one such set, and these only grow by ties.

Reference: Blondel et al. (2008), J. of Statistical Mechanics P10008; with refinement, V. Traag,
L. Waltman and N. J. van Eck, "From Louvain to Leiden", Scientific Reports 9, 5233 (2019). The
best set is chosen in the refinement, where the paper draws one.
"""

from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from comity.graph.measures.chance import chance
from comity.graph.measures.compiled import compiled
from comity.graph.measures.signed import Floats, Ints, SignedArrays
from comity.graph.measures.snapshot import snapshot, weights_of

# A move must add more than rounding does: this share of the mean size of a tie.
_LEAST = 1e-9


def louvain_communities(
    graph: "nx.Graph[Any]",
    weight: str | None = "weight",
    resolution: float = 1.0,
    seed: int = 1,
) -> list[set[Any]]:
    """A division of an undirected graph, as `networkx.community.louvain_communities`.

    Another seed may find another; for one seed it is always the same.

    Raises:
        InputError: a weight is no finite number.
    """
    taken = snapshot(graph)
    ties = weights_of(graph, taken, weight)
    size = len(taken.nodes)
    source = np.repeat(np.arange(size), np.diff(taken.first))
    # A loop stands once among the neighbours and counts twice in the degree.
    loop = source == taken.near
    degrees: Floats = np.bincount(source, np.where(loop, 2 * ties, ties), size).astype(float)
    if degrees.sum() <= 0:
        return [{node} for node in taken.nodes]
    matrix = _without_loops(csr_array((ties, taken.near, taken.first), (size, size)))
    rates = np.array([resolution / degrees.sum()])
    community = most_modular(matrix, degrees[:, None], rates, chance(seed), refine=False)
    found: dict[int, set[Any]] = {}
    for node, number in zip(taken.nodes, community.tolist(), strict=True):
        found.setdefault(number, set()).add(node)
    return list(found.values())


def signed_communities(arrays: SignedArrays, random: np.random.Generator) -> Ints:
    """The number of the community of each node, from 0, by signed modularity; with refinement.

    Args:
        arrays: the network.
        random: the orders in which nodes are tried follow from it.
    """
    size = len(arrays.nodes)
    ends = (
        np.concatenate([arrays.left, arrays.right]),
        np.concatenate([arrays.right, arrays.left]),
    )
    signs = np.tile(arrays.sign.astype(float), 2)
    degrees = np.stack(
        [np.bincount(ends[0], signs * sign > 0, size) for sign in (1, -1)], axis=1
    ).astype(float)
    rates = np.array([1.0, -1.0]) / np.maximum(degrees.sum(axis=0), 1.0)
    return most_modular(csr_array((signs, ends), (size, size)), degrees, rates, random, refine=True)


def most_modular(
    ties: csr_array, degrees: Floats, rates: Floats, random: np.random.Generator, *, refine: bool
) -> Ints:
    """The number of the community of each node, from 0; no move of a node is a gain.

    Args:
        ties: between nodes, both ways, without loops.
        degrees: of each node, by layer.
        rates: what chance ties two nodes by in a layer, over the product of their degrees.
        random: the orders in which nodes are tried follow from it.
        refine: whether communities are connected.
    """
    least = _LEAST * float(np.abs(ties.data).mean()) if ties.nnz else 0.0
    found = np.arange(ties.shape[0])
    changed = bool(ties.nnz)
    while changed:
        found, changed = _once(ties, degrees, rates, found, random, refine, least)
    return found


def _once(
    matrix: csr_array,
    degrees: Floats,
    rates: Floats,
    found: Ints,
    random: np.random.Generator,
    refine: bool,
    least: float,
) -> tuple[Ints, bool]:
    """One way up, from single nodes in the communities found; and whether anything moved."""
    belongs = np.arange(len(found))
    labels, changed = found, False
    while True:
        size = matrix.shape[0]
        near = (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)
        given = (*near, degrees, rates)
        moved, labels = _moved(*given, labels, random.permutation(size), least)
        changed |= moved
        labels = np.unique(labels, return_inverse=True)[1]
        sets = _refined(*given, labels, random.permutation(size), least) if refine else labels
        names, sets = np.unique(sets, return_inverse=True)
        if len(names) == size:
            return labels[belongs], changed
        joins = csr_array((np.ones(size), (sets, np.arange(size))), (len(names), size))
        matrix = _without_loops((joins @ matrix @ joins.T).tocsr())
        degrees = joins @ degrees
        labels = labels[names] if refine else np.arange(len(names))
        belongs = sets[belongs]


def _without_loops(matrix: csr_array) -> csr_array:
    size = matrix.shape[0]
    row = np.repeat(np.arange(size), np.diff(matrix.indptr))
    apart = row != matrix.indices
    first = np.append(0, np.cumsum(np.bincount(row[apart], minlength=size)))
    return csr_array((matrix.data[apart], matrix.indices[apart], first), matrix.shape)


@compiled
def _moved(
    first: Ints, near: Ints, ties: Floats, degrees: Floats, rates: Floats,
    start: Ints, order: Ints, least: float,
) -> tuple[bool, Ints]:  # fmt: skip
    """Each node in the community where it adds most; who has a neighbour that moved, again."""
    size, layers = degrees.shape
    community = start.copy()
    inside = np.zeros((size, layers))
    members = np.zeros(size, dtype=np.int64)
    for node in range(size):
        members[community[node]] += 1
        for layer in range(layers):
            inside[community[node], layer] += degrees[node, layer]
    free = np.zeros(size, dtype=np.int64)
    frees = 0
    for name in range(size):
        if not members[name]:
            free[frees] = name
            frees += 1
    to = np.zeros(size)
    cost = np.zeros(layers)
    waiting = order.copy()
    waits = np.ones(size, dtype=np.bool_)
    begin, count = 0, size
    moved = False
    while count > 0:
        node = waiting[begin]
        begin = (begin + 1) % size
        count -= 1
        waits[node] = False
        own = community[node]
        for arc in range(first[node], first[node + 1]):
            to[community[near[arc]]] += ties[arc]
        best, most = own, to[own] + least
        for layer in range(layers):
            inside[own, layer] -= degrees[node, layer]
            cost[layer] = rates[layer] * degrees[node, layer]
            most -= cost[layer] * inside[own, layer]
        for arc in range(first[node], first[node + 1]):
            name = community[near[arc]]
            gain = to[name]
            for layer in range(layers):
                gain -= cost[layer] * inside[name, layer]
            if gain > most:
                best, most = name, gain
        # Alone it adds nothing, which may be more than where it is.
        if most < 0 and members[own] > 1:
            best = free[frees - 1]
        for arc in range(first[node], first[node + 1]):
            to[community[near[arc]]] = 0.0
        for layer in range(layers):
            inside[best, layer] += degrees[node, layer]
        if best == own:
            continue
        moved = True
        if not members[best]:
            frees -= 1
        members[best] += 1
        members[own] -= 1
        if not members[own]:
            free[frees] = own
            frees += 1
        community[node] = best
        for arc in range(first[node], first[node + 1]):
            other = near[arc]
            if not waits[other] and community[other] != best:
                waits[other] = True
                waiting[(begin + count) % size] = other
                count += 1
    return moved, community


@compiled
def _refined(
    first: Ints, near: Ints, ties: Floats, degrees: Floats, rates: Floats,
    within: Ints, order: Ints, least: float,
) -> Ints:  # fmt: skip
    """Sets inside the communities: single nodes join the tied set where they add most."""
    size, layers = degrees.shape
    sets = np.arange(size)
    inside = degrees.copy()
    members = np.ones(size, dtype=np.int64)
    to = np.zeros(size)
    for node in order:
        own = sets[node]
        if members[own] > 1:
            continue
        for arc in range(first[node], first[node + 1]):
            to[sets[near[arc]]] += ties[arc]
        best, most = own, least
        for arc in range(first[node], first[node + 1]):
            name = sets[near[arc]]
            gain = to[name]
            for layer in range(layers):
                gain -= rates[layer] * degrees[node, layer] * inside[name, layer]
            if within[near[arc]] == within[node] and to[name] > 0 and gain > most:
                best, most = name, gain
        for arc in range(first[node], first[node + 1]):
            to[sets[near[arc]]] = 0.0
        if best != own:
            for layer in range(layers):
                inside[best, layer] += degrees[node, layer]
            members[best] += 1
            members[own] = 0
            sets[node] = best
    return sets
