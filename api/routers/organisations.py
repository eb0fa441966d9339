"""Organisations and alliances, and who is in them.

`/alliances` is `/organisations` limited to bodies with a pledge; for the id of another
organisation it answers with the address under `/organisations`.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response

from comity.api.asked import Asked, One, Page, asked
from comity.api.cohesion import cohesion_item
from comity.api.entities import moved
from comity.api.items import Item
from comity.api.loading import load_measures
from comity.api.measure_models import OrganisationCohesionItem
from comity.api.models import ActorItem, Listing, MembershipItem
from comity.api.parameters import Since, Until, optional_day, strict
from comity.api.routers.actors import NamePiece, answer_actor, list_actors_of
from comity.api.service import today
from comity.api.statements import Sources, list_memberships
from comity.graph.things import Thing
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["organisations"], dependencies=[Depends(strict)])

Roles = Annotated[
    list[str] | None,
    Query(description="Roles; `member` takes in permanent, elected and participating ones."),
]
Statuses = Annotated[list[str] | None, Query(description="Statuses on the day.")]


@router.get(
    "/organisations",
    operation_id="listOrganisations",
    response_model=Listing[ActorItem],
    response_model_exclude_unset=True,
)
def list_organisations(page: Page, q: NamePiece = None) -> Item:
    """International organisations, alliances among them, by label."""
    return list_actors_of(page, ["InternationalOrganisation"], q)


@router.get(
    "/alliances",
    operation_id="listAlliances",
    response_model=Listing[ActorItem],
    response_model_exclude_unset=True,
)
def list_alliances(page: Page, q: NamePiece = None) -> Item:
    """Bodies with a defence, neutrality, non-aggression or consultation pledge, by label."""
    return list_actors_of(page, ["Alliance"], q)


@router.get("/organisations/{id}", operation_id="getOrganisation", response_model=ActorItem)
def get_organisation(one: One, id: str) -> Response:
    """One organisation."""
    if id != id.lower():
        return moved(one.request, "organisations", id)
    return answer_actor(one, one.thing(Type.ACTOR, id))


@router.get("/alliances/{id}", operation_id="getAlliance", response_model=ActorItem)
def get_alliance(one: One, id: str) -> Response:
    """One alliance; another organisation answers with its address."""
    thing = one.thing(Type.ACTOR, id.lower())
    return _elsewhere(one, thing, id, "") or answer_actor(one, thing)


@router.get(
    "/organisations/{id}/members",
    operation_id="listOrganisationMembers",
    response_model=Listing[MembershipItem],
)
def list_organisation_members(
    page: Page, id: str, role: Roles = None, status: Statuses = None, source: Sources = None
) -> Response | Item:
    """Members of an organisation on a day, in every role, by label.

    Without `source` the resolved view: statements that no better one contradicts.
    """
    if id != id.lower():
        return moved(page.request, "organisations", id, "/members")
    page.thing(Type.ACTOR, id)
    return list_memberships(
        page, body=(Type.ACTOR, id), roles=role, statuses=status, sources=source
    )


@router.get(
    "/organisations/{id}/cohesion",
    operation_id="getOrganisationCohesion",
    response_model=OrganisationCohesionItem,
)
def get_organisation_cohesion(
    found: Annotated[Asked, Depends(asked)],
    id: str,
    since: Since = None,
    until: Until = None,
    common: Annotated[
        int, Query(ge=1, description="Items in common that the most discordant pair must have.")
    ] = 5,
) -> Response | Item:
    """Whether the members of an organisation on a day take the same positions.

    Each actor, event, issue, claim or treaty toward which a member acted is an item; acts of
    officials and organs count for their state.
    """
    # Imported here: it needs libraries that a start does not wait for.
    load_measures()
    from comity.graph.cohesion import organisation_cohesion

    if id != id.lower():
        return moved(found.request, "organisations", id, "/cohesion")
    found.thing(Type.ACTOR, id)
    answer = organisation_cohesion(
        found.engine,
        id,
        found.when.as_of or today(),
        since=optional_day("since", since),
        until=optional_day("until", until),
        common=common,
    )
    return cohesion_item(found.writer(), answer)


@router.get(
    "/alliances/{id}/members",
    operation_id="listAllianceMembers",
    response_model=Listing[MembershipItem],
)
def list_alliance_members(
    page: Page, id: str, role: Roles = None, status: Statuses = None, source: Sources = None
) -> Response | Item:
    """Members of an alliance on a day; another organisation answers with its address."""
    thing = page.thing(Type.ACTOR, id.lower())
    return _elsewhere(page, thing, id, "/members") or list_organisation_members(
        page, id, role, status, source
    )


def _elsewhere(asked: Asked, thing: Thing, given: str, rest: str) -> Response | None:
    """A redirect where an alliance is written otherwise, or is no alliance."""
    is_alliance = any(iri.endswith("#Alliance") for iri in thing.iris("rdf:type"))
    if is_alliance and given == thing.id:
        return None
    query = f"?{asked.request.url.query}" if asked.request.url.query else ""
    collection = "alliances" if is_alliance else "organisations"
    return RedirectResponse(f"/{collection}/{thing.id}{rest}{query}", status_code=308)
