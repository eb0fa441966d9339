"""Leiden communities on signed ties: moves, refinement, communities as nodes, and again.

Owns the search, compiled; `signed_communities.py` says what it makes large. Where no tie is
negative every community found is connected: it is one set of the last refinement, and such a
set only grows by ties.

Reference: V. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing
well-connected communities", Scientific Reports 9, 5233 (2019). The best set is chosen in the
refinement, where the paper draws one.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from comity.graph.measures.compiled import compiled
from comity.graph.measures.signed import Ints, SignedArrays

Floats = NDArray[np.float64]
# A move must add more than rounding does.
_LEAST = 1e-9


def communities_of(arrays: SignedArrays, random: np.random.Generator) -> Ints:
    """The number of the community of each node, from 0; no move of a node is a gain.

    Args:
        arrays: the network.
        random: the orders in which nodes are tried follow from it.
    """
    size = len(arrays.nodes)
    left, right = arrays.left, arrays.right
    ends = (np.concatenate([left, right]), np.concatenate([right, left]))
    whole = csr_array((np.tile(arrays.sign.astype(float), 2), ends), (size, size))
    degrees = np.array(
        [
            np.bincount(ends[0], np.tile(arrays.sign == sign, 2), size).astype(float)
            for sign in (1, -1)
        ]
    )
    # What chance would tie to a community, for each tie of a node by sign.
    rates = np.array([[1.0], [-1.0]]) / np.maximum(degrees.sum(axis=1, keepdims=True), 1.0)
    found = np.arange(size)
    changed = True
    while changed:
        found, changed = _once(whole, degrees, rates, found, random)
    return found


def _once(
    matrix: csr_array, degrees: Floats, rates: Floats, found: Ints, random: np.random.Generator
) -> tuple[Ints, bool]:
    """One way up, from single nodes in the communities found; and whether anything moved."""
    belongs = np.arange(len(found))
    labels, changed = found, False
    while True:
        size = matrix.shape[0]
        rows = (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)
        moved, labels = _moved(*rows, degrees, degrees * rates, labels, random.permutation(size))
        changed |= moved
        labels = np.unique(labels, return_inverse=True)[1]
        refined = _refined(*rows, degrees, degrees * rates, labels, random.permutation(size))
        names, refined = np.unique(refined, return_inverse=True)
        if len(names) == size:
            return labels[belongs], changed
        joins = csr_array((np.ones(size), (refined, np.arange(size))), (len(names), size))
        joined = (joins @ matrix @ joins.T).tocoo()
        apart = joined.row != joined.col
        ends = (joined.row[apart], joined.col[apart])
        matrix = csr_array((joined.data[apart], ends), joined.shape)
        degrees = np.array([np.bincount(refined, of_sign) for of_sign in degrees])
        labels = labels[names]
        belongs = refined[belongs]


@compiled
def _moved(
    first: Ints, near: Ints, ties: Floats, degrees: Floats, costs: Floats, start: Ints, order: Ints
) -> tuple[bool, Ints]:
    """Each node in the community where it adds most; who has a neighbour that moved, again."""
    size = len(start)
    community = start.copy()
    inside = np.zeros((2, size))
    members = np.zeros(size, dtype=np.int64)
    for node in range(size):
        inside[0, community[node]] += degrees[0, node]
        inside[1, community[node]] += degrees[1, node]
        members[community[node]] += 1
    free = np.zeros(size, dtype=np.int64)
    frees = 0
    for name in range(size):
        if not members[name]:
            free[frees] = name
            frees += 1
    to = np.zeros(size)
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
        inside[0, own] -= degrees[0, node]
        inside[1, own] -= degrees[1, node]
        best = own
        most = to[own] - costs[0, node] * inside[0, own] - costs[1, node] * inside[1, own] + _LEAST
        for arc in range(first[node], first[node + 1]):
            name = community[near[arc]]
            gain = to[name] - costs[0, node] * inside[0, name] - costs[1, node] * inside[1, name]
            if gain > most:
                best, most = name, gain
        # Alone it adds nothing, which may be more than where it is.
        if most < 0 and members[own] > 1:
            best = free[frees - 1]
        for arc in range(first[node], first[node + 1]):
            to[community[near[arc]]] = 0.0
        inside[0, best] += degrees[0, node]
        inside[1, best] += degrees[1, node]
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
    first: Ints, near: Ints, ties: Floats, degrees: Floats, costs: Floats, within: Ints, order: Ints
) -> Ints:
    """Sets inside the communities: single nodes join the tied set where they add most."""
    size = len(within)
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
        best, most = own, _LEAST
        for arc in range(first[node], first[node + 1]):
            name = sets[near[arc]]
            gain = to[name] - costs[0, node] * inside[0, name] - costs[1, node] * inside[1, name]
            if within[near[arc]] == within[node] and to[name] > 0 and gain > most:
                best, most = name, gain
        for arc in range(first[node], first[node + 1]):
            to[sets[near[arc]]] = 0.0
        if best != own:
            inside[0, best] += degrees[0, node]
            inside[1, best] += degrees[1, node]
            members[best] += 1
            members[own] = 0
            sets[node] = best
    return sets
