"""The page about the ontology says what the files say."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, SKOS

from comity.ontology.terms import SCHEME_FILES, turtle

COMITY = Namespace("https://w3id.org/comity/ns#")
THINGS = "https://w3id.org/comity/id/"
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```turtle\n(.*?)```", PAGE, flags=re.DOTALL)


def read(*names: str) -> Graph:
    text = "\n".join(turtle(name) for name in names)
    return Graph().parse(data=text, format="turtle")


def test_page_names_every_class() -> None:
    for node in read("comity.ttl").subjects(RDF.type, OWL.Class):
        assert f"`{str(node).removeprefix(COMITY)}`" in PAGE


@pytest.mark.parametrize("example", EXAMPLES[1:], ids=range(len(EXAMPLES) - 1))
def test_example_uses_terms_and_concepts_that_exist(example: str) -> None:
    vocabulary, schemes = read("comity.ttl"), read(*SCHEME_FILES)
    graph = Graph().parse(data=EXAMPLES[0] + example, format="turtle")
    assert graph
    lists = {str(node).rpartition("/")[2] for node in schemes.objects(None, SKOS.inScheme)}
    for part in {part for triple in graph for part in triple if isinstance(part, URIRef)}:
        if part.startswith(COMITY):
            assert (part, RDF.type, None) in vocabulary, part
        folder, _, identifier = part.removeprefix(THINGS).partition("/")
        # Claim positions and the concepts asserts, affirms, denies share a folder.
        if folder in lists and (folder != "claim-position" or "-" not in identifier):
            assert (part, RDF.type, SKOS.Concept) in schemes, part


def test_sign_table_is_that_of_the_kinds() -> None:
    schemes = read("schemes.ttl")
    signs = {"+1": "1.0", "-1": "-1.0", "-0.5": "-0.5", "0": "0.0", "none": "None"}
    rows = re.findall(r"^\| (\+1|-1|-0\.5|0|none) \| (.+) \|$", PAGE, flags=re.MULTILINE)
    told = {kind.strip(): signs[sign] for sign, kinds in rows for kind in kinds.split(",")}
    found = {
        str(kind).rpartition("/")[2]: str(schemes.value(kind, COMITY.comity1Sign))
        for kind in schemes.subjects(SKOS.inScheme, URIRef(f"{THINGS}scheme/kind"))
    }
    assert told == found


def test_terms_close_by_are_those_of_the_vocabulary() -> None:
    text = (files("comity.ontology") / "comity.ttl").read_text(encoding="utf-8")
    section = PAGE.split("## Where the terms come from")[1].split("## Checking")[0]
    for term in re.findall(r"`((?:dcterms|foaf|oa|org|prov|schema|sem):\w+)`", section):
        assert re.search(rf"\b{term}\b", text), term
