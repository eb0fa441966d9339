"""One-dimensional graded response by EM: where voters stand, from ordered votes.

Owns the estimation and nothing else: it takes a table of votes and knows no graph, no name and
no direction. Samejima (1969), Psychometrika Monograph 17 (graded response); Bock and Aitkin
(1981), Psychometrika 46, 443-459 (marginal maximum likelihood by EM).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit, logsumexp

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Where the distribution of a voter is kept: wide enough for means of sessions that drift.
GRID: Floats = np.linspace(-6.0, 6.0, 97)
# A vote that divides the voters cleanly would have an endless slope; this far a slope or a
# threshold goes without resistance.
PRIOR_SD = 10.0
_TINY = 1e-12
_MOST_ROUNDS = 1000
_SETTLED = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Graded:
    """What was estimated.

    Attributes:
        points: mean of each voter's posterior.
        errors: its standard deviation.
        slopes: of the items; negative where those below are in favour.
        thresholds: two of each item, the second infinite where only two votes occur.
        means: mean of each session.
        rounds: of EM.
        converged: whether points had settled to 0.0001 by then.
    """

    points: Floats
    errors: Floats
    slopes: Floats
    thresholds: Floats
    means: Floats
    rounds: int
    converged: bool


def fit_graded(votes: Floats, session: Ints, fixed: Ints, start: Floats) -> Graded:
    """Estimates points of voters and parameters of items together.

    The chance that voter i's vote on item j is at most c is
    1 / (1 + exp(-(threshold(j, c) - slope(j) * point(i)))). Points are normal with variance 1
    about the mean of their session, slopes and thresholds about 0 with standard deviation 10.

    Args:
        votes: voters by items, -1, 0 or 1 in order, NaN where missing; each item has two
            different votes at least.
        session: number of each voter's session.
        fixed: sessions whose mean stays 0; the other means are estimated, which says
            something only where items connect them to a fixed one.
        start: a first guess of the points, in the right order.
    """
    levels, thresholds = _levels(votes)
    chosen = [csr_array((levels == c).astype(float)) for c in range(3)]
    count = int(session.max()) + 1
    means = np.zeros(count)
    free = np.setdiff1d(np.arange(count), fixed)
    sizes = np.bincount(session, minlength=count)
    slopes = np.zeros(votes.shape[1])
    points = start
    posterior = _normal(start[:, None], 0.5)
    converged, rounds = False, 0
    while rounds < _MOST_ROUNDS and not converged:
        rounds += 1
        expected = np.stack([one.T @ posterior for one in chosen])
        slopes, thresholds = _better_items(expected, slopes, thresholds)
        # Voters have variance 1; without this step EM takes many rounds to find it (Liu, Rubin
        # and Wu 1998, Biometrika 85, 755-770).
        middle = means[session]
        spread = posterior @ GRID**2 - 2 * middle * (posterior @ GRID) + middle**2
        slopes = slopes * np.sqrt(spread.mean())
        likelihood = np.log(np.maximum(_shares(slopes, thresholds), _TINY))
        log = sum(one @ likelihood[c] for c, one in enumerate(chosen))
        log = log - (GRID - means[session][:, None]) ** 2 / 2
        posterior = np.exp(log - logsumexp(log, axis=1, keepdims=True))
        moved = posterior @ GRID
        means[free] = np.bincount(session, moved, count)[free] / sizes[free]
        converged = bool(abs(moved - points).max() < _SETTLED)
        points = moved
    variance = posterior @ GRID**2 - points**2
    errors = np.sqrt(np.maximum(variance, 0.0))
    return Graded(points, errors, slopes, thresholds, means, rounds, converged)


def _normal(mean: Floats, deviation: float) -> Floats:
    weights: Floats = np.exp(-(((GRID - mean) / deviation) ** 2) / 2)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def _levels(votes: Floats) -> tuple[Ints, Floats]:
    """Votes as 0, 1, 2 among those that occur on an item (-1: missing), and first thresholds."""
    occurs = np.stack([(votes == value).any(axis=0) for value in (-1, 0, 1)])
    rank = np.cumsum(occurs, axis=0) - 1
    levels = np.full(votes.shape, -1, dtype=np.int64)
    for index, value in enumerate((-1, 0, 1)):
        levels = np.where(votes == value, rank[index], levels)
    counts = np.stack([(levels == c).sum(axis=0) for c in range(3)])
    below = np.cumsum(counts, axis=0)[:2] / counts.sum(axis=0)
    thresholds = np.full((2, votes.shape[1]), np.inf)
    inside = below < 1
    thresholds[inside] = np.log(below[inside] / (1 - below[inside]))
    return levels, thresholds


def _shares(slopes: Floats, thresholds: Floats) -> Floats:
    """The chance of each vote: votes by items by places on the grid."""
    upto = expit(thresholds[:, :, None] - slopes[None, :, None] * GRID)
    shares: Floats = np.stack([upto[0], upto[1] - upto[0], 1 - upto[1]])
    return shares


def _fit(expected: Floats, slopes: Floats, thresholds: Floats) -> Floats:
    """How well each item fits the votes expected, with the weak prior."""
    log = np.log(np.maximum(_shares(slopes, thresholds), _TINY))
    finite = np.where(np.isfinite(thresholds), thresholds, 0.0)
    squares = slopes**2 + (finite**2).sum(axis=0)
    fit: Floats = (expected * log).sum(axis=(0, 2)) - squares / (2 * PRIOR_SD**2)
    return fit


def _better_items(expected: Floats, slopes: Floats, thresholds: Floats) -> tuple[Floats, Floats]:
    """One step of Fisher scoring for all items at once, halved where it would be worse."""
    two = np.isfinite(thresholds[1])
    upto = expit(thresholds[:, :, None] - slopes[None, :, None] * GRID)
    density = upto * (1 - upto)
    zero = np.zeros_like(density[0])
    # Derivatives of the three chances by slope, first and second threshold.
    by = np.stack(
        [
            np.stack([-GRID * density[0], density[0], zero]),
            np.stack([-GRID * (density[1] - density[0]), -density[0], density[1]]),
            np.stack([GRID * density[1], zero, -density[1]]),
        ]
    )
    shares = np.maximum(_shares(slopes, thresholds), _TINY)
    score = np.einsum("cjq,cpjq->jp", expected / shares, by, optimize=True)
    weight = expected.sum(axis=0) / shares
    information = np.einsum("cjq,cpjq,crjq->jpr", weight, by, by, optimize=True)
    finite = np.where(two, thresholds[1], 0.0)
    score -= np.stack([slopes, thresholds[0], finite], axis=1) / PRIOR_SD**2
    information += np.eye(3) / PRIOR_SD**2
    step = np.linalg.solve(information, score[:, :, None])[:, :, 0]
    step[~two, 2] = 0.0
    before = _fit(expected, slopes, thresholds)
    size = np.ones(len(slopes))
    for _ in range(12):
        new_slopes = slopes + size * step[:, 0]
        new = np.stack([thresholds[0] + size * step[:, 1], thresholds[1] + size * step[:, 2]])
        ordered = new[0] < new[1]
        kept = np.where(ordered, new, thresholds)
        worse = ~ordered | (_fit(expected, new_slopes, kept) < before - 1e-9)
        if not worse.any():
            break
        size = np.where(worse, size / 2, size)
    else:
        new_slopes = np.where(worse, slopes, new_slopes)
        new = np.where(worse, thresholds, new)
    return new_slopes, new
