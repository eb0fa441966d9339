"""Two divisions compared: tables worked out by hand, and who sits in another camp."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError
from comity.graph.measures import camps_and_alliances
from comity.graph.measures.alignment import Division, adjusted_rand, mutual_information, omega


def test_indices_by_hand() -> None:
    # ab|cd against ab|c|d: 1 pair together in both, 2 and 1 in each, of 6: expected 1/3.
    # (1 - 1/3) / (3/2 - 1/3) = 4/7. Entropies 1 and 3/2 bits, both together 3/2: 2 / (5/2).
    first, second = [1, 1, 2, 2], [1, 1, 2, 3]
    assert adjusted_rand(first, second) == pytest.approx(4 / 7)
    assert mutual_information(first, second) == pytest.approx(0.8)
    # Pairs ab, ac, bc are together 2, 1, 1 times and 1, 0, 0 times: none alike; by chance
    # (0 * 2 + 2 * 1 + 1 * 0) / 9. (0 - 2/9) / (1 - 2/9) = -2/7.
    cover = {"a": ("g", "h"), "b": ("g", "h"), "c": ("h",)}
    assert omega(cover, {"a": (1,), "b": (1,), "c": (2,)}) == pytest.approx(-2 / 7)


def test_the_same_division_under_other_names_is_1() -> None:
    first, second = list("xxyyz"), list("ccaab")
    assert adjusted_rand(first, second) == pytest.approx(1)
    assert mutual_information(first, second) == pytest.approx(1)
    cover = {"a": ("g", "h"), "b": ("g",), "c": ("h",)}
    assert omega(cover, {"a": (1, 2), "b": (1,), "c": (2,)}) == pytest.approx(1)


def test_what_chance_leaves_undefined_is_none() -> None:
    for one in ([], [1], [1, 1]):
        assert (adjusted_rand(one, one), mutual_information(one, one)) == (None, None)
    assert omega({}, {}) is None
    assert omega({"a": (1,), "b": (1,)}, {"a": (1,), "b": (1,)}) is None


@pytest.mark.parametrize("seed", range(10))
def test_indices_against_their_definitions_pair_by_pair(seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = random.integers(3, size=(2, 12)).tolist()
    # Hubert and Arabie, from the four kinds of pairs; omega is the same without overlap.
    a = b = c = d = 0
    for i, j in combinations(range(12), 2):
        same, too = first[i] == first[j], second[i] == second[j]
        a, b = a + (same and too), b + (same and not too)
        c, d = c + (too and not same), d + (not same and not too)
    expected = 2 * (a * d - b * c) / ((a + b) * (b + d) + (a + c) * (c + d))
    assert adjusted_rand(first, second) == pytest.approx(expected)
    covers = [{node: (one,) for node, one in enumerate(row)} for row in (first, second)]
    assert omega(*covers) == pytest.approx(expected)
    # Overlapping covers, naively.
    drawn = [
        {node: tuple(np.flatnonzero(random.random(4) < 0.5).tolist()) or (9,) for node in range(12)}
        for _ in range(2)
    ]
    times = [
        [len(set(one[i]) & set(one[j])) for i, j in combinations(range(12), 2)] for one in drawn
    ]
    observed = sum(x == y for x, y in zip(*times, strict=True)) / 66
    chance = sum(times[0].count(t) * times[1].count(t) for t in range(6)) / 66**2
    assert omega(*drawn) == pytest.approx((observed - chance) / (1 - chance))


def camps() -> "nx.Graph[str]":
    """Two triangles of friends, foes to each other; f is declared to be in the other group."""
    graph: nx.Graph[str] = nx.Graph()
    for node, group in zip("abcdefg", ("x", "x", "x|z", "y", "y", "x", ""), strict=True):
        graph.add_node(node, group=group)
    graph.add_edges_from(["ab", "bc", "ac", "de", "ef", "df"], sign=1)
    graph.add_edges_from(["ad", "be", "cg"], sign=-1)
    return graph


@pytest.mark.parametrize("division", [Division.SIGNED_MODULARITY, Division.K_BLOCKS])
def test_who_sits_in_another_camp(division: Division) -> None:
    found = camps_and_alliances(camps(), division=division)
    assert found.camps == (("a", "b", "c"), ("d", "e", "f"), ("g",))
    assert [(one.node, one.group) for one in found.places if one.apart] == [("f", "x")]
    assert (found.n, found.n_single, found.apart, found.without) == (6, 5, 1, ("g",))
    assert found.table()[2:4] == [
        {"node": "c", "group": "x", "camp": 1, "camp_of_group": 1, "apart": False},
        {"node": "c", "group": "z", "camp": 1, "camp_of_group": 1, "apart": False},
    ]
    # a, b | d, e, f against a, b, f | d, e: 2 of 10 pairs together in both, 4 in each:
    # (2 - 1.6) / (4 - 1.6).
    assert found.ari == pytest.approx(1 / 6)


def test_where_two_camps_have_as_many_nobody_is_apart() -> None:
    graph = camps()
    nx.set_node_attributes(graph, dict.fromkeys("abcdef", "all"), "group")
    found = camps_and_alliances(graph)
    assert {one.apart for one in found.places} == {None}
    # One group says nothing that chance would not.
    assert found.ari == pytest.approx(0)
    assert camps_and_alliances(nx.Graph()).table() == []
    with pytest.raises(InputError, match="No node has a group"):
        camps_and_alliances(nx.empty_graph(2))


@pytest.mark.parametrize("division", list(Division))
def test_every_way_to_find_camps_is_there(division: Division) -> None:
    assert camps_and_alliances(camps(), division=division, k=2).n == 6
