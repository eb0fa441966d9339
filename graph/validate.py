"""Checks RDF against the SHACL shapes of the ontology.

Owns the call to pySHACL and the reading of its report. The shapes are in
`ontology/shapes.ttl`; the rules for the shipped files are in `sources.checks`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, parse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from comity.errors import InputError
from comity.ontology.namespaces import PREFIXES
from comity.ontology.terms import SCHEME_FILES, turtle


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks one rule.

    Attributes:
        node: IRI of the node.
        message: the rule and the remedy.
        path: the property concerned, if one is.
        value: the value found, if one is.
    """

    node: str
    message: str
    path: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = f" ({_short(self.path)})" if self.path else ""
        found = f"; found {_short(self.value)}" if self.value else ""
        return f"{_short(self.node)}{place}: {self.message}{found}"


def shacl_violations(data: Graph) -> list[Violation]:
    """Every breach of the ontology's shapes in a graph, sorted; empty when it conforms.

    Args:
        data: the statements. Concepts are taken from the ontology and need not be in it.
    """
    # Imported here: pySHACL takes half a second to load, and only checks need it.
    from pyshacl import validate

    _, report, _ = validate(
        _comparable(data), shacl_graph=_shapes(), inference="none", advanced=False, inplace=True
    )
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report but {report!r}")
    found = {
        Violation(
            node=str(report.value(result, SH.focusNode)),
            message=str(report.value(result, SH.resultMessage)),
            path=_named(report.value(result, SH.resultPath)),
            value=_text(report.value(result, SH.value)),
        )
        for result in report.objects(predicate=SH.result)
    }
    return sorted(found, key=str)


def validate_file(path: Path) -> list[Violation]:
    """Every breach of the shapes in an RDF file; all its graphs are read as one.

    Raises:
        InputError: the file is no RDF that its ending promises.
    """
    known = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if known is None:
        raise InputError(f"{path} has no ending of an RDF format (.ttl, .nt, .nq, .trig, .jsonld).")
    try:
        triples = {quad.triple for quad in parse(path=str(path), format=known)}
    except SyntaxError as error:
        raise InputError(f"{path} does not parse: {error}") from error
    lines = "".join(f"{triple} .\n" for triple in sorted(triples, key=str))
    return shacl_violations(Graph().parse(data=lines, format="nt"))


def _comparable(data: Graph) -> Graph:
    """A copy with the schemes, and with ill-typed literals as plain text.

    pySHACL stops with a TypeError when it orders a literal such as
    "2020-02-30"^^xsd:date; as plain text it breaks sh:datatype like any other.
    """
    graph = data + _schemes()
    for subject, predicate, value in data:
        if isinstance(value, Literal) and value.ill_typed:
            graph.remove((subject, predicate, value))
            graph.add((subject, predicate, Literal(str(value))))
    return graph


@cache
def _shapes() -> Graph:
    return Graph().parse(data=turtle("shapes.ttl"), format="turtle")


@cache
def _schemes() -> Graph:
    text = "\n".join(turtle(name) for name in SCHEME_FILES)
    return Graph().parse(data=text, format="turtle")


def _named(path: Node | None) -> str | None:
    """A path that is one property; None for a choice of properties."""
    return str(path) if isinstance(path, URIRef) else None


def _text(value: Node | None) -> str | None:
    return None if value is None else str(value)


def _short(iri: str | None) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri and iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return str(iri)
