"""Structural balance: values read in print, small networks by hand, and a naive reference."""

import csv
import itertools
import json
import math
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from comity.errors import InputError, NotFoundError, ParameterError
from comity.graph.measures import frustration, triad_census, walk_balance
from comity.graph.measures.cutting_planes import Search
from comity.graph.measures.files import read_network
from comity.graph.measures.frustration import is_balanced
from comity.graph.measures.registry import find_measure, measures
from comity.graph.measures.signed import SignRule, signed_arrays, signed_graph

COMITY = str(Path(sys.executable).with_name("comity"))
# K. Read, "Cultures of the Central Highlands, New Guinea", Southwestern Journal of
# Anthropology 10 (1954): who is friend and who is foe, 16 tribes, 58 pairs.
TRIBES = Path(__file__).parent / "tribes.csv"


def signed(*edges: tuple[Any, Any, float]) -> "nx.Graph[Any]":
    graph: nx.Graph[Any] = nx.Graph()
    for source, target, sign in edges:
        graph.add_edge(source, target, sign=sign)
    return graph


def some_graph(seed: int) -> "nx.Graph[int]":
    chance = random.Random(seed)
    graph = nx.gnp_random_graph(9, chance.uniform(0.2, 0.9), seed=seed)
    for edge in graph.edges:
        graph.edges[edge]["sign"] = chance.choice((1, -1))
    return graph


def naive_frustration(graph: "nx.Graph[int]") -> int:
    """The best of all divisions."""
    return min(
        sum(d["sign"] * side[a] * side[b] < 0 for a, b, d in graph.edges(data=True))
        for side in itertools.product((1, -1), repeat=len(graph))
    )


def test_tribes_have_the_published_values() -> None:
    graph = read_network(TRIBES)
    found = frustration(graph)
    # Aref and Wilson (2019): 7 of 58. Triangles: 59 of 68 (signnet). Walks: worked out apart from this code.
    assert (found.value, found.lower_bound, found.proven) == (7, 7, True)
    census = triad_census(graph)
    assert census.all_positive + census.two_negative == 59
    assert census.balanced_share == pytest.approx(59 / 68)
    assert walk_balance(graph).value == pytest.approx(0.3575761, abs=5e-8)


@pytest.mark.parametrize("seed", range(40))
def test_index_and_census_are_those_of_the_naive_reference(seed: int) -> None:
    graph = some_graph(seed)
    found = frustration(graph)
    assert (found.value, found.proven) == (naive_frustration(graph), True)
    counts = [0, 0, 0, 0]
    for three in itertools.combinations(graph, 3):
        part = graph.subgraph(three)
        if part.number_of_edges() == 3:
            counts[sum(d["sign"] < 0 for _, _, d in part.edges(data=True))] += 1
    census = triad_census(graph)
    assert [row["count"] for row in census.table()] == counts


def test_proof_is_recounted() -> None:
    graph = read_network(TRIBES)
    found = frustration(graph)
    rest = signed_graph(graph)
    rest.remove_edges_from([(one.source, one.target) for one in found.edges])
    side = {node: place for place, camp in enumerate(found.camps) for node in camp}
    for a, b, edge in rest.edges(data=True):
        assert (side[a] == side[b]) == (edge["sign"] > 0)
    arrays = signed_arrays(signed_graph(graph))
    assert not is_balanced(arrays, without=np.arange(0))


def test_interval_is_given_where_time_is_up() -> None:
    chance = random.Random(1)
    graph = nx.gnm_random_graph(200, 1000, seed=1)
    for edge in graph.edges:
        graph.edges[edge]["sign"] = chance.choice((1, -1))
    found = frustration(graph, seconds=1)
    assert 0 < found.lower_bound < found.value == len(found.edges)
    assert not found.proven


def two_blocs(nodes: int, ties: int, noise: float, seed: int) -> "nx.Graph[int]":
    """Two camps, even and odd; some signs are turned around."""
    chance = random.Random(seed)
    graph = nx.gnm_random_graph(nodes, ties, seed=seed)
    for a, b in graph.edges:
        turned = chance.random() < noise
        graph.edges[a, b]["sign"] = 1 if ((a + b) % 2 == 0) != turned else -1
    return graph


def test_proof_by_cycles_without_an_edge_in_common_agrees_with_the_integer_programme() -> None:
    # By another way to the same: one 0/1 for each node and edge, the XOR of both ends.
    graph = two_blocs(60, 300, 0.15, seed=4)
    edges = list(graph.edges(data="sign"))
    rows, low = [], []
    for place, (a, b, sign) in enumerate(edges):
        # f >= +-(x_a - x_b) on a positive edge, f >= +-(x_a + x_b - 1) on a negative one.
        for turn in (1, -1):
            row = np.zeros(60 + len(edges))
            row[60 + place] = 1
            row[a], row[b] = turn, -turn if sign > 0 else turn
            rows.append(row)
            low.append(0 if sign > 0 else turn)
    cost = np.concatenate([np.zeros(60), np.ones(len(edges))])
    other = milp(
        cost,
        constraints=LinearConstraint(np.array(rows), lb=low),
        integrality=1,
        bounds=Bounds(0, 1),
    )
    found = frustration(graph)
    assert (found.value, found.proven) == (round(other.fun), True)


@pytest.mark.parametrize("seed", range(20))
def test_no_bound_is_above_the_best(seed: int) -> None:
    graph = some_graph(seed)
    arrays = signed_arrays(signed_graph(graph))
    search = Search(arrays, math.inf)
    search.run()
    assert search.weight <= naive_frustration(graph) + 1e-9
    # An edge is against in no best division if the bound grows by more than the gap with it.
    best = naive_frustration(graph)
    for edge in np.flatnonzero(search.slack > best - search.weight + 1e-6).tolist():
        ends = (arrays.left[edge], arrays.right[edge])
        for side in itertools.product((1, -1), repeat=len(graph)):
            if arrays.against(np.array(side)).sum() == best:
                assert arrays.sign[edge] == side[ends[0]] * side[ends[1]]


def test_a_hard_edge_is_never_against() -> None:
    # Four friends in a ring but for one pair: 1 against, any. With all but one hard: that one.
    arrays = signed_arrays(signed(("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "d", -1)))
    for hard in range(4):
        search = Search(arrays, math.inf, hard=hard)
        search.run()
        assert (search.value, search.bound) == (1, 1)
        assert not arrays.against(search.side)[hard]


def test_degenerate_networks() -> None:
    empty: nx.Graph[int] = nx.Graph()
    assert (frustration(empty).value, frustration(empty).proven) == (0, True)
    assert triad_census(empty).balanced_share is None
    assert walk_balance(empty).value == 1
    empty.add_node(1)
    assert frustration(empty).camps == (("1",), ())
    friends = signed(("a", "b", 1), ("b", "c", 1), ("a", "c", 1))
    assert frustration(friends).camps == (("a", "b", "c"), ())
    assert walk_balance(friends).value == pytest.approx(1)
    # Two triangles with one foe each, and no path between: one edge against in each.
    two = signed(("a", "b", 1), ("b", "c", 1), ("a", "c", -1), (1, 2, 1), (2, 3, 1), (1, 3, -1))
    assert (frustration(two).value, frustration(two).proven) == (2, True)


def test_sign_rules_are_what_they_say() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", sign=1, acts="one")
    graph.add_edge("a", "b", sign=1, acts="two")
    graph.add_edge("b", "a", sign=-1, acts="three")
    graph.add_edge("c", "d", weight=-0.5)
    graph.add_edge("a", "a", sign=1)
    # a-b adds up to 1; one of its edges is negative; the two ways differ. c-d has one way.
    by_sum = signed_graph(graph)
    assert by_sum.edges["a", "b"] == {"sign": 1, "acts": "one|two|three"}
    assert by_sum.edges["c", "d"]["sign"] == -1
    assert signed_graph(graph, SignRule.ANY_NEGATIVE).edges["a", "b"]["sign"] == -1
    assert signed_graph(graph, SignRule.RECIPROCAL).number_of_edges() == 0


def test_bad_input_is_refused() -> None:
    with pytest.raises(InputError, match="'nan' for a sign"):
        frustration(signed(("a", "b", math.nan)))
    with pytest.raises(InputError, match="seconds is 0"):
        frustration(signed(("a", "b", 1)), seconds=0)
    with pytest.raises(NotFoundError, match="no measure 'nope'"):
        find_measure("nope")
    with pytest.raises(ParameterError, match="give sum, any-negative, reciprocal"):
        find_measure("frustration").read({"rule": "foo"})
    with pytest.raises(ParameterError, match="has no parameter camp"):
        find_measure("frustration").read({"camp": "1"})


def test_every_measure_says_what_it_is() -> None:
    for one in measures().values():
        for word in ("Definition:", "Formula:", "Degenerate cases:", "Reference:"):
            assert word in one.description, (one.id, word)
        assert all(parameter.meaning for parameter in one.parameters)


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [COMITY, "measure", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_command_reads_a_file_of_ones_own(tmp_path: Path) -> None:
    done = run("frustration", "--edges", TRIBES, "--format", "json")
    answer = json.loads(done.stdout)
    assert (answer["value"], answer["lower_bound"], answer["proven"]) == (7, 7, True)
    assert len(answer["edges"]) == 7
    assert sum(map(len, answer["camps"])) == 16
    done = run("triads", "--edges", TRIBES, "--format", "csv")
    assert next(row["triangle"] for row in csv.DictReader(done.stdout.splitlines())) == "+++"
    bad = tmp_path / "bad.csv"
    bad.write_text("source,target\na,b\n")
    assert "give source, target and sign" in run("frustration", "--edges", bad).stderr
    assert "no file" in run("frustration", "--edges", tmp_path / "none.csv").stderr
    assert "frustration" in run("list").stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cut.graphml", "<graphml"),
        ("none.gexf", "<gexf/>"),
        ("empty.csv", ""),
        ("latin.csv", "source,target,sign\n\xe9,b,1\n"),
    ],
)
def test_a_file_that_is_no_network_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=name):
        read_network(file)


def test_a_network_in_graphml_is_read_with_its_signs(tmp_path: Path) -> None:
    file = tmp_path / "net.graphml"
    nx.write_graphml(signed(("a", "b", 1), ("b", "c", 1), ("a", "c", -1)), file)
    assert frustration(read_network(file)).value == 1
