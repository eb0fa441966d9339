"""Requests and answers, worked out by hand."""

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures import response_times, unanswered
from comity.graph.measures.responses import Link


def _network() -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("b", documents=1)
    graph.add_node("c", documents=7)
    graph.add_edge("a", "b", kind="ask", day="2022-01-10", acts="q1")
    graph.add_edge("a", "c", kind="demand", day="2022-01-10", acts="q2")
    graph.add_edge("a", "d", kind="ask", day="2022-01-10", acts="q3")
    graph.add_edge("a", "b", kind="ask", acts="q4")
    # An answer that says so, to somebody else's address; another act comes before it.
    graph.add_edge("b", "a", kind="praise", day="2022-01-12", acts="r0")
    graph.add_edge("b", "x", kind="agree", day="2022-01-15", acts="r1", in_response_to="q1|q9")
    # Before the request, and on its day.
    graph.add_edge("c", "a", kind="accuse", day="2022-01-09", acts="r2")
    graph.add_edge("c", "a", kind="accuse", day="2022-01-10", acts="r3")
    return graph


def test_the_answer_that_says_so_counts_before_one_that_turns_to_the_asker() -> None:
    found = response_times(_network())
    assert [(one.source, one.days, one.link, one.acts) for one in found.responses] == [
        ("b", 5, Link.SAYS_SO, "q1|r1"),
        ("c", 0, Link.TURNS_TO_ASKER, "q2|r3"),
    ]
    assert [(one.node, one.n, one.answered, one.median_days) for one in found.responders] == [
        ("b", 1, 1, 5),
        ("c", 1, 1, 0),
        ("d", 1, 0, None),
    ]
    assert (found.n, found.without_day) == (3, 1)


def test_answers_count_within_days() -> None:
    assert [one.source for one in response_times(_network(), within=4).responses] == ["c"]
    assert [one.source for one in response_times(_network(), within=5).responses] == ["b", "c"]


def test_requests_without_a_recorded_answer_say_how_far_the_sources_go() -> None:
    found = unanswered(_network())
    assert [(one.target, one.acts, one.later_acts, one.says) for one in found.unanswered] == [
        # No day, so nothing is known to be later.
        ("b", "q4", 0, "no recorded answer in these sources (1 document covers this actor)"),
        ("c", "q2", 1, "no recorded answer in these sources (7 documents cover this actor)"),
        ("d", "q3", 0, "no recorded answer in these sources"),
    ]
    assert found.n == 4
    assert [row["target"] for row in unanswered(_network(), kinds="demand").table()] == ["c"]


def test_an_answer_of_somebody_else_is_none_of_the_asked() -> None:
    graph = _network()
    graph.add_edge("x", "a", kind="agree", day="2022-01-11", acts="r4", in_response_to="q3")
    assert "q3" in [one.acts for one in unanswered(graph).unanswered]


def test_empty_and_bad_input() -> None:
    assert response_times(nx.DiGraph()).n == 0
    assert unanswered(nx.DiGraph()).table() == []
    with pytest.raises(InputError, match="direction"):
        unanswered(nx.Graph())
    with pytest.raises(InputError, match="No kind"):
        unanswered(nx.DiGraph(), kinds="|")
    with pytest.raises(InputError, match="within"):
        response_times(nx.DiGraph(), within=-1)


def test_what_is_asked_of_nobody_about_an_event_is_no_request() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("fighting", type="event")
    graph.add_node("b", type="actor")
    graph.add_edge("a", "fighting", kind="ask", acts="1", day="2022-09-13")
    graph.add_edge("a", "b", kind="ask", acts="2", day="2022-09-13")
    assert [one.target for one in unanswered(graph).unanswered] == ["b"]
