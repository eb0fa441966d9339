"""Structural balance window by window. Owns the windows; others own what is measured in one."""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError
from comity.graph.measures.days import day_of
from comity.graph.measures.frustration import frustration
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule
from comity.graph.measures.triads import triad_census


@dataclass(frozen=True, slots=True)
class BalanceWindow:
    """Balance of the edges of a window.

    Attributes:
        since: first day.
        until: last day.
        nodes: nodes with an edge in the window.
        ties: pairs with a sign.
        negative: ties below 0.
        frustration: edges against the best camps found.
        lower_bound: no camps have fewer.
        proven: whether these are equal.
        share: `frustration` over all ties; 0 without ties.
        triangles: how many there are.
        balanced_share: triangles with 0 or 2 negative ties over all; None without triangles.
    """

    since: str
    until: str
    nodes: int
    ties: int
    negative: int
    frustration: int
    lower_bound: int
    proven: bool
    share: float
    triangles: int
    balanced_share: float | None


@dataclass(frozen=True, slots=True)
class BalanceOverTime:
    """Balance by window, in the order of time.

    Attributes:
        edges: edges with a day.
        undated: edges without; they are in no window.
        windows: from the year of the first edge to that of the last.
    """

    edges: int
    undated: int
    windows: tuple[BalanceWindow, ...]

    def table(self) -> Rows:
        """One row for each window."""
        return Rows.of(BalanceWindow.__slots__, self.windows)


@measure("balance-over-time", Group.BALANCE, "Does the network come nearer to two camps?")
def balance_over_time(
    graph: "nx.Graph[Any]",
    *,
    years: Annotated[int, "length of a window"] = 1,
    step: Annotated[int, "years from one window to the next"] = 1,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    seconds: Annotated[float, "time to look for proofs, for all windows"] = 60.0,
) -> BalanceOverTime:
    """Frustration and the share of balanced triangles, window by window.

    Definition: the frustration index and the triad census of the edges of each window, by
    the `day` of an edge, else its `first`. The first window begins with the year of the
    first edge; a window past the last edge is whole all the same.

    Formula: as in frustration and triads. Time that a window leaves over goes to the later
    ones; where a proof is missing, the interval from `lower_bound` to `frustration` holds.

    Degenerate cases: a window without edges has 0 nodes and no share of triangles; edges
    without a day are counted and left out; refused where no edge has a day.

    Reference: Doreian and Mrvar (2015), J. of Social Structure 16, who found no steady move
    towards balance.

    Args:
        graph: any networkx graph with `sign` or `weight`, and `day`, on its edges.
        years: length of a window.
        step: years from one window to the next.
        rule: how the edges of a pair become one sign.
        seconds: time to look for proofs.

    Raises:
        InputError: no edge has a day, a day is none, a sign is no finite number, or `years`,
            `step` or `seconds` is not above 0.
    """
    for name, value in (("years", years), ("step", step), ("seconds", seconds)):
        if not (np.isfinite(value) and value > 0):
            raise InputError(f"{name} is {value}; give a number above 0.")
    dated: list[tuple[date, Any, Any, dict[str, Any]]] = []
    undated = 0
    for source, target, edge in graph.edges(data=True):
        day = day_of(source, target, edge)
        if day is None:
            undated += 1
        else:
            dated.append((day, source, target, edge))
    if not dated:
        raise InputError("No edge has a day; give the edge attribute 'day' as YYYY-MM-DD.")
    days = [day for day, *_ in dated]
    starts = range(min(days).year, max(days).year + 1, step)
    deadline = time.monotonic() + seconds
    windows = []
    for place, year in enumerate(starts):
        since = date(year, 1, 1)
        until = _last_day(year + years - 1)
        within: nx.MultiGraph[Any] = nx.MultiDiGraph() if graph.is_directed() else nx.MultiGraph()
        within.add_edges_from(
            (source, target, edge) for day, source, target, edge in dated if since <= day <= until
        )
        left = max(deadline - time.monotonic(), 0.0) / (len(starts) - place)
        windows.append(_measured(within, since, until, rule, max(left, 0.001)))
    return BalanceOverTime(len(dated), undated, tuple(windows))


def _last_day(year: int) -> date:
    return date(year + 1, 1, 1) - timedelta(days=1) if year < date.max.year else date.max


def _measured(
    within: "nx.Graph[Any]", since: date, until: date, rule: SignRule, seconds: float
) -> BalanceWindow:
    found = frustration(within, rule=rule, seconds=seconds)
    census = triad_census(within, rule=rule)
    return BalanceWindow(
        since=since.isoformat(),
        until=until.isoformat(),
        nodes=found.nodes,
        ties=found.ties,
        negative=found.negative,
        frustration=found.value,
        lower_bound=found.lower_bound,
        proven=found.proven,
        share=found.share,
        triangles=sum(
            (census.all_positive, census.one_negative, census.two_negative, census.all_negative)
        ),
        balanced_share=census.balanced_share,
    )
