"""Questions in the graph: other programs find them by SPARQL and run them as they are."""

from datetime import date

import pytest
from pyoxigraph import Store

from comity.graph.engine import EmbeddedEngine, select
from comity.queries.catalogue import catalogue, question
from comity.queries.examples import example_quads, example_text
from comity.queries.parameters import TODAY

# As the collection itself asks: https://github.com/sib-swiss/sparql-examples
FIND = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?example ?comment ?query WHERE {
  ?example a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;
    rdfs:comment ?comment ;
    sh:select ?query ;
    sh:prefixes/sh:declare/sh:prefix "comity" .
}
"""


def test_every_question_is_found_in_the_graph(shipped_engine: EmbeddedEngine) -> None:
    found = {
        row["example"].rpartition("/")[2]: row["comment"]
        for row in shipped_engine.select(FIND).texts()
    }
    assert found == {one.id: one.question for one in catalogue().values()}


def test_text_in_the_graph_runs_as_it_stands(shipped_engine: EmbeddedEngine) -> None:
    texts = {row["example"]: row["query"] for row in shipped_engine.select(FIND).texts()}
    text = next(text for iri, text in texts.items() if iri.endswith("/members-of"))
    members = {row["member"].rpartition("/")[2] for row in shipped_engine.select(text).texts()}
    assert members == {"arm", "blr", "kaz", "kgz", "rus", "tjk"}


def test_graph_of_questions_is_a_source_with_a_licence() -> None:
    store = Store()
    store.bulk_extend(example_quads([question("members-of")]))
    graph = "https://w3id.org/comity/id/source/comity-questions"
    assert {quad.graph_name.value for quad in store} == {graph}
    rows = select(store, f"SELECT ?p ?o {{ <{graph}> ?p ?o }}").texts()
    about = {row["p"].rpartition("/")[2].rpartition("#")[2]: row["o"] for row in rows}
    assert about["license"] == "Apache-2.0"
    assert about["sourceKind"].endswith("source-kind/reference")


@pytest.mark.parametrize("identifier", sorted(catalogue()))
def test_example_says_the_same_on_every_day(identifier: str) -> None:
    asked = question(identifier)
    moving = {one.name for one in asked.parameters if one.default == TODAY}
    assert moving <= asked.example.keys(), f"{identifier}: the example must fix these days"
    assert TODAY not in asked.example.values()
    assert date.today().isoformat() not in example_text(asked)
