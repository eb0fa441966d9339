"""Shortest paths over ties of length 1, from each node to all others.

Owns betweenness, closeness and lengths as networkx defines them, on its snapshot.
"""

from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np

from comity.graph.measures.compiled import compiled
from comity.graph.measures.signed import Floats, Ints
from comity.graph.measures.snapshot import snapshot


def betweenness_centrality(graph: "nx.Graph[Any]", normalized: bool = True) -> dict[Any, float]:
    """Betweenness of each node, as `networkx.betweenness_centrality` with all sources.

    Reference: Brandes (2001), J. of Mathematical Sociology 25.

    Args:
        graph: without parallel edges; weights are not read.
        normalized: over the number of pairs of others.
    """
    taken = snapshot(graph)
    size = len(taken.nodes)
    found = betweenness_sums(taken.first, taken.near)
    if normalized:
        found = found / ((size - 1) * (size - 2)) if size > 2 else found
    elif not graph.is_directed():
        # Each pair was seen from both ends.
        found = found / 2
    return dict(zip(taken.nodes, found.tolist(), strict=True))


def closeness_centrality(graph: "nx.Graph[Any]", wf_improved: bool = True) -> dict[Any, float]:
    """Closeness of each node of an undirected graph, as `networkx.closeness_centrality`.

    Args:
        graph: undirected; weights are not read.
        wf_improved: times the share of nodes that can be reached.
    """
    taken = snapshot(graph)
    size = len(taken.nodes)
    reached, total = distance_sums(taken.first, taken.near)
    found = np.divide(reached, total, out=np.zeros(size), where=total > 0)
    if wf_improved and size > 1:
        found *= reached / (size - 1)
    return dict(zip(taken.nodes, found.tolist(), strict=True))


def all_pairs_shortest_path_length(
    graph: "nx.Graph[Any]",
) -> Iterator[tuple[Any, dict[Any, int]]]:
    """Each node with the lengths to all it reaches, as the function of networkx."""
    taken = snapshot(graph)
    for source, node in enumerate(taken.nodes):
        order, far = lengths_from(taken.first, taken.near, source)
        yield (
            node,
            {
                taken.nodes[place]: length
                for place, length in zip(order.tolist(), far.tolist(), strict=True)
            },
        )


@compiled
def betweenness_sums(first: Ints, near: Ints) -> Floats:
    """The sums of dependencies over all sources; undirected, each pair counts twice."""
    size = len(first) - 1
    sums = np.zeros(size)
    far = np.full(size, -1, dtype=np.int64)
    paths = np.zeros(size)
    share = np.zeros(size)
    order = np.zeros(size, dtype=np.int64)
    for source in range(size):
        far[source], paths[source], order[0] = 0, 1.0, source
        count = 1
        at = 0
        while at < count:
            node = order[at]
            at += 1
            for arc in range(first[node], first[node + 1]):
                other = near[arc]
                if far[other] < 0:
                    far[other] = far[node] + 1
                    order[count] = other
                    count += 1
                if far[other] == far[node] + 1:
                    paths[other] += paths[node]
        # Backwards: what depends on a node, of what depends on those one step further out.
        for at in range(count - 1, -1, -1):
            node = order[at]
            for arc in range(first[node], first[node + 1]):
                other = near[arc]
                if far[other] == far[node] + 1:
                    share[node] += paths[node] / paths[other] * (1.0 + share[other])
            if node != source:
                sums[node] += share[node]
        for at in range(count):
            node = order[at]
            far[node], paths[node], share[node] = -1, 0.0, 0.0
    return sums


@compiled
def _reach(first: Ints, near: Ints, source: int, far: Ints, order: Ints) -> int:
    """How many nodes one reaches; `order` gets them, the nearest first.

    `far` is -1 everywhere before, and gets their lengths.
    """
    far[source], order[0] = 0, source
    count = 1
    at = 0
    while at < count:
        node = order[at]
        at += 1
        for arc in range(first[node], first[node + 1]):
            other = near[arc]
            if far[other] < 0:
                far[other] = far[node] + 1
                order[count] = other
                count += 1
    return count


@compiled
def distance_sums(first: Ints, near: Ints) -> tuple[Floats, Floats]:
    """For each node how many others it reaches, and the sum of the lengths."""
    size = len(first) - 1
    reached = np.zeros(size)
    total = np.zeros(size)
    far = np.full(size, -1, dtype=np.int64)
    order = np.zeros(size, dtype=np.int64)
    for source in range(size):
        count = _reach(first, near, source, far, order)
        reached[source] = count - 1
        for at in range(count):
            total[source] += far[order[at]]
            far[order[at]] = -1
    return reached, total


@compiled
def lengths_from(first: Ints, near: Ints, source: int) -> tuple[Ints, Ints]:
    """The nodes that one reaches, the nearest first, and the length to each."""
    size = len(first) - 1
    far = np.full(size, -1, dtype=np.int64)
    order = np.zeros(size, dtype=np.int64)
    count = _reach(first, near, source, far, order)
    return order[:count], far[order[:count]]
