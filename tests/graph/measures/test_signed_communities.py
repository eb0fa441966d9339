"""Signed communities: published memberships, and small graphs worked out by hand."""

from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError
from comity.graph.measures import k_blocks, leiden, louvain, signed_modularity, sponge
from comity.graph.measures.files import read_network
from comity.graph.measures.signed import signed_arrays, signed_graph
from comity.graph.measures.signed_communities import modularity_of

# The tribes in the order of Read (1954) as UCINET has it, and the three blocks that
# D. Schoch, "signnet: An R package for analyzing signed networks", JOSS, prints, criterion 2.
TRIBES = (
    *("Gavev", "Kotun", "Ove", "Alika", "Nagam", "Gahuk", "Masil", "Ukudz"),
    *("Notoh", "Kohik", "Geham", "Asaro", "Uheto", "Seuve", "Nagad", "Gama"),
)
PUBLISHED = (2, 2, 1, 1, 3, 1, 1, 1, 3, 3, 1, 1, 3, 3, 2, 2)
BLOCKS = tuple(
    tuple(sorted(name for name, block in zip(TRIBES, PUBLISHED, strict=True) if block == number))
    for number in (1, 3, 2)
)


def tribes() -> "nx.Graph[str]":
    return read_network(Path(__file__).with_name("tribes.csv"))


def drawn(seed: int, size: int, ties: int) -> "nx.Graph[int]":
    random = np.random.default_rng(seed)
    graph: nx.Graph[int] = nx.gnm_random_graph(size, ties, seed=seed)
    for edge in graph.edges.values():
        edge["sign"] = int(random.choice((1, -1)))
    return graph


def numbered(graph: "nx.Graph[int]", groups: tuple[tuple[str, ...], ...]) -> list[int]:
    number = {node: place for place, names in enumerate(groups) for node in names}
    return [number[str(node)] for node in graph]


def naive_modularity(graph: "nx.Graph[int]", number: list[int]) -> float:
    """The double sum as Gómez, Jensen and Arenas print it."""
    signs = nx.to_numpy_array(graph, weight="sign")
    plus, minus = np.maximum(signs, 0), np.maximum(-signs, 0)
    p, n = plus.sum(axis=1), minus.sum(axis=1)
    total = 0.0
    for i, j in product(range(len(signs)), repeat=2):
        if number[i] == number[j]:
            total += signs[i, j] - p[i] * p[j] / p.sum() + n[i] * n[j] / n.sum()
    return float(total / (p.sum() + n.sum()))


def naive_against(graph: "nx.Graph[int]", number: tuple[int, ...]) -> int:
    return sum(
        (number[a] == number[b]) == (edge["sign"] < 0) for a, b, edge in graph.edges(data=True)
    )


def two_triangles() -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(["ab", "bc", "ac", "de", "ef", "df"], sign=1)
    graph.add_edge("c", "d", sign=-1)
    return graph


def test_the_tribes_fall_into_the_published_blocks() -> None:
    assert signed_modularity(tribes()).communities == BLOCKS
    assert sponge(tribes(), k=3).communities == BLOCKS
    found = k_blocks(tribes(), k=3)
    assert (found.value, found.blocks) == (2, BLOCKS)
    # Two triangles ++-, of the census, without a common edge.
    assert (found.lower_bound, found.proven) == (2, True)


def test_two_blocks_of_the_tribes_are_as_far_as_the_frustration_index_says() -> None:
    found = k_blocks(tribes(), k=2)
    assert (found.value, found.lower_bound, found.proven) == (7, 2, False)
    assert len(found.edges) == 7
    # In one block all 29 negative edges stand against it.
    assert k_blocks(tribes(), k=1).value == 29


def test_signed_modularity_by_hand() -> None:
    # 6 positive ties, degrees in a triangle 6 of 12; 1 negative tie, 1 of 2 ends in each.
    # (2 * 6 - 2 * 36 / 12) - (0 - 2 * 1 / 2) = 7, over 12 + 2 ends of ties.
    found = signed_modularity(two_triangles())
    assert found.communities == (("a", "b", "c"), ("d", "e", "f"))
    assert found.modularity == pytest.approx(7 / 14)


@pytest.mark.parametrize("seed", range(20))
def test_signed_modularity_is_the_double_sum_and_no_move_betters_it(seed: int) -> None:
    graph = drawn(seed, 12, 20)
    found = signed_modularity(graph, seed=seed, starts=1)
    number = numbered(graph, found.communities)
    best = naive_modularity(graph, number)
    assert found.modularity == pytest.approx(best)
    for node in graph:
        near = {number[other] for other in graph[node]} | {len(found.communities)}
        for to in near:
            moved = [to if other == node else where for other, where in enumerate(number)]
            assert naive_modularity(graph, moved) <= best + 1e-9


def test_without_negative_ties_it_is_the_modularity_of_newman() -> None:
    graph = nx.Graph(nx.karate_club_graph().edges())
    nx.set_edge_attributes(graph, 1, "sign")
    club = np.array([one["club"] == "Officer" for one in nx.karate_club_graph().nodes.values()])
    order = np.array([club[node] for node in graph], dtype=np.int64)
    # The split of the club has modularity 0.358235, and Louvain finds 0.41 or more.
    assert modularity_of(signed_arrays(signed_graph(graph)), order) == pytest.approx(
        0.358235, abs=1e-6
    )
    # networkx finds 0.418803 with seed 1.
    assert (leiden(graph).modularity or 0) >= 0.418803
    assert signed_modularity(graph).communities == leiden(graph).communities


@pytest.mark.parametrize("seed", range(10))
def test_leiden_communities_are_connected_and_no_move_betters_them(seed: int) -> None:
    graph: nx.Graph[int] = nx.gnm_random_graph(60, 80, seed=seed)
    for edge in graph.edges.values():
        edge["sign"] = 1
    found = leiden(graph, seed=seed)
    number = numbered(graph, found.communities)
    for names in found.communities:
        assert nx.is_connected(graph.subgraph(int(name) for name in names))
    divided = [{int(name) for name in names} for names in found.communities]
    best = nx.community.modularity(graph, divided)
    assert found.modularity == pytest.approx(best)
    assert best >= (louvain(graph, seed=seed).modularity or 0) - 0.02
    for node in graph:
        for to in {number[other] for other in graph[node]} | {len(divided)}:
            moved = [members - {node} for members in divided] + [set()]
            moved[to].add(node)
            assert nx.community.modularity(graph, [one for one in moved if one]) <= best + 1e-9


def test_leiden_leaves_foes_aside() -> None:
    graph = two_triangles()
    graph.add_edge("a", "g", sign=-1)
    found = leiden(graph)
    assert found.communities == (("a", "b", "c"), ("d", "e", "f"), ("g",))
    # 3 of 6 ties in each triangle, with half of the ends.
    assert found.modularity == pytest.approx(1 / 2)
    graph.remove_edges_from([("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f")])
    graph.remove_edge("d", "f")
    assert leiden(graph).modularity is None
    assert len(leiden(graph).communities) == 7


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("k", [2, 3])
def test_k_blocks_of_small_graphs_are_the_best_of_all_divisions(seed: int, k: int) -> None:
    graph = drawn(seed, 6, 12)
    least = min(naive_against(graph, one) for one in product(range(k), repeat=6))
    found = k_blocks(graph, k=k)
    assert found.value == least == naive_against(graph, tuple(numbered(graph, found.blocks)))
    assert len(found.blocks) <= k
    assert found.lower_bound <= k_blocks(graph, k=6).value <= least


def test_longer_cycles_with_one_negative_edge_count_in_the_bound() -> None:
    # A ring of five with one foe: one edge has to go, in any division. Two negative edges
    # in the ring divide it.
    ring: nx.Graph[int] = nx.cycle_graph(5)
    nx.set_edge_attributes(ring, 1, "sign")
    ring[0][4]["sign"] = -1
    assert (k_blocks(ring).value, k_blocks(ring).proven) == (1, True)
    ring[1][2]["sign"] = -1
    assert (k_blocks(ring).value, k_blocks(ring).proven) == (0, True)


def test_sponge_finds_planted_blocks() -> None:
    random = np.random.default_rng(1)
    graph: nx.Graph[int] = nx.gnp_random_graph(90, 0.5, seed=1)
    for left, right, edge in graph.edges(data=True):
        noise = -1 if random.random() < 0.1 else 1
        edge["sign"] = noise * (1 if left % 3 == right % 3 else -1)
    planted = {tuple(sorted(str(node) for node in range(90) if node % 3 == k)) for k in range(3)}
    assert set(sponge(graph, k=3).communities) == planted
    assert set(k_blocks(graph, k=3, starts=10).blocks) == planted
    assert set(signed_modularity(graph, starts=1).communities) == planted


def test_degenerate_networks_and_bad_parameters() -> None:
    empty: nx.Graph[str] = nx.Graph()
    one: nx.Graph[str] = nx.Graph()
    one.add_node("a")
    for function in (signed_modularity, sponge):
        assert function(empty).communities == ()
        assert function(one).communities == (("a",),)
        assert function(one).modularity is None
    assert k_blocks(empty).proven
    assert k_blocks(one).blocks == (("a",),)
    friends: nx.Graph[str] = nx.Graph()
    friends.add_edges_from(["ab", "bc"], sign=1)
    assert (k_blocks(friends).value, k_blocks(friends).blocks) == (0, (("a", "b", "c"),))
    with pytest.raises(InputError, match="starts is 0"):
        signed_modularity(one, starts=0)
    with pytest.raises(InputError, match="give 1 to 10000"):
        k_blocks(one, starts=10**9)
    for function in (k_blocks, leiden, signed_modularity, sponge):
        with pytest.raises(InputError, match="seed is -1"):
            function(two_triangles(), seed=-1)
    assert k_blocks(two_triangles(), k=10**9).value == 0
    with pytest.raises(InputError, match="k is 1"):
        sponge(one, k=1)
    with pytest.raises(InputError, match="k is 0"):
        k_blocks(one, k=0)
    with pytest.raises(InputError, match="seconds is nan"):
        k_blocks(one, seconds=float("nan"))
    with pytest.raises(InputError, match="up to 2000 nodes"):
        sponge(nx.empty_graph(2001))
