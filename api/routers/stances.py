"""Acts: who said or did what about whom."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from comity.api.asked import One, Page
from comity.api.items import Item
from comity.api.models import Listing, StanceItem
from comity.api.parameters import Since, Until, strict
from comity.api.stances import StanceFilter, list_stances, stance_items
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["stances"], dependencies=[Depends(strict)])

Ids = list[str] | None


@router.get("/stances", operation_id="listStances", response_model=Listing[StanceItem])
def get_stances(
    page: Page,
    holder: Annotated[
        Ids, Query(description="Whose stance; takes in a state's bodies and officials that day.")
    ] = None,
    exact: Annotated[bool, Query(description="Only the holder itself.")] = False,
    speaker: Annotated[Ids, Query(description="Who spoke.")] = None,
    target: Annotated[Ids, Query(description="Whom the act judges.")] = None,
    addressee: Annotated[Ids, Query(description="Whom it speaks to.")] = None,
    actor: Annotated[Ids, Query(description="Holder, speaker, target or addressee.")] = None,
    about: Annotated[Ids, Query(description="Event, issue, claim or treaty.")] = None,
    event: Annotated[Ids, Query(description="Event.")] = None,
    kind: Annotated[Ids, Query(description="Kind of act; see /schemes/kind.")] = None,
    sign: Annotated[list[float] | None, Query(description="Sign under rule comity-1.")] = None,
    source: Annotated[Ids, Query(description="Document.")] = None,
    venue: Annotated[Ids, Query(description="Where it was said, such as unsc.")] = None,
    since: Since = None,
    until: Until = None,
    q: Annotated[str | None, Query(description="A piece of words, passage or summary.")] = None,
) -> Item:
    """Acts, by date and id."""
    wanted = StanceFilter(
        holder=tuple(holder or ()),
        exact=exact,
        speaker=tuple(speaker or ()),
        target=tuple(target or ()),
        addressee=tuple(addressee or ()),
        actor=tuple(actor or ()),
        about=tuple(about or ()),
        event=tuple(event or ()),
        kind=tuple(kind or ()),
        sign=tuple(sign or ()),
        source=tuple(source or ()),
        venue=tuple(venue or ()),
        since=since,
        until=until,
        q=q,
    )
    return list_stances(page, [wanted])


@router.get("/stances/{id}", operation_id="getStance", response_model=StanceItem)
def get_stance(one: One, id: str) -> Response:
    """One act with all its evidence."""
    thing = one.thing(Type.STANCE, id)
    return one.answer(thing, lambda: stance_items(one.writer(), [thing.iri])[0])
