"""Measures of a network beside plain networkx, and the frustration index, in one run.

python -m benchmarks.measures [--windows FILE] [--quick]

FILE is a CSV with the columns window, source, target and sign, such as the 51 windows of
Correlates of War of Doreian and Mrvar (2015); without it that part is left out. Times are of
the processor, all threads. Functions are warm: called once on a small network before.
"""

import argparse
import csv
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import networkx as nx

from benchmarks.networks import two_blocs
from comity.graph.measures import frustration
from comity.graph.measures.moving import louvain_communities
from comity.graph.measures.shortest_paths import (
    all_pairs_shortest_path_length,
    betweenness_centrality,
    closeness_centrality,
)
from comity.graph.measures.signed import signed_arrays, signed_graph
from comity.graph.measures.snapshot import snapshot
from comity.graph.measures.stationary import eigenvector_centrality, pagerank
from comity.graph.measures.triangles import triangles_by_negative

WINDOWS = Path("data/bench/cow_doreian_mrvar_edges.csv")


def cpu(work: Callable[..., Any], *given: Any, times: int = 1, **named: Any) -> tuple[Any, float]:
    """What a call gives, and its seconds of processor time; the best of so many."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        found = work(*given, **named)
        best = min(best, time.process_time() - begun)
    return found, best


def naive_census(graph: nx.Graph) -> tuple[int, ...]:
    """Triangles by negative ties, in Python: each pair of neighbours that come later."""
    place = {node: number for number, node in enumerate(graph)}
    signs = {
        node: {near: edge["sign"] for near, edge in edges.items() if place[near] > place[node]}
        for node, edges in graph.adjacency()
    }
    counts = [0, 0, 0, 0]
    for later in signs.values():
        for other, sign in later.items():
            for third in signs[other].keys() & later.keys():
                counts[(sign < 0) + (signs[other][third] < 0) + (later[third] < 0)] += 1
    return tuple(counts)


def close(one: dict[Any, float], other: dict[Any, float]) -> bool:
    return all(abs(one[node] - other[node]) < 1e-9 for node in one)


def line(what: str, ours: float, theirs: float, aim: str, note: str = "") -> None:
    print(f"{what}: {ours:.4f} s, {theirs:.3f} s: {theirs / ours:.1f}x {aim} {note}".rstrip())


def beside_networkx(quick: bool) -> None:
    """Paths and walks."""
    graph = two_blocs(*((500, 5000) if quick else (2000, 20_000)), 0.3, seed=1)
    named = f"{len(graph)}/{graph.number_of_edges()}"
    print(f"snapshot {named}: {cpu(snapshot, graph)[1]:.4f} s")
    pairs: list[tuple[Any, Any, str]] = [
        (betweenness_centrality, nx.betweenness_centrality, "(aim: 15x)"),
        (closeness_centrality, nx.closeness_centrality, ""),
        (pagerank, nx.pagerank, ""),
        (eigenvector_centrality, nx.eigenvector_centrality, ""),
    ]
    for ours, theirs, aim in pairs:
        one, fast = cpu(ours, graph, times=3)
        other, slow = cpu(theirs, graph)
        assert close(one, other)
        line(f"{ours.__name__} {named}", fast, slow, aim)
    one, fast = cpu(lambda: dict(all_pairs_shortest_path_length(graph)))
    other, slow = cpu(lambda: dict(nx.all_pairs_shortest_path_length(graph)))
    assert one == other
    line(f"all_pairs_shortest_path_length {named}", fast, slow, "")


def triangles_and_communities(quick: bool) -> None:
    """The signed census beside plain Python, Louvain beside that of networkx."""
    graph = two_blocs(*((1000, 10_000) if quick else (10_000, 100_000)), 0.3, seed=1)
    named = f"{len(graph)}/{graph.number_of_edges()}"
    signed, first = cpu(signed_graph, graph)
    arrays, second = cpu(signed_arrays, signed)
    print(f"one sign for each pair {named}: {first:.3f} s; arrays of these: {second:.3f} s")
    counts, fast = cpu(triangles_by_negative, arrays, times=5)
    naive, slow = cpu(naive_census, graph, times=3)
    assert counts == naive
    line(f"signed triad census {named}", fast, slow, "(aim: 20x)", "beside plain Python")
    print(f"snapshot {named}: {cpu(snapshot, graph)[1]:.4f} s")
    for weight in (None, "weight"):
        fast = slow = 0.0
        ours_q, theirs_q = [], []
        for seed in range(10):
            ours, taken = cpu(louvain_communities, graph, weight, seed=seed)
            fast += taken / 10
            theirs, taken = cpu(nx.community.louvain_communities, graph, weight, seed=seed)
            slow += taken / 10
            ours_q.append(nx.community.modularity(graph, ours, weight))
            theirs_q.append(nx.community.modularity(graph, theirs, weight))
        note = f"mean modularity of 10 seeds {mean(ours_q):.4f}, {mean(theirs_q):.4f}"
        line(f"Louvain {named}, weight {weight}", fast, slow, "(aim: 10x)", note)


def exact(quick: bool) -> None:
    """The frustration index of two blocs."""
    sizes = [(500, 5000, 0.05), (500, 5000, 0.1), (500, 5000, 0.2), (2000, 20_000, 0.05)]
    for nodes, ties, noise in sizes if quick else [*sizes, (5000, 50_000, 0.05)]:
        graph = two_blocs(nodes, ties, noise, seed=1)
        found, taken = cpu(frustration, graph, seconds=300)
        print(
            f"frustration, two blocs {nodes}/{ties}, {noise:.0%} noise: {found.value}, "
            f"bound {found.lower_bound}, proven {found.proven}: {taken:.2f} s"
        )


def windows(path: Path) -> None:
    """The frustration index of networks that were, window by window."""
    if not path.is_file():
        print(f"no windows: {path} is not there")
        return
    graphs: dict[str, nx.Graph] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph = graphs.setdefault(row["window"], nx.Graph())
            graph.add_edge(row["source"], row["target"], sign=float(row["sign"]))
    found, taken = cpu(lambda: [frustration(graph) for graph in graphs.values()])
    proven = sum(one.proven for one in found)
    print(f"frustration, {len(graphs)} windows, {proven} proven: {taken:.2f} s (aim: 5 s)")


def main() -> None:
    """Prints one line per measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=Path, default=WINDOWS)
    parser.add_argument("--quick", action="store_true", help="small networks only")
    given = parser.parse_args()
    small = two_blocs(60, 400, 0.2, seed=1)
    for function in (betweenness_centrality, closeness_centrality, pagerank, frustration):
        function(small)
    louvain_communities(small)
    list(all_pairs_shortest_path_length(small))
    triangles_by_negative(signed_arrays(signed_graph(small)))
    exact(given.quick)
    windows(given.windows)
    beside_networkx(given.quick)
    triangles_and_communities(given.quick)


if __name__ == "__main__":
    main()
