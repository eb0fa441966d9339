"""Networks as files for other programs, and back: Cytoscape, GraphML, GEXF, CSV, Parquet.

Owns the formats of networks. What `read` gives equals what `written` was given: every node,
every edge with its attributes, parallel ones too. It knows no engine and no measure.
"""

import io
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from comity.errors import InputError

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa

    Graph = nx.MultiDiGraph[str]

_NODE = ("type", "label", "iri", "group", "documents")
_EDGE = (
    *("relation", "kind", "sign", "weight", "count", "first", "last"),
    *("acts", "documents", "audience", "in_response_to", "treaty", "archives"),
)
_NUMBERS = {
    "sign": float,
    "weight": float,
    "count": int,
    "source_documents": int,
    "target_documents": int,
}


def written(graph: "Graph", form: str) -> bytes:
    """A network in one of `FORMATS`.

    In GEXF an edge has a life, from the first day of its acts to the last, so that Gephi's
    timeline plays it (GEXF 1.2, dynamics). A table has one row for each edge, with what is
    known of its two nodes, and one without a target for each node without edges.

    Args:
        graph: as `Network.to_networkx` gives it.
        form: name of the format.
    """
    return _WRITERS[form](graph)


def read(body: bytes, form: str) -> "Graph":
    """A network that `written` wrote.

    Raises:
        InputError: it is no such network.
    """
    import networkx as nx

    try:
        found = _READERS[form](body)
    except (ValueError, KeyError, SyntaxError, nx.NetworkXError) as error:
        raise InputError(f"This is no network in the format {form}: {error}.") from error
    graph: Graph = nx.MultiDiGraph()
    for node, values in found.nodes(data=True):
        graph.add_node(str(node), **{name: values[name] for name in _NODE if name in values})
    for source, target, values in found.edges(data=True):
        kept = {name: values[name] for name in _EDGE if name in values}
        graph.add_edge(str(source), str(target), **kept)
    return graph


def _cytoscape(graph: "Graph") -> bytes:
    import networkx as nx

    data: dict[str, Any] = nx.cytoscape_data(graph)
    return json.dumps(data, ensure_ascii=False).encode()


def _from_cytoscape(body: bytes) -> "nx.Graph[Any]":
    import networkx as nx

    return nx.cytoscape_graph(json.loads(body))


def _graphml(graph: "Graph") -> bytes:
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer)
    return buffer.getvalue()


def _from_graphml(body: bytes) -> "nx.Graph[Any]":
    import networkx as nx

    return nx.read_graphml(io.BytesIO(body), force_multigraph=True)


def _gexf(graph: "Graph") -> bytes:
    import networkx as nx

    living = graph.copy()
    living.graph["mode"] = "dynamic"
    for _, _, values in living.edges(data=True):
        if values.get("first"):
            values["start"] = values["first"]
        if values.get("last"):
            values["end"] = values["last"]
    buffer = io.BytesIO()
    nx.write_gexf(living, buffer)
    return buffer.getvalue()


def _from_gexf(body: bytes) -> "nx.Graph[Any]":
    import networkx as nx

    return nx.read_gexf(io.BytesIO(body))


def table(graph: "Graph") -> "pa.Table":
    """The edges as a table: see `written`."""
    import pyarrow as pa

    rows = [
        {"source": source, "target": target, **values, **_ends(graph, source, target)}
        for source, target, values in graph.edges(data=True)
    ]
    rows += [
        {"source": node, **_end("source", graph.nodes[node])}
        for node, degree in graph.degree()
        if not degree
    ]
    types = {float: pa.float64(), int: pa.int64()}
    columns = ["source", "target", *_EDGE]
    columns += [f"{role}_{name}" for role in ("source", "target") for name in _NODE]
    schema = pa.schema(
        [(name, types[_NUMBERS[name]] if name in _NUMBERS else pa.string()) for name in columns]
    )
    return pa.Table.from_pylist(rows, schema)


def _ends(graph: "Graph", source: str, target: str) -> dict[str, object]:
    return _end("source", graph.nodes[source]) | _end("target", graph.nodes[target])


def _end(role: str, values: Mapping[str, object]) -> dict[str, object]:
    return {f"{role}_{name}": values[name] for name in _NODE if name in values}


def _from_table(found: "pa.Table") -> "Graph":
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for row in found.to_pylist():
        given = {name: value for name, value in row.items() if value is not None}
        ends = [role for role in ("source", "target") if role in given]
        for role in ends:
            named = {name: given[f"{role}_{name}"] for name in _NODE if f"{role}_{name}" in given}
            graph.add_node(given[role], **named)
        if len(ends) > 1:
            edge = {name: given[name] for name in _EDGE if name in given}
            graph.add_edge(given["source"], given["target"], **edge)
    return graph


def _csv(graph: "Graph") -> bytes:
    import pyarrow.csv as pc

    buffer = io.BytesIO()
    # An empty text is quoted and what is missing is not, so that the two stay apart.
    pc.write_csv(table(graph), buffer, pc.WriteOptions(quoting_style="needed"))
    return buffer.getvalue()


def _from_csv(body: bytes) -> "nx.Graph[Any]":
    import networkx as nx
    import pyarrow as pa
    import pyarrow.csv as pc

    texts = dict.fromkeys(table(nx.MultiDiGraph()).column_names, pa.string())
    numbers = {
        name: pa.float64() if kind is float else pa.int64() for name, kind in _NUMBERS.items()
    }
    options = pc.ConvertOptions(
        column_types=texts | numbers,
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        null_values=[""],
    )
    parsing = pc.ParseOptions(newlines_in_values=True)
    return _from_table(
        pc.read_csv(io.BytesIO(body), parse_options=parsing, convert_options=options)
    )


def _parquet(graph: "Graph") -> bytes:
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(table(graph), buffer)
    return buffer.getvalue()


def _from_parquet(body: bytes) -> "nx.Graph[Any]":
    import pyarrow.parquet as pq

    return _from_table(pq.read_table(io.BytesIO(body)))


_WRITERS: Mapping[str, Callable[["Graph"], bytes]] = {
    "cytoscape": _cytoscape,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "parquet": _parquet,
}
_READERS: Mapping[str, Callable[[bytes], "nx.Graph[Any]"]] = {
    "cytoscape": _from_cytoscape,
    "graphml": _from_graphml,
    "gexf": _from_gexf,
    "csv": _from_csv,
    "parquet": _from_parquet,
}
FORMATS = tuple(_WRITERS)
