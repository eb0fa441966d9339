"""Declared groups, from files and from node attributes."""

from pathlib import Path

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures.files import read_network
from comity.graph.measures.groups import grouping


def test_groups_come_from_the_columns_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "net.csv"
    file.write_text(
        "source,target,sign,source_group,target_group,relation,key\n"
        "a,b,1,left|both,right,trade,1\n"
        "b,c,-1,right,,trade,2\n"
    )
    graph = read_network(file)
    found = grouping(graph)
    assert found.groups == {"a": ("both", "left"), "b": ("right",)}
    assert (found.single, found.several, found.without) == ({"b": "right"}, ("a",), ("c",))
    assert graph["a"]["b"][0] == {"sign": "1", "relation": "trade", "key": "1"}


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_groups_come_from_node_attributes(tmp_path: Path, ending: str) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", group="left | right|")
    graph.add_node("b", group="right")
    graph.add_edge("a", "b", sign=1)
    file = tmp_path / f"net.{ending}"
    {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[ending](graph, file)
    found = grouping(read_network(file))
    assert found.groups == {"a": ("left", "right"), "b": ("right",)}


def test_contradictions_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "net.csv"
    file.write_text("source,target,sign,source_group\na,b,1,left\na,c,1,right\n")
    with pytest.raises(InputError, match=r"line 3: a is in 'right' here and in 'left' before"):
        read_network(file)
    file.write_text("source,target,sign\na,b,1,left\n")
    with pytest.raises(InputError, match="line 2: more cells than columns"):
        read_network(file)
    assert grouping(nx.Graph()).groups == {}
    lonely: nx.Graph[str] = nx.Graph()
    lonely.add_node("a")
    with pytest.raises(InputError, match="No node has a group"):
        grouping(lonely)
