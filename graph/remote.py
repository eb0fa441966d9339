"""Asks a graph on another SPARQL 1.1 server, through SPARQLWrapper.

Owns the step from the server's JSON to terms. The server must answer queries over the
union of its graphs, as Comity's own does; that is checked before the first question.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Collection, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from comity.errors import EngineError
from comity.graph.binding import bind
from comity.graph.engine import Answer, Term
from comity.graph.pieces import JSON
from comity.graph.remote_dialect import PLAIN, Dialect, dialect_of
from comity.graph.remote_paths import Hierarchy
from comity.graph.remote_server import Remote, RemoteServer, read_json
from comity.graph.requests import request
from comity.ontology.namespaces import PREFIXES

# A chain longer than this is a circle, or nothing that a question was written for.
LONGEST_CHAIN = 12
_FRESH = 60.0


class RemoteEngine:
    """A SPARQL server as an engine.

    Args:
        remote: where it is; a text is the address for queries.
        server: the way to it; made from `remote` when None.
    """

    def __init__(self, remote: Remote | str, *, server: RemoteServer | None = None) -> None:
        self._remote = Remote(remote) if isinstance(remote, str) else remote
        self._server = server or RemoteServer(self._remote)
        self._dialect: Dialect | None = None
        self._hierarchies: dict[str, tuple[float, Hierarchy]] = {}

    @property
    def version(self) -> str:
        """Changes every minute: a server does not tell when its graph changes."""
        address = hashlib.sha256(self._remote.query.encode()).hexdigest()[:8]
        return f"remote-{address}-{time.time() // _FRESH:.0f}"

    @property
    def dialect(self) -> Dialect:
        """What the server does differently.

        Raises:
            EngineError: it cannot be reached, or does not answer over the union.
        """
        if self._dialect is None:
            self._dialect = self._meet()
        return self._dialect

    def check(self) -> None:
        """Checks that the server is there and answers over the union of its graphs.

        Raises:
            EngineError: it is not, or does not.
        """
        self._dialect = self._meet()

    def select(self, text: str) -> Answer:
        """Rows of a SELECT; see `comity.graph.engine.Engine.select`."""
        asked, truths = self.dialect.asked(text, self._hierarchy)
        return self._rows(asked, self.dialect, truths)

    def describe(self, iri: str) -> bytes:
        """All triples about a node, as N-Triples; see `comity.graph.engine.Engine.describe`."""
        answer = self.select(bind(request("properties"), {"node": [NamedNode(iri)]}))
        lines = sorted(f"{node} {name} {value} ." for node, name, value in answer.rows)
        return ("\n".join(lines) + "\n").encode() if lines else b""

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, without the server's own."""
        rows = self.select(bind(request("named_graphs"), {})).texts()
        found = [row["graph"] for row in rows if not self.dialect.is_own(row["graph"])]
        return sorted(found, key=lambda iri: str(NamedNode(iri)))

    def statements(self, graph: str) -> Iterator[str]:
        """What a named graph holds, as N-Triples without the full stop, in no order."""
        answer = self.select(bind(request("graph_statements"), {"graph": [NamedNode(graph)]}))
        for node, name, value in answer.rows:
            yield f"{node} {name} {value}"

    def dump(self, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        """The whole dataset as N-Quads, graphs in order; see `Engine.dump`."""
        for graph in self.graphs():
            if graph in leave_out:
                continue
            name = str(NamedNode(graph))
            lines = sorted(f"{triple} {name} .\n".encode() for triple in self.statements(graph))
            yield b"".join(lines)

    def _rows(self, text: str, dialect: Dialect, truths: frozenset[str]) -> Answer:
        result = read_json(self._server.query(text, JSON), self._remote.query)
        if "results" not in result:
            raise EngineError(f"{self._remote.query} answered with a truth value, not with rows.")
        columns = tuple(result["head"].get("vars", ()))
        rows = tuple(
            tuple(
                dialect.term(_term(binding[name]), is_truth=name in truths)
                if name in binding
                else None
                for name in columns
            )
            for binding in result["results"]["bindings"]
        )
        return Answer(columns, rows)

    def _meet(self) -> Dialect:
        response = self._server.query(bind(request("union"), {}), JSON)
        headers = dict(response.headers)
        result = read_json(response, self._remote.query)
        rows = result.get("results", {}).get("bindings", [])
        if rows and "seen" not in rows[0]:
            raise EngineError(
                f"{self._remote.query} does not answer over the union of its graphs; set that up "
                "there (in Fuseki `tdb2:unionDefaultGraph true`), see docs/engines.md."
            )
        return dialect_of(headers, result)

    def _hierarchy(self, name: str) -> Hierarchy:
        """What a property makes of the graph; remembered for a minute."""
        prefix, _, local = name.partition(":")
        iri = name[1:-1] if name.startswith("<") else PREFIXES[prefix] + local
        until, found = self._hierarchies.get(iri, (0.0, Hierarchy(0, is_tree=True)))
        if time.monotonic() > until:
            text = bind(request("edges"), {"property": [NamedNode(iri)]})
            edges: dict[str, set[str]] = defaultdict(set)
            for row in self._rows(text, PLAIN, frozenset()).texts():
                edges[row["one"]].add(row["other"])
            is_tree = all(len(others) == 1 for others in edges.values())
            found = Hierarchy(_longest(edges, name), is_tree)
            self._hierarchies[iri] = (time.monotonic() + _FRESH, found)
        return found


def _longest(edges: dict[str, set[str]], name: str) -> int:
    """Length of the longest chain.

    Raises:
        EngineError: it is longer than `LONGEST_CHAIN`, as a circle is.
    """
    length, ends = 0, set(edges)
    while ends:
        length += 1
        if length > LONGEST_CHAIN:
            raise EngineError(
                f"Chains of {name} are longer than {LONGEST_CHAIN} or go in a circle; such a "
                "path cannot be asked of this engine."
            )
        ends = {other for end in ends for other in edges.get(end, ())} & edges.keys()
    return length


def _term(binding: dict[str, str]) -> Term:
    value = binding["value"]
    if binding["type"] == "uri":
        return NamedNode(value)
    if binding["type"] == "bnode":
        return BlankNode(value.removeprefix("nodeID://"))
    if "xml:lang" in binding:
        return Literal(value, language=binding["xml:lang"])
    datatype = binding.get("datatype")
    return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)
