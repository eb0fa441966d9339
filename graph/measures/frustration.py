"""The frustration index: the fewest edges that stand against the best two camps.

Owns the cutting planes, the proof and the interval. `negative_cycles.py` finds what a
solution does not yet cover; `signed.py` says what the sign of a pair is.

The formulation is the classical one by cycle inequalities: F. Barahona and A. R. Mahjoub,
"On the cut polytope", Mathematical Programming 36 (1986), 157-173; as an integer
programme for signed networks, S. Aref, A. J. Mason and M. C. Wilson, "A modeling and
computational study of the frustration index in signed networks", Networks 75 (2020).
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import highspy
import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from comity.errors import InputError
from comity.graph.measures.negative_cycles import Cover, Cycle, Floats
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.signed import (
    Ints,
    SignedArrays,
    SignRule,
    signed_arrays,
    signed_graph,
)

# Looked from so many nodes before all; at most so many cycles found in a round; and an edge
# is in so many of those that are added.
_ROOTS, _FOUND, _USES = 8, 10_000, 2
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class AgainstEdge:
    """An edge that stands against the camps, with the ids of its acts."""

    source: str
    target: str
    sign: int
    acts: str


@dataclass(frozen=True, slots=True)
class Frustration:
    """The best two camps found, and how good they surely are.

    Attributes:
        value: edges that stand against the camps.
        lower_bound: no division has fewer.
        proven: whether `value` equals the bound, and the rest was found to be balanced.
        share: `value` over all signed edges; 0 without edges.
        camps: the two camps; the first holds the first node.
        edges: the edges against them.
    """

    value: int
    lower_bound: int
    proven: bool
    share: float
    camps: tuple[tuple[str, ...], tuple[str, ...]]
    edges: tuple[AgainstEdge, ...]

    def table(self) -> list[dict[str, object]]:
        """One row for each edge against the camps."""
        return [
            {"source": one.source, "target": one.target, "sign": one.sign, "acts": one.acts}
            for one in self.edges
        ]


@measure("frustration", Group.BALANCE, "How far is the network from two camps?")
def frustration(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    seconds: Annotated[float, "time to look for a proof; then the interval is given"] = 60.0,
) -> Frustration:
    """The frustration index (line index of balance) with camps, bound and proof.

    Definition: the least number of edges whose removal leaves a balanced graph, one whose
    nodes fall into two camps with positive edges inside and negative edges across.

    Formula: min sum f_e, where the f_e of every negative cycle add up to 1 or more and
    each f_e is 0 or 1. Cycles are added as they are violated, to a linear programme first
    and to an integer programme where its solution is fractional.

    Degenerate cases: 0 and proven for the empty graph, one node, no edge and no negative
    edge; parts that are not connected add up, and the camps of one say nothing about the
    camps of another.

    Reference: Harary (1959), Behavioral Science 4; Aref, Mason and Wilson (2020), Networks 75.

    Args:
        graph: any networkx graph with `sign` or `weight` on its edges.
        rule: how the edges of a pair become one sign.
        seconds: time to look for a proof.

    Raises:
        InputError: a sign is no finite number, or `seconds` is not above 0.
    """
    if not (math.isfinite(seconds) and seconds > 0):
        raise InputError(f"seconds is {seconds}; give a number above 0.")
    signed = signed_graph(graph, rule)
    arrays = signed_arrays(signed)
    search = _Search(arrays, time.monotonic() + seconds)
    search.run()
    side = search.side * (search.side[0] if len(search.side) else 1)
    against = np.flatnonzero(arrays.against(side))
    edges = []
    for edge in against.tolist():
        source, target = arrays.nodes[arrays.left[edge]], arrays.nodes[arrays.right[edge]]
        acts = signed.edges[source, target]["acts"]
        edges.append(AgainstEdge(str(source), str(target), int(arrays.sign[edge]), acts))
    value = len(edges)
    camps = [
        tuple(str(node) for node, where in zip(arrays.nodes, side, strict=True) if where == one)
        for one in (1, -1)
    ]
    return Frustration(
        value=value,
        lower_bound=search.bound,
        proven=search.bound == value and is_balanced(arrays, without=against),
        share=value / len(arrays.sign) if len(arrays.sign) else 0.0,
        camps=(camps[0], camps[1]),
        edges=tuple(edges),
    )


def is_balanced(arrays: SignedArrays, without: Ints) -> bool:
    """Whether the nodes can be 2-coloured once some edges are gone.

    Balanced exactly if in the double cover no node is in one part with its other self.
    """
    kept = np.ones(len(arrays.sign), dtype=bool)
    kept[without] = False
    parts: nx.utils.UnionFind[int] = nx.utils.UnionFind()
    size = len(arrays.nodes)
    for left, right, sign in zip(
        arrays.left[kept].tolist(), arrays.right[kept].tolist(), arrays.sign[kept], strict=True
    ):
        shift = size if sign < 0 else 0
        parts.union(left, right + shift)
        parts.union(left + size, right + (size - shift))
    return all(parts[node] != parts[node + size] for node in range(size))


def _apart(found: dict[Cycle, float]) -> list[Cycle]:
    """The most violated cycles, with few that say the same: an edge is in two at most."""
    used: dict[int, int] = {}
    kept = []
    for cycle in sorted(found, key=lambda cycle: (found[cycle], len(cycle), cycle)):
        if all(used.get(edge, 0) < _USES for edge in cycle):
            kept.append(cycle)
            for edge in cycle:
                used[edge] = used.get(edge, 0) + 1
    return kept


class _Search:
    """One run of the cutting planes, with the best camps and the bound it has so far."""

    def __init__(self, arrays: SignedArrays, deadline: float) -> None:
        self.arrays = arrays
        self.deadline = deadline
        self.edges = len(arrays.sign)
        self.bound = 0
        self.side = np.ones(len(arrays.nodes), dtype=np.int64)
        self.value = int(arrays.against(self.side).sum())
        self._known: set[Cycle] = set()

    def run(self) -> None:
        """Works until the bound meets the best found, or the time is up."""
        if self.value == 0:
            return
        self.cover = Cover(self.arrays)
        self._try(np.zeros(self.edges))
        self.solver = self._programme()
        whole = False
        self._add(self._triangles())
        while self.bound < self.value and (left := self.deadline - time.monotonic()) > 0:
            self.solver.setOptionValue("time_limit", left)
            self.solver.run()
            status = self.solver.getModelStatus()
            done = status == highspy.HighsModelStatus.kOptimal
            if not done and not whole:
                return
            lowest = (
                self.solver.getInfo().mip_dual_bound
                if whole
                else self.solver.getInfo().objective_function_value
            )
            if math.isfinite(lowest):
                self.bound = max(self.bound, math.ceil(lowest - _NEAR))
            if not done:
                return
            chosen = np.array(self.solver.getSolution().col_value)
            if whole:
                # The solver's whole numbers are whole to a millionth.
                chosen = np.round(chosen)
            self._try(chosen)
            if self.bound >= self.value:
                return
            if self._add(self._violated(chosen)):
                continue
            if whole:
                raise AssertionError("a covered whole solution is a division of its own value")
            whole = True
            kinds = np.full(self.edges, highspy.HighsVarType.kInteger)
            self.solver.changeColsIntegrality(
                self.edges, np.arange(self.edges, dtype=np.int32), kinds
            )

    def _programme(self) -> highspy.Highs:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", 0)
        solver.setOptionValue("mip_rel_gap", 0.0)
        # Values are whole: within 1 of the best is the best.
        solver.setOptionValue("mip_abs_gap", 0.999)
        solver.addVars(self.edges, np.zeros(self.edges), np.ones(self.edges))
        solver.changeColsCost(
            self.edges, np.arange(self.edges, dtype=np.int32), np.ones(self.edges)
        )
        return solver

    def _add(self, cycles: Iterable[Cycle]) -> int:
        new = [cycle for cycle in dict.fromkeys(cycles) if cycle not in self._known]
        self._known.update(new)
        if new:
            lengths = [len(cycle) for cycle in new]
            self.solver.addRows(
                len(new),
                np.ones(len(new)),
                np.full(len(new), highspy.kHighsInf),
                sum(lengths),
                np.cumsum([0, *lengths[:-1]], dtype=np.int32),
                np.concatenate([np.array(cycle, dtype=np.int32) for cycle in new]),
                np.ones(sum(lengths)),
            )
        return len(new)

    def _triangles(self) -> Iterable[Cycle]:
        near: list[dict[int, int]] = [{} for _ in self.arrays.nodes]
        ends = list(zip(self.arrays.left.tolist(), self.arrays.right.tolist(), strict=True))
        for edge, (left, right) in enumerate(ends):
            near[left][right] = near[right][left] = edge
        sign = self.arrays.sign
        for edge, (left, right) in enumerate(ends):
            for third in near[left].keys() & near[right].keys():
                others = (near[left][third], near[right][third])
                if edge < min(others) and sign[edge] * sign[others[0]] * sign[others[1]] < 0:
                    yield tuple(sorted((edge, *others)))

    def _violated(self, chosen: Floats) -> list[Cycle]:
        """The most violated cycles, from a few nodes; from all where these see none."""
        for roots in (_ROOTS, None):
            found: dict[Cycle, float] = {}
            for weight, cycle in self.cover.uncovered(chosen, roots):
                if cycle not in self._known:
                    found[cycle] = weight
                if len(found) >= _FOUND or time.monotonic() > self.deadline:
                    break
            if found:
                return _apart(found)
        return []

    def _try(self, chosen: Floats) -> None:
        """Camps along the tree of edges least chosen, made better one node at a time."""
        side = self._improved(self._along_tree(chosen))
        value = int(self.arrays.against(side).sum())
        if value < self.value:
            self.side, self.value = side, value

    def _along_tree(self, chosen: Floats) -> Ints:
        size = len(self.arrays.nodes)
        ends = (self.arrays.left, self.arrays.right)
        tree = minimum_spanning_tree(csr_array((chosen + 1, ends), (size, size)))
        side = np.zeros(size, dtype=np.int64)
        for root in range(size):
            if side[root]:
                continue
            order, before = breadth_first_order(tree, root, directed=False)
            side[root] = 1
            for node in order[1:].tolist():
                edge = self.cover.edge[(int(before[node]), node)]
                side[node] = side[before[node]] * self.arrays.sign[edge]
        return side

    def _improved(self, side: Ints) -> Ints:
        """Moves nodes while a move leaves fewer edges against; ends, for each move counts."""
        size = len(side)
        both = csr_array(
            (
                np.tile(self.arrays.sign, 2),
                (
                    np.concatenate([self.arrays.left, self.arrays.right]),
                    np.concatenate([self.arrays.right, self.arrays.left]),
                ),
            ),
            (size, size),
        )
        pull = (both @ side) * side
        while (worst := int(np.argmin(pull))) >= 0 and pull[worst] < 0:
            near = both.indices[both.indptr[worst] : both.indptr[worst + 1]]
            signs = both.data[both.indptr[worst] : both.indptr[worst + 1]]
            pull[near] -= 2 * signs * side[worst] * side[near]
            pull[worst] = -pull[worst]
            side[worst] = -side[worst]
        return side
