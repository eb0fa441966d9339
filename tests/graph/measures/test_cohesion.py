"""Cohesion of groups, worked out by hand: votes.csv, and graphs of a few votes."""

from itertools import product
from pathlib import Path

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures import cohesion
from comity.graph.measures.cohesion import GroupCohesion, PairAgreement, rice_of_coins
from comity.graph.measures.files import read_network

VOTES = Path(__file__).parent / "votes.csv"


def _votes(**rows: str) -> "nx.DiGraph[str]":
    """A graph from texts of `+`, `-`, `0` and a blank for each voter, all of one group."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for voter, text in rows.items():
        graph.add_node(voter, group="all")
        for number, mark in enumerate(text):
            if mark != " ":
                graph.add_edge(voter, f"r{number}", sign={"+": 1, "-": -1, "0": 0}[mark])
    return graph


def _of(graph: "nx.Graph[str]", common: int = 1) -> GroupCohesion:
    (group,) = cohesion(graph, common=common).groups
    return group


def test_indices_of_a_table_of_votes() -> None:
    north, south = cohesion(read_network(VOTES)).groups
    # r1 +++, r2 +-0, r3 ---, r4 00+, r5 +-+.
    assert (north.members, north.items, north.n, north.filled) == (3, 5, 5, 1)
    # Rice leaves r4 out, where one only takes a side: (1 + 0 + 1 + 1/3) / 4.
    assert north.n_sided == 4
    assert north.rice == pytest.approx(7 / 12)
    # With abstentions below: (1 + 0 + 1 + 1/3 + 1/3) / 5.
    assert north.rice_with_abstentions == pytest.approx(8 / 15)
    # Agreement Index: 1, 0 (thirds), 1, (2 - 1/2) / 3, (2 - 1/2) / 3.
    assert north.agreement_index == pytest.approx(3 / 5)
    # Years 2001 to 2005, a vote each: (-2 * 1 + 0 + 0 + 0.5 + 2 * 0.5) / 10.
    assert [one.year for one in north.years] == [2001, 2002, 2003, 2004, 2005]
    assert north.slope == pytest.approx(-0.05)
    # bob and cem agree on r1 and r3 of five.
    assert north.most_discordant == PairAgreement("bob", "cem", 5, 2 / 5)
    # dov and eve: three cells of each voter's items r1, r2, r3 would be six; four are filled.
    assert (south.items, south.n, south.filled) == (3, 1, pytest.approx(4 / 6))
    assert south.most_discordant is None
    assert "5" in str(south.no_slope_because)


def test_unanimous_and_evenly_split() -> None:
    alike = _of(_votes(a="+-", b="+-"))
    assert (alike.rice, alike.agreement_index, alike.hidden_because) == (1, 1, None)
    split = _of(_votes(a="+", b="-"))
    # Two of three positions: (1 - 1/2) / 2.
    assert (split.rice, split.agreement_index) == (0, 1 / 4)
    assert _of(_votes(a="+", b="-", c="0")).agreement_index == 0


def test_rice_by_chance_is_that_of_coins() -> None:
    for n in range(1, 8):
        tosses = [abs(sum(coins)) / n for coins in product((1, -1), repeat=n)]
        assert rice_of_coins(n) == pytest.approx(sum(tosses) / len(tosses))
    assert _of(_votes(a="+", b="+")).small
    many = _of(_votes(**{f"v{number}": "+" for number in range(10)}))
    # Ten coins: 2 * (1*10 + 10*8 + 45*6 + 120*4 + 210*2) / (10 * 1024).
    assert many.rice_by_chance == pytest.approx(2520 / 10240)
    assert not many.small


def test_few_cells_hide_the_indices_and_few_pairs_the_matrix() -> None:
    # 4 of 12 cells, and one pair of six with an item in common.
    sparse = _of(_votes(a="+  ", b="+  ", c=" + ", d="  -"))
    assert sparse.filled == pytest.approx(4 / 12)
    assert (sparse.rice, sparse.hidden_because) == (1, None)
    assert (sparse.pairs_filled, sparse.pairs) == (pytest.approx(1 / 6), ())
    assert "17%" in str(sparse.pairs_hidden_because)
    assert sparse.most_discordant is None
    # 5 of 20 cells.
    sparser = _of(_votes(a="+   ", b="+   ", c=" +  ", d="  - ", e="   +"))
    assert sparser.filled == pytest.approx(5 / 20)
    assert (sparser.rice, sparser.rice_with_abstentions, sparser.agreement_index) == (None,) * 3
    assert "25%" in str(sparser.hidden_because)
    assert sparser.slope is None


def test_members_without_a_position_count_as_empty_cells() -> None:
    graph = _votes(a="++", b="++", c="  ", d="  ")
    assert (_of(graph).filled, _of(graph).without_position) == (1 / 2, ("c", "d"))
    graph.add_edge("c", "r0", kind="absent")
    assert _of(graph).filled == 1 / 2


def test_a_member_of_two_groups_counts_in_both_and_others_are_named() -> None:
    graph = _votes(a="+", b="+", c="-")
    graph.nodes["a"]["group"] = "all|few"
    del graph.nodes["c"]["group"]
    found = cohesion(graph)
    assert [(one.group, one.members) for one in found.groups] == [("all", 2), ("few", 1)]
    assert found.without_group == ("c",)
    assert found.groups[1].rice is None
    assert [row["group"] for row in found.table()] == ["all", "few"]


def test_several_edges_count_by_the_sign_of_their_sum() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(_votes(a="+", b="+"))
    graph.add_edge("b", "r0", sign=-3)
    assert _of(graph).rice == 0
    graph.add_edge("b", "r0", sign=2)
    # Now b's sum is 0, an abstention: one side only, and 1 of 2 with abstentions.
    assert (_of(graph).rice, _of(graph).rice_with_abstentions) == (None, 1 / 2)


def test_an_item_is_of_its_first_day() -> None:
    graph = _votes(a="+", b="+", c="+")
    for voter, day in (("a", "2002-01-01"), ("b", "2001-12-31"), ("c", "2003-01-01")):
        graph.edges[voter, "r0"]["day"] = day
    assert [one.year for one in _of(graph).years] == [2001]


def test_a_graph_without_direction_says_who_votes() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("r0", "a", sign=1)
    graph.add_edge("b", "r0", sign=1)
    nx.set_node_attributes(graph, {"a": "all", "b": "all"}, "group")
    with pytest.raises(InputError, match="'bipartite'"):
        cohesion(graph)
    nx.set_node_attributes(graph, {"a": 0, "b": 0, "r0": 1}, "bipartite")
    assert _of(graph).rice == 1


def test_empty_network_and_bad_input() -> None:
    assert cohesion(nx.DiGraph()).table() == []
    with pytest.raises(InputError, match="No node has a group"):
        cohesion(nx.DiGraph([("a", "b")]))
    with pytest.raises(InputError, match="1 or more"):
        cohesion(nx.DiGraph(), common=0)
    graph = _votes(a="+")
    graph.edges["a", "r0"]["day"] = "May"
    with pytest.raises(InputError, match="'May' for a day"):
        cohesion(graph)
