"""Organisations and alliances, and who is in them.

`/alliances` is `/organisations` limited to bodies with a pledge; for the id of another
organisation it answers with the address under `/organisations`.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from pyoxigraph import Literal

from comity.api.entities import existing, moved
from comity.api.items import Writer
from comity.api.listing import Item, matching, page
from comity.api.models import ActorItem, Listing, MembershipItem
from comity.api.parameters import Cursor, Format, Lang, Limit, Times, strict, times
from comity.api.routers.actors import actor_item, answer_actor
from comity.api.service import Service, service_of
from comity.api.statements import list_memberships
from comity.graph.binding import Values
from comity.graph.terms import day_term, term
from comity.graph.things import Thing
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["organisations"], dependencies=[Depends(strict)])

Roles = Annotated[
    list[str] | None,
    Query(description="Roles; `member` takes in permanent, elected and participating ones."),
]
Statuses = Annotated[list[str] | None, Query(description="Statuses on the day.")]
Sources = Annotated[
    list[str] | None, Query(description="Only what these sources say, contradicted or not.")
]


@router.get(
    "/organisations",
    operation_id="listOrganisations",
    response_model=Listing[ActorItem],
    response_model_exclude_unset=True,
)
def list_organisations(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Annotated[str | None, Query(description="A piece of a name.")] = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """International organisations, alliances among them, by label."""
    return _list(request, service, when, "InternationalOrganisation", q, lang, limit, cursor)


@router.get(
    "/alliances",
    operation_id="listAlliances",
    response_model=Listing[ActorItem],
    response_model_exclude_unset=True,
)
def list_alliances(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Annotated[str | None, Query(description="A piece of a name.")] = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Bodies with a defence, neutrality, non-aggression or consultation pledge, by label."""
    return _list(request, service, when, "Alliance", q, lang, limit, cursor)


@router.get("/organisations/{id}", operation_id="getOrganisation", response_model=ActorItem)
def get_organisation(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    format: Format = None,
) -> Response:
    """One organisation."""
    if id != id.lower():
        return moved(request, "organisations", id, id.lower())
    return answer_actor(request, service, when, lang, existing(service, Type.ACTOR, id))


@router.get("/alliances/{id}", operation_id="getAlliance", response_model=ActorItem)
def get_alliance(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    format: Format = None,
) -> Response:
    """One alliance; another organisation answers with its address."""
    thing = existing(service, Type.ACTOR, id.lower())
    if id != id.lower() or not _is_alliance(thing):
        return _elsewhere(request, thing, "")
    return answer_actor(request, service, when, lang, thing)


@router.get(
    "/organisations/{id}/members",
    operation_id="listOrganisationMembers",
    response_model=Listing[MembershipItem],
)
def list_organisation_members(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    role: Roles = None,
    status: Statuses = None,
    source: Sources = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response | Item:
    """Members of an organisation on a day, in every role, by label.

    Without `source` the resolved view: statements that no better one contradicts.
    """
    if id != id.lower():
        return moved(request, "organisations", id, id.lower(), "/members")
    existing(service, Type.ACTOR, id)
    return list_memberships(
        request, service, when, limit, cursor, lang,
        body=(Type.ACTOR, id), roles=role, statuses=status, sources=tuple(source or ()),
    )  # fmt: skip


@router.get(
    "/alliances/{id}/members",
    operation_id="listAllianceMembers",
    response_model=Listing[MembershipItem],
)
def list_alliance_members(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    role: Roles = None,
    status: Statuses = None,
    source: Sources = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response | Item:
    """Members of an alliance on a day; another organisation answers with its address."""
    thing = existing(service, Type.ACTOR, id.lower())
    if id != id.lower() or not _is_alliance(thing):
        return _elsewhere(request, thing, "/members")
    return list_organisation_members(
        request, id, service, when, role, status, source, lang, limit, cursor
    )


def _list(
    request: Request,
    service: Service,
    when: Times,
    class_name: str,
    q: str | None,
    lang: str | None,
    limit: int,
    cursor: str | None,
) -> Item:
    values: Values = {
        "class": [term(class_name)],
        "as_of": [day_term(when.as_of)] if when.as_of else [],
        "q": [Literal(q)] if q else [],
    }
    found = matching(service.engine, "actors", values)
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)
    return page(
        request, service.engine.version, found, limit, cursor, when,
        lambda shown: actor_item(writer, list(shown)),
    )  # fmt: skip


def _is_alliance(thing: Thing) -> bool:
    return any(iri.endswith("#Alliance") for iri in thing.iris("rdf:type"))


def _elsewhere(request: Request, thing: Thing, rest: str) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    collection = "alliances" if _is_alliance(thing) else "organisations"
    return RedirectResponse(f"/{collection}/{thing.id}{rest}{query}", status_code=308)
