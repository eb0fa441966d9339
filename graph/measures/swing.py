"""Who stands between two groups. Owns what a lean is; groups are read in `groups.py`."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError
from comity.graph.measures.groups import grouping
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import sign_of


@dataclass(frozen=True, slots=True)
class Swing:
    """How a node stands to two groups.

    Attributes:
        node: the node.
        group: its own groups, joined by `|`; an empty text where it has none.
        first: a group.
        second: another.
        toward_first: balance of its ties to the first, -1 to 1.
        toward_second: of those to the second.
        n_first: ties to the first.
        n_second: ties to the second.
        lean: half the difference; 1 is with the first and against the second.
        swing: 1 less the size of the lean.
    """

    node: str
    group: str
    first: str
    second: str
    toward_first: float
    toward_second: float
    n_first: int
    n_second: int
    lean: float
    swing: float


@dataclass(frozen=True, slots=True)
class SwingActors:
    """How nodes stand to pairs of groups.

    Attributes:
        n: nodes with ties enough to two groups.
        groups: the groups, sorted.
        nodes: the most divided first.
        without_group: nodes without a group, toward which ties do not count.
    """

    n: int
    groups: tuple[str, ...]
    nodes: tuple[Swing, ...]
    without_group: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each node and pair of groups."""
        return Rows.of(Swing.__slots__, self.nodes)


@measure("swing", Group.BEHAVIOUR, "Who stands between two groups?")
def swing(
    graph: "nx.Graph[Any]",
    *,
    least: Annotated[int, "ties that a node must have to each of the two groups"] = 1,
) -> SwingActors:
    """Nodes whose ties do not side with one of two groups.

    Definition: a node's ties are its edges, outgoing ones where the graph has a direction, with
    a sign other than 0, to nodes of a group (node attribute `group`) other than itself. Its
    balance toward a group is (ties for - ties against) / ties. A node takes part for each pair
    of groups to which it has `least` ties each, whether or not it is in one of them.

    Formula: lean = (balance toward the first - balance toward the second) / 2;
    swing = 1 - |lean|. A swing of 0 is all with one and all against the other; 1 is the same
    balance toward both, be it for both, against both, or divided within: the two balances say
    which.

    Degenerate cases: none where no node has ties to two groups. A node in both groups counts
    as a partner in each.

    Reference: ours; the balances are those of a declared partition as in Doreian and Mrvar
    (1996), Social Networks 18, 149-168.

    Raises:
        InputError: no node has a group, a sign is no finite number, or `least` is below 1.
    """
    if least < 1:
        raise InputError(f"least is {least}; give 1 or more.")
    found = grouping(graph)
    signs: dict[Any, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for source, target, edge in graph.edges(data=True):
        value = sign_of(source, target, edge)
        if value == 0 or source == target:
            continue
        ways = [(source, target)] if graph.is_directed() else [(source, target), (target, source)]
        for one, other in ways:
            for name in found.groups.get(other, ()):
                signs[one][name].append(1 if value > 0 else -1)
    swings = [
        _swing(str(node), "|".join(found.groups.get(node, ())), first, second, to)
        for node, to in signs.items()
        for first, second in combinations(sorted(to), 2)
        if min(len(to[first]), len(to[second])) >= least
    ]
    ordered = sorted(swings, key=lambda one: (-one.swing, one.node, one.first, one.second))
    return SwingActors(
        n=len({one.node for one in ordered}),
        groups=tuple(sorted({name for names in found.groups.values() for name in names})),
        nodes=tuple(ordered),
        without_group=found.without,
    )


def _swing(node: str, group: str, first: str, second: str, to: dict[str, list[int]]) -> Swing:
    one, other = (sum(to[name]) / len(to[name]) for name in (first, second))
    lean = (one - other) / 2
    sizes = (len(to[first]), len(to[second]))
    return Swing(node, group, first, second, one, other, *sizes, lean, 1 - abs(lean))
