"""Who is central: by degree, paths and eigenvectors, on signed ties or on positive ones.

Owns one number for each node. `signed.py` says what the sign of a pair is. A measure that
knows no signs takes the positive ties only, each of length 1, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule, signed_arrays, signed_graph

Rule = Annotated[SignRule, "how the edges of a pair become one sign"]
Matrix = NDArray[np.float64]
# A dense matrix of so many nodes takes 200 MB.
_MOST_NODES = 5000
# Of vectors of length 1.
_ROUNDING = 1e-12
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Score:
    """The number of one node; None where the measure is not defined for it."""

    node: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """One number for each node.

    Attributes:
        scores: node and value, in the order of the nodes; None where it is not defined.
    """

    scores: tuple[Score, ...]

    def table(self) -> Rows:
        """One row for each node, the highest number first."""
        ordered = sorted(
            self.scores, key=lambda one: (one.value is None, -(one.value or 0.0), one.node)
        )
        return Rows(("node", "value"), ((one.node, one.value) for one in ordered))


@dataclass(frozen=True, slots=True)
class EigenScores(Scores):
    """The entries of an eigenvector.

    Attributes:
        scores: node and value, in the order of the nodes.
        eigenvalue: to which it belongs; 0 without ties. Where it is below 0, as only signed
            ties make it, a friend has the other sign, and signs do not tell camps.
    """

    eigenvalue: float


@dataclass(frozen=True, slots=True)
class NodeDegree:
    """The ties of one node by sign; unsigned are those whose signs are none or cancel out."""

    node: str
    positive: int
    negative: int
    unsigned: int


@dataclass(frozen=True, slots=True)
class Degrees:
    """The ties of each node by sign.

    Attributes:
        degrees: node, positive, negative and unsigned, in the order of the nodes.
    """

    degrees: tuple[NodeDegree, ...]

    def table(self) -> Rows:
        """One row for each node."""
        return Rows(
            ("node", "positive", "negative", "net", "unsigned"),
            (
                (one.node, one.positive, one.negative, one.positive - one.negative, one.unsigned)
                for one in self.degrees
            ),
        )


@measure("degree", Group.CENTRALITY, "How many friends and foes has each?")
def signed_degree(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> Degrees:
    """Degree by sign.

    Definition: the neighbours tied by a positive and by a negative edge, and by edges that
    make no sign, for acts may have none or cancel out. Neighbours are counted, not edges: two
    treaties with one partner are one. Obligations and memberships weigh 1 and count as positive.

    Formula: p(i) = number of j with s(i, j) = 1; n(i) with -1; net = p - n; unsigned = number
    of j with an edge to or from i, less p and n.

    Degenerate cases: 0 for a node without ties; no row for the empty graph.

    Reference: Freeman (1979), Social Networks 1.

    Raises:
        InputError: a sign is no finite number.
    """
    signed = signed_graph(graph, rule)
    rows = []
    for node in signed:
        signs = [int(edge["sign"]) for edge in signed.adj[node].values()]
        tied = len(set(nx.all_neighbors(graph, node)) - {node})
        rows.append(NodeDegree(str(node), signs.count(1), signs.count(-1), tied - len(signs)))
    return Degrees(tuple(rows))


@measure("betweenness", Group.CENTRALITY, "Who stands on the shortest ways of friends?")
def betweenness(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> Scores:
    """Betweenness on positive ties, each of length 1.

    Definition: the share of the shortest paths between two others that pass a node.

    Formula: sum over pairs of paths(s, t through i) / paths(s, t), divided by
    (n - 1)(n - 2) / 2.

    Degenerate cases: 0 for all nodes of a graph of fewer than three.

    Reference: Freeman (1977), Sociometry 40; Brandes (2001), J. of Mathematical Sociology 25.

    Raises:
        InputError: a sign is no finite number.
    """
    from comity.graph.measures.shortest_paths import betweenness_centrality

    return _scores(betweenness_centrality(positive_ties(graph, rule)))


@measure("closeness", Group.CENTRALITY, "Who is near to all over ties of friends?")
def closeness(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> Scores:
    """Closeness on positive ties, each of length 1.

    Definition: the inverse mean distance to the nodes that can be reached, times the share
    of nodes that can be reached.

    Formula: (r / (n - 1)) (r / sum of distances), with r nodes reached.

    Degenerate cases: 0 for a node without positive ties.

    Reference: Freeman (1979), Social Networks 1; Wasserman and Faust (1994), eq. 5.22.

    Raises:
        InputError: a sign is no finite number.
    """
    from comity.graph.measures.shortest_paths import closeness_centrality

    return _scores(closeness_centrality(positive_ties(graph, rule)))


@measure("pagerank", Group.CENTRALITY, "Who is befriended by those with friends?")
def pagerank(
    graph: "nx.Graph[Any]",
    *,
    rule: Rule = SignRule.SUM,
    damping: Annotated[float, "how often the walk goes on; above 0, below 1"] = 0.85,
) -> Scores:
    """PageRank on positive ties, each of weight 1.

    Definition: how often a walk along ties is at a node that starts anew, anywhere, with
    probability 1 - damping.

    Formula: x = damping M x + (1 - damping) / n, with M the ties over the degree.

    Degenerate cases: 1 / n for each of n nodes where there are no positive ties.

    Reference: Brin and Page (1998), Computer Networks 30.

    Raises:
        InputError: a sign is no finite number, or `damping` is not between 0 and 1.
    """
    from comity.graph.measures.stationary import pagerank as walk

    if not 0 < damping < 1:
        raise InputError(f"damping is {damping}; give a number above 0 and below 1.")
    return _scores(walk(positive_ties(graph, rule), alpha=damping, max_iter=1000))


@measure("constraint", Group.BROKERAGE, "Whose friends are tied to each other?")
def constraint(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> Scores:
    """Burt's constraint on positive ties: low for a broker between others.

    Definition: how far the ties of a node lead to the same few others.

    Formula: sum over j of (p(i, j) + sum over q of p(i, q) p(q, j)) squared, with p the
    share of a tie in all ties of a node.

    Degenerate cases: no value for a node without positive ties.

    Reference: Burt (1992), Structural Holes.

    Raises:
        InputError: a sign is no finite number.
    """
    positive = positive_ties(graph, rule)
    return _scores(nx.constraint(positive) if len(positive) else {})


@measure("eigenvector", Group.CENTRALITY, "Who is befriended by the central ones?")
def eigenvector(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> EigenScores:
    """Eigenvector centrality on positive ties, each of weight 1; the vector has length 1.

    Definition: the centrality of a node is that of its friends, added up.

    Formula: A x = l x, with the largest eigenvalue l.

    Degenerate cases: 0 for all nodes without ties, and for all outside of the part with the
    largest eigenvalue; refused where several parts have it.

    Reference: Bonacich (1987), American J. of Sociology 92.

    Raises:
        InputError: a sign is no finite number, the vector is not determined, or the graph
            has more than 5000 nodes.
    """
    nodes, matrix = _matrix(graph, rule)
    vector, value = _leading(np.maximum(matrix, 0))
    return _eigenscores(nodes, np.abs(vector), value)


@measure("signed-eigenvector", Group.CENTRALITY, "Who is a friend of the central ones?")
def signed_eigenvector(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> EigenScores:
    """Eigenvector centrality on signed ties; the largest entry is 1.

    Definition: the eigenvector of the signed matrix to the eigenvalue of largest size, the
    positive one of two of the same size. Where the eigenvalue is above 0, as in every balanced
    network, the other camp is below 0; where it is below 0, foes share a sign instead and only
    the sizes say something.

    Formula: S x = l x, divided by the entry of largest size.

    Degenerate cases: 0 for all nodes without ties; refused where the eigenvalue belongs to
    several vectors, as with two like parts that are not connected.

    Reference: Bonacich and Lloyd (2004), Social Networks 26.

    Raises:
        InputError: a sign is no finite number, the vector is not determined, or the graph
            has more than 5000 nodes.
    """
    nodes, matrix = _matrix(graph, rule)
    vector, value = _leading(matrix)
    # The first of those of largest size, so that rounding decides nothing.
    sizes = np.abs(vector)
    if value:
        vector = vector / vector[np.flatnonzero(sizes > sizes.max() - _NEAR)[0]]
    return _eigenscores(nodes, vector, value)


def _leading(matrix: Matrix) -> tuple[Matrix, float]:
    """The eigenvector to the eigenvalue of largest size, and that; zeros without ties."""
    if not matrix.any():
        return np.zeros(len(matrix)), 0.0
    values, vectors = np.linalg.eigh(matrix)
    most = values[-1] if values[-1] >= -values[0] - _NEAR else values[0]
    places = np.flatnonzero(np.abs(values - most) < _NEAR * max(1.0, abs(most)))
    if len(places) > 1:
        raise InputError(
            "The eigenvector is not determined: several vectors belong to the largest "
            "eigenvalue. Measure the parts of the network one by one, or ask for pn."
        )
    vector = vectors[:, places[0]]
    # What is less is rounding, which differs from machine to machine.
    return np.where(np.abs(vector) < _ROUNDING, 0.0, vector), float(most)


def _eigenscores(nodes: tuple[Any, ...], vector: Matrix, value: float) -> EigenScores:
    return EigenScores(
        _scores(dict(zip(nodes, (vector + 0.0).tolist(), strict=True))).scores, value
    )


@measure("pn", Group.CENTRALITY, "Who has friends with friends, and few foes?")
def pn_index(graph: "nx.Graph[Any]", *, rule: Rule = SignRule.SUM) -> Scores:
    """The PN index: friends raise it, foes lower it, and those of others count less.

    Definition: the status of a node from positive ties P and negative ties N of all lengths.

    Formula: (I - (P - 2 N) / (2 n - 2))^-1 1.

    Degenerate cases: 1 for a node without ties; two nodes with a negative tie are refused,
    for there the matrix has no inverse.

    Reference: Everett and Borgatti (2014), Social Networks 38.

    Raises:
        InputError: a sign is no finite number, the network is two foes, or the graph has
            more than 5000 nodes.
    """
    nodes, matrix = _matrix(graph, rule)
    size = len(nodes)
    if size < 2:
        return _scores(dict.fromkeys(nodes, 1.0))
    if size == 2 and matrix.min() < 0:
        raise InputError("The PN index of two foes alone is not defined; give a larger network.")
    weighted = np.where(matrix < 0, 2 * matrix, matrix) / (2 * size - 2)
    found = np.linalg.solve(np.eye(size) - weighted, np.ones(size))
    return _scores(dict(zip(nodes, found.tolist(), strict=True)))


def positive_ties(graph: "nx.Graph[Any]", rule: SignRule) -> "nx.Graph[Any]":
    """All nodes with the positive ties only, which have no weight."""
    signed = signed_graph(graph, rule)
    made: nx.Graph[Any] = nx.Graph()
    made.add_nodes_from(signed)
    made.add_edges_from((a, b) for a, b, edge in signed.edges(data=True) if edge["sign"] > 0)
    return made


def _matrix(graph: "nx.Graph[Any]", rule: SignRule) -> tuple[tuple[Any, ...], Matrix]:
    arrays = signed_arrays(signed_graph(graph, rule))
    size = len(arrays.nodes)
    if size > _MOST_NODES:
        raise InputError(
            f"This measure needs a whole matrix and takes up to {_MOST_NODES} nodes; this "
            f"graph has {size}: choose a shorter window, or ask for degree."
        )
    matrix = np.zeros((size, size))
    matrix[arrays.left, arrays.right] = matrix[arrays.right, arrays.left] = arrays.sign
    return arrays.nodes, matrix


def _scores(found: Mapping[Any, float]) -> Scores:
    # What is not defined comes as NaN, which no JSON can hold.
    return Scores(
        tuple(
            Score(str(node), None if np.isnan(value) else float(value))
            for node, value in found.items()
        )
    )
