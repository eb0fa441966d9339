"""Sources, and everything that rests on one; fixed lists and the ontology."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pyoxigraph import RdfFormat, parse, serialize

from comity.api.asked import One, Page
from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item, Writer
from comity.api.models import Listing, Reference, SchemeAnswer, SourceItem
from comity.api.parameters import Format, strict
from comity.api.resting import everything_on
from comity.api.service import Service, service_of
from comity.errors import NotFoundError
from comity.graph.rows import files_of
from comity.graph.things import Thing
from comity.ontology.namespaces import PREFIXES, thing_iri
from comity.ontology.namespaces import Thing as Type
from comity.ontology.terms import TURTLE_FILES, concepts, turtle

router = APIRouter(tags=["sources and vocabulary"], dependencies=[Depends(strict)])


@router.get("/sources", operation_id="listSources", response_model=Listing[SourceItem])
def list_sources(
    page: Page, q: Annotated[str | None, Query(description="A piece of the label.")] = None
) -> Item:
    """Documents and data sets, by label."""
    return page.page_of_class("Source", q, source_item)


@router.get("/sources/{id}", operation_id="getSource", response_model=SourceItem)
def get_source(one: One, id: str) -> Response:
    """One source: publisher, dates, licence, coverage."""
    thing = one.thing(Type.SOURCE, id)
    return one.answer(thing, lambda: source_item(one.writer(), thing))


@router.get(
    "/sources/{id}/statements",
    operation_id="listSourceStatements",
    response_model=Listing[Reference],
)
def list_source_statements(page: Page, id: str) -> Item:
    """Every statement, act, position or figure that rests on a source: by IRI, acts last by day."""
    found = everything_on(page, page.thing(Type.SOURCE, id))

    def write(iris: Sequence[str]) -> list[Item]:
        writer = page.writer()
        writer.prepare((), iris)
        return [writer.reference(iri) for iri in iris]

    return page.page(found, write)


@router.get("/schemes/{id}", operation_id="getScheme", response_model=SchemeAnswer)
def get_scheme(request: Request, id: str, service: Annotated[Service, Depends(service_of)]) -> Item:
    """A fixed list, such as `kind` or `role`, with definitions."""
    values = concepts(id)
    if not values:
        raise NotFoundError(
            f"There is no list '{id}'; lists: kind, role, status and more in /ontology."
        )
    base = service.base_url(request)
    items = [
        {
            "id": concept.id,
            "label": concept.label,
            "type": "concept",
            "iri": thing_iri(id, concept.id),
            "url": f"{base}/schemes/{id}",
            "definition": concept.definition,
            "broader": concept.broader,
            "sign": float(concept.sign) if concept.sign is not None else None,
        }
        for concept in values.values()
    ]
    return {"id": id, "items": items, "total": len(items)}


@router.get("/ontology", operation_id="getOntology", response_class=Response)
def get_ontology(request: Request, format: Format = None) -> Response:
    """The vocabulary, the lists and the shapes, as RDF."""
    wanted = chosen_format(request, ("ttl", "jsonld", "nt"))
    text = "\n".join(turtle(name) for name in (*TURTLE_FILES, "shapes.ttl"))
    if wanted == "ttl":
        return Response(text, media_type=MEDIA_TYPES["ttl"])
    triples = (quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    form = RdfFormat.JSON_LD if wanted == "jsonld" else RdfFormat.N_TRIPLES
    body = serialize(triples, format=form, prefixes=PREFIXES if wanted == "jsonld" else None)
    return Response(body, media_type=MEDIA_TYPES[wanted])


@router.get("/context.jsonld", operation_id="getContext", response_class=JSONResponse)
def get_context() -> Response:
    """The JSON-LD context: prefixes and the vocabulary as default."""
    context = {"@vocab": PREFIXES["comity"], **PREFIXES}
    return JSONResponse({"@context": context}, media_type=MEDIA_TYPES["jsonld"])


def source_item(writer: Writer, thing: Thing) -> Item:
    """One source."""
    kind = thing.id_of("sourceKind")
    return writer.head(thing) | {
        "kind": kind,
        "document_url": thing.text("url") or None,
        "publisher": thing.text("dcterms:publisher") or None,
        "issued": thing.text("dcterms:issued") or None,
        "issued_note": thing.text("issuedNote") or None,
        "retrieved": thing.text("retrieved") or None,
        "licence": thing.text("dcterms:license") or None,
        "copy_of_another": thing.truth("copy"),
        "extent_read": thing.text("extentRead") or None,
        "coverage_start": thing.text("coverageStart") or None,
        "coverage_end": thing.text("coverageEnd") or None,
        "note": thing.text("skos:note") or None,
        "files": [{"name": name, "sha256": sha256} for name, sha256 in files_of(thing)],
    }
