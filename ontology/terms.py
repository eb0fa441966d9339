"""The vocabulary as Python reads it: the Turtle files and the concepts in them.

Concepts (kinds, roles, statuses ...) are listed in `schemes.ttl`, those of CAMEO and PLOVER
in files of their own; this module reads them from there, so that no list is written twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pyoxigraph import RdfFormat, parse

from comity.ontology.namespaces import PREFIXES, VOCABULARY, is_thing, thing_and_id

SCHEME_FILES = ("schemes.ttl", "cameo.ttl", "plover.ttl")
TURTLE_FILES = ("comity.ttl", *SCHEME_FILES)
# Lists in a file of their own; read only when they are asked for.
_FILES: Mapping[str, str] = {"cameo": "cameo.ttl"}


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
        goldstein: for CAMEO codes, the score on Goldstein's scale; None for all others.
        quad: for CAMEO codes, the quad class, 1 to 4: verbal and material cooperation, verbal
            and material conflict; None for all others.
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
    goldstein: Decimal | None = None
    quad: int | None = None


def turtle(name: str) -> str:
    """The text of one of the Turtle files of this layer, such as `shapes.ttl`."""
    return (files("comity.ontology") / name).read_text(encoding="utf-8")


@cache
def concepts(scheme: str) -> dict[str, Concept]:
    """The concepts of a scheme by id, sorted; empty when there is no such scheme."""
    return _listed(_FILES.get(scheme, "schemes.ttl")).get(scheme, {})


def schemes() -> tuple[str, ...]:
    """The ids of all schemes, sorted; types of PLOVER are mapped to, but are no values of ours."""
    return tuple(sorted((*_listed("schemes.ttl"), *_FILES)))


@cache
def _listed(name: str) -> dict[str, dict[str, Concept]]:
    # Parsed with pyoxigraph: rdflib would cost every start half a second.
    properties: dict[str, dict[str, str]] = {}
    for statement in parse(turtle(name), format=RdfFormat.TURTLE):
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
    score = values.get(VOCABULARY + "goldstein")
    quad = values.get(VOCABULARY + "quadClass")
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
        goldstein=Decimal(score) if score is not None else None,
        quad=int(quad) if quad is not None else None,
    )
