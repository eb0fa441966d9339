"""Whether two relations of the same actors go together, beyond what who is who explains.

Owns the quadratic assignment procedure. `significance.py` owns draws and what they say.
"""

from math import sqrt
from typing import Annotated, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError, ParameterError
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.signed import sign_of
from comity.graph.measures.significance import Draws, NullTest, Seconds, Seed, compared

# A matrix of so many nodes takes 200 MB.
_MOST_NODES = 5000
_LEAST_NODES = 3


@measure("qap", Group.SIGNIFICANCE, "Do two relations go together?")
def qap(
    graph: "nx.Graph[Any]",
    *,
    first: Annotated[str, "the one relation; where there are two, may be left out"] = "",
    second: Annotated[str, "the other relation"] = "",
    draws: Draws = 1000,
    seed: Seed = 1,
    seconds: Seconds = 60.0,
) -> NullTest:
    """The correlation of two relations, and the same with the nodes of one shuffled.

    Definition: edges say in `relation` which relation they are of; the value of an ordered
    pair in a relation is the sum of its edges' `sign`, else `weight`, else 1 for each, and 0
    without an edge. Shuffling the nodes of one matrix keeps its structure and breaks its tie
    to the other.

    Formula: Pearson's r over all ordered pairs of two nodes; p = (1 + draws with as much or
    more) / (1 + draws), `at_most` with as much or less.

    Degenerate cases: refused with fewer than three nodes, or where a relation has one value
    for all pairs; in a graph without direction each edge goes both ways.

    Reference: Hubert (1987), Assignment Methods; Krackhardt (1988), Social Networks 10.

    Raises:
        InputError: a value is no finite number, a relation does not vary, there are fewer
            than 3 or more than 5000 nodes, or `draws` or `seconds` is too small.
        ParameterError: no edge is of a relation, or it is not clear which two are meant.
    """
    size = len(graph)
    if not _LEAST_NODES <= size <= _MOST_NODES:
        raise InputError(
            f"QAP compares matrices of {_LEAST_NODES} to {_MOST_NODES} nodes; this graph has "
            f"{size}: choose another window."
        )
    names = _two_relations(graph, first, second)
    one, other = (_matrix(graph, name) for name in names)
    rows, columns = np.nonzero(other)
    values = other[rows, columns]
    cells = size * (size - 1)
    products = one.sum() * other.sum() / cells
    spread = sqrt(
        (np.square(one).sum() - one.sum() ** 2 / cells)
        * (np.square(other).sum() - other.sum() ** 2 / cells)
    )

    def correlation(order: NDArray[np.int64]) -> float:
        return float((values @ one[order[rows], order[columns]] - products) / spread)

    return compared(
        correlation(np.arange(size)),
        lambda random: correlation(random.permutation(size)),
        n=size,
        draws=draws,
        seed=seed,
        seconds=seconds,
    )


def _two_relations(graph: "nx.Graph[Any]", first: str, second: str) -> tuple[str, str]:
    given = (edge.get("relation") for _, _, edge in graph.edges(data=True))
    there = sorted({str(name) for name in given if name})
    names = (first, second) if first or second else tuple(there)
    if len(names) != 2 or names[0] == names[1] or not set(names) <= set(there):
        raise ParameterError(
            f"QAP compares two relations and was given {' and '.join(names) or 'none'}; "
            f"relations of the edges: {', '.join(there) or 'none'}.",
            parameter="first",
            got=first,
            expected=", ".join(there),
        )
    return names[0], names[1]


def _matrix(graph: "nx.Graph[Any]", relation: str) -> NDArray[np.float64]:
    place = {node: index for index, node in enumerate(graph)}
    made = np.zeros((len(place), len(place)))
    for source, target, edge in graph.edges(data=True):
        if source == target or edge.get("relation") != relation:
            continue
        valued = "sign" in edge or "weight" in edge
        value = sign_of(source, target, edge) if valued else 1.0
        made[place[source], place[target]] += value
        if not graph.is_directed():
            made[place[target], place[source]] += value
    off = made[~np.eye(len(place), dtype=bool)]
    if off.min() == off.max():
        raise InputError(
            f"The relation {relation} has the value {off.min():g} for all pairs, so it goes "
            "together with nothing; choose another relation or window."
        )
    return made
