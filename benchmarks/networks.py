"""Invented signed networks, the same for the same seed. Owns how they are drawn."""

import networkx as nx
import numpy as np

Graph = nx.Graph  # of whole numbers, with `sign` and `weight` on the edges


def two_blocs(nodes: int, ties: int, noise: float, seed: int, skew: float = 0.5) -> Graph:
    """Two camps drawn by lot; a share of the signs is turned around.

    Args:
        nodes: how many.
        ties: different pairs.
        noise: share of ties whose sign is turned; 0.5 is no camps at all.
        seed: of all that is drawn.
        skew: the i-th node is drawn with a chance of i to the power of -skew.
    """
    chance = np.random.default_rng(seed)
    drawn = np.arange(1, nodes + 1) ** -skew
    drawn /= drawn.sum()
    pairs = np.zeros(0, dtype=np.int64)
    while len(pairs) < ties:
        one = chance.choice(nodes, 2 * ties, p=drawn)
        other = chance.choice(nodes, 2 * ties, p=drawn)
        key = np.minimum(one, other) * nodes + np.maximum(one, other)
        pairs = np.concatenate([pairs, key[one != other]])
        pairs = pairs[np.sort(np.unique(pairs, return_index=True)[1])]
    left, right = np.divmod(pairs[:ties], nodes)
    camp = chance.choice((1, -1), nodes)
    sign = camp[left] * camp[right] * np.where(chance.random(ties) < noise, -1, 1)
    weight = chance.random(ties)
    graph = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(
        (a, b, {"sign": s, "weight": w})
        for a, b, s, w in zip(
            left.tolist(), right.tolist(), sign.tolist(), weight.tolist(), strict=True
        )
    )
    return graph
