"""IRIs and prefixes: how an id becomes an IRI and back.

IRIs have one fixed base whatever host serves them, so that graphs built in
different places say the same thing about the same actor.
"""

import re
from enum import StrEnum
from typing import Final

VOCABULARY: Final = "https://w3id.org/comity/ns#"
THINGS: Final = "https://w3id.org/comity/id/"

PREFIXES: Final[dict[str, str]] = {
    "comity": VOCABULARY,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The id of a data set ends in its version, which may have dots.
_THING = re.compile(re.escape(THINGS) + r"([a-z0-9-]+)/([a-z0-9-]+|(?<=source/)[a-z0-9.-]+)")


class Thing(StrEnum):
    """The types of things that have an IRI of their own, as they stand in it."""

    ACTOR = "actor"
    CASUALTY_REPORT = "casualty-report"
    CLAIM = "claim"
    CLAIM_POSITION = "claim-position"
    CODE = "code"
    COVERAGE = "coverage"
    EVENT = "event"
    EVIDENCE = "evidence"
    IDENTITY_DECISION = "identity-decision"
    ISSUE = "issue"
    MEMBERSHIP = "membership"
    MEMBERSHIP_STATUS = "membership-status"
    OBLIGATION = "obligation"
    OBSERVATION = "observation"
    PARTICIPATION = "participation"
    POST = "post"
    RECOGNITION = "recognition"
    SOURCE = "source"
    STANCE = "stance"
    SUCCESSION = "succession"
    TENURE = "tenure"
    TERRITORY = "territory"
    TREATY = "treaty"


def is_id(text: str) -> bool:
    """Whether a text has the form of an id: lower-case ASCII words joined by hyphens.

    Examples:
        >>> is_id("csto-session-2022-09-13"), is_id("ARM"), is_id("a--b")
        (True, False, False)
    """
    return _ID.fullmatch(text) is not None


def thing_iri(thing: str, identifier: str) -> str:
    """The IRI of a thing, or of a concept in a scheme.

    Args:
        thing: a member of `Thing`, or the id of a concept scheme such as `kind`.
        identifier: its id; that of a source may have dots too.

    Raises:
        ValueError: the id has not the form of an id.

    Examples:
        >>> thing_iri(Thing.ACTOR, "arm")
        'https://w3id.org/comity/id/actor/arm'
        >>> thing_iri(Thing.SOURCE, "cow-alliances-4.1")
        'https://w3id.org/comity/id/source/cow-alliances-4.1'
    """
    if not is_id_of(thing, identifier):
        raise ValueError(f"{identifier!r} is not an id (lower-case letters, digits, hyphens)")
    return f"{THINGS}{thing}/{identifier}"


def is_id_of(thing: str, text: str) -> bool:
    """Whether a text has the form of an id of some type; that of a source may have dots.

    Examples:
        >>> is_id_of(Thing.SOURCE, "cow-alliances-4.1"), is_id_of(Thing.ACTOR, "a.b")
        (True, False)
    """
    return is_id(text.replace(".", "-") if thing == Thing.SOURCE else text)


def is_thing(iri: str) -> bool:
    """Whether an IRI is one that this project gives.

    Examples:
        >>> is_thing("https://w3id.org/comity/id/actor/arm"), is_thing("https://schema.org/Claim")
        (True, False)
    """
    return _THING.fullmatch(iri) is not None


def id_of(iri: str) -> str:
    """The id in an IRI of ours.

    Raises:
        ValueError: the IRI is not of the form this project gives.

    Examples:
        >>> id_of("https://w3id.org/comity/id/actor/arm")
        'arm'
        >>> id_of("https://w3id.org/comity/id/source/cow-alliances-4.1")
        'cow-alliances-4.1'
    """
    return thing_and_id(iri)[1]


def thing_and_id(iri: str) -> tuple[str, str]:
    """The type and the id in an IRI of ours.

    Raises:
        ValueError: the IRI is not of the form this project gives.

    Examples:
        >>> thing_and_id("https://w3id.org/comity/id/kind/condemn")
        ('kind', 'condemn')
    """
    match = _THING.fullmatch(iri)
    if match is None:
        raise ValueError(f"{iri} is not an IRI of this project ({THINGS}type/id)")
    return match[1], match[2]
