"""Compiles every compiled function before somebody waits for it.

Owns a tiny network and who is called with it: the measures themselves, so that the types are
those of every later call. `make setup` runs it as `python -m comity.graph.measures.ahead`;
`compiled.py` says where the result is kept.
"""

from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise

import networkx as nx

from comity.graph.measures.registry import find_measure
from comity.graph.measures.shortest_paths import all_pairs_shortest_path_length

# What takes longest stands first, so that two processors end together.
_MEASURES = ("frustration", "leiden", "louvain", "betweenness", "closeness", "triads")


def compile_ahead() -> None:
    """Calls whatever is compiled once, on all processors."""
    with ProcessPoolExecutor() as pool:
        for done in [*(pool.submit(_measure, name) for name in _MEASURES), pool.submit(_lengths)]:
            done.result()


def _measure(name: str) -> None:
    find_measure(name).function(_network())


def _lengths() -> None:
    dict(all_pairs_shortest_path_length(_network()))


def _network() -> "nx.Graph[str]":
    """A triangle with one negative edge, so that a proof is looked for."""
    graph: nx.Graph[str] = nx.Graph()
    for (one, other), sign in zip(pairwise("abca"), (1, 1, -1), strict=True):
        graph.add_edge(one, other, sign=sign)
    return graph


if __name__ == "__main__":
    compile_ahead()
