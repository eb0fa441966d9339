"""The service itself: the start page, documentation, health, version, kinds of problem."""

from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity import __version__
from comity.api.explorer import view_page
from comity.api.knowledge import KnownAt, moment_known, service_then
from comity.api.models import Version
from comity.api.network import network_query, view_parameters
from comity.api.pages import render
from comity.api.parameters import none_taken
from comity.api.problems import KINDS
from comity.api.service import Service, service_of
from comity.errors import NotFoundError
from comity.graph.build import census
from comity.graph.network import NetworkQuery
from comity.graph.things import read_things
from comity.ontology.namespaces import VOCABULARY

router = APIRouter(tags=["service"])


@router.get(
    "/",
    include_in_schema=False,
    response_class=HTMLResponse,
    dependencies=[Depends(view_parameters)],
)
def explorer(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    query: Annotated[NetworkQuery, Depends(network_query)],
    known_at: KnownAt = None,
    embed: str | None = None,
) -> Response:
    """The network view; takes the parameters of /network."""
    try:
        told = "" if moment_known(known_at) is None else str(known_at)
        return view_page(request, service, query, embedded=embed == "1", known_at=told)
    except NotFoundError:
        if request.query_params:
            raise
        # A graph of the user's own, without the event of the first picture.
        return RedirectResponse(f"{service.base_url(request)}/sparql")


@router.get("/health", operation_id="getHealth", dependencies=[Depends(none_taken)])
def health() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}


@router.get("/ready", operation_id="getReady", dependencies=[Depends(none_taken)])
def ready(service: Annotated[Service, Depends(service_of)]) -> dict[str, str]:
    """Whether the graph answers."""
    read_things(service.engine, [VOCABULARY])
    return {"status": "ready", "graph_version": service.engine.version}


@router.get(
    "/version",
    operation_id="getVersion",
    response_model=Version,
    dependencies=[Depends(none_taken)],
)
def version(service: Annotated[Service, Depends(service_of)]) -> dict[str, object]:
    """Which software and which graph answer, and how much is in it."""
    count = census(service.engine)
    return {
        "comity": __version__,
        "graph_version": service.engine.version,
        "built": service.commit.when,
        "states": count.states,
        "organisations": count.organisations,
        "officials": count.officials,
        "acts": count.acts,
        "documents": count.documents,
    }


@router.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def documentation(request: Request) -> Response:
    """All operations with their parameters, without a script and without a network."""
    spec = request.app.openapi()
    operations = (one for methods in spec["paths"].values() for one in methods.values())
    tags = list(dict.fromkeys(tag for one in operations for tag in one["tags"]))
    return HTMLResponse(render("docs.html", spec=spec, tags=tags))


@router.get("/problems/{slug}", include_in_schema=False, response_class=HTMLResponse)
def problem_page(slug: str) -> Response:
    """What a kind of problem means."""
    kind = KINDS.get(slug)
    if kind is None:
        raise NotFoundError(f"There is no kind of problem '{slug}'.")
    return HTMLResponse(render("problem.html", kind=kind))


@router.get("/favicon.ico", include_in_schema=False)
def favicon() -> Response:
    """The mark of the project."""
    return Response(_mark(), media_type="image/svg+xml")


@cache
def _mark() -> bytes:
    return (files("comity.api") / "static" / "mark.svg").read_bytes()
