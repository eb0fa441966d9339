"""Communities of small graphs worked out by hand."""

import networkx as nx
import pytest

from comity.graph.measures import louvain


def test_two_triangles_and_a_foe() -> None:
    # 7 positive ties, 3 in each triangle, whose degrees add up to 7 of 14:
    # Q = 2 (3/7 - 1/4) = 5/14. The foe has no positive tie and stands alone.
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(["ab", "bc", "ac", "de", "ef", "df", "cd"], sign=1)
    graph.add_edges_from(["ga", "gd"], sign=-1)
    found = louvain(graph)
    assert found.communities == (("a", "b", "c"), ("d", "e", "f"), ("g",))
    assert found.modularity == pytest.approx(5 / 14)


def test_without_positive_ties_each_is_alone() -> None:
    graph: nx.Graph[str] = nx.Graph()
    assert louvain(graph).communities == ()
    graph.add_edge("a", "b", sign=-1)
    assert louvain(graph).communities == (("a",), ("b",))
    assert louvain(graph).modularity is None
