"""How alike the alliance portfolios of states are on a day, all pairs at once.

Owns S, Scott's pi and Cohen's kappa, with absolute distances, of whole portfolios: toward
every state that exists that day, the strongest pledge that is surely owed, on the scale of
`measures.portfolios`; each is its own ally, as Signorino and Ritter have it. The same numbers
of one pair are in `measures.similarity`; a panel needs those of 40,000 pairs a period.

References: Signorino and Ritter (1999), International Studies Quarterly 43, 115-144; Häge
(2011), Political Analysis 19, 287-305.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.graph.measures.portfolios import PLEDGES
from comity.graph.spells import Spells

SIMILARITIES = ("similarity_s", "similarity_pi", "similarity_kappa")
_HIGHEST = max(PLEDGES.values())
_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alike:
    """The similarities of all states on a day.

    Attributes:
        place: row of each state that exists.
        numbers: for each of `SIMILARITIES` a square of numbers; NaN where not defined.
    """

    place: Mapping[str, int]
    numbers: tuple[_Numbers, ...]

    def of(self, one: str, other: str) -> tuple[float | None, ...]:
        """S, pi and kappa of two states; None where one does not exist or nothing is defined."""
        rows = self.place.get(one), self.place.get(other)
        if rows[0] is None or rows[1] is None:
            return (None,) * len(SIMILARITIES)
        found = (float(square[rows[0], rows[1]]) for square in self.numbers)
        return tuple(None if np.isnan(number) else number for number in found)


def portfolios_alike(spells: Spells, day: date) -> Alike:
    """S, pi and kappa of the portfolios of all states that exist on a day."""
    states = spells.existing(day, day)
    place = {state: row for row, state in enumerate(states)}
    ratings = np.zeros((len(states), len(states)), dtype=np.int64)
    np.fill_diagonal(ratings, _HIGHEST)
    for one, other, what in spells.owed_on(day):
        if one in place and other in place and one != other:
            row, column = place[one], place[other]
            ratings[row, column] = max(ratings[row, column], PLEDGES.get(what, 0))
    return Alike(place, _similarities(ratings))


def _similarities(ratings: NDArray[np.int64]) -> tuple[_Numbers, ...]:
    partners = max(len(ratings), 1)
    scale = np.arange(_HIGHEST + 1)
    # How far two rows are apart: for each threshold, how many partners one of them is above
    # and the other not.
    distance = np.zeros(ratings.shape)
    for step in scale[1:]:
        above = (ratings >= step).astype(float)
        counts = above.sum(axis=1)
        distance += counts[:, None] + counts[None, :] - 2 * above @ above.T
    distance /= partners
    shares = np.stack([(ratings == step).mean(axis=1) for step in scale], axis=1)
    steps = np.abs(scale[:, None] - scale[None, :]).astype(float)
    own = shares @ steps @ shares.T
    alone = np.diag(own)
    pooled = (alone[:, None] + 2 * own + alone[None, :]) / 4
    return (
        1 - 2 * distance / _HIGHEST,
        _beyond_chance(distance, pooled),
        _beyond_chance(distance, own),
    )


def _beyond_chance(distance: _Numbers, expected: _Numbers) -> _Numbers:
    found = np.full(distance.shape, np.nan)
    defined = expected > 0
    found[defined] = 1 - distance[defined] / expected[defined]
    return found
