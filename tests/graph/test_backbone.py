"""The disparity filter, on networks small enough to work out by hand."""

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.backbone import backbone


def star() -> "nx.Graph[str]":
    """Weights 8, 1, 1 at the hub: shares .8, .1, .1 of k = 3, so (1-p)^2 = .04, .81, .81."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("hub", "a", weight=-8, acts="one|two")
    graph.add_edge("hub", "b", weight=1)
    graph.add_edge("hub", "c", weight=1)
    return graph


def test_only_the_heavy_edge_stays_and_keeps_what_it_has() -> None:
    kept = backbone(star(), 0.05)
    assert set(kept) == {"hub", "a", "b", "c"}
    assert list(kept.edges) == [("hub", "a")]
    assert kept.edges["hub", "a"]["alpha"] == pytest.approx(0.04)
    assert kept.edges["hub", "a"]["acts"] == "one|two"
    assert len(star().edges) == 3


def test_the_level_decides() -> None:
    assert len(backbone(star(), 0.03).edges) == 0
    assert len(backbone(star(), 0.9).edges) == 3


def test_even_weights_and_single_edges_are_no_backbone() -> None:
    # In a triangle of equal weights each share is .5 of k = 2: significance .5.
    assert len(backbone(nx.complete_graph(["a", "b", "c"]), 0.49).edges) == 0
    assert len(backbone(nx.path_graph(["a", "b"]), 1).edges) == 0
    assert len(backbone(nx.Graph())) == 0


def test_an_edge_of_weight_nothing_never_stays() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=0)
    graph.add_edge("b", "c", weight=0)
    assert len(backbone(graph, 0.5).edges) == 0


@pytest.mark.parametrize("alpha", [0, -1, 1.1, float("nan")])
def test_a_level_out_of_range_is_refused(alpha: float) -> None:
    with pytest.raises(InputError, match="above 0"):
        backbone(star(), alpha)


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), "8", None, True])
def test_a_weight_that_is_no_finite_number_is_refused(weight: object) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=weight)
    with pytest.raises(InputError, match="weight"):
        backbone(graph)


def test_directed_networks_are_refused() -> None:
    with pytest.raises(InputError, match="undirected"):
        backbone(nx.DiGraph())
