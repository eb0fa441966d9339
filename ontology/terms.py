"""The vocabulary as Python reads it: the Turtle files and the concepts in them.

Concepts (kinds, roles, statuses ...) are listed in `schemes.ttl` only; this
module reads them from there, so that no list is written twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pyoxigraph import RdfFormat, parse

from comity.ontology.namespaces import PREFIXES, VOCABULARY, is_thing, thing_and_id

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


def schemes() -> tuple[str, ...]:
    """The ids of all schemes, sorted by the IRIs of their concepts."""
    return tuple(_schemes())


@cache
def _schemes() -> dict[str, dict[str, Concept]]:
    # Parsed with pyoxigraph: rdflib would cost every start half a second.
    properties: dict[str, dict[str, str]] = {}
    for statement in parse(turtle("schemes.ttl"), format=RdfFormat.TURTLE):
        values = properties.setdefault(statement.subject.value, {})
        values.setdefault(statement.predicate.value, statement.object.value)
    found: dict[str, dict[str, Concept]] = {}
    for iri, values in sorted(properties.items()):
        # Codes of other vocabularies are mapped to, but are no values of ours.
        if is_thing(iri) and PREFIXES["skos"] + "inScheme" in values:
            scheme, identifier = thing_and_id(iri)
            found.setdefault(scheme, {})[identifier] = _concept(scheme, identifier, values)
    return found


def _concept(scheme: str, identifier: str, values: Mapping[str, str]) -> Concept:
    skos = PREFIXES["skos"]
    broader = values.get(skos + "broader")
    sign = values.get(VOCABULARY + "comity1Sign")
    return Concept(
        scheme=scheme,
        id=identifier,
        label=values.get(skos + "prefLabel", identifier),
        definition=values.get(skos + "definition", ""),
        broader=thing_and_id(broader)[1] if broader else None,
        verb=values.get(VOCABULARY + "verb", ""),
        sign=Decimal(sign) if sign is not None else None,
        needs_actor_target=values.get(VOCABULARY + "needsActorTarget") == "true",
        speaks_to=values.get(VOCABULARY + "speaksTo") == "true",
    )
