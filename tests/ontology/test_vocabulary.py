"""The vocabulary is complete, documented and tied to terms that exist."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    XSD,
    DefinedNamespace,
    Namespace,
)

from comity.ontology.terms import TURTLE_FILES

COMITY = Namespace("https://w3id.org/comity/ns#")
THINGS = "https://w3id.org/comity/id/"
ONTOLOGY = URIRef("https://w3id.org/comity/ns")
DOCS = Path(__file__).resolve().parents[2] / "docs"

CLOSED: tuple[type[DefinedNamespace], ...] = (
    DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, XSD,
)  # fmt: skip

# rdflib has no list of these two: https://www.w3.org/ns/oa (2016-11-12) and
# http://semanticweb.cs.vu.nl/2009/11/sem/ (2009).
LISTED = {
    "http://www.w3.org/ns/oa#": {
        *("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector"),
        *("end", "exact", "hasBody", "hasSelector", "hasSource", "hasTarget", "prefix", "start"),
        "suffix",
    },
    "http://semanticweb.cs.vu.nl/2009/11/sem/": {
        *("Actor", "Event", "Place", "Role", "RoleType", "accordingTo", "actorType", "eventType"),
        *("hasActor", "hasBeginTimeStamp", "hasEarliestBeginTimeStamp"),
        *("hasEarliestEndTimeStamp", "hasEndTimeStamp", "hasLatestBeginTimeStamp"),
        *("hasLatestEndTimeStamp", "hasPlace", "hasSubEvent", "hasTime", "roleType", "subEventOf"),
    },
    "http://purl.org/vocab/vann/": {"preferredNamespacePrefix", "preferredNamespaceUri"},
    "https://creativecommons.org/licenses/": {"by/4.0/", "by-sa/4.0/"},
}

CLASSES = """
Actor Alliance ArmedGroup CasualtyReport Claim ClaimPosition CodeAssignment Coverage Event
Evidence GovernmentBody Group IdentityDecision InternationalOrganisation Issue MediaOutlet MemberTerritory
Membership MembershipStatus NonGovernmentalOrganisation Obligation Observation Official Organ
Organisation Participation Party Person Post Recognition Source StanceAct State StateSuccession
Tenure Territory Treaty
"""

# Columns of docs/data-format.md with a fixed list, and the scheme that holds it.
SCHEME_OF_COLUMN = {
    "sources.kind": "source-kind",
    "role": "role",
    "statuses.status": "status",
    "codes.scheme": "code-scheme",
    "successions.kind": "succession-kind",
    "obligations.type": "obligation-type",
    "obligations.trigger": "trigger",
    "posts.office": "office",
    "events.type": "event-type",
    "events.state": "event-state",
    "participations.role": "participant-role",
    "territories.kind": "territory-kind",
}


def read(name: str) -> Graph:
    text = (files("comity.ontology") / name).read_text(encoding="utf-8")
    return Graph().parse(data=text, format="turtle")


VOCABULARY = read("comity.ttl")
SCHEMES = read("schemes.ttl")
SHAPES = read("shapes.ttl")
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
TERMS = sorted({s for t in (OWL.Class, *PROPERTY_TYPES) for s in VOCABULARY.subjects(RDF.type, t)})


def fixed_lists() -> dict[str, set[str]]:
    """The table of fixed values in the page about the data files."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    table = text.split("| column | values |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| ([a-z.]+) \| (.+) \|$", table, flags=re.MULTILINE)
    return {column: {value.strip() for value in values.split(",")} for column, values in rows}


def concept_ids(scheme: str) -> set[str]:
    subjects = SCHEMES.subjects(SKOS.inScheme, URIRef(f"{THINGS}scheme/{scheme}"))
    return {str(s).removeprefix(f"{THINGS}{scheme}/") for s in subjects}


def test_classes_are_those_of_the_model() -> None:
    found = {str(s).removeprefix(COMITY) for s in VOCABULARY.subjects(RDF.type, OWL.Class)}
    assert found == set(CLASSES.split())


def test_header_names_version_and_licence() -> None:
    assert str(VOCABULARY.value(ONTOLOGY, OWL.versionInfo)) == "0.1.0"
    licence = VOCABULARY.value(ONTOLOGY, DCTERMS.license)
    assert str(licence) == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(COMITY))
def test_term_has_label_definition_and_example(term: URIRef) -> None:
    for part in (RDFS.label, SKOS.definition, SKOS.example):
        texts = list(VOCABULARY.objects(term, part))
        assert [text.language for text in texts] == ["en"], part
        assert str(texts[0]).strip()
    assert VOCABULARY.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_labels_are_given_once() -> None:
    for kind in (OWL.Class, *PROPERTY_TYPES):
        labels = [str(VOCABULARY.value(s, RDFS.label)) for s in VOCABULARY.subjects(RDF.type, kind)]
        assert len(labels) == len(set(labels))


def test_terms_have_exactly_one_type() -> None:
    assert all(len(list(VOCABULARY.objects(term, RDF.type))) == 1 for term in TERMS)


def test_object_properties_can_be_read_backwards() -> None:
    for term in VOCABULARY.subjects(RDF.type, OWL.ObjectProperty):
        assert len(list(VOCABULARY.objects(term, COMITY.inverseLabel))) == 1, term


def test_properties_say_where_they_stand() -> None:
    homes = (RDFS.domain, SDO.domainIncludes)
    for term in TERMS:
        if (term, RDF.type, OWL.Class) in VOCABULARY or term == COMITY.inverseLabel:
            continue
        assert any((term, home, None) in VOCABULARY for home in homes), term


def test_object_properties_lead_to_classes_and_datatype_properties_to_datatypes() -> None:
    for term, target in VOCABULARY.subject_objects(RDFS.range):
        is_text = target in XSD or target == RDF.langString
        assert is_text == ((term, RDF.type, OWL.DatatypeProperty) in VOCABULARY), term


@pytest.mark.parametrize("name", [*TURTLE_FILES, "shapes.ttl"])
def test_foreign_terms_exist(name: str) -> None:
    graph = read(name)
    iris = {part for triple in graph for part in triple if isinstance(part, URIRef)}
    ours = "https://w3id.org/comity/"
    for iri in sorted(iris):
        if iri.startswith(ours):
            continue
        lists = [names for base, names in LISTED.items() if iri.startswith(base)]
        if lists:
            assert any(iri.endswith(name) for name in lists[0]), iri
        else:
            assert any(iri in namespace for namespace in CLOSED), iri


@pytest.mark.parametrize("name", [*TURTLE_FILES, "shapes.ttl"])
def test_own_terms_are_defined(name: str) -> None:
    graph = read(name)
    used = {part for triple in graph for part in triple if isinstance(part, URIRef)}
    assert {part for part in used if part.startswith(COMITY)} <= set(TERMS)


def test_properties_are_all_checked_by_shapes() -> None:
    used = set(SHAPES.objects(None, SH.path)) | set(SHAPES.objects(None, SH.targetSubjectsOf))
    for choice in SHAPES.objects(None, SH.alternativePath):
        used |= set(Collection(SHAPES, choice))
    of_concepts = set(VOCABULARY.subjects(RDFS.domain, SKOS.Concept))
    unchecked = set(TERMS) - used - of_concepts - {COMITY.inverseLabel}
    assert not {t for t in unchecked if (t, RDF.type, OWL.Class) not in VOCABULARY}


def test_classes_are_all_checked_by_shapes() -> None:
    targets = set(SHAPES.objects(None, SH.targetClass))
    assert targets == set(VOCABULARY.subjects(RDF.type, OWL.Class))


def test_shapes_with_targets_have_a_message() -> None:
    for target in (SH.targetClass, SH.targetSubjectsOf):
        for shape in SHAPES.subjects(target):
            assert len(list(SHAPES.objects(shape, SH.message))) == 1, shape


def test_messages_say_rule_and_remedy() -> None:
    for shape in SHAPES.subjects(None, SH.message):
        message = str(SHAPES.value(shape, SH.message))
        assert message.endswith("."), shape
        assert message[0].isupper(), shape


def test_shapes_need_no_sparql() -> None:
    for term in (SH.sparql, SH.select, SH.js, SH.rule, SH.target):
        assert (None, term, None) not in SHAPES


def test_fixed_lists_of_the_data_files_are_schemes() -> None:
    lists = fixed_lists()
    assert set(lists) == {*SCHEME_OF_COLUMN, "organisations.type"}
    for column, scheme in SCHEME_OF_COLUMN.items():
        assert concept_ids(scheme) == lists[column], column


def test_types_of_organisations_are_classes() -> None:
    for value in fixed_lists()["organisations.type"]:
        name = "".join(word.capitalize() for word in value.split("-"))
        assert COMITY[name] in TERMS, value


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("casualty-group", "all civilian military"),
        ("casualty-measure", "killed killed-or-missing missing wounded"),
        ("claim-kind", "factual judgement prediction"),
        ("claim-position", "affirms asserts denies"),
        ("confidence", "high low medium"),
        ("end-state", "ended not-covered open unknown"),
        ("modality", "conditional hypothetical ironic plain"),
        ("observation-kind", "heat"),
        ("precision", "day month unknown year"),
        ("sign-rule", "comity-1 goldstein"),
        ("speech", "direct reported summary"),
    ],
)
def test_other_fixed_lists_are_schemes(scheme: str, expected: str) -> None:
    assert concept_ids(scheme) == set(expected.split())


@pytest.mark.parametrize("name", [*TURTLE_FILES, "shapes.ttl"])
def test_terms_stand_in_alphabetical_order(name: str) -> None:
    text = (files("comity.ontology") / name).read_text(encoding="utf-8")
    for section in re.split(r"\n\n# .*\n\n", text)[1:]:
        subjects = re.findall(
            r"^(\S+) (?:a (?:owl:\w+|skos:Concept|sh:\w+) ;|skos:broadMatch \S+ \.)$",
            section,
            flags=re.MULTILINE,
        )
        assert subjects, section
        assert subjects == sorted(subjects), subjects[0]
