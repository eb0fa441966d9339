"""Who took which position on what: a two-mode network as a table of voters by items.

Owns what a position is: for, against, or an abstention; and that no edge is none. It knows
neither groups nor scales.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError
from comity.graph.measures.days import day_of
from comity.graph.measures.signed import sign_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """Positions of voters on items.

    Attributes:
        voters: the rows, sorted; by session a voter has a row in each.
        sessions: the session of each row; empty texts where rows are not by session.
        items: the columns, sorted.
        positions: 1 for, -1 against, 0 abstention; NaN where there is none.
        days: the first day of the positions on an item, where one is known.
    """

    voters: tuple[str, ...]
    sessions: tuple[str, ...]
    items: tuple[str, ...]
    positions: Floats
    days: dict[str, date]


def ballots(graph: "nx.Graph[Any]", *, by_session: bool = False) -> Ballots:
    """The positions in a two-mode network.

    An edge goes from a voter to an item. Its position is the sign of its `sign`, else of its
    `weight`; 0 or the `kind` abstain is an abstention. An edge that has none of these, such as
    one of the kind absent, takes no position, like no edge. Several edges to one item count
    by the sign of their sum. In a graph without direction the voters carry `bipartite` 0.

    Raises:
        InputError: a sign is no finite number, a day is none, or a graph without direction
            does not say who votes.
    """
    sums: dict[tuple[tuple[str, str], str], float] = {}
    days: dict[str, date] = {}
    for source, target, edge in _votes(graph):
        position = position_of(source, target, edge)
        if position is None:
            continue
        item, day = str(target), day_of(source, target, edge)
        row = (str(source), _session(source, target, edge, day) if by_session else "")
        sums[row, item] = sums.get((row, item), 0.0) + position
        if day is not None:
            days[item] = min(day, days.get(item, day))
    rows = sorted({row for row, _ in sums})
    items = sorted({item for _, item in sums})
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {item: index for index, item in enumerate(items)}
    positions = np.full((len(rows), len(items)), np.nan)
    for (row, item), value in sums.items():
        positions[row_at[row], column_at[item]] = np.sign(value)
    return Ballots(
        tuple(voter for voter, _ in rows),
        tuple(session for _, session in rows),
        tuple(items),
        positions,
        days,
    )


def position_of(source: object, target: object, edge: dict[str, Any]) -> float | None:
    """The position of one edge; None where it takes none.

    Raises:
        InputError: its sign is no finite number.
    """
    if "sign" in edge or "weight" in edge:
        return sign_of(source, target, edge)
    return 0.0 if edge.get("kind") == "abstain" else None


def _votes(graph: "nx.Graph[Any]") -> list[tuple[Any, Any, dict[str, Any]]]:
    edges = list(graph.edges(data=True))
    if graph.is_directed() or not edges:
        return edges
    side = nx.get_node_attributes(graph, "bipartite")
    for source, target, _ in edges:
        if {side.get(source), side.get(target)} != {0, 1}:
            raise InputError(
                f"The edge {source} - {target} does not say who votes on what; give edges a "
                "direction, or nodes the attribute 'bipartite', 0 for voters and 1 for items."
            )
    return [
        (source, target, edge) if side[source] == 0 else (target, source, edge)
        for source, target, edge in edges
    ]


def _session(source: object, target: object, edge: dict[str, Any], day: date | None) -> str:
    if given := edge.get("session"):
        return str(given)
    if day is None:
        raise InputError(f"The edge {source} - {target} has neither a session nor a day.")
    return str(day.year)
