"""Communities of a signed network: friends together, foes apart.

Owns signed modularity, the measures that make it large, and the spectral division SPONGE.
`moving.py` has the search; `blocks.py` counts the edges against a given number of blocks.
"""

from typing import Annotated, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError
from comity.graph.measures.chance import chance, check_starts
from comity.graph.measures.communities import Communities, divided
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.signed import Ints, SignedArrays, SignRule, signed_arrays, signed_graph

Rule = Annotated[SignRule, "how the edges of a pair become one sign"]
Floats = NDArray[np.float64]
# All eigenvalues of so many nodes take a quarter of a minute.
_MOST_NODES = 2000
# Runs of k-means, of which the tightest is kept.
_RUNS = 20
_NEAR = 1e-9


@measure("signed-modularity", Group.COMMUNITIES, "Which groups of friends have foes outside?")
def signed_modularity(
    graph: "nx.Graph[Any]",
    *,
    rule: Rule = SignRule.SUM,
    seed: Annotated[int, "the orders in which nodes are tried follow from it"] = 1,
    starts: Annotated[int, "searches from other orders, of which the best is kept"] = 10,
) -> Communities:
    """Communities by signed modularity: more friends and fewer foes inside than by chance.

    Definition: a division that no move of a node to a neighbour's community, or to one of its
    own, makes more modular, where positive and negative ties are each compared with what the degrees
    of their sign lead one to expect; another seed may find another.

    Formula: Q = sum over pairs in one community of (s(i, j) - p(i) p(j) / 2 w+ + n(i) n(j)
    / 2 w-), over 2 w+ + 2 w-, with p and n the degrees by sign and w the ties by sign.

    Degenerate cases: each node alone, and no modularity, where there are no ties; Newman's
    modularity where no tie is negative.

    Reference: Gómez, Jensen and Arenas (2009), Physical Review E 80, 016114; Traag and
    Bruggeman (2009), Physical Review E 80, 036115; the search is that of Traag, Waltman and
    van Eck (2019), Scientific Reports 9, 5233.

    Raises:
        InputError: a sign is no finite number, `starts` is not 1 to 10000, or `seed` is below 0.
    """
    check_starts(starts)
    return _most_modular(signed_arrays(signed_graph(graph, rule)), seed, starts)


@measure("leiden", Group.COMMUNITIES, "Which groups of friends hang together?")
def leiden(
    graph: "nx.Graph[Any]",
    *,
    rule: Rule = SignRule.SUM,
    seed: Annotated[int, "the orders in which nodes are tried follow from it"] = 1,
) -> Communities:
    """Leiden communities of the positive ties, each of weight 1: each of them is connected.

    Definition: a division that no move of a node to a neighbour's community, or to one of its
    own, makes more modular, found by Louvain's moves with a refinement after each round;
    another seed may find another.

    Formula: Q = sum over communities of (ties inside / m - (degrees / 2 m) squared).

    Degenerate cases: each node alone, and no modularity, where there are no positive ties.

    Reference: Traag, Waltman and van Eck (2019), Scientific Reports 9, 5233.

    Raises:
        InputError: a sign is no finite number, or `seed` is below 0.
    """
    arrays = signed_arrays(signed_graph(graph, rule))
    friends = arrays.sign > 0
    ties = (arrays.left[friends], arrays.right[friends], arrays.sign[friends])
    return _most_modular(SignedArrays(arrays.nodes, *ties), seed, starts=1)


def _most_modular(arrays: SignedArrays, seed: int, starts: int) -> Communities:
    from comity.graph.measures.moving import signed_communities

    if not len(arrays.sign):
        return divided(arrays.nodes, range(len(arrays.nodes)), None)
    random = chance(seed)
    found = [signed_communities(arrays, random) for _ in range(starts)]
    best = max(found, key=lambda community: modularity_of(arrays, community))
    return divided(arrays.nodes, best.tolist(), modularity_of(arrays, best))


def modularity_of(arrays: SignedArrays, community: Ints) -> float:
    """The signed modularity of a division, as `signed_modularity` defines it.

    Args:
        arrays: a network with one tie or more.
        community: the number of the community of each node, from 0.
    """
    inside = community[arrays.left] == community[arrays.right]
    total = 0.0
    for sign in (1, -1):
        of_sign = arrays.sign == sign
        ends = np.concatenate([arrays.left[of_sign], arrays.right[of_sign]])
        if len(ends):
            degrees = np.bincount(community[ends]).astype(float)
            expected = (degrees @ degrees) / len(ends)
            total += sign * (2 * np.count_nonzero(inside & of_sign) - expected)
    return float(total) / (2 * len(arrays.sign))


@measure("sponge", Group.COMMUNITIES, "Into which k groups does the spectrum divide it?")
def sponge(
    graph: "nx.Graph[Any]",
    *,
    rule: Rule = SignRule.SUM,
    k: Annotated[int, "number of groups, 2 or more"] = 2,
    seed: Annotated[int, "the centres that k-means begins with follow from it"] = 1,
) -> Communities:
    """SPONGE: k groups from the eigenvectors that cut few positive and many negative ties.

    Definition: k-means on the k first generalised eigenvectors of both normalised Laplacians,
    the symmetric variant of the method with both of its parameters 1. The k numbers of a node
    are scaled to length 1, which the paper does not do: without it nodes of few ties make
    groups of their own. The modularity given is the signed one.

    Formula: (L+ + I) v = l (L- + I) v, the k least l, with L = D^-1/2 (D - A) D^-1/2 for the
    ties of each sign; a node without ties of a sign has a row of zeros in L.

    Degenerate cases: each node alone where there are no more than k; no modularity without
    ties. Nodes without ties are given to some group: leave them out beforehand.

    Reference: Cucuringu, Davies, Glielmo and Tyagi (2019), SPONGE, AISTATS, PMLR 89.

    Raises:
        InputError: a sign is no finite number, `k` is below 2, or the graph has more than
            2000 nodes.
    """
    from scipy.cluster.vq import kmeans2, vq
    from scipy.linalg import eigh

    if k < 2:
        raise InputError(f"k is {k}; give 2 or more groups.")
    arrays = signed_arrays(signed_graph(graph, rule))
    size = len(arrays.nodes)
    if size > _MOST_NODES:
        raise InputError(
            f"SPONGE needs eigenvectors of a whole matrix and takes up to {_MOST_NODES} nodes; "
            f"this graph has {size}: choose a shorter window, or ask for signed-modularity."
        )
    groups = np.arange(size)
    if size > k:
        sides = [_laplacian(arrays, sign) + np.eye(size) for sign in (1, -1)]
        _, places = eigh(*sides, subset_by_index=[0, k - 1])
        places /= np.maximum(np.linalg.norm(places, axis=1, keepdims=True), _NEAR)
        random = chance(seed)
        found = []
        for _ in range(_RUNS):
            centres, labels = kmeans2(places, k, minit="++", rng=random, missing="raise")
            found.append((float(np.square(vq(places, centres)[1]).sum()), labels))
        groups = min(found, key=lambda one: one[0])[1]
    modularity = modularity_of(arrays, groups) if len(arrays.sign) else None
    return divided(arrays.nodes, groups.tolist(), modularity)


def _laplacian(arrays: SignedArrays, sign: int) -> Floats:
    """The normalised Laplacian of the ties of one sign."""
    size = len(arrays.nodes)
    left, right = arrays.left[arrays.sign == sign], arrays.right[arrays.sign == sign]
    degrees = np.bincount(np.concatenate([left, right]), minlength=size).astype(float)
    scale = 1 / np.sqrt(np.maximum(degrees, 1))
    made = np.diag((degrees > 0).astype(float))
    made[left, right] = made[right, left] = -scale[left] * scale[right]
    return made
