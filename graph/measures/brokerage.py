"""Who stands between others that are not tied, within groups and between them.

Owns the roles of Gould and Fernandez. `groups.py` reads the groups that they are told by.
"""

from collections import Counter
from dataclasses import dataclass
from math import fsum
from typing import Any

import networkx as nx

from comity.graph.measures.groups import grouping
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import sign_of


@dataclass(frozen=True, slots=True)
class Broker:
    """How often a node brokers, by role.

    Attributes:
        node: the broker.
        group: its group.
        coordinator: both others are in its group.
        itinerant: both others are in one other group.
        gatekeeper: what comes from another group goes on to its own.
        representative: what comes from its own group goes on to another.
        liaison: both others are in different other groups.
    """

    node: str
    group: str
    coordinator: int
    itinerant: int
    gatekeeper: int
    representative: int
    liaison: int

    @property
    def total(self) -> int:
        """All roles together."""
        return (
            self.coordinator + self.itinerant + self.gatekeeper + self.representative + self.liaison
        )


@dataclass(frozen=True, slots=True)
class Brokerage:
    """The roles of each node in one group, in the order of the nodes.

    Attributes:
        n: nodes in one group.
        brokers: their roles.
        without: nodes without a group, which are left out.
        several: nodes in more than one, which are left out.
    """

    n: int
    brokers: tuple[Broker, ...]
    without: tuple[str, ...]
    several: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each node, who brokers most first."""
        return Rows(
            (
                "node",
                "group",
                "coordinator",
                "itinerant",
                "gatekeeper",
                "representative",
                "liaison",
                "total",
            ),
            (
                (
                    one.node,
                    one.group,
                    one.coordinator,
                    one.itinerant,
                    one.gatekeeper,
                    one.representative,
                    one.liaison,
                    one.total,
                )
                for one in sorted(self.brokers, key=lambda one: (-one.total, one.node))
            ),
        )


@measure("brokerage", Group.BROKERAGE, "Who stands between whom, in which role?")
def brokerage(graph: "nx.Graph[Any]") -> Brokerage:
    """Brokerage roles by Gould and Fernandez, on positive directed ties.

    Definition: b brokers from a to c where a is tied to b and b to c, and a is not tied to c.
    The role follows from the groups of the three: coordinator (all in one), itinerant (a and
    c in one, b in another), gatekeeper (b and c in one, a in another), representative (a and
    b in one, c in another), liaison (three groups).

    Formula: number of ordered pairs (a, c), a != c, with A(a, b) = A(b, c) = 1, A(a, c) = 0,
    where A(i, j) = 1 if the edges from i to j add up to more than 0.

    Degenerate cases: 0 in every role for a node without ties either way; in a graph without
    direction each tie goes both ways, so that gatekeeper and representative are the same and
    each two others count twice. Nodes in no group or in several are left out, with their ties.

    Reference: Gould and Fernandez (1989), Sociological Methodology 19.

    Raises:
        InputError: a sign is no finite number, or no node has a group.
    """
    declared = grouping(graph)
    group = declared.single
    after = _positive_arcs(graph, set(group))
    before: dict[Any, list[Any]] = {node: [] for node in group}
    for node, others in after.items():
        for other in others:
            before[other].append(node)
    brokers = []
    for node, own in group.items():
        roles: Counter[str] = Counter()
        for first in before[node]:
            for last in after[node] - after[first] - {first}:
                roles[_role(group[first], own, group[last])] += 1
        brokers.append(
            Broker(
                node=str(node),
                group=own,
                coordinator=roles["coordinator"],
                itinerant=roles["itinerant"],
                gatekeeper=roles["gatekeeper"],
                representative=roles["representative"],
                liaison=roles["liaison"],
            )
        )
    return Brokerage(len(group), tuple(brokers), declared.without, declared.several)


def _role(first: str, broker: str, last: str) -> str:
    if first == last:
        return "coordinator" if first == broker else "itinerant"
    if broker == last:
        return "gatekeeper"
    return "representative" if broker == first else "liaison"


def _positive_arcs(graph: "nx.Graph[Any]", nodes: set[Any]) -> dict[Any, set[Any]]:
    """To whom each of these nodes has a positive tie; both ways without direction."""
    values: dict[tuple[Any, Any], list[float]] = {}
    for source, target, edge in graph.edges(data=True):
        value = sign_of(source, target, edge)
        if source != target and source in nodes and target in nodes:
            values.setdefault((source, target), []).append(value)
            if not graph.is_directed():
                values.setdefault((target, source), []).append(value)
    after: dict[Any, set[Any]] = {node: set() for node in nodes}
    for (source, target), given in values.items():
        if fsum(given) > 0:
            after[source].add(target)
    return after
