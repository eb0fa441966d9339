"""Brokerage, the E-I index and polarisation of groups, worked out by hand."""

from collections import Counter
from itertools import permutations

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError
from comity.graph.measures import brokerage, external_internal, polarisation

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def arcs(text: str, groups: str) -> "nx.DiGraph[str]":
    """Arcs such as `ab`, and the group of each node: `a1 b1` puts both in group 1."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for node, *group in groups.split():
        graph.add_node(node, group="|".join(group))
    graph.add_edges_from(text.split(), sign=1)
    return graph


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("a1 b1 c1", "coordinator"),
        ("a1 b2 c1", "itinerant"),
        ("a2 b1 c1", "gatekeeper"),
        ("a1 b1 c2", "representative"),
        ("a1 b2 c3", "liaison"),
    ],
)
def test_each_role(groups: str, role: str) -> None:
    (row,) = [one for one in brokerage(arcs("ab bc", groups)).table() if one["node"] == "b"]
    assert {name: row[name] for name in ROLES} == {name: int(name == role) for name in ROLES}
    assert row["total"] == 1
    # A tie from first to last leaves nothing to broker; one back does not.
    assert all(one.total == 0 for one in brokerage(arcs("ab bc ac", groups)).brokers)
    assert sum(one.total for one in brokerage(arcs("ab bc ca", groups)).brokers) == 3


def test_roles_against_a_naive_count() -> None:
    random = np.random.default_rng(3)
    graph: nx.DiGraph[int] = nx.gnp_random_graph(15, 0.3, seed=3, directed=True)
    for node in graph:
        graph.nodes[node]["group"] = str(random.integers(3))
    for edge in graph.edges.values():
        edge["sign"] = random.choice((1, -1))
    expected: Counter[tuple[str, str]] = Counter()
    group = nx.get_node_attributes(graph, "group")
    tied = {(a, b) for a, b, edge in graph.edges(data=True) if edge["sign"] > 0}
    for a, b, c in permutations(graph, 3):
        if (a, b) in tied and (b, c) in tied and (a, c) not in tied:
            same = (group[a] == group[b], group[b] == group[c], group[a] == group[c])
            role = {
                (True, True, True): "coordinator",
                (False, False, True): "itinerant",
                (False, True, False): "gatekeeper",
                (True, False, False): "representative",
                (False, False, False): "liaison",
            }[same]
            expected[str(b), role] += 1
    rows = brokerage(graph).table()
    assert {(row["node"], role): row[role] for row in rows for role in ROLES if row[role]} == (
        expected
    )


def test_ties_without_direction_go_both_ways() -> None:
    graph = arcs("ab bc", "a1 b1 c2").to_undirected()
    row = brokerage(graph).table()[0]
    assert (row["node"], row["gatekeeper"], row["representative"], row["total"]) == ("b", 1, 1, 2)


def groups_of_three() -> "nx.Graph[str]":
    """a, b, c in x; d, e in y; f in both; g in none."""
    graph: nx.Graph[str] = nx.Graph()
    for node, group in zip("abcdefg", ("x", "x", "x", "y", "y", "x|y", ""), strict=True):
        graph.add_node(node, group=group)
    graph.add_edges_from(["ab", "bc", "cd", "de", "df", "ag"], sign=1)
    graph.add_edges_from(["ac", "ad", "be"], sign=-1)
    return graph


def test_e_i_by_hand() -> None:
    # Positive: ab, bc, de, df inside; cd outside; ag leaves with g. (1 - 4) / 5.
    found = external_internal(groups_of_three())
    assert (found.n, found.external, found.internal, found.value) == (6, 1, 4, -0.6)
    # x: ab, bc among its members; cd and df leave it. y: de, df; cd.
    assert [(one.name, one.external, one.internal) for one in found.groups] == [
        ("x", 2, 2),
        ("y", 1, 2),
    ]
    assert found.without == ("g",)
    assert found.table()[3] == {"node": "d", "external": 1, "internal": 2, "value": -1 / 3}


def test_polarisation_by_hand() -> None:
    # Without f and g. Within: ab, bc, de positive, ac negative. Between: cd positive, ad and
    # be negative.
    found = polarisation(groups_of_three())
    assert (found.n, found.positive_within, found.negative_between) == (5, 3 / 4, 2 / 3)
    assert [tuple(row.values()) for row in found.table()] == [
        ("x", "x", 2, 1, 1 / 3),
        ("x", "y", 1, 2, 2 / 3),
        ("y", "y", 1, 0, 0.0),
    ]
    # Degrees: x 5 and y 3 of 8 by positive ties, 4 and 2 of 6 by negative ones; 3 positive ties
    # and 1 negative are inside, and there are 14 ends.
    assert found.modularity == pytest.approx((6 - 34 / 8 - 2 + 20 / 6) / 14)
    assert (found.without, found.several) == (("g",), ("f",))


def test_degenerate_networks() -> None:
    empty: nx.Graph[str] = nx.Graph()
    for function in (brokerage, external_internal, polarisation):
        assert function(empty).table() == []
        with pytest.raises(InputError, match="No node has a group"):
            function(nx.empty_graph(2))
    one = arcs("", "a1")
    assert brokerage(one).table()[0]["total"] == 0
    assert external_internal(one).value is None
    assert polarisation(one).modularity is polarisation(one).positive_within is None
