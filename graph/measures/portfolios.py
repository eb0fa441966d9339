"""Which nodes of a network have alike portfolios.

Owns what the portfolio of a node is: its row of ties, as ratings of partners on a scale. How
two portfolios are compared is in `similarity.py`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from statistics import fmean
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError, NotFoundError, TooLargeError
from comity.graph.measures.ballots import position_of
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.similarity import similarity

_MOST_PAIRS = 20_000
# The types of the Correlates of War's alliances, from which the ratings of S come: I defence,
# II neutrality or non-aggression, III entente.
PLEDGES = {"defence": 3, "offence": 3, "neutrality": 2, "non-aggression": 2, "consultation": 1}


class Ratings(StrEnum):
    """What the rating of a partner is."""

    GIVEN = "given"
    GIVEN_OR_LOWEST = "given-or-lowest"
    PLEDGES = "pledges"


class SelfTies(StrEnum):
    """How the two that are compared count as partners."""

    AS_GIVEN = "as-given"
    LEFT_OUT = "left-out"
    OWN_ALLY = "own-ally"


@dataclass(frozen=True, slots=True)
class PairSimilarity:
    """How alike two nodes are; the numbers are those of `Similarity`.

    Attributes:
        source: the one node.
        target: the other.
        n: partners that both rate.
        left_out: partners that are not compared, since one of the two does not rate them.
    """

    source: str
    target: str
    n: int
    left_out: int
    s: float
    s_squared: float
    pi: float | None
    pi_squared: float | None
    kappa: float | None
    kappa_squared: float | None
    kappa_binary: float | None
    tau_b: float | None


@dataclass(frozen=True, slots=True)
class PortfolioSimilarity:
    """How alike nodes are, pair by pair.

    Attributes:
        n: nodes with a portfolio.
        partners: nodes that somebody rates.
        without_common: pairs that rate no partner in common, which are left out.
        pairs: by names.
    """

    n: int
    partners: int
    without_common: int
    pairs: tuple[PairSimilarity, ...]

    def table(self) -> Rows:
        """One row for each pair."""
        return Rows.of(PairSimilarity.__slots__, self.pairs)


@measure("similarity", Group.SIMILARITY, "Whose portfolios are alike?")
def portfolio_similarity(
    graph: "nx.Graph[Any]",
    *,
    focus: Annotated[str, "only pairs with this node; else all pairs"] = "",
    ratings: Annotated[Ratings, "what the rating of a partner is"] = Ratings.GIVEN,
    lowest: Annotated[float, "lowest rating possible"] = -1.0,
    highest: Annotated[float, "highest rating possible"] = 1.0,
    self_ties: Annotated[
        SelfTies, "how the two count as partners of each other"
    ] = SelfTies.AS_GIVEN,
    weights: Annotated[str, "node attribute that weighs partners; else all alike"] = "",
) -> PortfolioSimilarity:
    """How alike the ties of two nodes are to the same partners.

    Definition: the portfolio of a node is its row of ties: toward whom its edges go (all its
    edges where the graph has no direction; where nodes carry `bipartite`, those with 0 have
    portfolios). Rows may be alliances, roll calls or stances. A rating is the mean `sign`, else
    `weight`, of the edges to a partner; an edge with neither is none, one of the kind abstain 0. With `given` a partner without a tie is missing and
    is not compared; with `given-or-lowest` it has the lowest rating. `pledges` reads `kind` of
    obligations and takes the strongest: defence or offence 3, neutrality or non-aggression 2,
    consultation 1, none 0, put on the scale from lowest to highest. Partners are all nodes that
    somebody rates.

    Formula: with d the distance of two ratings and L the length of the scale,
    S = 1 - 2 * mean(d) / L, s_squared = 1 - 2 * mean(d squared) / L squared. pi and kappa are
    1 - mean(d) / (mean of d expected by chance); chance is the pooled distribution of
    ratings for pi, each one's own for kappa; kappa_binary asks only whether there is a tie
    above the lowest. tau_b is Kendall's; weights do not enter it.

    Degenerate cases: null where chance expects no distance, or where one rates all alike; pairs
    without a common partner are counted and left out; more than 20,000 pairs are refused.
    `self_ties`: as the edges say, left out, or each its own ally with the highest rating, as
    Signorino and Ritter have it.

    Reference: Bueno de Mesquita (1975), J. of Conflict Resolution 19 (tau-b); Signorino and
    Ritter (1999), International Studies Quarterly 43, 115-144 (S); Häge (2011), Political
    Analysis 19, 287-305 (pi, kappa).

    Raises:
        NotFoundError: the graph has no such focus.
        InputError: the scale is empty, a rating is outside of it or no finite number, or a
            weight is missing or no number.
        TooLargeError: there are too many pairs.
    """
    rows = _portfolios(graph, ratings, lowest, highest)
    if focus and focus not in rows:
        raise NotFoundError(f"'{focus}' has no tie in this network; name a node that has one.")
    partners = sorted({partner for row in rows.values() for partner in row})
    if ratings is not Ratings.GIVEN:
        rows = {node: dict.fromkeys(partners, lowest) | row for node, row in rows.items()}
    if self_ties is SelfTies.OWN_ALLY:
        rows = {node: {**row, node: highest} for node, row in rows.items()}
    pairs = _pairs(sorted(rows), focus)
    weight = _weights(graph, weights) if weights else None
    compared: list[PairSimilarity] = []
    for one, other in pairs:
        themselves = (one, other) if self_ties is SelfTies.LEFT_OUT else ()
        if not (rows[one].keys() & rows[other].keys()) - set(themselves):
            continue
        found = similarity(
            rows[one],
            rows[other],
            lowest=lowest,
            highest=highest,
            weights=weight,
            self_ties=themselves,
        )
        numbers = [getattr(found, name) for name in PairSimilarity.__slots__[4:]]
        compared.append(PairSimilarity(one, other, found.n, len(found.left_out), *numbers))
    return PortfolioSimilarity(
        len(rows), len(partners), len(pairs) - len(compared), tuple(compared)
    )


def _pairs(nodes: list[str], focus: str) -> list[tuple[str, str]]:
    if focus:
        return [(focus, node) for node in nodes if node != focus]
    count = math.comb(len(nodes), 2)
    if count > _MOST_PAIRS:
        raise TooLargeError(
            f"{len(nodes)} nodes make {count} pairs, more than {_MOST_PAIRS}; name one as focus."
        )
    return list(combinations(nodes, 2))


def _portfolios(
    graph: "nx.Graph[Any]", ratings: Ratings, lowest: float, highest: float
) -> dict[str, dict[str, float]]:
    values: dict[str, dict[str, list[float]]] = {}
    for source, target, edge in _directed_edges(graph):
        if ratings is Ratings.PLEDGES:
            rank = PLEDGES.get(str(edge.get("kind", "")))
            if rank is None:
                continue
            value = lowest + (highest - lowest) * rank / 3
        else:
            position = position_of(source, target, edge)
            if position is None:
                continue
            value = position
        values.setdefault(str(source), {}).setdefault(str(target), []).append(value)
    if ratings is Ratings.PLEDGES and not values:
        raise InputError(
            f"No edge has a pledge for its kind; pledges are {', '.join(sorted(PLEDGES))}."
        )
    one_of = max if ratings is Ratings.PLEDGES else fmean
    return {
        source: {target: one_of(found) for target, found in row.items()}
        for source, row in values.items()
    }


def _directed_edges(graph: "nx.Graph[Any]") -> Iterable[tuple[Any, Any, dict[str, Any]]]:
    """Each edge from the one who rates; both ways where the graph has no direction."""
    sides = nx.get_node_attributes(graph, "bipartite")
    for source, target, edge in graph.edges(data=True):
        if graph.is_directed() or sides.get(source, 0) == 0:
            yield source, target, edge
        if not graph.is_directed() and source != target and sides.get(target, 0) == 0:
            yield target, source, edge


def _weights(graph: "nx.Graph[Any]", attribute: str) -> dict[str, float]:
    """The weight of each node that has one; `similarity` refuses what is missing or negative."""
    found: dict[str, float] = {}
    for node, given in nx.get_node_attributes(graph, attribute).items():
        try:
            found[str(node)] = float(given)
        except (TypeError, ValueError):
            raise InputError(
                f"The weight of '{node}', {attribute}, is '{given}'; give a number."
            ) from None
    return found
