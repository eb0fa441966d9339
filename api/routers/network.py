"""The network behind the explorer, and names to ids."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item, Writer, address
from comity.api.knowledge import NOW, KnownAt, service_then
from comity.api.models import Names, NetworkAnswer, Resolved, ResolvedMany
from comity.api.network import network_json, network_query, view_parameters, weighted_query
from comity.api.parameters import Format, Lang, strict
from comity.api.service import Service
from comity.graph.drawing.files import PICTURES, PictureFormat, picture_file
from comity.graph.drawing.svg import Theme
from comity.graph.exchange import FORMATS, written
from comity.graph.network import NetworkQuery
from comity.graph.projection import project, tied

router = APIRouter(tags=["networks and names"], dependencies=[Depends(strict)])

_FORMATS = ("json", *FORMATS)


@router.get(
    "/network",
    operation_id="getNetwork",
    response_model=NetworkAnswer,
    dependencies=[Depends(view_parameters)],
)
def get_network(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    query: Annotated[NetworkQuery, Depends(weighted_query)],
    lang: Lang = None,
    format: Format = None,
) -> Response:
    """Who is tied to whom, by which acts; without parameters what `/` shows."""
    wanted = chosen_format(request, _FORMATS)
    if wanted == "json":
        network = tied(service.engine, query, service.shelf)
        writer = Writer(service.engine, service.base_url(request), query.as_of, lang)
        known_at = request.query_params.get("known_at", NOW)
        return JSONResponse(network_json(writer, network, known_at))
    network = project(service.engine, query, service.shelf)
    return Response(written(network.to_networkx(), wanted), media_type=MEDIA_TYPES[wanted])


@router.get(
    "/picture",
    operation_id="getPicture",
    response_class=Response,
    dependencies=[Depends(view_parameters)],
)
def get_picture(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    query: Annotated[NetworkQuery, Depends(network_query)],
    lens: str | None = None,
    theme: Annotated[Theme, Query(description="On light or on dark ground.")] = "light",
    format: Format = None,
) -> Response:
    """The picture that `/` shows, as a file: svg, png, pdf, or html, one page that needs nothing."""
    wanted = chosen_format(request, PICTURES)
    body = picture_file(service.engine, query, cast(PictureFormat, wanted), lens=lens, theme=theme)
    headers = {"content-disposition": f'attachment; filename="comity.{wanted}"'}
    return Response(body, media_type=MEDIA_TYPES[wanted], headers=headers)


@router.get("/resolve", operation_id="resolveName", response_model=Resolved)
def resolve_name(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    name: Annotated[str, Query(min_length=1, description="A name, however it is spelt.")],
    known_at: KnownAt = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many candidates.")] = 5,
) -> Item:
    """Actors that a name may mean, best first."""
    return _resolved(service, service.base_url(request), name, limit, known_at or NOW)


@router.post("/resolve", operation_id="resolveNames", response_model=ResolvedMany)
def resolve_names(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    body: Names,
    known_at: KnownAt = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Candidates per name.")] = 5,
) -> Item:
    """Actors that each of up to 500 names may mean, in the order given."""
    base, told = service.base_url(request), known_at or NOW
    return {
        "results": [_resolved(service, base, name, limit, told) for name in body.names],
        "known_at": told,
        "graph_version": service.engine.version,
    }


def _resolved(service: Service, base: str, name: str, limit: int, known_at: str) -> Item:
    return {
        "name": name,
        "items": [
            {
                "id": one.id,
                "label": one.label,
                "type": one.type,
                "iri": one.iri,
                "url": address(base, one.iri),
                "score": one.score,
                "matched": one.matched,
            }
            for one in service.resolver.candidates(name, limit)
        ],
        "known_at": known_at,
        "graph_version": service.engine.version,
    }
