"""Communities of a signed network: friends together, foes apart.

Owns signed modularity, its search by moves, and the spectral division SPONGE. `blocks.py`
counts the edges against a division into a given number of blocks.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError
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

    Definition: a division that no move of a node or of a community to a neighbour's makes
    more modular, where positive and negative ties are each compared with what the degrees
    of their sign lead one to expect; another seed may find another.

    Formula: Q = sum over pairs in one community of (s(i, j) - p(i) p(j) / 2 w+ + n(i) n(j)
    / 2 w-), over 2 w+ + 2 w-, with p and n the degrees by sign and w the ties by sign.

    Degenerate cases: each node alone, and no modularity, where there are no ties; Newman's
    modularity where no tie is negative.

    Reference: Gómez, Jensen and Arenas (2009), Physical Review E 80, 016114; Traag and
    Bruggeman (2009), Physical Review E 80, 036115; the search is that of Blondel et al.
    (2008), J. of Statistical Mechanics P10008.

    Raises:
        InputError: a sign is no finite number, or `starts` is below 1.
    """
    if starts < 1:
        raise InputError(f"starts is {starts}; give 1 or more.")
    arrays = signed_arrays(signed_graph(graph, rule))
    if not len(arrays.sign):
        return divided(arrays.nodes, range(len(arrays.nodes)), None)
    random = np.random.default_rng(seed)
    found = [_Search(arrays).run(random) for _ in range(starts)]
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


class _Search:
    """Louvain on signed ties: nodes move, then communities become nodes."""

    def __init__(self, arrays: SignedArrays) -> None:
        size = len(arrays.nodes)
        self.near: list[dict[int, float]] = [{} for _ in range(size)]
        self.degrees = np.zeros((2, size))
        for left, right, sign in zip(
            arrays.left.tolist(), arrays.right.tolist(), arrays.sign.tolist(), strict=True
        ):
            self.near[left][right] = self.near[right][left] = sign
            self.degrees[int(sign < 0), [left, right]] += 1
        self.ends = self.degrees.sum(axis=1)

    def run(self, random: np.random.Generator) -> Ints:
        """The number of the community of each node, from 0."""
        community = np.arange(len(self.near))
        while True:
            # From the nodes again each time: a node may gain once communities are joined.
            order = random.permutation(len(self.near)).tolist()
            moved = self._moved(self.near, self.degrees, community.tolist(), order)
            names, community = np.unique(moved, return_inverse=True)
            joined: list[dict[int, float]] = [{} for _ in names]
            place = community.tolist()
            for node, ties in enumerate(self.near):
                to = joined[place[node]]
                for other, sign in ties.items():
                    to[place[other]] = to.get(place[other], 0.0) + sign
            degrees = _added_up(self.degrees, community, len(names))
            order = random.permutation(len(names)).tolist()
            merged = self._moved(joined, degrees, list(range(len(names))), order)
            if len(set(merged)) == len(names):
                return community
            community = np.array(merged)[community]

    def _moved(
        self,
        near: Sequence[dict[int, float]],
        degrees: Floats,
        community: list[int],
        order: list[int],
    ) -> list[int]:
        """Communities once no node gains by going to a neighbour's or to one of its own."""
        plus, minus = (
            (of_sign / max(ends, 1.0)).tolist()
            for of_sign, ends in zip(degrees, self.ends, strict=True)
        )
        own_plus, own_minus = degrees.tolist()
        inside_plus, inside_minus = _added_up(degrees, community, len(near)).tolist()
        members = np.bincount(community, minlength=len(near)).tolist()
        free = [name for name, count in enumerate(members) if not count]
        moving = True
        while moving:
            moving = False
            for node in order:
                here = community[node]
                links: dict[int, float] = {here: 0.0}
                for other, sign in near[node].items():
                    if other != node:
                        links[community[other]] = links.get(community[other], 0.0) + sign
                inside_plus[here] -= own_plus[node]
                inside_minus[here] -= own_minus[node]
                gains = {
                    to: sign - plus[node] * inside_plus[to] + minus[node] * inside_minus[to]
                    for to, sign in links.items()
                }
                if members[here] > 1:
                    gains[free[-1]] = 0.0
                best = max(gains, key=gains.__getitem__)
                if gains[best] > gains[here] + _NEAR:
                    moving = True
                    if free and best == free[-1]:
                        free.pop()
                    members[here] -= 1
                    members[best] += 1
                    if not members[here]:
                        free.append(here)
                    community[node] = here = best
                inside_plus[here] += own_plus[node]
                inside_minus[here] += own_minus[node]
        return community


def _added_up(degrees: Floats, community: Ints | list[int], size: int) -> Floats:
    """The degrees by sign of communities."""
    return np.array([np.bincount(community, of_sign, size) for of_sign in degrees])


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
        random = np.random.default_rng(seed)
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
