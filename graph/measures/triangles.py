"""Triangles of a signed graph counted by their negative edges. Owns the counting."""

import numpy as np

from comity.graph.measures.compiled import compiled
from comity.graph.measures.signed import Ints, SignedArrays


def triangles_by_negative(arrays: SignedArrays) -> tuple[int, int, int, int]:
    """How many triangles have 0, 1, 2 and 3 negative edges."""
    counts = _counted(len(arrays.nodes), arrays.left, arrays.right, arrays.sign).tolist()
    return counts[0], counts[1], counts[2], counts[3]


@compiled
def _counted(size: int, left: Ints, right: Ints, sign: Ints) -> Ints:
    """Each triangle is seen once, from its node of least degree."""
    degree = np.zeros(size, dtype=np.int64)
    for edge in range(len(left)):
        degree[left[edge]] += 1
        degree[right[edge]] += 1
    # Each edge from the end of lower degree (of equals, the first) to the other.
    first = np.zeros(size + 1, dtype=np.int64)
    low = np.zeros(len(left), dtype=np.int64)
    for edge in range(len(left)):
        a, b = left[edge], right[edge]
        if degree[b] < degree[a] or (degree[b] == degree[a] and b < a):
            a = b
        low[edge] = a
        first[a + 1] += 1
    for node in range(size):
        first[node + 1] += first[node]
    filled = first[:-1].copy()
    near = np.zeros(len(left), dtype=np.int64)
    negative = np.zeros(len(left), dtype=np.int64)
    for edge in range(len(left)):
        a = low[edge]
        near[filled[a]] = left[edge] + right[edge] - a
        negative[filled[a]] = 1 if sign[edge] < 0 else 0
        filled[a] += 1
    counts = np.zeros(4, dtype=np.int64)
    # 0 for no neighbour of the node, else 1 more than the negative edges to it.
    mark = np.zeros(size, dtype=np.int64)
    for node in range(size):
        for arc in range(first[node], first[node + 1]):
            mark[near[arc]] = 1 + negative[arc]
        for arc in range(first[node], first[node + 1]):
            other = near[arc]
            for next_arc in range(first[other], first[other + 1]):
                if mark[near[next_arc]] > 0:
                    kind = mark[near[next_arc]] - 1 + negative[arc] + negative[next_arc]
                    counts[kind] += 1
        for arc in range(first[node], first[node + 1]):
            mark[near[arc]] = 0
    return counts
