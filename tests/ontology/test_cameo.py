"""The CAMEO codes: the whole list, its scores and quarters, kinds and PLOVER types."""

from collections import Counter
from decimal import Decimal

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD

from comity.ontology.cameo import code_named, kind_of
from comity.ontology.signs import goldstein_of
from comity.ontology.terms import SCHEME_FILES, concepts, turtle

COMITY = Namespace("https://w3id.org/comity/ns#")
THINGS = "https://w3id.org/comity/id/"
SCHEMES = Graph().parse(data="\n".join(turtle(name) for name in SCHEME_FILES), format="turtle")
CODES = sorted(concepts("cameo"))


def code(identifier: str) -> URIRef:
    return URIRef(f"{THINGS}cameo/{identifier}")


def test_list_is_whole() -> None:
    assert len(CODES) == 312
    assert [one for one in CODES if len(one) == 2] == [f"{root:02}" for root in range(1, 21)]
    assert all(concepts("cameo")[one].broader == one[:-1] for one in CODES if len(one) > 2)
    assert all(concepts("cameo")[one].broader is None for one in CODES if len(one) == 2)


# Read off the published table.
@pytest.mark.parametrize(
    ("identifier", "name", "score"),
    [
        ("01", "Make public statement", "0"),
        ("016", "Deny responsibility", "-5"),
        ("0256", "Appeal for de-escalation of military engagement", "-0.3"),
        ("044", "Meet at a 'third' location", "2.5"),
        ("0874", "Retreat or surrender militarily", "10"),
        ("116", "Find guilty or liable (legally)", "-2"),
        ("13", "Threaten", "-6"),
        ("130", "Threaten", "-4.4"),
        ("2042", "Detonate nuclear weapons", "-10"),
    ],
)
def test_code_has_its_name_and_score(identifier: str, name: str, score: str) -> None:
    assert concepts("cameo")[identifier].label == name
    assert goldstein_of(identifier) == Decimal(score)
    found = SCHEMES.value(code(identifier), COMITY.goldstein)
    assert isinstance(found, Literal)
    assert found.datatype == XSD.decimal


def test_code_that_is_none_has_no_score() -> None:
    assert goldstein_of("40") is None
    assert goldstein_of("1214") is None


@pytest.mark.parametrize(
    ("quarter", "roots"),
    [(1, range(1, 6)), (2, range(6, 9)), (3, range(9, 14)), (4, range(14, 21))],
)
def test_quarter_follows_from_the_root(quarter: int, roots: range) -> None:
    found = {one for one in CODES if SCHEMES.value(code(one), COMITY.quadClass) == Literal(quarter)}
    assert found == {one for one in CODES if int(one[:2]) in roots}


def test_name_means_the_narrower_code_whatever_its_case() -> None:
    assert code_named("consult") == "040"
    assert code_named("THREATEN") == "130"
    assert code_named("Find guilty or liable (legally)") == "116"
    assert code_named("Make public statement") == "01"
    assert code_named("Consult with") is None


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("make-statement", "01 010 019"),
        ("deny", "016"),
        ("ask", "02 020 0241 026 028"),
        ("appeal-for-help", "023 0233"),
        ("urge-restraint", "0256"),
        ("call-for-settlement", "027"),
        ("agree", "03 030 0312 036"),
        ("offer-mediation", "039"),
        ("consult", "04 040 046"),
        ("support", "05 050 051 057"),
        ("cooperate", "06 061"),
        ("aid", "07 072"),
        ("yield", "08 0871"),
        ("investigate", "09 094"),
        ("demand", "10 1056"),
        ("condemn", "11 110 111 113 116"),
        ("accuse", "112 1123 114 115"),
        ("reject", "12 129 1246"),
        ("threaten", "13 1384"),
        ("protest", "14 145"),
        ("mobilise", "15 154"),
        ("sanction", "16 163"),
        ("coerce", "17 173 175"),
        ("use-force", "18 1823 19 190 20 2042"),
    ],
)
def test_act_of_a_code_has_the_kind_of_the_nearest_mapping(kind: str, codes: str) -> None:
    assert {one: kind_of(one) for one in codes.split()} == dict.fromkeys(codes.split(), kind)


def test_no_code_has_two_kinds() -> None:
    mapped = [
        target
        for mapping in (SKOS.closeMatch, SKOS.narrowMatch)
        for target in SCHEMES.objects(None, mapping)
        if str(target).startswith(f"{THINGS}cameo/")
    ]
    assert max(Counter(mapped).values()) == 1


# Read off CAMEO2PLOVER-2021.
@pytest.mark.parametrize(
    ("identifier", "plover"),
    [
        ("0811", "CONCEDE"),
        ("0813", "RETREAT"),
        ("090", "ACCUSE"),
        ("163", "COERCE"),
        ("1712", "ASSAULT"),
        ("175", "ASSAULT"),
        ("192", "COERCE"),
        ("201", "ASSAULT"),
    ],
)
def test_code_has_one_plover_type(identifier: str, plover: str) -> None:
    found = list(SCHEMES.objects(code(identifier), SKOS.broadMatch))
    assert found == [URIRef(f"{THINGS}plover/{plover}")]


def test_all_codes_but_roots_and_public_statements_have_a_plover_type() -> None:
    without = [one for one in CODES if (code(one), SKOS.broadMatch, None) not in SCHEMES]
    assert without == [one for one in CODES if len(one) == 2 or one[:2] in ("01", "02")]


def test_plover_carries_its_own_licence() -> None:
    scheme = URIRef(f"{THINGS}scheme/plover")
    licence = SCHEMES.value(scheme, DCTERMS.license)
    assert str(licence) == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert "Schrodt" in str(SCHEMES.value(scheme, DCTERMS.creator))
    # Nothing of it stands in a file under another licence.
    assert "plover/ACCUSE> a " not in turtle("schemes.ttl")
