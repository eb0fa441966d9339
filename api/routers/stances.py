"""Acts: who said or did what about whom."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from comity.api.entities import answer_entity, existing
from comity.api.items import Writer
from comity.api.listing import Item
from comity.api.models import Listing, StanceItem
from comity.api.parameters import Cursor, Format, Lang, Limit, Since, Times, Until, strict, times
from comity.api.service import Service, service_of
from comity.api.stances import StanceFilter, list_stances, stance_items
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["stances"], dependencies=[Depends(strict)])

Ids = list[str] | None


@router.get("/stances", operation_id="listStances", response_model=Listing[StanceItem])
def get_stances(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
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
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
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
    return list_stances(request, service, when, [wanted], limit, cursor, lang)


@router.get("/stances/{id}", operation_id="getStance", response_model=StanceItem)
def get_stance(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    format: Format = None,
) -> Response:
    """One act with all its evidence."""
    thing = existing(service, Type.STANCE, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of)
    return answer_entity(request, service, thing, lambda: stance_items(writer, [thing.iri])[0])
