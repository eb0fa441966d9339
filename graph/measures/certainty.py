"""What is the same in every best division into two camps, and what is open.

Owns the question about all best divisions; `cutting_planes.py` finds one, and says of an
edge that no best division has it against them. Groups of nodes that surely belong together
become one node each, so that what is still asked is asked of a small network.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.graph.measures.frustration import against_edge
from comity.graph.measures.patience import check_seconds
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import (
    Ints,
    SignedArrays,
    SignRule,
    signed_arrays,
    signed_graph,
)

if TYPE_CHECKING:
    from comity.graph.measures.cutting_planes import Search

_NEAR = 1e-6


class Certainty(StrEnum):
    """Whether every best division says the same."""

    SAME = "same"
    UNDETERMINED = "undetermined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NodeCertainty:
    """Where a node stands.

    Attributes:
        node: its name.
        part: number of the connected part, from 1; parts say nothing about each other.
        camp: 1 or 2, in the division found.
        kin: number of those that stand to each other alike in every best division, as far
            as that is proven; from 1, the largest of the network first.
        certainty: whether it belongs to the largest kin of its part.
    """

    node: str
    part: int
    camp: int
    kin: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class EdgeCertainty:
    """An edge against some best division; the same: against every one."""

    source: str
    target: str
    sign: int
    acts: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class CampsCertainty:
    """All best divisions into two camps, as far as they are known.

    Attributes:
        value: the frustration index, or the best found.
        proven: whether it is the least; where it is not, all is unknown.
        same: nodes in the largest kin of their part.
        undetermined: nodes that another best division moves against that kin.
        unknown: nodes for which the time was not enough.
        nodes: in the order of the network.
        edges: edges against the division found or, undetermined, against another.
    """

    value: int
    proven: bool
    same: int
    undetermined: int
    unknown: int
    nodes: tuple[NodeCertainty, ...]
    edges: tuple[EdgeCertainty, ...]

    def table(self) -> Rows:
        """One row for each node."""
        return Rows(
            ("node", "part", "camp", "kin", "certainty"),
            ((one.node, one.part, one.camp, one.kin, one.certainty.value) for one in self.nodes),
        )


@measure("camps-certainty", Group.BALANCE, "Whose camp is the same in every best division?")
def camps_certainty(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    seconds: Annotated[float, "time to look; what is open then is unknown"] = 60.0,
) -> CampsCertainty:
    """Which actors stand alike in every best division, and which are undetermined.

    Definition: two nodes of a connected part are kin if they are in one camp in every best
    division, or in different camps in every one. The same are the nodes of the largest kin
    of a part, if it has two or more; undetermined those that some best division moves
    against it; unknown those for which neither is proven in time. An edge is against every
    best division, against some, or unknown.

    Formula: i and j are kin if x_i x_j has one value over all x of 1 and -1 with as few
    edges against as the frustration index says. An edge that no best division has against
    it, as the bound would exceed the index, joins its ends; each other pair is decided by
    the index of the network in which the pair must stand otherwise.

    Degenerate cases: all the same in a balanced part of two nodes or more; undetermined
    where a node has no ties, for its camp says nothing; no row for the empty graph. Of two
    kins of one size that of the first node counts.

    Reference: Doreian and Mrvar (1996), Social Networks 18, on several best partitions;
    Aref and Wilson (2019), J. of Complex Networks 7.

    Args:
        graph: any networkx graph with `sign` or `weight` on its edges.
        rule: how the edges of a pair become one sign.
        seconds: time to look, for all of it.

    Raises:
        InputError: a sign is no finite number, or `seconds` is not above 0.
    """
    from comity.graph.measures.cutting_planes import Search

    check_seconds(seconds)
    signed = signed_graph(graph, rule)
    arrays = signed_arrays(signed)
    deadline = time.monotonic() + seconds
    search = Search(arrays, deadline)
    search.run()
    known = _Known(arrays, search)
    if known.proven:
        known.look(deadline)
    return known.result(signed)


class _Known:
    """What is known of all best divisions: who is proven kin, and who was told apart.

    Attributes:
        kin: one number for nodes that are proven to stand alike in every best division.
        group: one number for nodes of a part that stood alike in every one found.
    """

    def __init__(self, arrays: SignedArrays, search: "Search") -> None:
        self.arrays = arrays
        self.value, self.side = search.value, search.side
        self.proven = search.bound == search.value
        self.part = self._joined(np.ones(len(arrays.sign), dtype=bool))
        self.group = self.part
        never = search.slack > search.value - search.weight + _NEAR
        self.kin = self._joined(never & self.proven)

    def look(self, deadline: float) -> None:
        """Decides pairs until none is open, or the time is up."""
        self._take(self.side)
        while time.monotonic() < deadline and (pair := self._open_pair()) is not None:
            other = self._otherwise(*pair, deadline)
            if other is None:
                return
            if len(other):
                self._take(other)
            else:
                self.kin = np.where(self.kin == self.kin[pair[1]], self.kin[pair[0]], self.kin)

    def _joined(self, chosen: NDArray[np.bool_]) -> Ints:
        """Numbers of the parts that the chosen edges hold together."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        size = len(self.arrays.nodes)
        if not size:
            return np.zeros(0, dtype=np.int64)
        ends = (self.arrays.left[chosen], self.arrays.right[chosen])
        joined = csr_array((np.ones(len(ends[0])), ends), (size, size))
        found: Ints = connected_components(joined, directed=False)[1].astype(np.int64)
        return found

    def _take(self, side: Ints) -> None:
        """Another best division, and those in which one kin more has changed sides."""
        self._tell_apart(side)
        small, place, _ = self._small(side)
        pull = np.bincount(small.left, small.sign, len(small.nodes))
        pull += np.bincount(small.right, small.sign, len(small.nodes))
        ties = np.bincount(np.append(small.left, small.right), minlength=len(small.nodes))
        for kin in np.flatnonzero((pull == 0) & (ties > 0)).tolist():
            self._tell_apart(np.where(place == kin, -side, side))

    def _tell_apart(self, side: Ints) -> None:
        relative = side * self.side
        # The first of each part has not moved.
        _, first = np.unique(self.part, return_index=True)
        relative = relative * relative[first][self.part]
        self.group = np.unique(2 * self.group + (relative > 0), return_inverse=True)[1]

    def _open_pair(self) -> tuple[int, int] | None:
        """Two nodes of one group that are not proven kin, of the largest such kin."""
        _, first, count = np.unique(self.kin, return_index=True, return_counts=True)
        first = first[np.lexsort((first, -count))]
        seen: dict[int, int] = {}
        for node in first.tolist():
            largest = seen.setdefault(int(self.group[node]), node)
            if largest != node:
                return largest, node
        return None

    def _small(self, side: Ints) -> tuple[SignedArrays, Ints, int]:
        """Each kin as one node, so turned that a division has all of them on one side.

        Also the place of each node in it, and how many edges inside a kin are against.
        """
        arrays = self.arrays
        names, place = np.unique(self.kin, return_inverse=True)
        left, right = place[arrays.left], place[arrays.right]
        sign = arrays.sign * side[arrays.left] * side[arrays.right]
        across = left != right
        small = SignedArrays(tuple(names.tolist()), left[across], right[across], sign[across])
        return small, place, int((sign[~across] < 0).sum())

    def _otherwise(self, one: int, other: int, deadline: float) -> Ints | None:
        """A best division in which two stand otherwise; empty: there is none; None: unknown."""
        from comity.graph.measures.cutting_planes import Search

        small, place, inside = self._small(self.side)
        asked = SignedArrays(
            small.nodes,
            np.append(small.left, place[one]),
            np.append(small.right, place[other]),
            np.append(small.sign, -1),
        )
        enough = self.value - inside
        search = Search(asked, deadline, hard=len(small.sign), enough=enough)
        search.run()
        if search.value <= enough:
            return self.side * search.side[place]
        return np.zeros(0, dtype=np.int64) if search.bound > enough else None

    def result(self, signed: "nx.Graph[Any]") -> CampsCertainty:
        """What is known, by node and by edge."""
        first, kin, count = np.unique(
            self.kin, return_index=True, return_inverse=True, return_counts=True
        )[1:]
        order = np.lexsort((first, -count))
        rank = np.argsort(order) + 1
        # The largest kin of each part, and how many kins a group still has.
        core: dict[int, int] = {}
        for one in order.tolist():
            core.setdefault(int(self.part[first[one]]), one)
        kins = np.bincount(self.group[first], minlength=len(count))
        part = {number: n for n, number in enumerate(dict.fromkeys(self.part.tolist()), 1)}
        nodes = []
        for node, name in enumerate(self.arrays.nodes):
            largest = core[int(self.part[node])]
            if not self.proven:
                certainty = Certainty.UNKNOWN
            elif kin[node] == largest and count[largest] > 1:
                certainty = Certainty.SAME
            elif kins[self.group[node]] == 1 or self.group[node] != self.group[first[largest]]:
                certainty = Certainty.UNDETERMINED
            else:
                certainty = Certainty.UNKNOWN
            nodes.append(
                NodeCertainty(
                    node=str(name),
                    part=part[int(self.part[node])],
                    camp=1 if self.side[node] == self.side[0] else 2,
                    kin=int(rank[kin[node]]),
                    certainty=certainty,
                )
            )
        said = [one.certainty for one in nodes]
        return CampsCertainty(
            value=self.value,
            proven=self.proven,
            same=said.count(Certainty.SAME),
            undetermined=said.count(Certainty.UNDETERMINED),
            unknown=said.count(Certainty.UNKNOWN),
            nodes=tuple(nodes),
            edges=tuple(self._edges(signed)),
        )

    def _edges(self, signed: "nx.Graph[Any]") -> Iterator[EdgeCertainty]:
        against = self.arrays.against(self.side)
        for edge in range(len(against)):
            left, right = self.arrays.left[edge], self.arrays.right[edge]
            apart = self.group[left] != self.group[right]
            if not (against[edge] or apart):
                continue
            if apart:
                certainty = Certainty.UNDETERMINED
            elif self.proven and self.kin[left] == self.kin[right]:
                certainty = Certainty.SAME
            else:
                certainty = Certainty.UNKNOWN
            yield EdgeCertainty(*against_edge(signed, self.arrays, edge), certainty)
