"""Events and claims."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pyoxigraph import Literal

from comity.api.asked import Asked, One, Page, asked
from comity.api.events import claim_items, event_head, event_item, observation_items, of_event
from comity.api.items import Item
from comity.api.listing import matching
from comity.api.measure_models import EventObligations
from comity.api.models import ClaimItem, EventItem, Listing, ObservationItem
from comity.api.obligations import obligations_item, owed_at
from comity.api.parameters import strict
from comity.api.stances import StanceFilter, stance_iris
from comity.graph.obligations import LONGEST_DAYS, WITHIN_DAYS
from comity.graph.terms import term
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["events and claims"], dependencies=[Depends(strict)])
Text = Annotated[str | None, Query(description="A piece of the label or text.")]


@router.get(
    "/events",
    operation_id="listEvents",
    response_model=Listing[EventItem],
    response_model_exclude_unset=True,
)
def list_events(page: Page, q: Text = None) -> Item:
    """Events, by label."""
    return page.page_of_class("Event", q, event_head)


@router.get("/events/{id}", operation_id="getEvent", response_model=EventItem)
def get_event(one: One, id: str) -> Response:
    """One event: participants, acts and claims about it, and the figures."""
    thing = one.thing(Type.EVENT, id)
    acts = stance_iris(one, StanceFilter(event=(id,)))
    return one.answer(thing, lambda: event_item(one.writer(), thing, acts))


@router.get(
    "/events/{id}/observations",
    operation_id="listEventObservations",
    response_model=Listing[ObservationItem],
)
def list_event_observations(page: Page, id: str) -> Item:
    """What instruments saw near an event, by day and time of day."""
    page.thing(Type.EVENT, id)
    found = of_event(page.writer(), id, "Observation")
    return page.page(found, lambda shown: observation_items(page.writer(), shown))


@router.get(
    "/events/{id}/obligations",
    operation_id="getEventObligations",
    response_model=EventObligations,
)
def get_event_obligations(
    found: Annotated[Asked, Depends(asked)],
    id: str,
    side: Annotated[
        str | None, Query(description="Id of one party; without it, each party.")
    ] = None,
    within_days: Annotated[
        int,
        Query(ge=0, le=LONGEST_DAYS, description="Acts count up to so many days after the start."),
    ] = WITHIN_DAYS,
) -> Item:
    """Who owed what to the parties of an event, and what each then did.

    The obligations are those in force on the first day of the event, whatever `as_of` is.
    """
    found.thing(Type.EVENT, id)
    return obligations_item(found.writer(), owed_at(found.engine, id, side, within_days))


@router.get("/claims", operation_id="listClaims", response_model=Listing[ClaimItem])
def list_claims(page: Page, q: Text = None) -> Item:
    """Claims, by text. A claim is not a fact: who asserts, affirms and denies it is listed."""
    found = matching(
        page.engine, "things", {"class": [term("Claim")], "q": [Literal(q)] if q else []}
    )
    return page.page(found, lambda shown: claim_items(page.writer(), shown))


@router.get("/claims/{id}", operation_id="getClaim", response_model=ClaimItem)
def get_claim(one: One, id: str) -> Response:
    """One claim."""
    thing = one.thing(Type.CLAIM, id)
    return one.answer(thing, lambda: claim_items(one.writer(), [thing.iri])[0])
