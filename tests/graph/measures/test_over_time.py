"""Balance by window, worked out by hand."""

from typing import Any

import networkx as nx
import pytest

from comity.errors import InputError
from comity.graph.measures import balance_over_time


def dated(*edges: tuple[str, str, float, str]) -> "nx.MultiDiGraph[Any]":
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for source, target, sign, day in edges:
        graph.add_edge(source, target, sign=sign, day=day)
    return graph


# 1990: three friends. 1991: nothing. 1992: the same three, but a and c are foes.
FRIENDS = dated(
    ("a", "b", 1, "1990-12-31"),
    ("b", "c", 1, "1990-01-01"),
    ("c", "a", 1, "1990-06-01"),
    ("a", "b", 1, "1992-01-01"),
    ("b", "c", 1, "1992-02-01"),
    ("a", "c", -1, "1992-03-01"),
    ("a", "d", -1, ""),
)


def test_each_year_by_itself() -> None:
    found = balance_over_time(FRIENDS)
    assert (found.edges, found.undated) == (6, 1)
    rows = [
        (one.since, one.nodes, one.ties, one.negative, one.frustration, one.balanced_share)
        for one in found.windows
    ]
    assert rows == [
        ("1990-01-01", 3, 3, 0, 0, 1.0),
        ("1991-01-01", 0, 0, 0, 0, None),
        ("1992-01-01", 3, 3, 1, 1, 0.0),
    ]
    assert all(one.proven and one.lower_bound == one.frustration for one in found.windows)
    assert found.windows[2].share == pytest.approx(1 / 3)


def test_windows_overlap_and_the_last_is_whole() -> None:
    found = balance_over_time(FRIENDS, years=3, step=2)
    assert [(one.since, one.until) for one in found.windows] == [
        ("1990-01-01", "1992-12-31"),
        ("1992-01-01", "1994-12-31"),
    ]
    # a-c: 1 in 1990 and -1 in 1992 add up to 0, so that no triangle is left.
    assert (found.windows[0].ties, found.windows[0].triangles) == (2, 0)


def test_windows_end_with_the_calendar() -> None:
    found = balance_over_time(dated(("a", "b", 1, "9999-12-31")), years=5)
    assert [one.until for one in found.windows] == ["9999-12-31"]


def test_bad_input_is_refused() -> None:
    with pytest.raises(InputError, match="No edge has a day"):
        balance_over_time(dated(("a", "b", 1, "")))
    with pytest.raises(InputError, match="give YYYY-MM-DD"):
        balance_over_time(dated(("a", "b", 1, "spring")))
    with pytest.raises(InputError, match="step is 0"):
        balance_over_time(FRIENDS, step=0)
    with pytest.raises(InputError, match="seconds is nan"):
        balance_over_time(FRIENDS, seconds=float("nan"))
