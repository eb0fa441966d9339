"""The vocabulary as Python reads it: the Turtle files and the concepts in them.

Concepts (kinds, roles, statuses ...) are listed in `schemes.ttl` only; this
module reads them from there, so that no list is written twice.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF, SKOS

from comity.ontology.namespaces import VOCABULARY, thing_and_id

COMITY = Namespace(VOCABULARY)

TURTLE_FILES = ("comity.ttl", "schemes.ttl")


@dataclass(frozen=True, slots=True)
class Concept:
    """One value of a fixed list.

    Attributes:
        scheme: id of the list, such as `kind`.
        id: id of the value, such as `condemn`.
        label: for people.
        definition: what it means.
        broader: id of the wider concept, or None.
        verb: for kinds, a finite verb for a line ("accuses").
        sign: for kinds, the value under rule comity-1; None where the kind has none.
        needs_actor_target: for kinds, whether the sign counts only with an actor as target.
        speaks_to: for kinds, whether it is a request or an offer to its addressee.
    """

    scheme: str
    id: str
    label: str
    definition: str
    broader: str | None
    verb: str
    sign: Decimal | None
    needs_actor_target: bool
    speaks_to: bool


def turtle(name: str) -> str:
    """The text of one of the Turtle files of this layer, such as `shapes.ttl`."""
    return (files("comity.ontology") / name).read_text(encoding="utf-8")


@cache
def concepts(scheme: str) -> dict[str, Concept]:
    """The concepts of a scheme by id, sorted; empty when there is no such scheme."""
    return _schemes().get(scheme, {})


@cache
def _schemes() -> dict[str, dict[str, Concept]]:
    graph = Graph()
    graph.parse(data=turtle("schemes.ttl"), format="turtle")
    found: dict[str, dict[str, Concept]] = {}
    for subject in sorted(graph.subjects(RDF.type, SKOS.Concept)):
        try:
            scheme, identifier = thing_and_id(str(subject))
        except ValueError:
            continue
        found.setdefault(scheme, {})[identifier] = _concept(graph, subject, scheme, identifier)
    return found


def _concept(graph: Graph, subject: object, scheme: str, identifier: str) -> Concept:
    node = URIRef(str(subject))
    broader = graph.value(node, SKOS.broader)
    sign = graph.value(node, COMITY.comity1Sign)
    return Concept(
        scheme=scheme,
        id=identifier,
        label=str(graph.value(node, SKOS.prefLabel) or identifier),
        definition=str(graph.value(node, SKOS.definition) or ""),
        broader=thing_and_id(str(broader))[1] if broader is not None else None,
        verb=str(graph.value(node, COMITY.verb) or ""),
        sign=Decimal(str(sign)) if sign is not None else None,
        needs_actor_target=_is_true(graph, node, "needsActorTarget"),
        speaks_to=_is_true(graph, node, "speaksTo"),
    )


def _is_true(graph: Graph, node: URIRef, name: str) -> bool:
    value = graph.value(node, COMITY[name])
    return value is not None and str(value) == "true"
