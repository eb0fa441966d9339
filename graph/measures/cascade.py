"""Who is drawn in by obligations to those who already are. Owns the rule of the cascade."""

import math
from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError, NotFoundError
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows


@dataclass(frozen=True, slots=True)
class DrawnIn:
    """An actor that is drawn in.

    Attributes:
        node: the actor.
        step: round in which it is; 0 for those with whom it begins.
        share: of those it owes something, the share that was in by then; None at step 0.
        owed_to: these, joined by `|`.
        owes_against: those on the other side to whom it owes something too, joined by `|`.
        acts: ids of the obligations, joined by `|`.
    """

    node: str
    step: int
    share: float | None
    owed_to: str
    owes_against: str
    acts: str


@dataclass(frozen=True, slots=True)
class Cascade:
    """Who is drawn in.

    Attributes:
        n: actors that owe something to somebody.
        threshold: the share that draws in whoever has none of its own.
        steps: rounds until nobody else is.
        drawn_in: by step and name.
        not_drawn_in: actors that owe something and stay out, sorted.
    """

    n: int
    threshold: float
    steps: int
    drawn_in: tuple[DrawnIn, ...]
    not_drawn_in: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each actor drawn in."""
        return Rows.of(DrawnIn.__slots__, self.drawn_in)


@measure("cascade", Group.WHAT_IF, "Whom would obligations draw in?")
def cascade(
    graph: "nx.Graph[Any]",
    *,
    start: Annotated[str, "those with whom it begins, joined by |"] = "",
    against: Annotated[str, "the other side, never drawn in, joined by |"] = "",
    threshold: Annotated[float, "share of those owed that must be in, 0 to 1; 0: any one"] = 0.0,
    kinds: Annotated[str, "kinds of obligation that count, joined by |"] = "defence|offence",
) -> Cascade:
    """Chain-ganging: actors drawn in by what they owe to those who already are.

    Definition: edges go from who owes help to whom it is owed, with the `kind` of obligation;
    edges without a kind all count. It begins with those attacked. In each round everybody is
    drawn in who owes help to somebody who is in, where these are at least the share
    `threshold` of all to whom it owes help. The node attribute `threshold` takes its place for
    that node. A threshold of 0 is the tightest chain; near 1 others are left to bear the
    burden.

    Formula: i enters when k > 0 and k / d >= threshold, with d the actors to whom i owes help
    and k those of them who are in. Whoever is in stays in, so that a higher threshold never
    draws in more, and the order of entry does not change who is.

    Degenerate cases: whoever owes nobody help is never drawn in. Dates, triggers and requests
    are not looked at: choose the network by day and treaty; `obligations` has the rest.

    Reference: Watts (2002), PNAS 99, 5766-5771 (threshold cascades); Christensen and Snyder
    (1990), International Organization 44, 137-168 (chain gangs and passed bucks).

    Raises:
        InputError: nobody to begin with, somebody on both sides, a threshold outside 0 to 1,
            or the graph has no direction.
        NotFoundError: one to begin with, or of the other side, is not in the graph.
    """
    if not graph.is_directed():
        raise InputError("Who owes whom must be known; give a graph with a direction.")
    if not 0 <= threshold <= 1:
        raise InputError(f"threshold is {threshold}; give a share from 0 to 1.")
    known = {str(node): node for node in graph}
    sides = [_named(text, known) for text in (start, against)]
    if not sides[0]:
        raise InputError("A cascade begins with somebody; name those attacked as start.")
    if both := sides[0] & sides[1]:
        raise InputError(f"{', '.join(sorted(both))} cannot be on both sides.")
    limits = {name: _limit(graph, node, threshold) for name, node in known.items()}
    owed = _owed(graph, kinds)
    drawn = {name: DrawnIn(name, 0, None, "", "", "") for name in sides[0]}
    step = 0
    while True:
        found = [
            _entry(owed[name], drawn.keys(), sides[1], name, step + 1)
            for name in sorted(owed.keys() - drawn.keys() - sides[1])
            if _is_drawn_in(owed[name].keys(), drawn.keys(), limits[name])
        ]
        if not found:
            break
        step += 1
        drawn |= {one.node: one for one in found}
    return Cascade(
        n=len(owed),
        threshold=threshold,
        steps=step,
        drawn_in=tuple(sorted(drawn.values(), key=lambda one: (one.step, one.node))),
        not_drawn_in=tuple(sorted(owed.keys() - drawn.keys() - sides[1])),
    )


def _is_drawn_in(owed: Any, drawn: Any, limit: float) -> bool:
    inside = len(owed & drawn)
    return inside > 0 and inside >= limit * len(owed)


def _entry(
    owed: dict[str, set[str]], drawn: Any, against: frozenset[str], name: str, step: int
) -> DrawnIn:
    inside = sorted(owed.keys() & drawn)
    acts = sorted({act for other in inside for act in owed[other]})
    other_side = "|".join(sorted(owed.keys() & against))
    return DrawnIn(
        name, step, len(inside) / len(owed), "|".join(inside), other_side, "|".join(acts)
    )


def _named(text: str, known: dict[str, Any]) -> frozenset[str]:
    names = frozenset(part.strip() for part in text.split("|")) - {""}
    if unknown := sorted(names - known.keys()):
        raise NotFoundError(f"'{unknown[0]}' is not in this network; name an actor that is.")
    return names


def _limit(graph: "nx.Graph[Any]", node: Any, threshold: float) -> float:
    given = graph.nodes[node].get("threshold")
    if given is None:
        return threshold
    try:
        limit = float(given)
    except (TypeError, ValueError):
        limit = math.nan
    if not 0 <= limit <= 1:
        raise InputError(f"The threshold of {node} is '{given}'; give a share from 0 to 1.")
    return limit


def _owed(graph: "nx.Graph[Any]", kinds: str) -> dict[str, dict[str, set[str]]]:
    """To whom each actor owes help, and by which obligations."""
    counted = {part.strip() for part in kinds.split("|")} - {""}
    owed: dict[str, dict[str, set[str]]] = {}
    for source, target, edge in graph.edges(data=True):
        if source == target or ("kind" in edge and edge["kind"] not in counted):
            continue
        acts = {part for part in str(edge.get("acts", "")).split("|") if part}
        owed.setdefault(str(source), {}).setdefault(str(target), set()).update(acts)
    return owed
