"""What other engines do differently: the one place that knows them by name.

Owns which engine a server is, the terms that it writes in another way than the embedded
store, and the graphs that are its own. How questions are put to Virtuoso is in
`remote_virtuoso`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import Literal, NamedNode

from comity.graph.engine import Term
from comity.graph.remote_paths import Hierarchy
from comity.graph.remote_virtuoso import for_virtuoso
from comity.ontology.namespaces import PREFIXES, is_thing

_XSD = PREFIXES["xsd"]
_BOOLEAN, _DECIMAL, _INTEGER = (
    NamedNode(_XSD + name) for name in ("boolean", "decimal", "integer")
)
# Graphs that Virtuoso keeps for itself.
_OWN = (
    "http://www.openlinksw.com/",
    "http://localuriqaserver/",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:",
    "urn:core:services:sparql",
    "urn:rules.",
    "virtrdf-label",
    "b3sifp",
    "b3sonto",
    "facets",
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine is asked and read.

    Attributes:
        name: of the engine; empty where it needs nothing of its own.
    """

    name: str = ""

    def asked(self, text: str, hierarchy: Callable[[str], Hierarchy]) -> tuple[str, frozenset[str]]:
        """The text to send, and the columns that hold truth values.

        Raises:
            EngineError: the engine is known to answer this question wrongly.
        """
        return for_virtuoso(text, hierarchy) if self.name == "Virtuoso" else (text, frozenset())

    def term(self, term: Term, *, is_truth: bool = False) -> Term:
        """A term as the embedded store gives it: numbers and truth values in one way.

        Examples:
            >>> str(PLAIN.term(Literal("-1.0", datatype=_DECIMAL)))
            '"-1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
            >>> str(VIRTUOSO.term(Literal("1", datatype=_INTEGER), is_truth=True))
            '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
        """
        if not isinstance(term, Literal):
            return term
        if term.datatype == _BOOLEAN or (is_truth and term.datatype == _INTEGER):
            return Literal("true" if term.value in ("true", "1") else "false", datatype=_BOOLEAN)
        if term.datatype in (_DECIMAL, _INTEGER):
            return Literal(_shortest(term.value), datatype=term.datatype)
        # Virtuoso forgets that an IRI is one in IF and in the columns of a GROUP BY.
        if (
            self.name == "Virtuoso"
            and term.datatype.value == _XSD + "string"
            and is_thing(term.value)
        ):
            return NamedNode(term.value)
        return term

    def is_own(self, graph: str) -> bool:
        """Whether a graph is the engine's own and no part of the data."""
        return self.name == "Virtuoso" and graph.startswith(_OWN)


PLAIN = Dialect()
VIRTUOSO = Dialect("Virtuoso")


def dialect_of(headers: Mapping[str, str], result: Mapping[str, Any]) -> Dialect:
    """The dialect of the server that gave an answer."""
    # The header may be lost behind a proxy; the two odd keys are not.
    rows = result.get("results", {})
    is_virtuoso = headers.get("Server", "").startswith("Virtuoso") or (
        "ordered" in rows and "distinct" in rows
    )
    return VIRTUOSO if is_virtuoso else PLAIN


def _shortest(number: str) -> str:
    try:
        text = f"{Decimal(number):f}"
    except InvalidOperation:
        return number
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
