"""RDF terms from ids, names and days: what is bound into requests and written as quads."""

from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from comity.ontology.namespaces import PREFIXES, thing_iri

XSD_DATE = NamedNode(PREFIXES["xsd"] + "date")


@lru_cache(maxsize=4096)
def term(name: str) -> NamedNode:
    """A property or class: a local name of the vocabulary, or prefix:name.

    Examples:
        >>> term("StanceAct").value, term("skos:note").value.rpartition("#")[2]
        ('https://w3id.org/comity/ns#StanceAct', 'note')
    """
    prefix, _, local = name.rpartition(":")
    return NamedNode(PREFIXES[prefix or "comity"] + local)


def node(thing: str, identifier: str) -> NamedNode:
    """A thing, or a concept of a scheme, by its id.

    Raises:
        ValueError: the id has not the form of an id.
    """
    return NamedNode(thing_iri(thing, identifier))


def day_term(day: date) -> Literal:
    """A calendar day."""
    return Literal(day.isoformat(), datatype=XSD_DATE)


def truth_term(truth: bool) -> Literal:
    """A truth value."""
    return Literal(truth)
