"""Ideal points: known structure recovered from simulated roll calls, and the fit itself."""

import math

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError, NotFoundError, TooLargeError
from comity.graph.measures import ideal_points
from comity.graph.measures.graded import GRID, PRIOR_SD, fit_graded
from comity.graph.measures.ideal_points import IdealPoints, Sessions

SEED = 20170


def _voters(count: int) -> list[str]:
    return [f"v{number:03}" for number in range(count)]


def _roll_calls(
    points: np.ndarray, items: int, seed: int, session: str = "", first: int = 0
) -> "nx.MultiDiGraph[str]":
    """Votes drawn from the model, a tenth missing; the same item has the same parameters."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    chance = np.random.default_rng(seed)
    for number in range(first, first + items):
        item = np.random.default_rng(number)
        slope, low = item.normal(0, 2), item.normal(-0.5, 1)
        high = low + item.uniform(0.3, 1)
        for voter, point in zip(_voters(len(points)), points, strict=True):
            leaning = slope * point + chance.logistic()
            if chance.random() > 0.1:
                sign = -1 if leaning < low else 0 if leaning < high else 1
                graph.add_edge(voter, f"r{number}", sign=sign, session=session)
    return graph


def _values(found: IdealPoints, session: str = "") -> np.ndarray:
    by_name = {one.node: one.value for one in found.points if one.session == session}
    return np.array([by_name[name] for name in sorted(by_name)])


def test_known_points_are_recovered_with_honest_errors() -> None:
    points = np.sort(np.random.default_rng(SEED).normal(size=60))
    found = ideal_points(_roll_calls(points, 150, SEED), low="v000", high="v059")
    (scale,) = found.scales
    assert scale.converged
    assert scale.direction == "from v000 to v059"
    assert np.corrcoef(_values(found), points)[0, 1] > 0.97
    assert scale.svd_agreement is not None
    assert scale.svd_agreement > 0.9
    # Points are known up to place and unit; after those, errors are about as large as they say.
    unit, place = np.polyfit(points, _values(found), 1)
    errors = np.array([one.error for one in sorted(found.points, key=lambda one: one.node)])
    off = (_values(found) - (unit * points + place)) / errors
    assert 0.7 < float(np.sqrt((off**2).mean())) < 1.3
    assert found.n == sum(one.n for one in found.points) + _cut_votes(found)
    turned = ideal_points(_roll_calls(points, 150, SEED), low="v059", high="v000")
    assert _values(turned) == pytest.approx(-_values(found))


def _cut_votes(found: IdealPoints) -> int:
    """Votes on the items that were cut; a tenth is missing, so this is only bounded."""
    cut = round(found.lopsided * found.items)
    rest = found.n - sum(one.n for one in found.points)
    assert rest <= cut * len(found.points)
    return rest


def test_fit_is_a_maximum_of_the_likelihood() -> None:
    """The likelihood, written out naively, falls where any parameter of an item is moved."""
    points = np.random.default_rng(SEED).normal(size=30)
    votes = np.full((30, 12), np.nan)
    for voter, item, edge in _roll_calls(points, 12, SEED).edges(data=True):
        votes[int(voter[1:]), int(item[1:])] = edge["sign"]
    # An item with two votes only.
    votes[:, 0] = np.where(votes[:, 0] == 0, 1, votes[:, 0])
    found = fit_graded(votes, np.zeros(30, dtype=np.int64), np.array([0]), points)
    assert found.converged

    def likelihood(slopes: np.ndarray, thresholds: np.ndarray) -> float:
        finite = thresholds[np.isfinite(thresholds)]
        total = -float((slopes**2).sum() + (finite**2).sum()) / (2 * PRIOR_SD**2)
        for row in votes:
            chance = 0.0
            for place in GRID:
                product = math.exp(-(place**2) / 2)
                for item, vote in enumerate(row):
                    if math.isnan(vote):
                        continue
                    cuts = [1 / (1 + math.exp(slopes[item] * place - one)) for one in
                            thresholds[:, item]]  # fmt: skip
                    two = math.isinf(thresholds[1, item])
                    level = int(vote > 0) if two else int(vote) + 1
                    product *= [cuts[0], cuts[1] - cuts[0], 1 - cuts[1]][level]
                chance += product
            total += math.log(chance)
        return total

    best = likelihood(found.slopes, found.thresholds)
    for item in (0, 3, 7):
        # The steeper a slope, the flatter the likelihood along it.
        size = 0.25 + abs(found.slopes[item]) / 3
        for step in (-size, size):
            slopes = found.slopes.copy()
            slopes[item] += step
            assert likelihood(slopes, found.thresholds) < best
            thresholds = found.thresholds.copy()
            thresholds[0, item] += step
            if thresholds[0, item] < thresholds[1, item]:
                assert likelihood(found.slopes, thresholds) < best


def test_common_items_bridge_sessions() -> None:
    points = np.sort(np.random.default_rng(SEED).normal(size=50))
    # In the second session everybody stands one unit higher; items 60 to 99 are voted on in both.
    graph = _roll_calls(points, 100, SEED, "s1")
    graph.add_edges_from(_roll_calls(points + 1, 100, SEED + 1, "s2", 60).edges(data=True))
    found = ideal_points(graph, sessions=Sessions.APART, low="v000", high="v049")
    (scale,) = found.scales
    assert scale.sessions == ("s1", "s2")
    assert 30 <= scale.bridges <= 40
    assert len(found.points) == 100
    unit = np.polyfit(points, _values(found, "s1"), 1)[0]
    moved = float((_values(found, "s2") - _values(found, "s1")).mean()) / unit
    assert moved == pytest.approx(1, abs=0.2)


def test_mean_of_a_later_session_is_estimated() -> None:
    points = np.random.default_rng(SEED).normal(size=200)
    votes = np.full((400, 12), np.nan)
    for session, shift in ((0, 0), (1, 1)):
        for voter, item, edge in _roll_calls(points + shift, 12, SEED + session).edges(data=True):
            votes[200 * session + int(voter[1:]), int(item[1:])] = edge["sign"]
    sessions = np.repeat([0, 1], 200)
    found = fit_graded(votes, sessions, np.array([0]), np.concatenate([points, points]))
    assert found.means[0] == 0
    # So few votes leave points near their mean, which has to move with them.
    assert found.means[1] == pytest.approx(1, abs=0.25)


def test_sessions_without_common_items_are_different_scales() -> None:
    points = np.sort(np.random.default_rng(SEED).normal(size=12))
    graph = _roll_calls(points, 30, SEED, "s1")
    graph.add_edges_from(_roll_calls(points, 30, SEED, "s2", 50).edges(data=True))
    found = ideal_points(graph, sessions=Sessions.APART)
    assert [(one.sessions, one.bridges) for one in found.scales] == [(("s1",), 0), (("s2",), 0)]
    assert {one.scale for one in found.points if one.session == "s2"} == {2}
    assert "arbitrary" in found.scales[0].direction
    # Voters are the bridge where they have one point.
    assert len(ideal_points(graph).scales) == 1


def test_lopsided_items_and_voters_of_few_votes_are_left_out_and_named() -> None:
    points = np.sort(np.random.default_rng(SEED).normal(size=30))
    graph = _roll_calls(points, 30, SEED)
    before = ideal_points(graph)
    for voter in _voters(30):
        graph.add_edge(voter, "all", sign=1)
        graph.add_edge(voter, "but-one", sign=-1 if voter == "v000" else 1)
    graph.add_edge("rare", "r0", sign=1)
    # One of thirty differs: a share of 0.033, which is below 0.05.
    after = ideal_points(graph, lopsided=0.05)
    assert after.items == 32
    cut_before = round(ideal_points(_roll_calls(points, 30, SEED), lopsided=0.05).lopsided * 30)
    assert after.lopsided == pytest.approx((cut_before + 2) / 32)
    assert after.left_out == ("rare",)
    assert before.left_out == ()


def test_a_clean_line_has_finite_points_in_its_order() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for item in range(20):
        for voter in range(10):
            graph.add_edge(f"v{voter}", f"r{item:02}", sign=1 if voter * 2 > item else -1)
    found = ideal_points(graph, low="v0", high="v9")
    assert [one.node for one in found.points] == [f"v{voter}" for voter in range(10)]
    assert all(math.isfinite(one.value) and one.error > 0 for one in found.points)


def test_too_few_votes_and_bad_input_are_refused() -> None:
    graph = _roll_calls(np.array([-1.0, 0, 0, 1]), 30, SEED)
    with pytest.raises(InputError, match="a scale needs 5 voters and 10 items"):
        ideal_points(graph)
    with pytest.raises(InputError, match="a scale needs"):
        ideal_points(nx.DiGraph())
    with pytest.raises(InputError, match="two ends"):
        ideal_points(graph, low="v000")
    with pytest.raises(InputError, match="two ends"):
        ideal_points(graph, low="v000", high="v000")
    with pytest.raises(NotFoundError, match="'nobody' has no vote"):
        ideal_points(graph, low="v000", high="nobody")
    with pytest.raises(InputError, match=r"below 0\.5"):
        ideal_points(graph, lopsided=0.5)
    with pytest.raises(InputError, match="least"):
        ideal_points(graph, least=0)
    graph.add_edge("v000", "r99", sign=1)
    with pytest.raises(InputError, match="neither a session nor a day"):
        ideal_points(graph, sessions=Sessions.APART)
    wide: nx.DiGraph[str] = nx.DiGraph()
    wide.add_edges_from((f"v{number}", f"r{number}", {"sign": 1}) for number in range(2500))
    with pytest.raises(TooLargeError, match="2500 voters by 2500 items"):
        ideal_points(wide)
