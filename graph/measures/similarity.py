"""How alike the foreign policies of two states are, from their ratings of the same partners.

Owns S, Scott's pi, Cohen's kappa and Kendall's tau-b on two portfolios: ratings of partners
by alliance type, or choices in roll calls. It does not know where ratings come from.

References: Bueno de Mesquita 1975 (tau-b); Signorino and Ritter 1999, International Studies
Quarterly 43, 115-144 (S); Häge 2011, Political Analysis 19, 287-305 (pi and kappa).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, sqrt

from comity.errors import InputError


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two portfolios are; 1 is alike. None: not defined for these ratings.

    Attributes:
        n: partners that both rate.
        left_out: partners that only one rates, and self-ties where they were left out; sorted.
        s: Signorino and Ritter's S with absolute distances, -1 to 1.
        s_squared: the same with squared distances.
        pi: Scott's pi with absolute distances; chance is the pooled distribution.
        pi_squared: the same with squared distances.
        kappa: Cohen's kappa with absolute distances; chance is each one's own distribution.
        kappa_squared: the same with squared distances.
        kappa_binary: Cohen's kappa on whether there is any tie, a rating above the lowest.
        tau_b: Kendall's tau-b; weights do not enter it.
    """

    n: int
    left_out: tuple[str, ...]
    s: float
    s_squared: float
    pi: float | None
    pi_squared: float | None
    kappa: float | None
    kappa_squared: float | None
    kappa_binary: float | None
    tau_b: float | None


def similarity(
    first: Mapping[str, float],
    second: Mapping[str, float],
    *,
    lowest: float,
    highest: float,
    weights: Mapping[str, float] | None = None,
    self_ties: tuple[str, ...] = (),
) -> Similarity:
    """How alike two portfolios are.

    Args:
        first: ratings by partner; a missing partner is missing, not zero.
        second: the ratings of the other.
        lowest: lowest rating possible (0 for no alliance, -1 or 1 for a vote against).
        highest: highest rating possible.
        weights: weight by partner, such as its share of capabilities; None for equal weights.
        self_ties: partners to leave out because they are the two themselves. Keeping them in,
            each as its own ally, is what Signorino and Ritter do.

    Raises:
        InputError: the scale is empty, a rating is outside of it or no number, a weight is
            missing or negative, or no partner is rated by both.
    """
    if not (isfinite(lowest) and isfinite(highest) and lowest < highest):
        raise InputError(f"The scale from {lowest} to {highest} is empty; give lowest < highest.")
    for ratings in (first, second):
        for partner, rating in ratings.items():
            if not lowest <= rating <= highest:
                raise InputError(
                    f"The rating of '{partner}', {rating}, is outside {lowest} to {highest}."
                )
    both = sorted((first.keys() & second.keys()) - set(self_ties))
    if not both:
        raise InputError("No partner is rated by both, so nothing can be compared.")
    weight = {one: 1.0 if weights is None else weights.get(one, -1.0) for one in both}
    for partner, value in weight.items():
        if not (isfinite(value) and value >= 0):
            raise InputError(f"The weight of '{partner}' is missing, negative or no number.")
    if not sum(weight.values()):
        raise InputError("All weights are zero, so nothing can be compared.")
    cells: Counter[tuple[float, float]] = Counter()
    for partner in both:
        cells[first[partner], second[partner]] += weight[partner]  # type: ignore[assignment]
    table = {pair: value / sum(weight.values()) for pair, value in cells.items()}
    ties: dict[tuple[float, float], float] = {}
    for (one, other), share in table.items():
        pair = (float(one > lowest), float(other > lowest))
        ties[pair] = ties.get(pair, 0.0) + share
    span = highest - lowest
    return Similarity(
        n=len(both),
        left_out=tuple(sorted((first.keys() | second.keys()) - set(both))),
        s=1 - 2 * _apart(table, 1) / span,
        s_squared=1 - 2 * _apart(table, 2) / span**2,
        pi=_beyond_chance(table, 1, pooled=True),
        pi_squared=_beyond_chance(table, 2, pooled=True),
        kappa=_beyond_chance(table, 1, pooled=False),
        kappa_squared=_beyond_chance(table, 2, pooled=False),
        kappa_binary=_beyond_chance(ties, 1, pooled=False),
        tau_b=_tau_b(Counter((first[one], second[one]) for one in both)),
    )


def _apart(table: Mapping[tuple[float, float], float], power: int) -> float:
    """The mean distance of two ratings of one partner."""
    return sum(share * abs(one - other) ** power for (one, other), share in table.items())


def _beyond_chance(
    table: Mapping[tuple[float, float], float], power: int, *, pooled: bool
) -> float | None:
    """One minus the distance over that expected by chance; None where no distance is expected."""
    rows: dict[float, float] = {}
    columns: dict[float, float] = {}
    for (one, other), share in table.items():
        rows[one] = rows.get(one, 0.0) + share
        columns[other] = columns.get(other, 0.0) + share
    if pooled:
        values = rows.keys() | columns.keys()
        rows = columns = {one: (rows.get(one, 0) + columns.get(one, 0)) / 2 for one in values}
    expected = sum(
        p * q * abs(one - other) ** power
        for one, p in sorted(rows.items())
        for other, q in sorted(columns.items())
    )
    return 1 - _apart(table, power) / expected if expected else None


def _tau_b(cells: Mapping[tuple[float, float], int]) -> float | None:
    """Kendall's tau-b of a contingency table; None where one of the two rates all alike."""
    items = sorted(cells.items())
    score = rows = columns = 0
    for index, ((one, other), count) in enumerate(items):
        for (one_too, other_too), count_too in items[:index]:
            pairs = count * count_too
            rows += pairs * (one != one_too)
            columns += pairs * (other != other_too)
            step = (one - one_too) * (other - other_too)
            score += pairs * ((step > 0) - (step < 0))
    return score / sqrt(rows * columns) if rows and columns else None
