"""What the shapes accept and what they refuse, one small file each.

Every file is read together with `shapes/context.ttl`. A file in `shapes/bad`
has one fault; its first line names the node and words of the message.
"""

from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF

from comity.graph.validate import shacl_violations

FOLDER = Path(__file__).parent / "shapes"
GOOD = sorted((FOLDER / "good").glob("*.ttl"))
BAD = sorted((FOLDER / "bad").glob("*.ttl"))
THINGS = "https://w3id.org/comity/id/"
CLASSES = "https://w3id.org/comity/ns#"
EXPECT = "# expect: "


@cache
def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def with_context(path: Path) -> Graph:
    return read(FOLDER / "context.ttl") + read(path)


def expected(path: Path) -> tuple[str, str]:
    """The node and the words of the message that a bad file announces."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(EXPECT), f"{path.name} must begin with '{EXPECT}node | text'"
    node, text = first.removeprefix(EXPECT).split(" | ")
    return THINGS + node, text


def test_context_conforms() -> None:
    assert shacl_violations(read(FOLDER / "context.ttl")) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_file_conforms(path: Path) -> None:
    assert shacl_violations(with_context(path)) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file_is_refused_by_name_and_rule(path: Path) -> None:
    node, text = expected(path)
    found = shacl_violations(with_context(path))
    assert {violation.node for violation in found} == {node}
    assert any(text in violation.message for violation in found)


def test_every_class_has_a_good_and_a_bad_file() -> None:
    vocabulary = Graph().parse(FOLDER.parents[2] / "ontology" / "comity.ttl", format="turtle")
    classes = {
        str(node).removeprefix(CLASSES)
        for node in vocabulary.subjects(RDF.type)
        if str(node).removeprefix(CLASSES)[:1].isupper()
    }
    good = {str(t).removeprefix(CLASSES) for p in GOOD for t in read(p).objects(None, RDF.type)}
    bad = {str(t).removeprefix(CLASSES) for p in BAD for t in read(p).objects(None, RDF.type)}
    assert classes <= good
    assert classes <= bad


def test_violation_names_property_and_value() -> None:
    found = shacl_violations(with_context(FOLDER / "bad" / "act-of-an-unknown-kind.ttl"))
    assert [(v.path, v.value) for v in found] == [
        ("https://w3id.org/comity/ns#kind", "https://w3id.org/comity/id/kind/slander")
    ]
