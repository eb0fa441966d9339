"""What this service says of itself in RDF: service description, VoID and DCAT.

Owns the triples and their address; the counts in them are those of `comity.api.counts`.
Sources: https://www.w3.org/TR/sparql11-service-description/,
https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/.
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from comity.api.counts import Counts, Row
from comity.api.formats import best_match
from comity.api.problems import FormatError
from comity.api.service import Service, service_of
from comity.graph.pieces import CSV, JSON, JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TSV, TURTLE, XML
from comity.ontology.namespaces import PREFIXES

NAMES = PREFIXES | {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "formats": "http://www.w3.org/ns/formats/",
}
_OFFERED = {"ttl": TURTLE, "nt": NTRIPLES, "jsonld": JSONLD, "rdf": RDFXML}
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
            "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
_INPUTS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG")
_TYPES = (JSON, XML, CSV, TSV, TURTLE, NTRIPLES, JSONLD, RDFXML, NQUADS, TRIG)

Node = NamedNode | BlankNode


async def described_service(request: Request, service: Service) -> Response:
    """The description of the service and its dataset.

    Raises:
        FormatError: none of the accepted types is given.
        DeadlineError: counting took too long.
    """
    wanted = request.query_params.get("format")
    if wanted is None:
        wanted = best_match(request.headers.get("accept", "*/*"), _OFFERED)
    if wanted not in _OFFERED:
        raise FormatError(
            f"The description is given as {', '.join(_OFFERED.values())}.", slug="not-acceptable"
        )
    counts = await service.counts()
    triples = list(description(service.base_url(request), service, counts))
    format = RdfFormat.from_media_type(_OFFERED[wanted]) or RdfFormat.TURTLE
    body = serialize(triples, format=format, prefixes=NAMES if wanted == "ttl" else None)
    return Response(body, headers={"content-type": _OFFERED[wanted]})


async def void(request: Request) -> Response:
    """The description at the addresses where VoID says to look for it."""
    return await described_service(request, service_of(request))


def description(base: str, service: Service, counts: Counts) -> Iterator[Triple]:
    """The triples of the description.

    Args:
        base: address of this server.
        service: what is served.
        counts: of the graph.
    """
    endpoint, dataset = NamedNode(f"{base}/sparql"), NamedNode(f"{base}/void")
    yield from _service(base, endpoint, dataset, service)
    yield from _dataset(base, endpoint, dataset, service, counts)
    for at, row in enumerate(counts.graphs, 1):
        yield from _graph(base, dataset, row, at)
    for rows, partition, name in (
        (counts.classes, "classPartition", "class"),
        (counts.properties, "propertyPartition", "property"),
    ):
        for at, row in enumerate(rows, 1):
            part = NamedNode(f"{dataset.value}#{name}-{at}")
            yield _say(dataset, f"void:{partition}", part)
            yield _say(part, f"void:{name}", row[name])
            counted = "void:entities" if name == "class" else "void:triples"
            yield _say(part, counted, _number(row["count"]))


def _service(
    base: str, endpoint: NamedNode, dataset: NamedNode, service: Service
) -> Iterator[Triple]:
    exact = service.settings.default_graph == "exact"
    yield _say(endpoint, "rdf:type", _iri("sd:Service"))
    yield _say(endpoint, "sd:endpoint", endpoint)
    yield _say(endpoint, "sd:supportedLanguage", _iri("sd:SPARQL11Query"))
    if service.can_write:
        update = NamedNode(f"{base}/update")
        yield _say(update, "rdf:type", _iri("sd:Service"))
        yield _say(update, "sd:endpoint", update)
        yield _say(update, "sd:supportedLanguage", _iri("sd:SPARQL11Update"))
        yield _say(update, "sd:defaultDataset", dataset)
    if not exact:
        yield _say(endpoint, "sd:feature", _iri("sd:UnionDefaultGraph"))
    yield _say(endpoint, "sd:feature", _iri("sd:EmptyGraphs"))
    if service.settings.allowed_services:
        yield _say(endpoint, "sd:feature", _iri("sd:BasicFederatedQuery"))
    for name in _RESULTS:
        yield _say(endpoint, "sd:resultFormat", _iri(f"formats:{name}"))
    for name in _INPUTS:
        yield _say(endpoint, "sd:inputFormat", _iri(f"formats:{name}"))
    text = (
        "A query that names no dataset is asked of exactly the default graph."
        if exact
        else "A query that names no dataset is asked of the union of all graphs."
    )
    yield _say(endpoint, "rdfs:comment", Literal(text, language="en"))
    yield _say(endpoint, "sd:defaultDataset", dataset)


def _dataset(
    base: str, endpoint: NamedNode, dataset: NamedNode, service: Service, counts: Counts
) -> Iterator[Triple]:
    for name in ("sd:Dataset", "void:Dataset", "dcat:Dataset"):
        yield _say(dataset, "rdf:type", _iri(name))
    title = "Comity: actors, alliances, what they owe and what they said"
    yield _say(dataset, "dcterms:title", Literal(title, language="en"))
    yield _say(
        dataset, "dcterms:modified", Literal(service.commit.when, datatype=_iri("xsd:dateTime"))
    )
    yield _say(dataset, "schema:version", Literal(service.version))
    yield _say(dataset, "void:sparqlEndpoint", endpoint)
    yield _say(dataset, "void:uriSpace", Literal("https://w3id.org/comity/id/"))
    yield _say(dataset, "void:vocabulary", NamedNode(PREFIXES["comity"]))
    yield _say(dataset, "void:triples", Literal(counts.triples))
    yield _say(dataset, "void:classes", Literal(len(counts.classes)))
    yield _say(dataset, "void:properties", Literal(len(counts.properties)))
    dump = NamedNode(f"{base}/graphs")
    yield _say(dataset, "void:dataDump", dump)
    for media_type, ending in ((NQUADS, "nq"), (TRIG, "trig")):
        part = NamedNode(f"{dataset.value}#{ending}")
        yield _say(dataset, "dcat:distribution", part)
        yield _say(part, "rdf:type", _iri("dcat:Distribution"))
        yield _say(part, "dcat:downloadURL", dump)
        yield _say(part, "dcat:mediaType", Literal(media_type))


def _graph(base: str, dataset: NamedNode, row: Row, at: int) -> Iterator[Triple]:
    name = row["graph"]
    entry = NamedNode(f"{dataset.value}#named-graph-{at}")
    data = NamedNode(f"{dataset.value}#graph-{at}")
    yield _say(dataset, "sd:namedGraph", entry)
    yield _say(entry, "rdf:type", _iri("sd:NamedGraph"))
    yield _say(entry, "sd:name", name)
    yield _say(entry, "sd:graph", data)
    for kind in ("sd:Graph", "void:Dataset", "dcat:Dataset"):
        yield _say(data, "rdf:type", _iri(kind))
    yield _say(dataset, "void:subset", data)
    yield _say(data, "void:triples", _number(row["count"]))
    yield _say(data, "dcterms:source", name)
    for column, property in (
        ("label", "dcterms:title"),
        ("licence", "dcterms:license"),
        ("publisher", "dcterms:publisher"),
        ("issued", "dcterms:issued"),
    ):
        if column in row:
            yield _say(data, property, row[column])
    if "url" in row:
        yield _say(data, "dcat:landingPage", NamedNode(row["url"].value))
    yield _say(data, "rdfs:seeAlso", NamedNode(f"{base}/sources/{name.value.rpartition('/')[2]}"))


def _say(subject: NamedNode, property: str, value: Node | Literal) -> Triple:
    return Triple(subject, _iri(property), value)


def _iri(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMES[prefix] + local)


def _number(value: NamedNode | Literal | BlankNode) -> Literal:
    return Literal(int(value.value))


ROUTES = (
    Route("/void", void, methods=["GET"]),
    Route("/.well-known/void", void, methods=["GET"]),
)
