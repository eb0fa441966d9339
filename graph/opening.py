"""Opens the graph that the operator chose: on this disk, or on another server.

Owns the settings of another server, which are environment variables:

    COMITY_ENGINE             embedded (the default) or sparql
    COMITY_SPARQL_QUERY       address for queries
    COMITY_SPARQL_UPDATE      address for updates
    COMITY_SPARQL_GRAPHS      address of the graph store
    COMITY_SPARQL_USER        name and
    COMITY_SPARQL_PASSWORD    password, given when the server asks for them
    COMITY_SPARQL_TIMEOUT     seconds to wait for an answer (30)
"""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from comity.errors import InputError
from comity.graph.build import Progress, ontology_quads
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
from comity.graph.sources.seed import read_seed, shipped_folder

if TYPE_CHECKING:
    from comity.graph.remote_server import Remote

_TOLD_EVERY = 50


def remote_from(environ: Mapping[str, str]) -> "Remote | None":
    """The other server that the environment names.

    Args:
        environ: variables by name.

    Returns:
        The server; None where the graph is on this disk.

    Raises:
        InputError: a variable is missing or wrong.
    """
    engine = environ.get("COMITY_ENGINE") or "embedded"
    if engine == "embedded":
        return None
    if engine != "sparql":
        raise InputError(f"COMITY_ENGINE is '{engine}'; set it to embedded or sparql.")
    # Imported here: SPARQLWrapper is not needed for a graph on this disk.
    from comity.graph.remote_server import Remote

    query = environ.get("COMITY_SPARQL_QUERY", "")
    if not query:
        raise InputError("COMITY_ENGINE is sparql; set COMITY_SPARQL_QUERY to the query address.")
    addresses = {
        "query": query,
        "update": environ.get("COMITY_SPARQL_UPDATE", ""),
        "graphs": environ.get("COMITY_SPARQL_GRAPHS", ""),
    }
    for name, address in addresses.items():
        if address and not address.startswith(("http://", "https://")):
            raise InputError(
                f"COMITY_SPARQL_{name.upper()} is '{address}'; an address begins with http:// or "
                "https://."
            )
    timeout = environ.get("COMITY_SPARQL_TIMEOUT") or "30"
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise InputError(f"COMITY_SPARQL_TIMEOUT is '{timeout}'; give a number of seconds over 0.")
    return Remote(
        **addresses,
        user=environ.get("COMITY_SPARQL_USER", ""),
        password=environ.get("COMITY_SPARQL_PASSWORD", ""),
        timeout=seconds,
    )


def open_engine(data: Path, environ: Mapping[str, str]) -> Engine:
    """The graph to ask.

    Args:
        data: directory of the graph on this disk.
        environ: variables by name; see `remote_from`.

    Raises:
        InputError: a variable is missing or wrong.
        GraphMissingError: nothing was built in `data` yet.
        EngineError: the server cannot be reached, or does not answer over the union.
    """
    remote = remote_from(environ)
    if remote is None:
        return GraphHome(data).engine()
    from comity.graph.remote import RemoteEngine

    engine = RemoteEngine(remote)
    engine.check()
    return engine


def put_graph(
    remote: "Remote",
    *,
    folder: Traversable | None = None,
    more: Iterable[Quad] = (),
    progress: Progress = lambda step: None,
) -> int:
    """Puts the graph of a data folder on another server, each named graph by one PUT.

    A graph is replaced by what the data say now; done twice, the same stands there. Graphs
    that the data do not have stay as they are.

    Args:
        remote: the server.
        folder: the data to read; the shipped data when None.
        more: quads to put beside them.
        progress: called with the name of each step.

    Returns:
        How many graphs were put.

    Raises:
        DataError: the data break a rule; nothing was put.
        EngineError: the server failed; graphs that were put before stay.
    """
    from comity.graph.remote_server import RemoteServer

    progress("Reading tables and documents")
    seed = read_seed(folder or shipped_folder())
    progress("Writing statements")
    graphs: dict[str, list[Triple]] = {}
    for quad in [*ontology_quads(), *seed.quads(), *more]:
        graphs.setdefault(_graph(quad), []).append(_triple(quad))
    server = RemoteServer(remote)
    for number, graph in enumerate(sorted(graphs)):
        if number % _TOLD_EVERY == 0:
            progress(f"Putting graphs {number + 1} to {min(number + _TOLD_EVERY, len(graphs))}")
        with TemporaryFile() as file:
            file.write(serialize(graphs[graph], format=RdfFormat.N_TRIPLES) or b"")
            file.flush()
            server.graph("PUT", graph, file, "application/n-triples")
    return len(graphs)


def _graph(quad: Quad) -> str:
    if not isinstance(quad.graph_name, NamedNode):
        raise TypeError(f"a statement of no source: {quad}")
    return quad.graph_name.value


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)
