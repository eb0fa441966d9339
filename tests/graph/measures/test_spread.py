"""A measure under every sign rule, on a triangle worked out by hand."""

import networkx as nx
import pytest

from comity.errors import InputError, ParameterError
from comity.graph.measures.registry import find_measure
from comity.graph.measures.spread import number_of, under_all_rules


def triangle() -> "nx.MultiDiGraph[str]":
    """a and b praise each other twice and blame once; each praises c and is praised, once."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, sign in (
        *(("a", "b", 1), ("b", "a", 1), ("a", "b", 1), ("b", "a", -1)),
        *(("a", "c", 1), ("c", "a", 1), ("b", "c", 1), ("c", "b", 1)),
    ):
        graph.add_edge(source, target, sign=sign)
    return graph


def test_the_numbers_of_the_result_under_each_rule() -> None:
    # a - b is 1 by the sum, -1 by any negative, and none by reciprocity: 2 one way, 0 back.
    found = under_all_rules(find_measure("triads"), triangle(), {})
    rows = {(row["of"], row["name"]): row for row in found.table()}
    assert rows["", "balanced_share"] == {
        "of": "", "name": "balanced_share",
        "sum": 1.0, "any-negative": 0.0, "reciprocal": None, "spread": 1.0,
    }  # fmt: skip
    assert rows["+++", "count"]["spread"] == 1


def test_the_numbers_of_nodes_and_what_only_tells_parts_apart() -> None:
    found = under_all_rules(find_measure("degree"), triangle(), {})
    rows = {(row["of"], row["name"]): row for row in found.table()}
    assert list(rows["a", "positive"].values())[2:] == [2, 1, 1, 1]
    assert list(rows["a", "negative"].values())[2:] == [0, 1, 0, 1]
    names = {one.name for one in under_all_rules(find_measure("louvain"), triangle(), {}).spreads}
    assert names == {"modularity"}


def test_where_one_rule_refuses_the_others_are_told() -> None:
    foes: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    foes.add_edge("a", "b", sign=2)
    foes.add_edge("b", "a", sign=-1)
    found = under_all_rules(find_measure("pn"), foes, {})
    assert list(found.refused) == ["any-negative"]
    # Two friends by the sum: 1 / (1 - 1/2); no tie by reciprocity.
    assert found.spreads[0].values == pytest.approx((2.0, None, 1.0))
    foes.add_edge("a", "b", sign=float("nan"))
    with pytest.raises(InputError, match="'nan' for a sign"):
        under_all_rules(find_measure("pn"), foes, {})


def test_contradictions_are_refused() -> None:
    with pytest.raises(ParameterError, match="contradict"):
        under_all_rules(find_measure("triads"), triangle(), {"rule": "sum"})
    with pytest.raises(InputError, match="reads no sign rule"):
        under_all_rules(find_measure("brokerage"), triangle(), {})
    with pytest.raises(ParameterError, match="no number 'nope'; numbers: all_positive"):
        number_of(find_measure("triads").function(triangle()), "nope")
