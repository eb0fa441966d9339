"""Classes and properties of the vocabulary as people are offered them.

Owns the step from `comity.ttl` to names, labels and definitions, and which fixed list a
property takes its values from, which is written in the shapes. Concepts are in `terms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import RdfFormat, parse

from comity.ontology.namespaces import PREFIXES, VOCABULARY
from comity.ontology.terms import turtle

_OWL = PREFIXES["owl"]
_RDFS = PREFIXES["rdfs"]
_SHACL = "http://www.w3.org/ns/shacl#"
_TYPE = PREFIXES["rdf"] + "type"
_KINDS = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "property",
    _OWL + "DatatypeProperty": "property",
}
_IN_SCHEME = "in-"


@dataclass(frozen=True, slots=True)
class Word:
    """A class or a property.

    Attributes:
        iri: of the term.
        kind: `class` or `property`.
        label: for people.
        definition: what it means.
        to_things: for properties, whether their values are things and not literals.
        scheme: for properties, the id of the fixed list their values are from; else "".
    """

    iri: str
    kind: str
    label: str
    definition: str
    to_things: bool
    scheme: str


@cache
def vocabulary() -> tuple[Word, ...]:
    """The classes and properties of this project, sorted by IRI."""
    found: dict[str, dict[str, str]] = {}
    for statement in parse(turtle("comity.ttl"), format=RdfFormat.TURTLE):
        if statement.subject.value.startswith(VOCABULARY):
            values = found.setdefault(statement.subject.value, {})
            values.setdefault(statement.predicate.value, statement.object.value)
    schemes = _schemes()
    return tuple(
        Word(
            iri=iri,
            kind=_KINDS[values[_TYPE]],
            label=values.get(_RDFS + "label", ""),
            definition=values.get(PREFIXES["skos"] + "definition", ""),
            to_things=values[_TYPE] == _OWL + "ObjectProperty",
            scheme=schemes.get(iri, ""),
        )
        for iri, values in sorted(found.items())
        if values.get(_TYPE) in _KINDS
    )


def _schemes() -> Mapping[str, str]:
    """The fixed list by property, where a shape says that its values are in one."""
    paths: dict[str, str] = {}
    nodes: dict[str, str] = {}
    for statement in parse(turtle("shapes.ttl"), format=RdfFormat.TURTLE):
        if statement.predicate.value == _SHACL + "path":
            paths[str(statement.subject)] = getattr(statement.object, "value", "")
        if statement.predicate.value == _SHACL + "node":
            nodes[str(statement.subject)] = getattr(statement.object, "value", "")
    found: dict[str, str] = {}
    for shape, node in sorted(nodes.items()):
        name = node.rpartition("#")[2].rpartition("/")[2]
        if name.startswith(_IN_SCHEME) and shape in paths:
            found.setdefault(paths[shape], name.removeprefix(_IN_SCHEME))
    return found
