"""How few edges stand against two camps, by cutting planes: the search and its proof.

Owns the linear programme, the bound and the best camps so far. `negative_cycles.py` finds
what a solution does not yet cover, `camps.py` finds camps; the programme only proves them.

The formulation is the classical one by cycle inequalities: F. Barahona and A. R. Mahjoub,
"On the cut polytope", Mathematical Programming 36 (1986), 157-173; as an integer
programme for signed networks, S. Aref, A. J. Mason and M. C. Wilson, "A modeling and
computational study of the frustration index in signed networks", Networks 75 (2020).

The first cycles share no edge: their number is a bound before anything is solved.
"""

import math
import time

import highspy
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree

from comity.graph.measures.camps import better_camps
from comity.graph.measures.negative_cycles import Neighbours, uncovered_cycles
from comity.graph.measures.signed import Floats, Ints, SignedArrays

# An edge is in so many of the cycles that one round adds.
_USES = 3
# Starts of one call, between two looks at the clock.
_PORTION = 100
_NEAR = 1e-6


class Search:
    """One run of the cutting planes.

    Attributes:
        side: the best camps found, 1 or -1 for each node.
        value: edges against them.
        bound: no camps have fewer.
        weight: the bound before it was rounded up, from `slack`.
        slack: for each edge, by how much the bound grows if the edge is to be against.
    """

    def __init__(
        self, arrays: SignedArrays, deadline: float, *, hard: int | None = None, enough: int = 0
    ) -> None:
        """A search that has not begun.

        Args:
            arrays: the signed graph; pairs may have several edges.
            deadline: on the monotonic clock.
            hard: an edge that no camps may have against them.
            enough: camps with so few against them end the search.
        """
        self.arrays = arrays
        self.deadline = deadline
        self.enough = enough
        size, self.edges = len(arrays.nodes), len(arrays.sign)
        self.neighbours = Neighbours(arrays)
        self.cost = np.ones(self.edges, dtype=np.int64)
        if hard is not None:
            self.cost[hard] = self.edges
        self.soft = self.cost == 1
        self.side = np.ones(size, dtype=np.int64)
        self.value = self._cost(self.side)
        self.bound = 0
        self.weight = 0.0
        self.slack = np.ones(self.edges)
        # Rows of the programme: the edges of cycle after cycle, and where each begins.
        self.cycles = np.zeros(0, dtype=np.int64)
        self.begins = np.zeros(1, dtype=np.int64)
        # Only edges in a cycle have a column.
        self.column = np.full(self.edges, -1, dtype=np.int64)
        self.columns = np.zeros(0, dtype=np.int64)

    def run(self) -> None:
        """Works until the bound meets the best found, or the time is up."""
        if self.value <= self.enough:
            return
        self._try(np.zeros(self.edges))
        if not self._is_open():
            return
        self.solver = _programme()
        self._add(self._violated(np.zeros(self.edges), 1))
        self._raise(np.ones(len(self.begins) - 1))
        whole = False
        while self._is_open() and (left := self.deadline - time.monotonic()) > 0:
            self.solver.setOptionValue("time_limit", left)
            self.solver.run()
            done = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            if whole:
                least = self.solver.getInfo().mip_dual_bound
                if math.isfinite(least):
                    self.bound = max(self.bound, math.ceil(least - _NEAR))
            if not done:
                return
            solution = self.solver.getSolution()
            if not whole:
                self._raise(np.array(solution.row_dual))
            chosen = np.zeros(self.edges)
            chosen[self.columns] = solution.col_value
            if whole:
                # The solver's whole numbers are whole to a millionth.
                chosen = np.round(chosen)
            self._try(chosen)
            if not self._is_open():
                return
            found = self._violated(chosen, _USES)
            if len(found[1]):
                first = len(self.columns)
                self._add(found)
                if whole:
                    self._make_whole(first)
                continue
            if time.monotonic() > self.deadline:
                return
            if whole:
                raise AssertionError("a covered whole solution is a division of its own value")
            whole = True
            self.solver.setOptionValue("solver", "choose")
            self._make_whole(0)

    def _is_open(self) -> bool:
        return self.enough < self.value and self.bound < self.value

    def _cost(self, side: Ints) -> int:
        return int(self.cost[self.arrays.against(side)].sum())

    def _add(self, found: tuple[Ints, Ints]) -> None:
        """Cycles become rows, and their edges columns."""
        edges, ends = found
        kept = self.soft[edges]
        edges, ends = edges[kept], np.concatenate([[0], np.cumsum(kept)])[ends]
        new = np.unique(edges[self.column[edges] < 0])
        self.column[new] = np.arange(len(self.columns), len(self.columns) + len(new))
        self.columns = np.concatenate([self.columns, new])
        self.solver.addVars(len(new), np.zeros(len(new)), np.full(len(new), highspy.kHighsInf))
        places = self.column[new].astype(np.int32)
        self.solver.changeColsCost(len(new), places, np.ones(len(new)))
        begins = np.concatenate([[0], ends[:-1]])
        self.solver.addRows(
            len(ends),
            np.ones(len(ends)),
            np.full(len(ends), highspy.kHighsInf),
            len(edges),
            begins.astype(np.int32),
            self.column[edges].astype(np.int32),
            np.ones(len(edges)),
        )
        self.begins = np.concatenate([self.begins, ends + len(self.cycles)])
        self.cycles = np.concatenate([self.cycles, edges])

    def _raise(self, dual: Floats) -> None:
        """The bound from weights of cycles: where no edge carries more than 1, their sum.

        The weights are made to fit, so that the bound does not rest on the solver's tolerance.
        """
        weights = np.maximum(dual, 0)
        load = np.bincount(
            self.cycles, np.repeat(weights, np.diff(self.begins)), minlength=self.edges
        )
        weights, load = weights / max(1.0, load.max()), load / max(1.0, load.max())
        weight = math.fsum(weights)
        if weight > self.weight:
            self.weight, self.slack = weight, 1 - load
            self.bound = max(self.bound, math.ceil(weight - _NEAR))

    def _violated(self, chosen: Floats, uses: int) -> tuple[Ints, Ints]:
        """Cycles that are not covered, each edge in so many of them."""
        odd = self.arrays.against(self.side)
        starts = np.flatnonzero(odd)
        starts = starts[np.argsort(chosen[starts], kind="stable")]
        left_over = np.where(self.soft, uses, self.edges)
        cycles, ends, total = [], [], 0
        for first in range(0, len(starts), _PORTION):
            found, end = uncovered_cycles(
                self.arrays,
                self.neighbours,
                odd,
                chosen,
                starts[first : first + _PORTION],
                left_over,
            )
            cycles.append(found)
            ends.append(end + total)
            total += len(found)
            if time.monotonic() > self.deadline:
                break
        return np.concatenate(cycles), np.concatenate(ends)

    def _make_whole(self, first: int) -> None:
        """Columns from this one on take whole numbers only."""
        places = np.arange(first, len(self.columns), dtype=np.int32)
        kinds = np.full(len(places), highspy.HighsVarType.kInteger)
        self.solver.changeColsIntegrality(len(places), places, kinds)

    def _try(self, chosen: Floats) -> None:
        """Camps along the tree of edges least chosen, made better one node at a time."""
        # A hard edge comes first in the tree.
        along = camps_along_tree(self.arrays, np.where(self.soft, chosen + 1, 0.5))
        side = better_camps(self.neighbours, self.arrays.sign * self.cost, along)
        value = self._cost(side)
        if value < self.value:
            self.side, self.value = side, value


def camps_along_tree(arrays: SignedArrays, length: Floats) -> Ints:
    """The camps against which no edge of the shortest tree is; one tree for each part."""
    size = len(arrays.nodes)
    low, high = np.minimum(arrays.left, arrays.right), np.maximum(arrays.left, arrays.right)
    # Of several edges of a pair the shortest.
    order = np.lexsort((length, high, low))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    order = order[first]
    ends = (low[order], high[order])
    tree = minimum_spanning_tree(csr_array((length[order], ends), (size, size)))
    signs = csr_array((arrays.sign[order], ends), (size, size))
    signs = signs + signs.T
    _, part = connected_components(tree, directed=False)
    side = np.ones(size, dtype=np.int64)
    for root in np.unique(part, return_index=True)[1]:
        order, before = breadth_first_order(tree, root, directed=False)
        if len(order) == 1:
            continue
        turns = np.asarray(signs[before[order[1:]], order[1:]]).ravel()
        for node, turn in zip(order[1:].tolist(), turns.tolist(), strict=True):
            side[node] = side[before[node]] * turn
    return side


def _programme() -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    # Many solutions are as good as each other. One amid them, which no corner is, shows what
    # all of them leave uncovered: five to twenty times fewer rounds of simplex were measured.
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.setOptionValue("mip_rel_gap", 0.0)
    # Values are whole: within 1 of the best is the best.
    solver.setOptionValue("mip_abs_gap", 0.999)
    return solver
