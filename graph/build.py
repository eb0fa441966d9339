"""Builds the shipped graph into a data directory, and counts what is in a graph.

Owns the order of the steps. Progress is told to a
callback; this module prints nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources.abc import Traversable

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
)

from comity.graph.binding import bind
from comity.graph.decisions import DECISIONS
from comity.graph.engine import Engine, select
from comity.graph.home import Commit, GraphHome
from comity.graph.preparing import make_ready
from comity.graph.requests import request
from comity.graph.resolution import RESOLUTION, resolve
from comity.graph.sources.seed import read_seed, shipped_folder
from comity.graph.terms import node, term
from comity.ontology.namespaces import Thing, thing_iri
from comity.ontology.terms import TURTLE_FILES, turtle

ONTOLOGY_SOURCE = "comity-ontology"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Census:
    """What is in a graph, in the numbers that the first screen tells."""

    states: int
    organisations: int
    officials: int
    acts: int
    documents: int


def build(
    home: GraphHome,
    *,
    folder: Traversable | None = None,
    more: Iterable[Quad] = (),
    progress: Progress = lambda step: None,
) -> Commit:
    """Builds the graph of a data folder; what it held before is replaced.

    Sources that were imported stay, and what gives way to what is worked out anew.

    Args:
        home: the data directory to write to.
        folder: the data to read; the shipped data when None.
        more: what the graph holds beside the data and the ontology, in graphs of its own.
        progress: called with the name of each step.

    Raises:
        DataError: the data break a rule, and nothing was written; or a story says what the graph
            does not hold.
        GraphLockedError: another process is writing there.
    """
    progress("Reading tables and documents")
    seed = read_seed(folder or shipped_folder())
    progress("Writing statements")
    quads = [*ontology_quads(), *seed.quads(), *more]
    progress("Storing the graph")
    commit = home.replace(
        "comity build",
        "build from the data folder",
        quads,
        keep=_kept_graphs,
        then=lambda store: resolve(partial(select, store)),
    )
    progress("Making the index")
    make_ready(home)
    if folder is None:
        progress("Telling the stories")
        _tell_all(home)
    return commit


def _tell_all(home: GraphHome) -> None:
    """Tells every story once: a sentence without a document fails the build."""
    # Imported here: the drawing of a view is no part of a build.
    from comity.graph.stories.shelf import Stories

    engine = home.engine()
    stories = Stories(home.folder)
    for story in stories.all():
        stories.told(engine, story.id)


def _kept_graphs(store: Store) -> frozenset[NamedNode]:
    """The graphs of imported sources, of what gives way to what, and of decisions."""
    sources = [
        quad.subject
        for quad in store.quads_for_pattern(None, term("importer"), None, None)
        if isinstance(quad.subject, NamedNode)
    ]
    own = (node(Thing.SOURCE, name) for name in (RESOLUTION, DECISIONS))
    return frozenset((*sources, *own))


def ontology_quads() -> Iterator[Quad]:
    """The vocabulary and the concept schemes, in a graph of their own."""
    graph = NamedNode(thing_iri(Thing.SOURCE, ONTOLOGY_SOURCE))
    statements = Dataset(
        Quad(statement.subject, statement.predicate, statement.object, graph)
        for name in TURTLE_FILES
        for statement in parse(turtle(name), format=RdfFormat.TURTLE)
    )
    # The same blank nodes get the same names in every build, so that a build of
    # unchanged data changes nothing.
    statements.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from statements
    yield from source_quads(
        ONTOLOGY_SOURCE, "The Comity ontology", "CC BY 4.0; PLOVER types and their map CC BY-SA 4.0"
    )


def source_quads(identifier: str, label: str, licence: str) -> Iterator[Quad]:
    """What is said of a graph that comes with the software, in that graph.

    Args:
        identifier: of the source that the graph is.
        label: its name.
        licence: under which it may be used.
    """
    graph = node(Thing.SOURCE, identifier)
    about = (
        ("rdf:type", term("Source")),
        ("dcterms:identifier", Literal(identifier)),
        ("skos:prefLabel", Literal(label, language="en")),
        ("sourceKind", node("source-kind", "reference")),
        ("dcterms:license", Literal(licence)),
    )
    for name, value in about:
        yield Quad(graph, term(name), value, graph)


def census(engine: Engine) -> Census:
    """Counts what is in a graph."""
    row = next(engine.select(bind(request("census"), {})).texts())
    return Census(**{name: int(text) for name, text in row.items()})
