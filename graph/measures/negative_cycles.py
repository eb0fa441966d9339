"""Negative cycles of a signed graph that a choice of edges does not yet cover.

Owns the separation step of `cutting_planes.py`: shortest walks in the signed double cover,
and the negative cycle in a walk. Knows nothing of linear programmes.

Turning one camp around turns the sign of every edge across, and of no cycle. So beside two
camps the odd edges are those against them, and every negative cycle has an odd number of
these. To look from each of them is to look everywhere.
"""

import heapq

import numpy as np
from numpy.typing import NDArray

from comity.graph.measures.compiled import compiled
from comity.graph.measures.signed import Floats, Ints, SignedArrays

# A step costs a little, so that of equal walks the shorter is found: short cycles cut deeper.
_STEP = 1e-6
# A cycle is covered when its edges add up to this.
COVERED = 1 - 1e-6


class Neighbours:
    """Who is next to whom over which edge, as compressed rows.

    Attributes:
        first: where the neighbours of each node begin, and where the last ones end.
        near: the neighbours, node by node.
        edge: the edge to each of them.
    """

    def __init__(self, arrays: SignedArrays) -> None:
        size, edges = len(arrays.nodes), len(arrays.sign)
        ends = np.concatenate([arrays.left, arrays.right])
        order = np.argsort(ends, kind="stable")
        self.first = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(ends, minlength=size), out=self.first[1:])
        self.near = np.concatenate([arrays.right, arrays.left])[order]
        self.edge = np.tile(np.arange(edges), 2)[order]


def uncovered_cycles(
    arrays: SignedArrays,
    neighbours: Neighbours,
    odd: NDArray[np.bool_],
    chosen: Floats,
    starts: Ints,
    left_over: Ints,
) -> tuple[Ints, Ints]:
    """Negative cycles whose chosen edges add up to less than 1, one for a start at most.

    Args:
        arrays: the signed graph.
        neighbours: of the same graph.
        odd: the edges against some two camps.
        chosen: what is chosen of each edge, 0 to 1.
        starts: odd edges to look from, in this order. From all of them a cycle is found if
            there is one, unless `left_over` forbids it.
        left_over: in how many cycles each edge may still be; counted down.

    Returns:
        The edges of all cycles one after the other, and where each cycle ends.
    """
    return _uncovered(
        neighbours.first, neighbours.near, neighbours.edge, arrays.left, arrays.right,
        odd, np.maximum(chosen, 0.0), starts, left_over,
    )  # fmt: skip


@compiled
def _uncovered(
    first: Ints, near: Ints, edge: Ints, left: Ints, right: Ints,
    odd: NDArray[np.bool_], chosen: Floats, starts: Ints, left_over: Ints,
) -> tuple[Ints, Ints]:  # fmt: skip
    size = len(first) - 1
    far = np.full(2 * size, np.inf)
    # The arc and the place from which each place of the double cover was reached.
    by = np.zeros(2 * size, dtype=np.int64)
    before = np.zeros(2 * size, dtype=np.int64)
    place = np.full(size, -1, dtype=np.int64)
    cycles = [0 for _ in range(0)]
    ends = [0 for _ in range(0)]
    for start in starts:
        most = COVERED - chosen[start]
        if most <= 0 or left_over[start] <= 0:
            continue
        source, target = left[start], right[start]
        far[source] = 0.0
        seen = [source]
        heap = [(0.0, source)]
        while len(heap) > 0:
            distance, here = heapq.heappop(heap)
            if here == target:
                break
            if distance > far[here]:
                continue
            node, sheet = (here, 0) if here < size else (here - size, 1)
            for arc in range(first[node], first[node + 1]):
                one = edge[arc]
                if one == start or left_over[one] <= 0:
                    continue
                reached = distance + chosen[one] + _STEP
                if reached >= most:
                    continue
                other = near[arc] + size * (sheet ^ int(odd[one]))
                if reached < far[other]:
                    if far[other] == np.inf:
                        seen.append(other)
                    far[other] = reached
                    before[other] = here
                    by[other] = one
                    heapq.heappush(heap, (reached, other))
        if far[target] < np.inf:
            # The closed walk from target back to source and over the start, and in it the
            # first negative cycle; loops that are positive are cut off.
            walk = [start]
            nodes = [source, target]
            here = target
            while here != source:
                walk.append(by[here])
                here = before[here]
                nodes.append(here % size)
            path = [source]
            edges = [0 for _ in range(0)]
            place[source] = 0
            for step in range(len(walk)):
                node = nodes[step + 1]
                edges.append(walk[step])
                if place[node] < 0:
                    place[node] = len(path)
                    path.append(node)
                    continue
                parity = 0
                for loop in edges[place[node] :]:
                    parity ^= int(odd[loop])
                if parity == 1:
                    for loop in edges[place[node] :]:
                        left_over[loop] -= 1
                        cycles.append(loop)
                    ends.append(len(cycles))
                    break
                for gone in path[place[node] + 1 :]:
                    place[gone] = -1
                del edges[place[node] :]
                del path[place[node] + 1 :]
            for node in path:
                place[node] = -1
        for other in seen:
            far[other] = np.inf
    return np.array(cycles, dtype=np.int64), np.array(ends, dtype=np.int64)
