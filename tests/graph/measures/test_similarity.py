"""Similarity of foreign policies, against the published table and by hand."""

import math

import pytest

from comity.errors import InputError
from comity.graph.measures.similarity import similarity

# Signorino and Ritter 1999, Table 6: alliance types of Germany and Russia in 1914 (3 defence,
# 2 neutrality, 1 entente, 0 none) with 20 states.
TABLE_6 = {
    "GMY": (3, 0),
    "RUS": (0, 3),
    "UKG": (0, 1),
    "FRN": (0, 3),
    "AUH": (3, 0),
    "ITA": (3, 1),
    "BEL": (0, 0),
    "SPN": (0, 0),
    "TUR": (0, 0),
    "NTH": (0, 0),
    "SWD": (0, 0),
    "RUM": (3, 0),
    "POR": (0, 0),
    "SWZ": (0, 0),
    "GRC": (0, 0),
    "DEN": (0, 0),
    "YUG": (0, 0),
    "BUL": (0, 0),
    "NOR": (0, 0),
    "ALB": (0, 0),
}


def test_table_of_signorino_and_ritter() -> None:
    germany = {state: one for state, (one, _) in TABLE_6.items()}
    russia = {state: other for state, (_, other) in TABLE_6.items()}
    found = similarity(germany, russia, lowest=0, highest=3)
    assert found.n == 20
    # Published as .03; the rest computed once from the published table by other code.
    assert found.tau_b == pytest.approx(0.030317, abs=1e-6)
    assert found.s == pytest.approx(0.40)  # 1 - 2 * 18 / 60
    assert found.s_squared == pytest.approx(0.4444, abs=5e-5)
    assert found.kappa == pytest.approx(-0.0714, abs=5e-5)
    assert found.kappa_squared == pytest.approx(-0.0776, abs=5e-5)
    assert found.pi == pytest.approx(-0.0843, abs=5e-5)
    assert found.pi_squared == pytest.approx(-0.0870, abs=5e-5)
    assert found.kappa_binary == pytest.approx(0.0625, abs=5e-5)


def test_equal_portfolios_are_alike_and_opposite_ones_are_not() -> None:
    one, other = {"a": 0, "b": 3}, {"a": 3, "b": 0}
    alike = similarity(one, one, lowest=0, highest=3)
    assert (alike.s, alike.pi, alike.kappa, alike.tau_b) == (1, 1, 1, 1)
    apart = similarity(one, other, lowest=0, highest=3)
    assert (apart.s, apart.kappa, apart.tau_b) == (-1, -1, -1)


def test_weights_and_self_ties_are_named() -> None:
    one, other = {"x": 3, "a": 1, "b": 0}, {"x": 0, "a": 1, "b": 3, "c": 2}
    # Without x: distances 0 and 3, weights 3 and 1: S = 1 - 2 * (1 * 3 / 4) / 3 = 0.5.
    found = similarity(one, other, lowest=0, highest=3, weights={"a": 3, "b": 1}, self_ties=("x",))
    assert found.s == pytest.approx(0.5)
    assert (found.n, found.left_out) == (2, ("c", "x"))


def test_what_is_not_defined_is_none() -> None:
    found = similarity({"a": 0, "b": 0}, {"a": 0, "b": 0}, lowest=0, highest=3)
    assert (found.s, found.pi, found.kappa, found.tau_b) == (1, None, None, None)


@pytest.mark.parametrize(
    ("first", "more", "says"),
    [
        ({"a": math.nan}, {}, "outside"),
        ({"a": 4}, {}, "outside"),
        ({"z": 1}, {}, "No partner"),
        ({"a": 1}, {"weights": {"b": 1.0}}, "weight of 'a'"),
        ({"a": 1}, {"weights": {"a": 0.0}}, "zero"),
        ({"a": 1}, {"lowest": 3}, "empty"),
    ],
)
def test_bad_input_is_refused(first: dict[str, float], more: dict[str, object], says: str) -> None:
    given: dict[str, object] = {"lowest": 0, "highest": 3, **more}
    with pytest.raises(InputError, match=says):
        similarity(first, {"a": 1}, **given)  # type: ignore[arg-type]
