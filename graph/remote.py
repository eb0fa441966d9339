"""Asks a graph on another SPARQL 1.1 server, through SPARQLWrapper.

Owns the step from the server's JSON to terms and from its errors to ours. The server
must answer queries over the union of its graphs, as Comity's own does.
"""

from typing import Any
from urllib.error import URLError

from pyoxigraph import BlankNode, Literal, NamedNode
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from comity import __version__
from comity.errors import EngineError, QueryError
from comity.graph.binding import bind
from comity.graph.engine import Answer, Term
from comity.graph.requests import request


class RemoteEngine:
    """A SPARQL endpoint as an engine.

    Args:
        address: where it takes queries.
        timeout: seconds to wait for an answer.
        version: version of the graph there, as far as the caller knows.
    """

    def __init__(self, address: str, *, timeout: int = 30, version: str = "remote") -> None:
        self._address = address
        self._timeout = timeout
        self._version = version

    @property
    def version(self) -> str:
        """Opaque version of the graph."""
        return self._version

    def select(self, text: str) -> Answer:
        """Answers a SELECT; see `comity.graph.engine.Engine.select`."""
        wrapper = SPARQLWrapper(self._address, agent=f"Comity/{__version__}")
        wrapper.setReturnFormat(JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        wrapper.setQuery(text)
        try:
            response: Any = wrapper.query()
            result: Any = response.convert()
        except QueryBadFormed as error:
            raise QueryError(f"{self._address} does not take the query: {error}") from error
        except (SPARQLWrapperException, URLError, TimeoutError, ValueError) as error:
            raise EngineError(f"{self._address} could not answer: {error}") from error
        # An error page with status 200 is no answer, and no empty one either.
        if not isinstance(result, dict) or "results" not in result or "head" not in result:
            raise EngineError(f"{self._address} answered something that is no SPARQL result.")
        if "comity-cut" in response.info():
            raise EngineError(f"{self._address} cut its answer; raise its row cap.")
        columns = tuple(result["head"].get("vars", ()))
        rows = tuple(
            tuple(_term(binding[name]) if name in binding else None for name in columns)
            for binding in result["results"]["bindings"]
        )
        return Answer(columns, rows)

    def describe(self, iri: str) -> bytes:
        """All triples about a node, as N-Triples; see `comity.graph.engine.Engine.describe`."""
        answer = self.select(bind(request("properties"), {"node": [NamedNode(iri)]}))
        lines = sorted(f"{node} {name} {value} ." for node, name, value in answer.rows)
        return ("\n".join(lines) + "\n").encode() if lines else b""


def _term(binding: dict[str, str]) -> Term:
    value = binding["value"]
    if binding["type"] == "uri":
        return NamedNode(value)
    if binding["type"] == "bnode":
        return BlankNode(value)
    if "xml:lang" in binding:
        return Literal(value, language=binding["xml:lang"])
    datatype = binding.get("datatype")
    return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)
