"""Centrality: published values, and small graphs worked out by hand."""

import random

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures import (
    betweenness,
    closeness,
    constraint,
    eigenvector,
    pagerank,
    pn_index,
    signed_degree,
    signed_eigenvector,
)
from comity.graph.measures.centrality import Scores

# The ten nodes of D. Schoch, "signnet: An R package for analyzing signed networks", JOSS.
POSITIVE = "01 03 12 14 23 34 45 56 58 67 69 78 89"
NEGATIVE = "07 08 13 15 16 24 28 35 36 47 49 59 68"
EIGENVECTOR = (
    *(0.6221496, 1.0, 0.7451885, 1.0, 0.8999004),
    *(0.6428959, 0.3582816, 0.3747192, 0.2808741, 0.0783457),
)
PN = (
    *(0.900975, 0.861348, 0.907700, 0.861348, 0.841066),
    *(0.849656, 0.861732, 0.901591, 0.850985, 0.907293),
)


def _ten() -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("0123456789")
    for pairs, sign in ((POSITIVE, 1), (NEGATIVE, -1)):
        graph.add_edges_from((pair[0], pair[1], {"sign": sign}) for pair in pairs.split())
    return graph


def _karate() -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(nx.karate_club_graph().edges(), sign=1)
    return graph


def _values(scores: Scores) -> list[float | None]:
    return [one.value for one in scores.scores]


def _by_node(scores: Scores) -> dict[str, float | None]:
    return {one.node: one.value for one in scores.scores}


@pytest.mark.parametrize("seed", range(4))
def test_who_has_no_tie_to_the_leading_part_gets_nothing_and_not_a_rounding_error(
    seed: int,
) -> None:
    # Twelve nodes and, apart from them, a path of six.
    edges = [(f"a{one}", f"a{other}") for one, other in nx.gnp_random_graph(12, 0.4, seed).edges()]
    edges += [(f"b{one}", f"b{other}") for one, other in nx.path_graph(6).edges()]
    random.Random(seed).shuffle(edges)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(edges, sign=1)
    for function in (eigenvector, signed_eigenvector):
        found = _by_node(function(graph))
        assert {str(value) for node, value in found.items() if node[0] == "b"} == {"0.0"}


def test_signed_eigenvector_and_pn_of_the_published_graph() -> None:
    # The paper prints sizes. With the signs found, row 9 of the matrix, - 4 - 5 + 6 + 8, gives
    # 0.8999004 - 0.6428959 + 0.3582816 - 0.2808741 = 0.334412, of an entry of -0.0783457: the
    # eigenvalue of largest size is -4.2684, so that friends have opposite signs.
    found = signed_eigenvector(_ten())
    values = [value or 0.0 for value in _values(found)]
    assert [abs(value) for value in values] == pytest.approx(EIGENVECTOR, abs=1e-6)
    assert [value > 0 for value in values] == [node in "1356" for node in "0123456789"]
    assert found.eigenvalue == pytest.approx(-0.334412 / 0.0783457, abs=1e-4)
    assert _values(pn_index(_ten())) == pytest.approx(PN, abs=1e-6)


def test_karate_unweighted() -> None:
    assert _by_node(betweenness(_karate()))["0"] == pytest.approx(0.437635, abs=1e-6)
    assert _by_node(betweenness(_karate()))["33"] == pytest.approx(0.304075, abs=1e-6)
    assert _by_node(pagerank(_karate()))["0"] == pytest.approx(0.097002, abs=1e-5)
    assert _by_node(eigenvector(_karate()))["0"] == pytest.approx(0.355491, abs=1e-6)
    assert _by_node(eigenvector(_karate()))["33"] == pytest.approx(0.373363, abs=1e-6)
    assert _by_node(constraint(_karate()))["33"] == pytest.approx(0.156419, abs=1e-6)


def test_only_positive_ties_are_ways() -> None:
    # a - b - c by friends; d is a foe of all. The only path through another is a-b-c, of the
    # three pairs without b; b reaches two of three others at distance 1: 2/3 * 2/2.
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from([("a", "b"), ("b", "c")], sign=1)
    graph.add_edges_from([("d", "a"), ("d", "b"), ("d", "c")], sign=-1)
    assert _values(betweenness(graph)) == pytest.approx([0, 1 / 3, 0, 0])
    assert _values(closeness(graph))[1] == pytest.approx(2 / 3)
    assert _values(constraint(graph))[3] is None
    rows = signed_degree(graph).table()
    assert rows[1] == {"node": "b", "positive": 2, "negative": 1, "net": 1, "unsigned": 0}


def test_degenerate_networks() -> None:
    empty: nx.Graph[str] = nx.Graph()
    one: nx.Graph[str] = nx.Graph()
    one.add_node("a")
    for function in (
        betweenness, closeness, constraint, eigenvector, pagerank, pn_index, signed_eigenvector,
    ):  # fmt: skip
        assert function(empty).table() == []
        assert len(function(one).table()) == 1
    assert _values(pn_index(one)) == [1.0]


def test_what_is_not_defined_is_refused() -> None:
    foes: nx.Graph[str] = nx.Graph()
    foes.add_edge("a", "b", sign=-1)
    with pytest.raises(InputError, match="two foes"):
        pn_index(foes)
    # Eigenvalues 1 and -1: of two of the same size the positive one, with b in the other camp.
    assert _values(signed_eigenvector(foes)) == pytest.approx([1, -1])
    foes.add_edge("c", "d", sign=-1)
    with pytest.raises(InputError, match="not determined"):
        signed_eigenvector(foes)
    with pytest.raises(InputError, match="damping is nan"):
        pagerank(foes, damping=float("nan"))
    with pytest.raises(InputError, match="not determined"):
        eigenvector(_pairs())


def _pairs() -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(["ab", "cd"], sign=1)
    return graph
