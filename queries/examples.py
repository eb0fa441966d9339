"""Questions as RDF: each with its example bound, in a graph of their own.

Owns the form in which other programs find the questions of an endpoint by SPARQL: that of
the SIB Swiss Institute of Bioinformatics (https://github.com/sib-swiss/sparql-examples),
which names the classes and properties used here.

    ?example a sh:SPARQLExecutable ; rdfs:comment ?question ; sh:select ?text .

The text carries its own PREFIX lines, and `sh:prefixes` the same as data.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from comity.graph.binding import bind
from comity.graph.build import source_quads
from comity.graph.terms import node, term
from comity.ontology.namespaces import PREFIXES, THINGS, Thing
from comity.queries.catalogue import THEMES, Question
from comity.queries.parameters import bound_terms

SOURCE = "comity-questions"
# The type in the IRIs of questions.
QUESTION = "question"
# Questions do not know where they are served: this address stands for every service.
ENDPOINT = NamedNode(THINGS.removesuffix("id/") + "sparql")


def example_quads(questions: Iterable[Question]) -> Iterator[Quad]:
    """The examples of some questions, and the source that their graph is.

    Args:
        questions: in any order.
    """
    graph = node(Thing.SOURCE, SOURCE)
    yield from source_quads(SOURCE, "The questions of Comity", "Apache-2.0")
    yield from _prefixes(graph)
    for one in questions:
        yield from _example(graph, one)


def example_text(asked: Question) -> str:
    """The SPARQL of a question with its example bound; no graph is asked what it allows."""
    given = {name: [text] for name, text in asked.example.items()}
    terms = bound_terms(asked.parameters, given, lambda parameter, text: None)
    return bind(asked.text, terms)


def _example(graph: NamedNode, asked: Question) -> Iterator[Quad]:
    about = node(QUESTION, asked.id)
    statements: list[tuple[str, NamedNode | Literal]] = [
        ("rdf:type", term("sh:SPARQLExecutable")),
        ("rdf:type", term("sh:SPARQLSelectExecutable")),
        ("dcterms:identifier", Literal(asked.id)),
        ("skos:prefLabel", Literal(asked.title, language="en")),
        ("rdfs:comment", Literal(asked.question, language="en")),
        ("sh:prefixes", node("prefixes", "comity")),
        ("sh:select", Literal(example_text(asked))),
        ("schema:target", ENDPOINT),
        ("dcterms:subject", Literal(THEMES.get(asked.theme, asked.theme), language="en")),
        *(("schema:keywords", Literal(word)) for word in asked.keywords),
    ]
    if asked.note:
        statements.append(("skos:note", Literal(asked.note, language="en")))
    for name, value in statements:
        yield Quad(about, term(name), value, graph)


def _prefixes(graph: NamedNode) -> Iterator[Quad]:
    every = node("prefixes", "comity")
    yield Quad(every, term("rdf:type"), term("owl:Ontology"), graph)
    for prefix, namespace in PREFIXES.items():
        one = node("prefix", prefix)
        yield Quad(every, term("sh:declare"), one, graph)
        yield Quad(one, term("sh:prefix"), Literal(prefix), graph)
        yield Quad(
            one, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI")), graph
        )
