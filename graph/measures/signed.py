"""From any networkx graph to an undirected signed one, and to its arrays.

Owns what the sign of an edge is and how several edges of a pair become one. Knows nothing
of the knowledge graph: every measure takes a graph, wherever it came from.
"""

import math
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError
from comity.graph.network import SignRule as SignRule

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def sign_of(source: object, target: object, edge: dict[str, Any]) -> float:
    """The polarity of an edge: its `sign`, else its `weight`; 0 where it has neither.

    Raises:
        InputError: it is no finite number.
    """
    given = edge.get("sign", edge.get("weight", 0))
    try:
        value = float(given)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise InputError(
            f"The edge {source} - {target} has '{given}' for a sign; give a number, "
            "below 0 for against and above 0 for with."
        )
    return value


def signed_graph(graph: "nx.Graph[Any]", rule: SignRule = SignRule.SUM) -> "nx.Graph[Any]":
    """The undirected graph with one edge and one `sign` (1 or -1) for each pair.

    `sum` takes the sign of the sum of all edges of the pair, `any-negative` takes -1 if one
    of them is negative, `reciprocal` keeps pairs that point at each other with the same sign
    of the sum each way (all pairs of an undirected graph do). A pair whose sum is 0, an edge
    without sign and a loop give no edge. Edges keep the ids of their acts in `acts`.

    Raises:
        InputError: a sign is no finite number.
    """
    pairs: dict[tuple[Any, Any], list[tuple[bool, float, str]]] = {}
    order = {node: place for place, node in enumerate(graph)}
    for source, target, edge in graph.edges(data=True):
        value = sign_of(source, target, edge)
        if value == 0 or source == target:
            continue
        forward = order[source] < order[target]
        pair = (source, target) if forward else (target, source)
        pairs.setdefault(pair, []).append((forward, value, str(edge.get("acts", ""))))
    made: nx.Graph[Any] = nx.Graph()
    made.add_nodes_from(graph.nodes(data=True))
    for (source, target), edges in pairs.items():
        sign = _one_sign(edges, rule, graph.is_directed())
        if sign:
            acts = "|".join(text for _, _, text in edges if text)
            made.add_edge(source, target, sign=sign, acts=acts)
    return made


def _one_sign(edges: list[tuple[bool, float, str]], rule: SignRule, directed: bool) -> int:
    values = [value for _, value, _ in edges]
    if rule is SignRule.ANY_NEGATIVE:
        return -1 if min(values) < 0 else 1
    if rule is SignRule.RECIPROCAL and directed:
        there = np.sign(math.fsum(value for forward, value, _ in edges if forward))
        back = np.sign(math.fsum(value for forward, value, _ in edges if not forward))
        return int(there) if there == back else 0
    return int(np.sign(math.fsum(values)))


@dataclass(frozen=True, slots=True, eq=False)
class SignedArrays:
    """An undirected signed graph as whole numbers.

    Attributes:
        nodes: the nodes; the others are places in this.
        left: first end of each edge.
        right: second end of each edge.
        sign: 1 or -1 for each edge.
    """

    nodes: tuple[Any, ...]
    left: Ints
    right: Ints
    sign: Ints

    def against(self, side: Ints) -> NDArray[np.bool_]:
        """Which edges stand against a division: positive across it, or negative within.

        Args:
            side: 1 or -1 for each node.
        """
        found: NDArray[np.bool_] = self.sign * side[self.left] * side[self.right] < 0
        return found


def signed_arrays(graph: "nx.Graph[Any]") -> SignedArrays:
    """The arrays of what `signed_graph` made, as it is now; nothing is kept."""
    place = {node: index for index, node in enumerate(graph)}
    edges = [(place[a], place[b], int(data["sign"])) for a, b, data in graph.edges(data=True)]
    left, right, sign = np.ascontiguousarray(np.array(edges, dtype=np.int64).reshape(-1, 3).T)
    return SignedArrays(tuple(graph), left, right, sign)
