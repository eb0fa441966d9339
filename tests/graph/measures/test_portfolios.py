"""Portfolios of a network: the published table as edges, and small ones worked out by hand."""

import networkx as nx
import pytest
from tests.graph.measures.test_similarity import TABLE_6

from comity.errors import InputError, NotFoundError, TooLargeError
from comity.graph.measures import portfolio_similarity
from comity.graph.measures.portfolios import PairSimilarity, Ratings, SelfTies


def _table_6(*, zeros: bool) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for state, ratings in TABLE_6.items():
        for holder, rating in zip(("GMY", "RUS"), ratings, strict=True):
            if rating or zeros:
                graph.add_edge(holder, state, weight=rating)
    return graph


def _one(graph: "nx.Graph[str]", **options: object) -> PairSimilarity:
    (pair,) = portfolio_similarity(graph, **options).pairs  # type: ignore[arg-type]
    return pair


def test_published_table_from_edges() -> None:
    pair = _one(_table_6(zeros=True), lowest=0, highest=3)
    assert (pair.source, pair.target, pair.n, pair.left_out) == ("GMY", "RUS", 20, 0)
    assert pair.tau_b == pytest.approx(0.030317, abs=1e-6)
    assert pair.s == pytest.approx(0.40)
    assert pair.s_squared == pytest.approx(0.4444, abs=5e-5)


def test_without_a_tie_a_partner_is_missing_or_has_the_lowest_rating() -> None:
    graph = _table_6(zeros=False)
    # Germany rates GMY, AUH, ITA, RUM; Russia RUS, UKG, FRN, ITA: ITA (3 and 1) is common.
    alone = _one(graph, lowest=0, highest=3)
    assert (alone.n, alone.left_out, alone.s) == (1, 6, pytest.approx(1 - 2 * 2 / 3))
    # Seven partners: distances 3 3 1 3 3 2 3 = 18 of 21: S = 1 - 36 / 21.
    lowest = _one(graph, lowest=0, highest=3, ratings=Ratings.GIVEN_OR_LOWEST)
    assert (lowest.n, lowest.s) == (7, pytest.approx(1 - 36 / 21))


def test_self_ties_are_named() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("a", "b", weight=3)
    graph.add_edge("b", "a", weight=3)
    given = {"lowest": 0, "highest": 3, "ratings": Ratings.GIVEN_OR_LOWEST}
    # As given each rates the other 3 and itself, without a tie, 0: two distances of 3.
    assert _one(graph, **given).s == pytest.approx(-1)
    assert _one(graph, **given, self_ties=SelfTies.OWN_ALLY).s == pytest.approx(1)
    left_out = portfolio_similarity(graph, **given, self_ties=SelfTies.LEFT_OUT)  # type: ignore[arg-type]
    assert (left_out.pairs, left_out.without_common) == ((), 1)


def test_pledges_take_the_strongest_and_fill_the_scale() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for holder, partner, kind in (
        ("a", "x", "consultation"),
        ("a", "x", "defence"),
        ("b", "x", "neutrality"),
        ("b", "y", "defence"),
        ("b", "y", "seat"),
    ):
        graph.add_edge(holder, partner, kind=kind)
    # Without a sign or a weight there is no rating, and so no portfolio.
    assert portfolio_similarity(graph).n == 0
    # x: 3 and 2, y: 0 and 3 of 3: S = 1 - 2 * (1 + 3) / 2 / 3, whatever the scale.
    for lowest, highest in ((0, 3), (-1, 1)):
        pair = _one(graph, ratings=Ratings.PLEDGES, lowest=lowest, highest=highest)
        assert (pair.n, pair.s) == (2, pytest.approx(1 - 8 / 6))


def test_weights_are_those_of_partners() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("x", size=3)
    graph.add_node("y", size="1")
    for holder, x, y in (("a", 1, 1), ("b", 1, -1)):
        graph.add_edge(holder, "x", sign=x)
        graph.add_edge(holder, "y", sign=y)
    # A distance of 2 with a quarter of the weight: S = 1 - 2 * 0.5 / 2.
    assert _one(graph, weights="size").s == pytest.approx(0.5)
    graph.nodes["y"]["size"] = "much"
    with pytest.raises(InputError, match="'y', size"):
        portfolio_similarity(graph, weights="size")


def test_focus_and_sides_of_a_two_mode_graph() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("abc", bipartite=0)
    graph.add_nodes_from("xy", bipartite=1)
    graph.add_edges_from([("a", "x"), ("b", "x"), ("y", "c")], sign=1)
    found = portfolio_similarity(graph)
    assert [(pair.source, pair.target) for pair in found.pairs] == [("a", "b")]
    assert (found.n, found.partners, found.without_common) == (3, 2, 2)
    assert [row["target"] for row in portfolio_similarity(graph, focus="b").table()] == ["a"]


def test_empty_network_has_no_pairs() -> None:
    found = portfolio_similarity(nx.Graph())
    assert (found.n, found.pairs, found.table()) == (0, (), [])


def test_what_cannot_be_answered_is_refused() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("a", "x", sign=2)
    graph.add_edge("b", "x", sign=1)
    with pytest.raises(InputError, match="outside"):
        portfolio_similarity(graph)
    with pytest.raises(InputError, match="empty"):
        portfolio_similarity(graph, lowest=2, highest=2)
    with pytest.raises(InputError, match="No edge has a pledge"):
        portfolio_similarity(graph, ratings=Ratings.PLEDGES)
    with pytest.raises(NotFoundError, match="'x' has no tie"):
        portfolio_similarity(graph, focus="x")
    graph.add_edges_from(((number, "x") for number in range(200)), sign=1)
    with pytest.raises(TooLargeError, match="20301 pairs"):
        portfolio_similarity(graph)
