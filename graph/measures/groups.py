"""The groups that nodes are declared to be in: alliances, blocs, any partition.

Owns the reading of the node attribute `group`, where several are joined by `|`. Groups that
are found in the ties are in `communities.py`.
"""

from dataclasses import dataclass
from typing import Any

import networkx as nx

from comity.errors import InputError


@dataclass(frozen=True, slots=True)
class Grouping:
    """Who is in which group.

    Attributes:
        groups: the groups of each node that has one, sorted.
        without: nodes without a group, in the order of the nodes.
    """

    groups: dict[Any, tuple[str, ...]]
    without: tuple[str, ...]

    @property
    def single(self) -> dict[Any, str]:
        """The group of each node that is in one only."""
        return {node: names[0] for node, names in self.groups.items() if len(names) == 1}

    @property
    def several(self) -> tuple[str, ...]:
        """Nodes in more than one group, in the order of the nodes."""
        return tuple(str(node) for node, names in self.groups.items() if len(names) > 1)


def grouping(graph: "nx.Graph[Any]") -> Grouping:
    """The groups that the nodes of a graph are declared to be in.

    Raises:
        InputError: nodes there are, and none of them has a group.
    """
    groups: dict[Any, tuple[str, ...]] = {}
    for node, text in graph.nodes(data="group"):
        parts = {part.strip() for part in str(text or "").split("|")} - {""}
        if parts:
            groups[node] = tuple(sorted(parts))
    if len(graph) and not groups:
        raise InputError(
            "No node has a group; of the graph, name organisations as group; in a network of your "
            "own give the node attribute 'group', or in a CSV file the columns source_group and "
            "target_group."
        )
    return Grouping(groups, tuple(str(node) for node in graph if node not in groups))
