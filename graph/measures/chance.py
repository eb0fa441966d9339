"""Chance that can be repeated. Owns what a seed may be, and how often to begin anew."""

import numpy as np

from comity.errors import InputError

_MOST_STARTS = 10_000


def chance(seed: int) -> np.random.Generator:
    """Random numbers that follow from a seed.

    Raises:
        InputError: the seed is below 0.
    """
    if seed < 0:
        raise InputError(f"seed is {seed}; give 0 or more.")
    return np.random.default_rng(seed)


def check_starts(starts: int) -> None:
    """That a search can begin so often.

    Raises:
        InputError: it is below 1, or so large that it would not end.
    """
    if not 1 <= starts <= _MOST_STARTS:
        raise InputError(f"starts is {starts}; give 1 to {_MOST_STARTS}.")
