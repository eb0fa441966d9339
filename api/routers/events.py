"""Events and claims."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pyoxigraph import Literal

from comity.api.entities import answer_entity, existing
from comity.api.events import claim_items, event_head, event_item
from comity.api.items import Writer
from comity.api.listing import Item, matching, page
from comity.api.models import ClaimItem, EventItem, Listing
from comity.api.parameters import Cursor, Format, Lang, Limit, Times, strict, times
from comity.api.service import Service, service_of
from comity.api.stances import StanceFilter, stance_iris
from comity.graph.binding import Values
from comity.graph.terms import term
from comity.graph.things import read_things
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["events and claims"], dependencies=[Depends(strict)])
Text = Annotated[str | None, Query(description="A piece of the label or text.")]


@router.get(
    "/events",
    operation_id="listEvents",
    response_model=Listing[EventItem],
    response_model_exclude_unset=True,
)
def list_events(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Text = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Events, by label."""
    values: Values = {"class": [term("Event")], "q": [Literal(q)] if q else []}
    found = matching(service.engine, "things", values)
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)

    def write(iris: Sequence[str]) -> list[Item]:
        things = read_things(service.engine, iris)
        writer.prepare(things.values())
        return [event_head(writer, things[iri]) for iri in iris]

    return page(request, service.engine.version, found, limit, cursor, when, write)


@router.get("/events/{id}", operation_id="getEvent", response_model=EventItem)
def get_event(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    format: Format = None,
) -> Response:
    """One event: participants, claims about it and who stands how to them, figures."""
    thing = existing(service, Type.EVENT, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)
    acts = stance_iris(service, when, StanceFilter(event=(id,)))
    return answer_entity(request, service, thing, lambda: event_item(writer, thing, acts))


@router.get("/claims", operation_id="listClaims", response_model=Listing[ClaimItem])
def list_claims(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Text = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Claims, by text. A claim is not a fact: who asserts, affirms and denies it is listed."""
    values: Values = {"class": [term("Claim")], "q": [Literal(q)] if q else []}
    found = matching(service.engine, "things", values)
    writer = Writer(service.engine, service.base_url(request), when.as_of)
    return page(
        request, service.engine.version, found, limit, cursor, when,
        lambda shown: claim_items(writer, shown),
    )  # fmt: skip


@router.get("/claims/{id}", operation_id="getClaim", response_model=ClaimItem)
def get_claim(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    format: Format = None,
) -> Response:
    """One claim."""
    thing = existing(service, Type.CLAIM, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of)
    return answer_entity(request, service, thing, lambda: claim_items(writer, [thing.iri])[0])
