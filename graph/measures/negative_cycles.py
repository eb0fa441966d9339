"""Negative cycles of a signed graph that a choice of edges does not yet cover.

Owns the separation step of the cutting planes in `frustration.py`: the signed double
cover, trees and the walk back along them. Knows nothing of linear programs.
"""

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from comity.graph.measures.signed import Ints, SignedArrays

Floats = NDArray[np.float64]
Cycle = tuple[int, ...]
# A step costs a little, so that of equal walks the shorter is found: short cycles cut deeper.
_STEP = 1e-6
# A cycle is covered when its edges add up to this.
COVERED = 1 - 1e-6
# A portion of starts in one call, which bounds the memory of the distances.
_PORTION = 64


class Cover:
    """The signed double cover: each node twice, a negative edge changes the sheet.

    A walk from a node to its other self is a closed walk with an odd number of negative
    edges, and holds a negative cycle.
    """

    def __init__(self, arrays: SignedArrays) -> None:
        self.arrays = arrays
        size = len(arrays.nodes)
        self.size = size
        shift = np.where(arrays.sign < 0, size, 0)
        a = np.concatenate([arrays.left, arrays.left + size])
        b = np.concatenate([arrays.right + shift, arrays.right + (size - shift)])
        self._rows, self._columns = np.concatenate([a, b]), np.concatenate([b, a])
        pairs = zip(arrays.left.tolist(), arrays.right.tolist(), strict=True)
        self.edge = {pair: index for index, pair in enumerate(pairs)}
        self.edge |= {(right, left): index for (left, right), index in self.edge.items()}

    def weighted(self, chosen: Floats) -> csr_array:
        """The cover with what is chosen of each edge, and the cost of a step, as lengths."""
        lengths = np.tile(np.maximum(chosen, 0) + _STEP, 4)
        return csr_array((lengths, (self._rows, self._columns)), (2 * self.size,) * 2)

    def uncovered(self, chosen: Floats, roots: int | None) -> Iterator[tuple[float, Cycle]]:
        """Negative cycles whose edges add up to less than 1, with that sum.

        Args:
            chosen: what is chosen of each edge, 0 to 1.
            roots: look from so many nodes only (fast, may miss some); None looks from all
                that matter, and finds one if there is one.
        """
        starts = self._starts(chosen)
        if roots is not None:
            starts = starts[:roots]
        lengths = self.weighted(chosen)
        for first in range(0, len(starts), _PORTION):
            portion = starts[first : first + _PORTION]
            far, before = dijkstra(lengths, indices=portion, return_predecessors=True)
            for start, distances, back in zip(portion, far, before, strict=True):
                yield from self._from(int(start), distances, back, chosen, roots is not None)

    def _from(
        self, start: int, far: Floats, back: Ints, chosen: Floats, wide: bool
    ) -> Iterator[tuple[float, Cycle]]:
        """Cycles through the tree of shortest walks from one node."""
        size = self.size
        # To every node on both sheets: the two walks together are closed and negative.
        total = far[:size] + far[size:] if wide else far[size + start : size + start + 1]
        ends = np.flatnonzero(total < COVERED) if wide else np.array([start])
        for end in ends.tolist():
            if not wide and total[0] >= COVERED:
                return
            there = self._walk(start, end + size if not wide else end, back)
            walk = there if not wide else there + self._walk(start, end + size, back)[-2::-1]
            cycle = self._negative_part(walk)
            weight = float(chosen[list(cycle)].sum())
            if weight < COVERED:
                yield weight, cycle

    def _starts(self, chosen: Floats) -> Ints:
        """One node for each part that edges of length 0 hold together, largest parts first.

        Within such a part all nodes are equally far from their other selves.
        """
        free = chosen < 1e-9
        ends = (self.arrays.left[free], self.arrays.right[free])
        graph = csr_array((np.ones(len(ends[0])), ends), (self.size, self.size))
        _, part = connected_components(graph, directed=False)
        _, first, count = np.unique(part, return_index=True, return_counts=True)
        starts: Ints = first[np.argsort(-count, kind="stable")]
        return starts

    def _walk(self, start: int, end: int, back: Ints) -> list[int]:
        walk = [end]
        while walk[-1] != start:
            walk.append(int(back[walk[-1]]))
        return [node % self.size for node in reversed(walk)]

    def _negative_part(self, walk: list[int]) -> Cycle:
        """The first negative cycle in a closed negative walk; positive loops are cut off."""
        path: list[int] = []
        place: dict[int, int] = {}
        for node in walk:
            if node in place:
                loop = [*path[place[node] :], node]
                edges = tuple(self.edge[pair] for pair in itertools.pairwise(loop))
                if np.prod(self.arrays.sign[list(edges)]) < 0:
                    return tuple(sorted(edges))
                for gone in path[place[node] + 1 :]:
                    del place[gone]
                del path[place[node] + 1 :]
                continue
            place[node] = len(path)
            path.append(node)
        raise AssertionError("a negative closed walk holds a negative cycle")
