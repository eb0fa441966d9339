"""Ideal points: where each voter stands on one dimension, with the error of its point."""

from comity.errors import InputError
from comity.graph.measures.ideal_points import IdealPoint, IdealPoints
from comity.graph.plots.canvas import BLUE, LETTER, QUIET, RULE, Canvas

_WIDTH, _ROW = 860, 18
# Of a normal distribution, 95 % lie within so many errors.
_WITHIN = 1.96


def points_plot(found: IdealPoints) -> str:
    """One row for each voter of the largest scale, by its point.

    Raises:
        InputError: there is no scale.
    """
    points = [one for one in found.points if one.scale == 1]
    if not points:
        raise InputError("No voter has a point, so there is nothing to draw.")
    ordered = sorted(points, key=lambda one: (one.value, one.node, one.session))
    label = max(len(_name(one)) for one in ordered) * LETTER + 24
    told = f"{len(ordered)} points, {found.scales[0].items} items; bars are 95 % of the posterior"
    canvas = Canvas(_WIDTH, 110 + _ROW * len(ordered), "Ideal points from roll calls", told)
    low = min(one.value - _WITHIN * one.error for one in ordered)
    high = max(one.value + _WITHIN * one.error for one in ordered)

    def across(value: float) -> float:
        return label + (value - low) / ((high - low) or 1) * (_WIDTH - label - 30)

    bottom = 80 + _ROW * len(ordered)
    for whole in range(int(low) - 1, int(high) + 2):
        if low <= whole <= high:
            canvas.line([(across(whole), 66), (across(whole), bottom)], RULE, width=1)
            canvas.text(
                across(whole), bottom + 18, str(whole), anchor="middle", colour=QUIET, size=12
            )
    for at, one in enumerate(ordered):
        y = 76 + at * _ROW
        canvas.text(label - 12, y + 4, _name(one), anchor="end", size=12)
        ends = [(across(one.value + side * _WITHIN * one.error), y) for side in (-1.0, 1.0)]
        canvas.line(ends, QUIET)
        canvas.dot(across(one.value), y, BLUE, f"{_name(one)}: {one.value:.2f}, {one.n} votes")
    return canvas.svg()


def _name(one: IdealPoint) -> str:
    return f"{one.node} {one.session}".strip()
