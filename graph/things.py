"""Reads nodes of the graph as plain Python values, whatever their class.

Owns the step from triples to property maps and labels. What a property means is up to
the caller. This module knows no class in particular.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from pyoxigraph import Literal, NamedNode

from comity.graph.binding import bind
from comity.graph.engine import Engine, Term
from comity.graph.remembered import Remembered
from comity.graph.requests import request
from comity.ontology.namespaces import PREFIXES, is_thing, thing_and_id
from comity.ontology.namespaces import Thing as Type

# From the telling to the general: the first that a node has is its type.
_MOST_TELLING = (
    "State",
    "Alliance",
    "InternationalOrganisation",
    "GovernmentBody",
    "Organ",
    "Party",
    "NonGovernmentalOrganisation",
    "MediaOutlet",
    "ArmedGroup",
    "Group",
    "MemberTerritory",
    "Official",
    "Person",
    "Organisation",
    "Actor",
)
# Statements and what belongs to them: nodes without a name, known by their id. By the type
# in their IRI, their class in kebab-case.
STATEMENTS: Mapping[str, str] = {
    Type.CASUALTY_REPORT: "casualty-report",
    Type.CLAIM: "claim",
    Type.CODE: "code-assignment",
    Type.COVERAGE: "coverage",
    Type.EVIDENCE: "evidence",
    Type.IDENTITY_DECISION: "identity-decision",
    Type.MEMBERSHIP: "membership",
    Type.MEMBERSHIP_STATUS: "membership-status",
    Type.OBLIGATION: "obligation",
    Type.OBSERVATION: "observation",
    Type.PARTICIPATION: "participation",
    Type.RECOGNITION: "recognition",
    Type.STANCE: "stance-act",
    Type.SUCCESSION: "state-succession",
    Type.TENURE: "tenure",
}
_AT_ONCE = 2000
# A page reads most of its things two or three times, and the next page some of them again.
_KEPT = 20_000
_known: Remembered[str, "Thing"] = Remembered(most=_KEPT)
_BY_NAMESPACE = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


@dataclass(frozen=True, slots=True)
class Thing:
    """A node and all its properties.

    Attributes:
        iri: of the node.
        properties: terms by property; local names of the Comity vocabulary, others as
            prefix:name. Terms are sorted.
    """

    iri: str
    properties: Mapping[str, tuple[Term, ...]]

    @property
    def type(self) -> str:
        """The type in its IRI, such as `actor`."""
        return thing_and_id(self.iri)[0]

    @property
    def id(self) -> str:
        """The id in its IRI."""
        return thing_and_id(self.iri)[1]

    @property
    def class_name(self) -> str:
        """The most telling of its classes, in kebab-case."""
        return type_name(iri.rpartition("#")[2] for iri in self.texts("rdf:type"))

    @property
    def label(self) -> str:
        """Its label, or its id where it has none."""
        return self.text("skos:prefLabel") or self.id

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a property."""
        return tuple(term.value for term in self.properties.get(name, ()))

    def text(self, name: str) -> str:
        """The first text of a property, or the empty text."""
        found = self.properties.get(name, ())
        return found[0].value if found else ""

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids of the things or concepts a property names."""
        return tuple(thing_and_id(term.value)[1] for term in self.properties.get(name, ()))

    def id_of(self, name: str) -> str | None:
        """The id of the thing or concept a property names, or None."""
        found = self.ids(name)
        return found[0] if found else None

    def iris(self, name: str) -> tuple[str, ...]:
        """The IRIs a property names."""
        return tuple(
            term.value for term in self.properties.get(name, ()) if isinstance(term, NamedNode)
        )

    def number(self, name: str) -> int | None:
        """The whole number of a property, or None."""
        return int(self.text(name)) if name in self.properties else None

    def decimal(self, name: str) -> float | None:
        """The decimal number of a property, or None."""
        return float(self.text(name)) if name in self.properties else None

    def truth(self, name: str) -> bool | None:
        """The truth value of a property, or None where it is unknown."""
        return self.text(name) == "true" if name in self.properties else None

    def day(self, name: str) -> date | None:
        """The calendar day of a property, or None."""
        return date.fromisoformat(self.text(name)) if name in self.properties else None

    def language(self, name: str) -> str | None:
        """The language tag of the first text of a property, or None."""
        found = self.properties.get(name, ())
        return found[0].language if found and isinstance(found[0], Literal) else None


@dataclass(frozen=True, slots=True)
class Name:
    """How a node is called, and what it is.

    Attributes:
        iri: of the node.
        label: English label, or the id.
        type: the most telling of its classes, in kebab-case.
    """

    iri: str
    label: str
    type: str

    @property
    def id(self) -> str:
        """The id in its IRI."""
        return thing_and_id(self.iri)[1]


def read_things(engine: Engine, iris: Iterable[str]) -> dict[str, Thing]:
    """Nodes with all their properties, read once; those that do not exist are left out.

    Args:
        engine: the graph.
        iris: their IRIs.

    Returns:
        Things by IRI, sorted.
    """
    wanted = sorted(set(iris))
    known = _known.of(engine)
    new = _read(engine, [iri for iri in wanted if iri not in known])
    if len(new) <= _KEPT:
        known.update(new)
    return {iri: thing for iri in wanted if (thing := new.get(iri) or known.get(iri))}


def _read(engine: Engine, iris: Sequence[str]) -> dict[str, Thing]:
    found: dict[str, dict[str, list[Term]]] = {}
    for wanted in _portions(iris):
        for node, prop, value in engine.select(bind(request("properties"), {"node": wanted})).rows:
            if node is not None and prop is not None and value is not None:
                properties = found.setdefault(node.value, {})
                properties.setdefault(short_name(prop.value), []).append(value)
    return {
        iri: Thing(iri, {name: _sorted(terms) for name, terms in sorted(properties.items())})
        for iri, properties in found.items()
    }


def _sorted(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(terms) if len(terms) == 1 else tuple(sorted(terms, key=str))


def read_names(engine: Engine, iris: Iterable[str]) -> dict[str, Name]:
    """The names of nodes by IRI; nodes that do not exist are left out.

    A node without a label is named by its id.
    """
    labels: dict[str, str] = {}
    classes: dict[str, set[str]] = {}
    for wanted in _portions(sorted({iri for iri in iris if is_thing(iri)})):
        for row in engine.select(bind(request("names"), {"node": wanted})).texts():
            if "label" in row:
                labels.setdefault(row["node"], row["label"])
            classes.setdefault(row["node"], set()).add(row["class"].rpartition("#")[2])
    return {
        iri: Name(iri, labels.get(iri) or thing_and_id(iri)[1], type_name(classes[iri]))
        for iri in sorted(classes)
    }


def _portions(iris: Sequence[str]) -> Iterator[list[NamedNode]]:
    """Nodes in portions that every engine takes; Virtuoso refuses 9,000 at once."""
    left = iter(iris)
    while portion := [NamedNode(iri) for iri in islice(left, _AT_ONCE)]:
        yield portion


def type_name(classes: Iterable[str]) -> str:
    """The most telling of a node's classes, in kebab-case.

    Examples:
        >>> type_name(["Actor", "Organisation", "Alliance", "InternationalOrganisation"])
        'alliance'
    """
    found = set(classes)
    for name in _MOST_TELLING:
        if name in found:
            return kebab(name)
    return kebab(min(found)) if found else "thing"


def kebab(name: str) -> str:
    """A class name as the API writes types.

    Examples:
        >>> kebab("GovernmentBody")
        'government-body'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


@cache
def short_name(iri: str) -> str:
    """The name of a property: local in the Comity vocabulary, else prefix:name or the IRI."""
    for prefix, namespace in _BY_NAMESPACE:
        if iri.startswith(namespace):
            local = iri.removeprefix(namespace)
            return local if prefix == "comity" else f"{prefix}:{local}"
    return iri
