"""Swing actors, contradictions and shifts, worked out by hand; shifts also on known breaks."""

from datetime import date, timedelta

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError
from comity.graph.measures import contradictions, shifts, swing
from comity.graph.measures.contradictions import Apart
from comity.graph.measures.shifts import Series


def _two_camps() -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    for node, group in (("a", "east"), ("b", "east"), ("x", "west"), ("y", "west")):
        graph.add_node(node, group=group)
    return graph


def test_swing_is_one_less_the_lean() -> None:
    graph = _two_camps()
    # Toward east (+ + = 1), toward west (+ - = 0): lean 1/2.
    graph.add_edge("s", "a", sign=1)
    graph.add_edge("s", "b", sign=0.5)
    graph.add_edge("s", "x", sign=1)
    graph.add_edge("s", "y", sign=-1)
    # With east and against west: lean 1.
    graph.add_edge("a", "b", sign=1)
    graph.add_edge("a", "x", sign=-1)
    # Ties to one group only.
    graph.add_edge("t", "a", sign=1)
    found = swing(graph)
    assert [(one.node, one.lean, one.swing) for one in found.nodes] == [
        ("s", 1 / 2, 1 / 2),
        ("a", 1, 0),
    ]
    one = found.nodes[0]
    assert (one.first, one.second, one.toward_first, one.toward_second) == ("east", "west", 1, 0)
    assert (one.group, one.n_first, one.n_second) == ("", 2, 2)
    assert (found.n, found.groups, found.without_group) == (2, ("east", "west"), ("s", "t"))
    assert [row["node"] for row in swing(graph, least=2).table()] == ["s"]


def test_swing_for_both_or_against_both_is_told_by_the_balances() -> None:
    graph = nx.Graph(_two_camps())
    graph.add_edges_from([("p", "a"), ("p", "x")], sign=1)
    graph.add_edges_from([("q", "a"), ("q", "x")], sign=-1)
    graph.add_edge("q", "b", sign=0)
    found = {one.node: one for one in swing(graph).nodes}
    assert (found["p"].swing, found["p"].toward_first) == (1, 1)
    assert (found["q"].swing, found["q"].toward_first, found["q"].n_first) == (1, -1, 1)


def test_swing_refuses_what_has_no_groups() -> None:
    with pytest.raises(InputError, match="No node has a group"):
        swing(nx.Graph([("a", "b")]))
    with pytest.raises(InputError, match="1 or more"):
        swing(nx.Graph(), least=0)
    assert swing(nx.Graph()).table() == []


def _acts(*rows: tuple[str, str, float, str, str]) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (source, target, sign, day, audience) in enumerate(rows):
        graph.add_edge(source, target, sign=sign, day=day, audience=audience, acts=f"act-{number}")
    return graph


def test_contradictions_name_the_nearest_two_acts_of_each_kind() -> None:
    found = contradictions(
        _acts(
            ("a", "t", 1, "2022-01-01", "x"),
            ("a", "t", -1, "2022-01-11", "x|y"),
            ("a", "t", -1, "2022-03-01", "z"),
            ("a", "t", 0, "2022-01-01", "z"),
            ("b", "t", 1, "2022-01-01", ""),
            ("b", "t", -1, "2022-01-01", ""),
            ("c", "t", 1, "2022-01-01", ""),
            ("d", "t", -1, "2022-01-01", ""),
            ("c", "u", -1, "2022-01-01", ""),
        )
    )
    assert [(one.source, one.apart, one.days, one.acts) for one in found.found] == [
        ("b", Apart.NOTHING_KNOWN, 0, "act-4|act-5"),
        # x is in both audiences, so the days set these two apart.
        ("a", Apart.DATES, 10, "act-0|act-1"),
        # January 1 to March 1: 30 + 28 + 1 days.
        ("a", Apart.AUDIENCES, 59, "act-0|act-2"),
    ]
    assert (found.n, found.found[1].n_for, found.found[1].n_against) == (5, 1, 2)
    assert found.found[2].against_audience == "z"


def test_contradictions_within_days() -> None:
    acts = _acts(("a", "t", 1, "2022-01-01", ""), ("a", "t", -1, "2022-01-11", ""))
    assert len(contradictions(acts, within=10).table()) == 1
    assert contradictions(acts, within=9).table() == []
    undated = _acts(("a", "t", 1, "", ""), ("a", "t", -1, "2022-01-11", ""))
    (one,) = contradictions(undated).found
    assert (one.apart, one.days, one.for_day) == (Apart.NOTHING_KNOWN, None, None)
    assert contradictions(undated, within=9).table() == []
    assert contradictions(nx.DiGraph()).n == 0
    with pytest.raises(InputError, match="direction"):
        contradictions(nx.Graph([("a", "b")]))
    with pytest.raises(InputError, match="within"):
        contradictions(acts, within=-1)


def _series(signs: list[int]) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, sign in enumerate(signs):
        day = date(2020, 1, 1) + timedelta(days=number)
        graph.add_edge("a", "t", sign=sign, day=day.isoformat(), acts=f"{number:03}")
    return graph


def test_a_known_break_is_found_on_its_day() -> None:
    found = shifts(_series([1] * 20 + [-1] * 20))
    (one,) = found.found
    # The 21st act is on 1 January + 20 days.
    assert (one.day, one.before, one.after) == ("2020-01-21", 1, -1)
    assert (one.source, one.target, one.n_before, one.n_after, one.n) == ("a", "t", 20, 20, 40)


def test_a_break_amid_noise_is_found_and_noise_alone_is_none() -> None:
    chance = np.random.default_rng(7)
    noisy = [int(sign) for sign in np.where(chance.random(120) < 0.1, -1, 1)]
    noisy[60:] = [-sign for sign in noisy[60:]]
    (one,) = shifts(_series(noisy)).found
    assert abs(one.n_before - 60) <= 2
    for seed in range(10):
        coins = np.random.default_rng(seed).choice([-1, 1], 100)
        assert shifts(_series([int(sign) for sign in coins]), strictness=2).found == ()


def test_short_series_are_named_and_not_looked_at() -> None:
    found = shifts(_series([1] * 14 + [-1] * 15))
    assert (found.n, found.found, found.least) == (0, (), 30)
    assert [(one.source, one.target, one.n) for one in found.too_few] == [("a", "t", 29)]
    graph = _series([1] * 15 + [-1] * 14)
    graph.add_edge("a", "u", sign=-1, day="2020-03-01", acts="u")
    graph.add_edge("a", "t", sign=-1, acts="v")
    graph.add_edge("a", "t", kind="meet", day="2020-03-01")
    whole = shifts(graph, series=Series.ACTOR)
    assert (whole.n, whole.found[0].target, whole.without_day) == (1, None, 1)
    assert whole.found[0].n == 30
    assert shifts(_series([1] * 40)).found == ()


def test_shifts_refuse_what_they_cannot_read() -> None:
    with pytest.raises(InputError, match="strictness"):
        shifts(nx.DiGraph(), strictness=0)
    with pytest.raises(InputError, match="direction"):
        shifts(nx.Graph())
