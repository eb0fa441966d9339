"""All best divisions: small networks by hand, and all divisions counted out."""

import itertools
import random
from typing import Any

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures import camps_certainty
from comity.graph.measures.certainty import CampsCertainty, Certainty


def signed(*edges: tuple[Any, Any, float]) -> "nx.Graph[Any]":
    graph: nx.Graph[Any] = nx.Graph()
    for source, target, sign in edges:
        graph.add_edge(source, target, sign=sign)
    return graph


def said(found: CampsCertainty) -> dict[str, str]:
    return {one.node: one.certainty.value for one in found.nodes}


def test_one_between_two_camps_is_undetermined() -> None:
    # a b c are friends, x is a friend of a and a foe of b: one edge is against, whichever
    # camp x is in; to move a, b or c costs more.
    graph = signed(("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("x", "a", 1), ("x", "b", -1))
    found = camps_certainty(graph)
    assert said(found) == {"a": "same", "b": "same", "c": "same", "x": "undetermined"}
    assert (found.value, found.proven, found.same, found.unknown) == (1, True, 3, 0)
    edges = {(one.source, one.target): one.certainty.value for one in found.edges}
    assert edges == {("a", "x"): "undetermined", ("b", "x"): "undetermined"}


def test_an_edge_against_every_best_division() -> None:
    # a and b have three friends in common and are foes: 1 against, and to part them costs 3.
    friends = [(one, other, 1) for one in ("a", "b") for other in ("c", "d", "e")]
    found = camps_certainty(signed(("a", "b", -1), *friends))
    assert set(said(found).values()) == {"same"}
    assert [(one.source, one.target, one.certainty) for one in found.edges] == [
        ("a", "b", Certainty.SAME)
    ]


def test_three_foes_are_all_undetermined() -> None:
    # Any two of three share a camp: three best divisions, and no two always stand alike.
    found = camps_certainty(signed(("a", "b", -1), ("b", "c", -1), ("a", "c", -1)))
    assert set(said(found).values()) == {"undetermined"}
    assert {one.certainty for one in found.edges} == {Certainty.UNDETERMINED}
    assert len(found.edges) == 3


def test_parts_and_degenerate_networks() -> None:
    empty: nx.Graph[str] = nx.Graph()
    assert camps_certainty(empty).table() == []
    graph = signed(("a", "b", 1), ("c", "d", -1))
    graph.add_node("e")
    found = camps_certainty(graph)
    assert [(one.node, one.part, one.certainty.value) for one in found.nodes] == [
        ("a", 1, "same"),
        ("b", 1, "same"),
        ("c", 2, "same"),
        ("d", 2, "same"),
        ("e", 3, "undetermined"),
    ]
    with pytest.raises(InputError, match="seconds is nan"):
        camps_certainty(graph, seconds=float("nan"))


def naive_kin(graph: "nx.Graph[int]") -> set[frozenset[int]]:
    """Pairs of a part that stand alike in each of the best of all divisions."""
    sides = list(itertools.product((1, -1), repeat=len(graph)))
    values = [
        sum(d["sign"] * side[a] * side[b] < 0 for a, b, d in graph.edges(data=True))
        for side in sides
    ]
    best = [side for side, value in zip(sides, values, strict=True) if value == min(values)]
    return {
        frozenset(pair)
        for part in nx.connected_components(graph)
        for pair in itertools.combinations(part, 2)
        if len({side[pair[0]] * side[pair[1]] for side in best}) == 1
    }


@pytest.mark.parametrize("seed", range(60))
def test_kin_are_those_of_all_best_divisions(seed: int) -> None:
    chance = random.Random(seed)
    graph = nx.gnp_random_graph(9, chance.uniform(0.15, 0.8), seed=seed)
    for edge in graph.edges:
        graph.edges[edge]["sign"] = chance.choice((1, -1))
    found = camps_certainty(graph)
    kin = naive_kin(graph)
    assert found.unknown == 0
    number = [one.kin for one in found.nodes]
    pairs = itertools.combinations(range(9), 2)
    assert {frozenset((a, b)) for a, b in pairs if number[a] == number[b]} == kin
    for part in nx.connected_components(graph):
        same = [node for node in part if found.nodes[node].certainty is Certainty.SAME]
        sizes = [sum(number[other] == number[node] for other in part) for node in part]
        assert len(same) == (max(sizes) if max(sizes) > 1 else 0)
        assert len({number[node] for node in same}) <= 1


def test_where_time_is_up_all_is_unknown() -> None:
    chance = random.Random(1)
    graph = nx.gnm_random_graph(200, 1000, seed=1)
    for edge in graph.edges:
        graph.edges[edge]["sign"] = chance.choice((1, -1))
    found = camps_certainty(graph, seconds=1)
    assert (found.proven, found.unknown) == (False, 200)
    assert {one.certainty for one in found.edges} == {Certainty.UNKNOWN}
