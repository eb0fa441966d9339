"""Plots of results: well-formed, whole, and with every number in words."""

import xml.etree.ElementTree as ET
from typing import Any

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures import balance_over_time, cohesion, frustration, signed_degree
from comity.graph.plots import PLOTTED, plot_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>&\"'"


def read(svg: str) -> tuple[ET.Element, list[str]]:
    root = ET.fromstring(svg)
    return root, [str(one.text) for one in root.iter(f"{SVG}text")]


def signed(*edges: tuple[str, str, int]) -> Any:
    graph: Any = nx.Graph()
    for source, target, sign in edges:
        graph.add_edge(source, target, sign=sign, day="2020-05-01")
    return graph


# Three who are all against each other: one tie must stand against any two camps.
FOES = signed(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))


def test_camps_name_everybody_and_draw_each_tie_against() -> None:
    root, texts = read(plot_of(frustration(FOES)))
    assert {"a", "b", "c"} <= set(texts)
    assert "1 tie stands against these camps (proven)" in texts
    # One in the plot, one in the legend.
    dashed = [one for one in root.iter(f"{SVG}path") if one.get("stroke-dasharray") == "5 4"]
    assert len(dashed) == 2
    assert "1 tie stands" in str(root.get("aria-label"))


def test_balance_over_time_has_a_point_for_each_window() -> None:
    root, _ = read(plot_of(balance_over_time(FOES)))
    # One window: a point for ties against (1 of 3), one for balanced triangles (none).
    titles = [str(one.text) for one in root.iter(f"{SVG}title")]
    assert titles == ["2020-01-01 to 2020-12-31: 1 of 3"]
    assert len(list(root.iter(f"{SVG}circle"))) == 2


def test_the_agreement_matrix_has_its_numbers() -> None:
    graph: Any = nx.DiGraph()
    for voter, signs in {"x": (1, 1, 1, -1), "y": (1, 1, -1, -1), "z": (1, -1, -1, 1)}.items():
        graph.add_node(voter, group="north")
        for item, sign in enumerate(signs):
            graph.add_edge(voter, f"item-{item}", sign=sign)
    _, texts = read(plot_of(cohesion(graph)))
    # x and y agree on 3 of 4 items, x and z on 1, y and z on 2; each stands in both halves.
    for number in ("0.75", "0.25", "0.50"):
        assert texts.count(number) == 2
    assert texts.count("n 4") == 6


def test_names_are_never_markup() -> None:
    graph = signed((HOSTILE, "b", 1))
    root, texts = read(plot_of(frustration(graph)))
    assert HOSTILE in texts
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter("script"))


def test_what_has_no_plot_says_which_have() -> None:
    with pytest.raises(InputError, match=", ".join(PLOTTED)):
        plot_of(signed_degree(FOES))
    with pytest.raises(InputError, match="empty"):
        plot_of(frustration(nx.Graph()))
