"""Communities: who is tied to each other more than chance would have it.

Owns what a division is, and divisions by the positive ties. `centrality.py` makes the
positive network; `signed_communities.py` reads the negative ties too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx

from comity.graph.measures.centrality import positive_ties
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule


@dataclass(frozen=True, slots=True)
class Communities:
    """A division of the nodes.

    Attributes:
        modularity: of the division; None without positive ties.
        communities: the largest first.
    """

    modularity: float | None
    communities: tuple[tuple[str, ...], ...]

    def table(self) -> Rows:
        """One row for each node."""
        return Rows(
            ("node", "community"),
            (
                (node, number)
                for number, members in enumerate(self.communities, 1)
                for node in members
            ),
        )


def divided(nodes: Iterable[Any], numbers: Iterable[int], modularity: float | None) -> Communities:
    """The division in which each node is in the community of its number."""
    members: dict[int, list[str]] = {}
    for node, number in zip(nodes, numbers, strict=True):
        members.setdefault(number, []).append(str(node))
    named = (tuple(sorted(names)) for names in members.values())
    return Communities(modularity, tuple(sorted(named, key=lambda one: (-len(one), one))))


@measure("louvain", Group.COMMUNITIES, "Which groups of friends are there?")
def louvain(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    seed: Annotated[int, "the order in which nodes are tried follows from it"] = 1,
) -> Communities:
    """Louvain communities of the positive ties, each of weight 1.

    Definition: a division that no move of a node or of a community makes more modular;
    another seed may find another.

    Formula: Q = sum over communities of (ties inside / m - (degrees / 2 m) squared).

    Degenerate cases: each node alone, and no modularity, where there are no positive ties.

    Reference: Blondel et al. (2008), J. of Statistical Mechanics P10008; Newman (2004).

    Raises:
        InputError: a sign is no finite number.
    """
    from comity.graph.measures.moving import louvain_communities

    positive = positive_ties(graph, rule)
    found = louvain_communities(positive, seed=seed)
    modularity = (
        float(nx.community.modularity(positive, found)) if positive.number_of_edges() else None
    )
    number = {node: place for place, members in enumerate(found) for node in members}
    return divided(number, number.values(), modularity)
