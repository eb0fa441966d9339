"""Ties within declared groups and between them.

Owns the E-I index and the polarisation of groups. `groups.py` reads the groups.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Annotated, Any

import networkx as nx
import numpy as np

from comity.graph.measures.groups import grouping
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule, signed_arrays, signed_graph
from comity.graph.measures.signed_communities import modularity_of

Rule = Annotated[SignRule, "how the edges of a pair become one sign"]


@dataclass(frozen=True, slots=True)
class Ties:
    """Positive ties of a node or a group; `value` is None where it has none."""

    name: str
    external: int
    internal: int

    @property
    def value(self) -> float | None:
        """Between -1, all within, and 1, all outside."""
        both = self.external + self.internal
        return (self.external - self.internal) / both if both else None


@dataclass(frozen=True, slots=True)
class ExternalInternal:
    """The E-I index of a network, of its groups and of its nodes.

    Attributes:
        n: nodes with a group.
        value: of the network, where each tie counts once; None without ties.
        external: ties between nodes that share no group.
        internal: ties between nodes that share one.
        groups: the ties of the members of each group, sorted by its name.
        nodes: the ties of each node, in the order of the nodes.
        without: nodes without a group, which are left out with their ties.
    """

    n: int
    value: float | None
    external: int
    internal: int
    groups: tuple[Ties, ...]
    nodes: tuple[Ties, ...]
    without: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each node."""
        return Rows(
            ("node", "external", "internal", "value"),
            ((one.name, one.external, one.internal, one.value) for one in self.nodes),
        )


@measure("e-i", Group.COHESION, "Do friends come from within the group or from outside?")
def external_internal(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> ExternalInternal:
    """The E-I index on positive ties.

    Definition: ties to nodes outside of one's groups, less those inside, over both: -1 where
    all ties stay inside, 1 where all leave. Two nodes that share one of several groups are
    inside. A group counts the ties of its members to nodes outside of it, and those among
    them once.

    Formula: (E - I) / (E + I).

    Degenerate cases: no value without positive ties. The sizes of groups bound the index:
    compare networks of the same groups.

    Reference: Krackhardt and Stern (1988), Social Psychology Quarterly 51.

    Raises:
        InputError: a sign is no finite number, or no node has a group.
    """
    declared = grouping(graph)
    own = {node: set(names) for node, names in declared.groups.items()}
    counts = {node: [0, 0] for node in own}
    of_group = {name: [0, 0] for names in own.values() for name in names}
    total = [0, 0]
    for left, right, edge in signed_graph(graph, rule).edges(data=True):
        if edge["sign"] < 0 or left not in own or right not in own:
            continue
        shared = own[left] & own[right]
        inside = int(bool(shared))
        for counted in (total, counts[left], counts[right]):
            counted[inside] += 1
        for name in own[left] | own[right]:
            of_group[name][int(name in shared)] += 1
    return ExternalInternal(
        n=len(own),
        value=Ties("", *total).value,
        external=total[0],
        internal=total[1],
        groups=tuple(Ties(name, *of_group[name]) for name in sorted(of_group)),
        nodes=tuple(Ties(str(node), *found) for node, found in counts.items()),
        without=declared.without,
    )


@dataclass(frozen=True, slots=True)
class TiesOfGroups:
    """The ties of two groups, or within one; `share_negative` is None without ties."""

    source: str
    target: str
    positive: int
    negative: int

    @property
    def share_negative(self) -> float | None:
        """Negative ties over all."""
        both = self.positive + self.negative
        return self.negative / both if both else None


@dataclass(frozen=True, slots=True)
class Polarisation:
    """How far friends are within groups and foes between them.

    Attributes:
        n: nodes in one group.
        positive_within: share of positive ties among those within; None without such.
        negative_between: share of negative ties among those between; None without such.
        modularity: signed modularity of the groups; None without ties.
        pairs: the ties of each two groups, and within each.
        without: nodes without a group, which are left out with their ties.
        several: nodes in more than one, which are left out with theirs.
    """

    n: int
    positive_within: float | None
    negative_between: float | None
    modularity: float | None
    pairs: tuple[TiesOfGroups, ...]
    without: tuple[str, ...]
    several: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each two groups, and for each group with itself."""
        return Rows(
            ("group", "other", "positive", "negative", "share_negative"),
            (
                (one.source, one.target, one.positive, one.negative, one.share_negative)
                for one in self.pairs
            ),
        )


@measure("polarisation", Group.COHESION, "Are friends within the groups and foes between them?")
def polarisation(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> Polarisation:
    """Signs within declared groups and between them, and the modularity of the groups.

    Definition: the share of positive ties within groups and of negative ties between them;
    both are 1 where the groups are camps without an edge against them. Signed modularity
    compares this with what the degrees by sign lead one to expect.

    Formula: positive within / ties within; negative between / ties between; Q as in
    signed-modularity, with the groups as communities.

    Degenerate cases: no share where there are no such ties, no modularity without ties.
    Nodes in no group or in several are left out, with their ties.

    Reference: Doreian and Mrvar (1996), Social Networks 18; Gómez, Jensen and Arenas (2009),
    Physical Review E 80, 016114.

    Raises:
        InputError: a sign is no finite number, or no node has a group.
    """
    declared = grouping(graph)
    group = declared.single
    arrays = signed_arrays(signed_graph(graph.subgraph(group), rule))
    names = sorted(set(group.values()))
    number = np.array([names.index(group[node]) for node in arrays.nodes], dtype=np.int64)
    low = np.minimum(number[arrays.left], number[arrays.right])
    high = np.maximum(number[arrays.left], number[arrays.right])
    counts = Counter(zip(low.tolist(), high.tolist(), arrays.sign.tolist(), strict=True))
    pairs = tuple(
        TiesOfGroups(names[one], names[other], counts[one, other, 1], counts[one, other, -1])
        for one, other in combinations_with_replacement(range(len(names)), 2)
    )
    within = _added(pairs, within=True)
    between = _added(pairs, within=False)
    return Polarisation(
        n=len(group),
        positive_within=None if within.share_negative is None else 1 - within.share_negative,
        negative_between=between.share_negative,
        modularity=modularity_of(arrays, number) if len(arrays.sign) else None,
        pairs=pairs,
        without=declared.without,
        several=declared.several,
    )


def _added(pairs: tuple[TiesOfGroups, ...], *, within: bool) -> TiesOfGroups:
    chosen = [one for one in pairs if (one.source == one.target) == within]
    return TiesOfGroups(
        "", "", sum(one.positive for one in chosen), sum(one.negative for one in chosen)
    )
