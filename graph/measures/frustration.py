"""The frustration index: the fewest edges that stand against the best two camps.

Owns what is asked and answered. `cutting_planes.py` owns the search, the bound and the
proof; `signed.py` says what the sign of a pair is.
"""

import time
from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx
import numpy as np

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
        nodes: how many there are.
        ties: pairs with a sign.
        negative: ties below 0.
        value: edges that stand against the camps.
        lower_bound: no division has fewer.
        proven: whether `value` equals the bound, and the rest was found to be balanced.
        share: `value` over all signed edges; 0 without edges.
        camps: the two camps; the first holds the first node.
        edges: the edges against them.
    """

    nodes: int
    ties: int
    negative: int
    value: int
    lower_bound: int
    proven: bool
    share: float
    camps: tuple[tuple[str, ...], tuple[str, ...]]
    edges: tuple[AgainstEdge, ...]

    def table(self) -> Rows:
        """One row for each edge against the camps."""
        return Rows(
            ("source", "target", "sign", "acts"),
            ((one.source, one.target, one.sign, one.acts) for one in self.edges),
        )


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
    each f_e is 0 or 1. The first bound is the number of negative cycles found that share no
    edge. Cycles are then added as they are violated, to a linear programme and, where that
    does not close the interval, to an integer programme.

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
    check_seconds(seconds)
    from comity.graph.measures.cutting_planes import Search

    signed = signed_graph(graph, rule)
    arrays = signed_arrays(signed)
    search = Search(arrays, time.monotonic() + seconds)
    search.run()
    side = search.side * (search.side[0] if len(search.side) else 1)
    against = np.flatnonzero(arrays.against(side))
    value = len(against)
    return Frustration(
        nodes=len(arrays.nodes),
        ties=len(arrays.sign),
        negative=int((arrays.sign < 0).sum()),
        value=value,
        lower_bound=search.bound,
        proven=search.bound == value and is_balanced(arrays, without=against),
        share=value / len(arrays.sign) if len(arrays.sign) else 0.0,
        camps=named_camps(arrays, side),
        edges=tuple(AgainstEdge(*against_edge(signed, arrays, edge)) for edge in against.tolist()),
    )


def named_camps(arrays: SignedArrays, side: Ints) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names on side 1 and on side -1."""
    named = [(str(node), where) for node, where in zip(arrays.nodes, side.tolist(), strict=True)]
    return tuple(n for n, where in named if where == 1), tuple(
        n for n, where in named if where != 1
    )


def against_edge(
    signed: "nx.Graph[Any]", arrays: SignedArrays, edge: int
) -> tuple[str, str, int, str]:
    """Both ends of an edge, its sign and the ids of its acts."""
    source, target = arrays.nodes[arrays.left[edge]], arrays.nodes[arrays.right[edge]]
    return str(source), str(target), int(arrays.sign[edge]), signed.edges[source, target]["acts"]


def is_balanced(arrays: SignedArrays, without: Ints) -> bool:
    """Whether the nodes can be 2-coloured once some edges are gone.

    Balanced exactly if in the double cover no node is in one part with its other self.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    kept = np.delete(np.arange(len(arrays.sign)), without)
    size = len(arrays.nodes)
    left, right, negative = arrays.left[kept], arrays.right[kept], arrays.sign[kept] < 0
    rows = np.concatenate([left, left + size])
    columns = np.concatenate([right + size * negative, right + size * ~negative])
    cover = csr_array((np.ones(len(rows)), (rows, columns)), (2 * size, 2 * size))
    _, part = connected_components(cover, directed=False)
    return bool((part[:size] != part[size:]).all())
