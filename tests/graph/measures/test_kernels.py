"""The compiled functions and the backend, against plain networkx."""

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest

from comity.errors import InputError
from comity.graph.measures import compiled, moving, shortest_paths, stationary
from comity.graph.measures.snapshot import snapshot
from comity.graph.networkx_backend import Backend


def some_graph(seed: int, directed: bool = False) -> "nx.Graph[Any]":
    """Several parts, loops, weights, and names that are no numbers."""
    chance = random.Random(seed)
    plain = nx.gnp_random_graph(30, chance.uniform(0.02, 0.3), seed=seed, directed=directed)
    graph = nx.relabel_nodes(plain, {node: f"n{(node * 7) % 30}" for node in plain})
    for edge in graph.edges:
        graph.edges[edge]["weight"] = chance.choice((0.5, 1, 3))
    graph.add_edge("n1", "n1", weight=2)
    return graph


def same(one: dict[Any, float], other: dict[Any, float]) -> bool:
    return list(one) == list(other) and one == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_values_are_those_of_networkx(seed: int, directed: bool) -> None:
    graph = some_graph(seed, directed)
    for normalized in (True, False):
        asked = {"normalized": normalized}
        ours = nx.betweenness_centrality(graph, backend="comity", **asked)
        assert same(ours, nx.betweenness_centrality(graph, **asked))
    assert dict(nx.all_pairs_shortest_path_length(graph, backend="comity")) == dict(
        nx.all_pairs_shortest_path_length(graph)
    )
    for weight in (None, "weight"):
        asked = {"weight": weight, "tol": 1e-10, "max_iter": 5000}
        assert same(nx.pagerank(graph, backend="comity", **asked), nx.pagerank(graph, **asked))
        if nx.is_connected(graph.to_undirected()):
            ours = nx.eigenvector_centrality(graph, backend="comity", **asked)
            assert same(ours, nx.eigenvector_centrality(graph, **asked))
    if not directed:
        for improved in (True, False):
            ours = nx.closeness_centrality(graph, wf_improved=improved, backend="comity")
            assert same(ours, nx.closeness_centrality(graph, wf_improved=improved))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_small_graphs(size: int) -> None:
    graph = nx.empty_graph(size)
    assert shortest_paths.betweenness_centrality(graph) == nx.betweenness_centrality(graph)
    assert shortest_paths.closeness_centrality(graph) == nx.closeness_centrality(graph)
    assert stationary.pagerank(graph) == pytest.approx(nx.pagerank(graph))
    assert moving.louvain_communities(graph) == [{node} for node in graph]
    with pytest.raises(nx.PowerIterationFailedConvergence):
        stationary.pagerank(some_graph(1), max_iter=1)
    with pytest.raises(nx.NetworkXPointlessConcept):
        stationary.eigenvector_centrality(nx.empty_graph(0))


@pytest.mark.parametrize("weight", [None, "weight"])
def test_louvain_is_no_worse_than_that_of_networkx(weight: str | None) -> None:
    ours, theirs = [], []
    for seed in range(10):
        graph = nx.planted_partition_graph(8, 25, 0.3, 0.05, seed=seed)
        chance = random.Random(seed)
        nx.set_edge_attributes(graph, {edge: chance.random() for edge in graph.edges}, "weight")
        found = moving.louvain_communities(graph, weight, seed=seed)
        assert found == moving.louvain_communities(graph, weight, seed=seed)
        assert sorted(node for members in found for node in members) == sorted(graph)
        ours.append(nx.community.modularity(graph, found, weight))
        other = nx.community.louvain_communities(graph, weight, seed=seed)
        theirs.append(nx.community.modularity(graph, other, weight))
    assert np.mean(ours) >= np.mean(theirs)


def test_louvain_reads_loops_weights_and_resolution() -> None:
    # Two pairs with a weak tie between: two communities, and four where resolution is high.
    graph: nx.Graph[str] = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 5), ("c", "d", 5), ("b", "c", 1)])
    parts = moving.louvain_communities(graph)
    assert sorted(map(sorted, parts)) == [["a", "b"], ["c", "d"]]
    assert len(moving.louvain_communities(graph, resolution=5)) == 4
    # With loops so heavy that to join adds less than chance has: b alone, as in networkx.
    graph.add_edge("a", "a", weight=50)
    graph.add_edge("b", "b", weight=50)
    ours = moving.louvain_communities(graph)
    assert sorted(map(sorted, ours)) == sorted(
        map(sorted, nx.community.louvain_communities(graph, seed=1))
    )


def test_an_edit_in_place_is_seen() -> None:
    graph = nx.path_graph(4)
    nx.set_edge_attributes(graph, 1, "weight")
    assert nx.pagerank(graph, backend="comity")[0] == pytest.approx(nx.pagerank(graph)[0])
    graph[0][1]["weight"] = 9
    assert nx.pagerank(graph, backend="comity") == pytest.approx(nx.pagerank(graph))
    for _, _, edge in graph.edges(data=True):
        edge["weight"] = 2
    assert nx.pagerank(graph, backend="comity") == pytest.approx(nx.pagerank(graph))
    kept = snapshot(graph)
    assert snapshot(graph) is kept
    graph.add_edge(0, 3)
    assert len(snapshot(graph).near) == 8
    graph.remove_node(3)
    assert snapshot(graph).nodes == (0, 1, 2)


def test_a_view_follows_its_graph() -> None:
    graph = nx.path_graph(5)
    view = graph.subgraph([0, 1, 2, 3])
    assert len(snapshot(view).near) == 6
    graph.add_edge(0, 3)
    assert len(snapshot(view).near) == 8


def test_weights_that_are_no_numbers_are_refused() -> None:
    graph = nx.path_graph(3)
    graph[0][1]["weight"] = "much"
    with pytest.raises(InputError, match="no finite number"):
        stationary.pagerank(graph)
    graph[0][1]["weight"] = float("nan")
    with pytest.raises(InputError, match="no finite number"):
        moving.louvain_communities(graph)


def test_what_the_backend_cannot_do_networkx_does() -> None:
    graph = some_graph(3)
    names = {"betweenness_centrality": {"k": 5, "seed": 1}, "pagerank": {"dangling": {"n1": 1}}}
    for name, asked in names.items():
        assert Backend.can_run(name, (graph,), asked) == f"{next(iter(asked))} is given"
        with nx.config(backend_priority=["comity"]):
            ours = getattr(nx, name)(graph, **asked)
        assert ours == getattr(nx, name)(graph, **asked)
    assert Backend.can_run("closeness_centrality", (some_graph(3, True),), {}) != True  # noqa: E712
    assert Backend.can_run("pagerank", (nx.MultiGraph([(1, 2), (1, 2)]),), {}) != True  # noqa: E712


def test_by_priority_only_where_it_is_worth_it() -> None:
    small, large = some_graph(3), nx.gnm_random_graph(300, 600, seed=1)
    assert Backend.should_run("pagerank", (small,), {}) == "fewer than 300 nodes"
    assert Backend.should_run("pagerank", (large,), {}) is True
    with nx.config(backend_priority=["comity"]):
        ours = [nx.betweenness_centrality(large) for _ in range(2)]
    assert ours == [pytest.approx(nx.betweenness_centrality(large))] * 2


def test_where_nothing_may_be_written_functions_are_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = compiled.numba.njit

    def refusing(**options: Any) -> Any:
        if options.pop("cache", False):
            raise RuntimeError("cannot cache function: no locator available")
        return real(**options)

    monkeypatch.setattr(compiled.numba, "njit", refusing)
    assert compiled.compiled(_double)(4) == 8


def _double(number: int) -> int:
    return 2 * number
