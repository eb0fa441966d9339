"""The fixed lists: how concepts are described, and the sign rule comity-1."""

import re
from decimal import Decimal

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

from comity.ontology.terms import SCHEME_FILES, turtle

COMITY = Namespace("https://w3id.org/comity/ns#")
THINGS = "https://w3id.org/comity/id/"
SCHEMES = Graph().parse(data="\n".join(turtle(name) for name in SCHEME_FILES), format="turtle")
CONCEPTS = sorted(SCHEMES.subjects(RDF.type, SKOS.Concept))

# The coding rules, written out by hand: sign under comity-1, whether the
# sign needs an actor as target, whether acts of the kind speak to their addressees.
KINDS = {
    "abstain": (None, False, False),
    "absent": (None, False, False),
    "accuse": ("-1", True, False),
    "affirm": (None, False, False),
    "agree": ("1", True, True),
    "aid": ("1", True, False),
    "appeal-for-help": ("0", False, True),
    "ask": ("0", False, True),
    "call-for-settlement": ("0", False, True),
    "coerce": ("-1", True, False),
    "condemn": ("-1", True, False),
    "consult": ("0", False, True),
    "cooperate": ("1", True, False),
    "demand": ("-0.5", True, True),
    "deny": (None, False, False),
    "express-concern": ("0", False, False),
    "investigate": ("0", False, False),
    "make-statement": ("0", False, True),
    "mobilise": ("-0.5", True, False),
    "offer-conditional": ("0", False, True),
    "offer-mediation": ("0", False, True),
    "praise": ("1", True, False),
    "propose": ("0", False, True),
    "protest": ("-1", True, False),
    "raise": ("0", False, True),
    "reject": ("-1", True, False),
    "rule-out": (None, False, False),
    "sanction": ("-1", True, False),
    "support": ("1", True, False),
    "threaten": ("-1", True, True),
    "urge-restraint": ("0", False, True),
    "use-force": ("-1", True, False),
    "vote-no": ("-1", True, False),
    "vote-yes": ("1", True, False),
    "warn": ("-0.5", True, True),
    "yield": ("1", True, False),
}


def concept(scheme: str, identifier: str) -> URIRef:
    return URIRef(f"{THINGS}{scheme}/{identifier}")


def test_kinds_are_those_of_the_coding_rules() -> None:
    kinds = SCHEMES.subjects(SKOS.inScheme, concept("scheme", "kind"))
    assert {str(kind).removeprefix(f"{THINGS}kind/") for kind in kinds} == set(KINDS)


@pytest.mark.parametrize(("kind", "row"), KINDS.items(), ids=list(KINDS))
def test_kind_carries_its_sign(kind: str, row: tuple[str | None, bool, bool]) -> None:
    sign, needs_target, speaks_to = row
    node = concept("kind", kind)
    found = SCHEMES.value(node, COMITY.comity1Sign)
    if sign is None:
        assert found is None
    else:
        assert isinstance(found, Literal)
        assert found.datatype == XSD.decimal
        assert Decimal(str(found)) == Decimal(sign)
    assert SCHEMES.value(node, COMITY.needsActorTarget) == Literal(needs_target)
    assert SCHEMES.value(node, COMITY.speaksTo) == Literal(speaks_to)
    assert str(SCHEMES.value(node, COMITY.verb))


def test_verbs_are_different() -> None:
    verbs = [str(verb) for verb in SCHEMES.objects(None, COMITY.verb)]
    assert len(verbs) == len(KINDS) == len(set(verbs))


@pytest.mark.parametrize("node", CONCEPTS, ids=lambda node: node.removeprefix(THINGS))
def test_concept_is_described(node: URIRef) -> None:
    scheme, identifier = str(node).removeprefix(THINGS).split("/")
    assert str(SCHEMES.value(node, SKOS.notation)) == identifier
    assert str(SCHEMES.value(node, DCTERMS.identifier)) == identifier
    assert list(SCHEMES.objects(node, SKOS.inScheme)) == [concept("scheme", scheme)]
    for part in (SKOS.prefLabel, SKOS.definition):
        texts = list(SCHEMES.objects(node, part))
        assert [text.language for text in texts] == ["en"], part


def test_every_scheme_is_described_and_has_concepts() -> None:
    schemes = set(SCHEMES.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == set(SCHEMES.objects(None, SKOS.inScheme))
    for scheme in schemes:
        assert SCHEMES.value(scheme, SKOS.prefLabel)
        assert SCHEMES.value(scheme, SKOS.definition)


def test_narrower_roles_are_kinds_of_member() -> None:
    narrower = SCHEMES.subjects(SKOS.broader, concept("role", "member"))
    expected = ["co-chair", "elected-member", "participating-state", "permanent-member"]
    assert sorted(narrower) == [concept("role", role) for role in expected]


def test_mappings_lead_to_concepts_of_other_schemes() -> None:
    for mapping in (SKOS.broadMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        for one, target in SCHEMES.subject_objects(mapping):
            wider = "plover" if str(one).startswith(f"{THINGS}cameo/") else "(cameo|plover)"
            assert re.match(f"{THINGS}(kind|cameo)/", str(one))
            assert re.match(f"{THINGS}{wider}/", str(target))
            assert target in CONCEPTS


@pytest.mark.parametrize(
    ("kind", "mapping", "target"),
    [
        ("accuse", SKOS.closeMatch, "cameo/112"),
        ("ask", SKOS.closeMatch, "plover/REQUEST"),
        ("condemn", SKOS.broadMatch, "plover/ACCUSE"),
        ("condemn", SKOS.closeMatch, "cameo/111"),
        ("consult", SKOS.closeMatch, "plover/CONSULT"),
        ("support", SKOS.closeMatch, "plover/SUPPORT"),
        ("urge-restraint", SKOS.closeMatch, "cameo/0256"),
    ],
)
def test_kind_is_mapped(kind: str, mapping: URIRef, target: str) -> None:
    assert (concept("kind", kind), mapping, URIRef(THINGS + target)) in SCHEMES


def test_plover_has_the_16_types_of_codebook_0_8() -> None:
    types = SCHEMES.subjects(SKOS.inScheme, concept("scheme", "plover"))
    expected = (
        "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT "
        "REQUEST RETREAT SANCTION SUPPORT THREATEN"
    )
    assert sorted(types) == [concept("plover", name) for name in expected.split()]


def test_concern_has_no_plover_type() -> None:
    targets = [
        target
        for mapping in (SKOS.broadMatch, SKOS.closeMatch, SKOS.relatedMatch)
        for target in SCHEMES.objects(concept("kind", "express-concern"), mapping)
    ]
    assert not [target for target in targets if "/plover/" in str(target)]
