"""Triangles of a signed graph, and balance by walks of every length.

Owns the signed triad census and walk-based balance; `signed.py` says what the sign of a
pair is.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule, signed_arrays, signed_graph

# A dense matrix of so many nodes takes 200 MB and half a minute.
_MOST_NODES = 5000


@dataclass(frozen=True, slots=True)
class TriadCensus:
    """How many triangles have 0, 1, 2 or 3 negative edges.

    Attributes:
        all_positive: +++, balanced.
        one_negative: ++-, not balanced.
        two_negative: +--, balanced.
        all_negative: ---, not balanced; weakly balanced (Davis).
        balanced_share: +++ and +-- over all; None without triangles.
        weak_share: all but ++- over all; None without triangles.
    """

    all_positive: int
    one_negative: int
    two_negative: int
    all_negative: int
    balanced_share: float | None
    weak_share: float | None

    def table(self) -> Rows:
        """One row for each kind of triangle."""
        counts = (self.all_positive, self.one_negative, self.two_negative, self.all_negative)
        return Rows(
            ("triangle", "count"),
            (
                (kind, count)
                for kind, count in zip(("+++", "++-", "+--", "---"), counts, strict=True)
            ),
        )


@dataclass(frozen=True, slots=True)
class WalkBalance:
    """Closed walks with their sign over all closed walks.

    Attributes:
        value: between 0 and 1; 1 exactly for a balanced graph.
    """

    value: float

    def table(self) -> Rows:
        """One row."""
        return Rows.of(("value",), [self])


@measure("triads", Group.BALANCE, "Which triangles of friends and foes are there?")
def triad_census(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
) -> TriadCensus:
    """The signed triad census, and the share of balanced triangles.

    Definition: every three nodes with all three edges, by the number of negative ones.
    Strictly balanced are 0 and 2; weakly balanced 0, 2 and 3.

    Formula: with t(k) the triangles of k negative edges, the balanced share is
    (t(0) + t(2)) / (t(0) + t(1) + t(2) + t(3)), the weak share has t(3) above the line too.
    Each triangle is counted once, from its node of least degree.

    Degenerate cases: all 0, and no share, where there is no triangle.

    Reference: Cartwright and Harary (1956), Psychological Review 63; Davis (1967), Human
    Relations 20.

    Raises:
        InputError: a sign is no finite number.
    """
    from comity.graph.measures.triangles import triangles_by_negative

    counts = triangles_by_negative(signed_arrays(signed_graph(graph, rule)))
    total = sum(counts)
    return TriadCensus(
        *counts,
        balanced_share=(counts[0] + counts[2]) / total if total else None,
        weak_share=(total - counts[1]) / total if total else None,
    )


@measure("walk-balance", Group.BALANCE, "How balanced are walks of every length?")
def walk_balance(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
) -> WalkBalance:
    """Walk-based balance: long cycles count, shorter ones more.

    Definition: closed walks, each divided by the factorial of its length, with their sign
    over without it.

    Formula: the sum of exp(l) over the eigenvalues l of the signed matrix, over the same
    of the unsigned matrix.

    Degenerate cases: 1 for the empty graph, one node and no negative edge.

    Reference: Estrada (2019), Discrete Applied Mathematics 268.

    Raises:
        InputError: a sign is no finite number, or the graph has more than 5000 nodes.
    """
    arrays = signed_arrays(signed_graph(graph, rule))
    size = len(arrays.nodes)
    if size > _MOST_NODES:
        raise InputError(
            f"Balance by walks needs all eigenvalues and takes up to {_MOST_NODES} nodes; "
            f"this graph has {size}: choose a shorter window, or ask for triads."
        )
    if not size:
        return WalkBalance(1.0)
    matrix = np.zeros((size, size))
    matrix[arrays.left, arrays.right] = matrix[arrays.right, arrays.left] = arrays.sign
    signed, unsigned = np.linalg.eigvalsh(matrix), np.linalg.eigvalsh(np.abs(matrix))
    # Both divided by the largest, so that no exponential overflows.
    most = unsigned.max()
    return WalkBalance(float(np.exp(signed - most).sum() / np.exp(unsigned - most).sum()))
