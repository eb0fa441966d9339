"""networkx asks this package to compute, where its user says so.

Owns what networkx wants to know of a backend. Chosen for one call by `backend="comity"`, or
for all by `nx.config.backend_priority.algos = ["comity"]`. networkx imports this module with
itself, so nothing is loaded before a function is asked for.

networkx would keep the graph of a backend and hand it out again after an attribute was
edited in place. So that graph is only the name of the original: `snapshot.py` keeps what
such an edit cannot change, and reads weights anew.
"""

from collections.abc import Mapping
from importlib import import_module
from inspect import signature
from typing import Any

NAME = "comity"
# Function, module that has it, and arguments that it takes as networkx does; those left out
# must have the value that networkx gives them.
_FUNCTIONS = {
    "all_pairs_shortest_path_length": ("shortest_paths", ()),
    "betweenness_centrality": ("shortest_paths", ("normalized",)),
    "closeness_centrality": ("shortest_paths", ("wf_improved",)),
    "eigenvector_centrality": ("stationary", ("max_iter", "tol", "weight")),
    "louvain_communities": ("moving", ("weight", "resolution", "seed")),
    "pagerank": ("stationary", ("alpha", "max_iter", "tol", "weight")),
}
_ONLY_UNDIRECTED = ("closeness_centrality", "louvain_communities")
# Below, networkx is done before a compiled function is read from disk.
_WORTH = 300


class Original:
    """The graph of networkx under the name of this backend."""

    __networkx_backend__ = NAME

    def __init__(self, graph: Any) -> None:
        self.graph = graph

    def is_directed(self) -> bool:
        """As the graph says."""
        return bool(self.graph.is_directed())

    def is_multigraph(self) -> bool:
        """As the graph says."""
        return bool(self.graph.is_multigraph())

    def forgotten(self) -> Any:
        """The graph, after networkx was made to forget this name of it.

        It would warn at each later call that what it kept may be stale; here nothing is.
        """
        kept = getattr(self.graph, "__networkx_cache__", None) or {}
        kept.get("backends", {}).pop(NAME, None)
        return self.graph


class Backend:
    """What networkx calls: one method for each function, and whether it can run."""

    @staticmethod
    def convert_from_nx(graph: Any, **_: object) -> Original:
        """A graph for this backend."""
        return Original(graph)

    @staticmethod
    def convert_to_nx(result: Any, **_: object) -> Any:
        """A result for networkx: they are plain values already."""
        return result.graph if isinstance(result, Original) else result

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
        """True, or why networkx must do it."""
        _, takes = _FUNCTIONS[name]
        bound = signature(_of_networkx(name)).bind(*args, **kwargs)
        bound.apply_defaults()
        given = dict(bound.arguments)
        graph = given.pop("G")
        if graph.is_multigraph():
            return "parallel edges are not read"
        if graph.is_directed() and name in _ONLY_UNDIRECTED:
            return "the graph is directed"
        plain = signature(_of_networkx(name)).parameters
        for argument, value in given.items():
            # Without `k` nothing of betweenness is drawn, whatever the seed.
            known = argument in takes or argument in ("backend", "backend_kwargs", "seed")
            if not known and value != plain[argument].default:
                return f"{argument} is given"
        return True

    @staticmethod
    def should_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
        """True, or why it is not worth it."""
        graph = args[0] if args else kwargs["G"]
        graph = graph.graph if isinstance(graph, Original) else graph
        return True if len(graph) >= _WORTH else f"fewer than {_WORTH} nodes"

    def __getattr__(self, name: str) -> Any:
        """The function, imported now."""
        if name not in _FUNCTIONS:
            raise AttributeError(name)
        module, takes = _FUNCTIONS[name]
        function = getattr(import_module(f"comity.graph.measures.{module}"), name)

        def run(graph: Original, *args: Any, **kwargs: Any) -> Any:
            bound = signature(_of_networkx(name)).bind(graph, *args, **kwargs)
            taken = {key: value for key, value in bound.arguments.items() if key in takes}
            if "seed" in taken:
                # networkx makes a generator of every seed before it asks.
                taken["seed"] = taken["seed"].getrandbits(32)
            return function(graph.forgotten(), **taken)

        return run


def _of_networkx(name: str) -> Any:
    import networkx as nx

    return getattr(nx, name, None) or getattr(nx.community, name)


def describe() -> dict[str, Any]:
    """What networkx shows of this backend in its own pages."""
    return {
        "backend_name": NAME,
        "project": "comity",
        "package": "comity",
        "short_summary": "Compiled loops over whole numbers for paths, walks and communities.",
        "functions": {name: {} for name in _FUNCTIONS},
    }


backend = Backend()
