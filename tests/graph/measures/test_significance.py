"""Tests of significance against all arrangements there are, and against naive draws."""

import random as naive_random
import time
from collections import Counter
from itertools import combinations, permutations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError, NotFoundError, ParameterError
from comity.graph.measures import bootstrap, modularity_null, qap, sign_permutation
from comity.graph.measures.files import read_network
from comity.graph.measures.signed import signed_arrays, signed_graph
from comity.graph.measures.significance import _rewired

TRIBES = Path(__file__).with_name("tribes.csv")


def complete(size: int, negative: int) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.complete_graph(size)
    for place, edge in enumerate(graph.edges.values()):
        edge["sign"] = -1 if place < negative else 1
    return graph


def test_shuffled_signs_against_all_arrangements() -> None:
    # Two negative ties of four nodes: 15 arrangements. Next to each other (12 of them, as 01
    # and 02 here) they share a triangle, which is balanced, and each is alone in another:
    # 2 of 4. Apart (3 of them) they spoil all four.
    shares = Counter()
    for foes in combinations(range(6), 2):
        graph = complete(4, 0)
        for place, edge in enumerate(graph.edges.values()):
            edge["sign"] = -1 if place in foes else 1
        shares[
            sum(
                graph[a][b]["sign"] * graph[b][c]["sign"] * graph[a][c]["sign"] > 0
                for a, b, c in combinations(range(4), 3)
            )
        ] += 1
    assert shares == {2: 12, 0: 3}
    found = sign_permutation(complete(4, 2), draws=2000)
    assert (found.value, found.n, found.draws) == (0.5, 6, 2000)
    assert found.mean == pytest.approx(12 / 15 / 2, abs=0.02)
    assert (found.at_least, found.at_most) == (pytest.approx(0.8, abs=0.03), 1.0)


def test_the_tribes_are_more_balanced_than_chance() -> None:
    found = sign_permutation(read_network(TRIBES), draws=199)
    assert found.value == pytest.approx(59 / 68)
    # None of 199: one of 200.
    assert (found.at_least, found.at_most) == (1 / 200, 1.0)
    assert found == sign_permutation(read_network(TRIBES), draws=199)
    assert found != sign_permutation(read_network(TRIBES), draws=199, seed=2)
    line = sign_permutation(read_network(TRIBES), of="frustration", value="value", draws=19)
    assert (line.value, line.at_most) == (7, 1 / 20)


def test_rewired_networks_keep_their_degrees_by_sign() -> None:
    signed = signed_graph(read_network(TRIBES))
    made = _rewired(signed_arrays(signed), np.random.default_rng(1))
    place = {node: number for number, node in enumerate(signed)}
    kept = 0
    for sign in (1, -1):
        before, after = (
            nx.Graph([(a, b) for a, b, one in graph.edges(data="sign") if one == sign])
            for graph in (signed, made)
        )
        assert {place[node]: degree for node, degree in before.degree} == dict(after.degree)
        kept += sum(after.has_edge(place[a], place[b]) for a, b in before.edges)
    assert made.number_of_edges() == 58
    # A tie is where it was for one in two pairs at most: 58 of 120 pairs are tied.
    assert kept < 45
    assert not any(a == b for a, b in made.edges)


def test_planted_communities_are_no_chance_and_drawn_ones_are() -> None:
    planted: nx.Graph[int] = nx.planted_partition_graph(4, 10, 0.8, 0.05, seed=1)
    nx.set_edge_attributes(planted, 1, "sign")
    found = modularity_null(planted, draws=39)
    assert found.at_least == 1 / 40
    assert found.value > found.mean + 3 * found.sd
    chance: nx.Graph[int] = nx.gnm_random_graph(40, 150, seed=1)
    nx.set_edge_attributes(chance, 1, "sign")
    assert modularity_null(chance, draws=39).at_least > 0.05
    # Nothing to exchange: each drawn network is the network.
    assert modularity_null(complete(4, 0), draws=5).at_least == 1
    with pytest.raises(InputError, match="no ties"):
        modularity_null(nx.empty_graph(3))


def two_relations() -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for pair, sign in (("ab", 1), ("ba", 1), ("bc", 1), ("cd", -1), ("da", 2)):
        graph.add_edge(*pair, sign=sign, relation="help")
    for pair in ("ab", "bc", "ca", "da"):
        graph.add_edge(*pair, relation="trade")
    return graph


def test_qap_against_all_orders_of_the_nodes() -> None:
    graph = two_relations()
    cells = list(permutations("abcd", 2))
    values = [
        {
            (a, b): edge.get("sign", 1)
            for a, b, edge in graph.edges(data=True)
            if edge["relation"] == name
        }
        for name in ("help", "trade")
    ]
    every = []
    for order in permutations("abcd"):
        renamed = dict(zip("abcd", order, strict=True))
        one = [values[0].get((renamed[a], renamed[b]), 0) for a, b in cells]
        other = [values[1].get((a, b), 0) for a, b in cells]
        every.append(float(np.corrcoef(one, other)[0, 1]))
    found = qap(graph, draws=3000)
    assert found.value == pytest.approx(every[0])
    assert found.mean == pytest.approx(np.mean(every), abs=0.02)
    assert found.at_least == pytest.approx(
        sum(one >= every[0] - 1e-9 for one in every) / 24, abs=0.02
    )
    assert found.at_most == pytest.approx(
        sum(one <= every[0] + 1e-9 for one in every) / 24, abs=0.02
    )
    assert qap(graph, first="trade", second="help").value == pytest.approx(every[0])


def test_qap_of_what_cannot_be_compared() -> None:
    graph = two_relations()
    with pytest.raises(ParameterError, match="relations of the edges: help, trade"):
        qap(graph, first="help", second="war")
    with pytest.raises(ParameterError, match="help and help"):
        qap(graph, first="help", second="help")
    with pytest.raises(ParameterError, match="was given none"):
        qap(complete(4, 1))
    with pytest.raises(InputError, match="this graph has 2"):
        qap(nx.empty_graph(2))
    full: nx.MultiGraph[str] = nx.MultiGraph()
    full.add_edges_from(["ab", "bc", "ac"], relation="all")
    full.add_edge("a", "b", relation="some")
    with pytest.raises(InputError, match="all has the value 1 for all pairs"):
        qap(full)


def documented(documents: int) -> "nx.Graph[str]":
    """As many pairs of one group as documents, the first third of them foes."""
    graph: nx.Graph[str] = nx.Graph()
    for one in range(documents):
        graph.add_node(f"a{one}", group="g")
        graph.add_node(f"b{one}", group="g")
        sign = -1 if one < documents / 3 else 1
        graph.add_edge(f"a{one}", f"b{one}", sign=sign, documents=f"d{one}")
    graph.add_edge("a0", "b1", sign=1)
    return graph


def test_bootstrap_against_naive_draws() -> None:
    found = bootstrap(documented(30), of="polarisation", value="positive_within", confidence=0.9)
    assert (found.value, found.n, found.undocumented) == (pytest.approx(2 / 3), 30, 1)
    # An edge drawn twice is still one tie: the share of friends among the documents drawn.
    chance = naive_random.Random(5)
    shares = []
    for _ in range(4000):
        drawn = {chance.randrange(30) for _ in range(30)}
        shares.append(sum(one >= 10 for one in drawn) / len(drawn))
    shares.sort()
    assert found.low == pytest.approx(shares[200], abs=0.02)
    assert found.high == pytest.approx(shares[3800], abs=0.02)
    assert found.low < found.value < found.high
    assert found == bootstrap(
        documented(30), of="polarisation", value="positive_within", confidence=0.9
    )


def test_an_act_of_two_documents_counts_half_by_each() -> None:
    # Against the praise of d0 stands blame of twice the size that d1 and d2 both tell: the
    # sign is that of times(d0) - 2 (times(d1) + times(d2)) / 2, over 20 documents.
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_nodes_from("ab", group="g")
    graph.add_edge("a", "b", sign=1, documents="d0")
    graph.add_edge("a", "b", sign=-2, documents="d1|d2")
    for one in range(3, 20):
        graph.add_node(one, group="g")
        graph.add_edge(one, one, sign=1, documents=f"d{one}")
    found = bootstrap(graph, of="polarisation", value="positive_within", draws=2000)
    chance = naive_random.Random(5)
    signs = []
    for _ in range(8000):
        times = Counter(chance.randrange(20) for _ in range(20))
        signs.append(np.sign(times[0] - times[1] - times[2]))
    assert found.value == 0
    assert found.mean == pytest.approx(signs.count(1) / (len(signs) - signs.count(0)), abs=0.04)
    assert found.undefined / 2000 == pytest.approx(signs.count(0) / len(signs), abs=0.04)


def test_what_cannot_be_tested_is_refused() -> None:
    with pytest.raises(InputError, match="rest on 19 documents, and an interval needs 20"):
        bootstrap(documented(19), of="polarisation", value="positive_within")
    with pytest.raises(InputError, match="rest on 0 documents"):
        bootstrap(nx.Graph())
    with pytest.raises(InputError, match="triads gives no balanced_share"):
        bootstrap(documented(20))
    with pytest.raises(InputError, match="confidence is 1"):
        bootstrap(documented(20), confidence=1.0)
    tribes = read_network(TRIBES)
    with pytest.raises(NotFoundError, match="no measure 'nope'"):
        sign_permutation(tribes, of="nope")
    with pytest.raises(ParameterError, match="a test itself"):
        sign_permutation(tribes, of="bootstrap")
    with pytest.raises(ParameterError, match="no number 'nope'"):
        sign_permutation(tribes, value="nope")
    with pytest.raises(InputError, match="draws is 0"):
        sign_permutation(tribes, draws=0)
    with pytest.raises(InputError, match="seed is -1"):
        sign_permutation(tribes, seed=-1)
    with pytest.raises(InputError, match="seconds is nan"):
        sign_permutation(tribes, seconds=float("nan"))


def test_what_is_not_proven_in_time_is_not_tested() -> None:
    chance = naive_random.Random(1)
    graph = nx.gnm_random_graph(300, 4000, seed=1)
    for edge in graph.edges:
        graph.edges[edge]["sign"] = chance.choice((1, -1))
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"frustration is not proven .* within 0\.1 s"):
        sign_permutation(graph, of="frustration", value="value", seconds=0.1)
    # The defaults of the measure would take a minute.
    assert time.monotonic() - begun < 30
    # A triangle is proven at once: 0 or 1 by how its two negative edges fall, always the same.
    triangle = nx.Graph([("a", "b"), ("b", "c"), ("a", "c")])
    nx.set_edge_attributes(triangle, dict(zip(triangle.edges, (1, -1, -1), strict=True)), "sign")
    found = sign_permutation(triangle, of="frustration", value="value", draws=9)
    assert (found.value, found.mean, found.draws) == (0, 0, 9)
