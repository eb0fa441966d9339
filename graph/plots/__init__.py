"""Plots of the results that people look at, as SVG: `plot_of` finds the one for a result."""

from collections.abc import Callable
from typing import Any

from comity.errors import InputError
from comity.graph.measures.cohesion import Cohesion
from comity.graph.measures.frustration import Frustration
from comity.graph.measures.ideal_points import IdealPoints
from comity.graph.measures.over_time import BalanceOverTime
from comity.graph.plots.agreement import agreement_plot
from comity.graph.plots.balance import balance_plot
from comity.graph.plots.camps import camps_plot
from comity.graph.plots.points import points_plot

_PLOTS: dict[type, Callable[[Any], str]] = {
    BalanceOverTime: balance_plot,
    Cohesion: agreement_plot,
    Frustration: camps_plot,
    IdealPoints: points_plot,
}
PLOTTED = ("balance-over-time", "cohesion", "frustration", "ideal-points")


def plot_of(result: object) -> str:
    """A result as one SVG file, light, with its numbers in words for those who do not see it.

    Raises:
        InputError: there is no plot of such a result, or nothing in it to draw.
    """
    draw = _PLOTS.get(type(result))
    if draw is None:
        raise InputError(f"There is no plot of this measure; plots: {', '.join(PLOTTED)}.")
    return draw(result)
