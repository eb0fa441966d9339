"""Actors, and what an actor said, joined and held."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pyoxigraph import Literal as TextTerm

from comity.api.entities import answer_entity, existing, moved
from comity.api.items import Writer
from comity.api.listing import Item, matching, page
from comity.api.models import ActorItem, Listing, MembershipItem, StanceItem, TenureItem
from comity.api.parameters import Cursor, Format, Lang, Limit, Since, Times, Until, strict, times
from comity.api.service import Service, service_of
from comity.api.stances import StanceFilter, list_stances
from comity.api.statements import list_memberships, list_tenures
from comity.errors import ParameterError
from comity.graph.binding import Values
from comity.graph.terms import day_term, node, term
from comity.graph.things import Thing, kebab, read_things
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["actors"], dependencies=[Depends(strict)])

CLASSES = {
    kebab(name): name
    for name in (
        "State", "Organisation", "InternationalOrganisation", "Alliance", "GovernmentBody",
        "Organ", "Party", "NonGovernmentalOrganisation", "MediaOutlet", "ArmedGroup", "Group",
        "Person", "Official", "MemberTerritory",
    )
}  # fmt: skip


def actor_item(writer: Writer, iris: list[str]) -> list[Item]:
    """Actors as items of a list, in the given order."""
    things = read_things(writer.engine, iris)
    writer.prepare(things.values())
    return [writer.head(things[iri]) for iri in iris if iri in things]


@router.get(
    "/actors",
    operation_id="listActors",
    response_model=Listing[ActorItem],
    response_model_exclude_unset=True,
)
def list_actors(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Annotated[str | None, Query(description="A piece of a name.")] = None,
    type: Annotated[
        list[str] | None, Query(description=f"Class of actor: {', '.join(CLASSES)}.")
    ] = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """States, organisations, people and groups, by label."""
    for name in type or ():
        if name not in CLASSES:
            raise ParameterError(
                f"type must be one of {', '.join(CLASSES)}.",
                parameter="type", got=name, expected=", ".join(CLASSES),
            )  # fmt: skip
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)
    values: Values = {
        "class": [term(CLASSES[name]) for name in type or ()],
        "as_of": [day_term(when.as_of)] if when.as_of else [],
        "q": [TextTerm(q)] if q else [],
    }
    found = matching(service.engine, "actors", values)
    return page(
        request, service.engine.version, found, limit, cursor, when,
        lambda shown: actor_item(writer, list(shown)),
    )  # fmt: skip


@router.get("/actors/{id}", operation_id="getActor", response_model=ActorItem)
def get_actor(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    format: Format = None,
) -> Response:
    """One actor: names, codes on the day, what it is part of."""
    if id != id.lower():
        return moved(request, "actors", id, id.lower())
    thing = existing(service, Type.ACTOR, id)
    return answer_actor(request, service, when, lang, thing)


def answer_actor(
    request: Request, service: Service, when: Times, lang: str | None, thing: Thing
) -> Response:
    """One actor in the format wanted."""
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)
    return answer_entity(request, service, thing, lambda: _full(writer, when, thing))


def _full(writer: Writer, when: Times, thing: Thing) -> Item:
    writer.prepare([thing])
    values: Values = {
        "actor": [node(Type.ACTOR, thing.id)],
        "as_of": [day_term(when.as_of)] if when.as_of else [],
    }
    codes = read_things(writer.engine, matching(writer.engine, "codes", values)).values()
    return writer.head(thing) | {
        "labels": writer.labels(thing),
        "official_name": thing.text("officialName") or None,
        "aliases": list(thing.texts("skos:altLabel")),
        "part_of": writer.one(thing, "partOf"),
        "country": writer.one(thing, "country"),
        "start_date": thing.text("startDate"),
        "end_date": thing.text("endDate"),
        "codes": {code.id_of("codeScheme"): code.text("skos:notation") for code in codes},
        "note": thing.text("skos:note") or None,
        "sources": writer.sources(thing.iris("source")),
        "as_of": when.echo,
        "known_at": when.known_at,
        "graph_version": writer.engine.version,
    }


@router.get(
    "/actors/{id}/stances", operation_id="listActorStances", response_model=Listing[StanceItem]
)
def list_actor_stances(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    direction: Literal["given", "received", "both"] = "both",
    since: Since = None,
    until: Until = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Acts of an actor, its bodies and officials (given), or about and to it (received)."""
    existing(service, Type.ACTOR, id)
    parts: list[StanceFilter] = []
    if direction in ("given", "both"):
        parts.append(StanceFilter(holder=(id,), since=since, until=until))
    if direction in ("received", "both"):
        parts.append(StanceFilter(target=(id,), since=since, until=until))
        parts.append(StanceFilter(addressee=(id,), since=since, until=until))
    return list_stances(request, service, when, parts, limit, cursor, lang)


@router.get(
    "/actors/{id}/memberships",
    operation_id="listActorMemberships",
    response_model=Listing[MembershipItem],
)
def list_actor_memberships(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    source: Annotated[
        list[str] | None, Query(description="Only what these sources say, contradicted or not.")
    ] = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Organisations and treaties of an actor on a day, by their label."""
    existing(service, Type.ACTOR, id)
    return list_memberships(
        request, service, when, limit, cursor, lang, member=id, sources=tuple(source or ())
    )


@router.get(
    "/actors/{id}/tenures", operation_id="listActorTenures", response_model=Listing[TenureItem]
)
def list_actor_tenures(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Posts a person held on a day, or the posts in a state or body and who held them."""
    thing = existing(service, Type.ACTOR, id)
    key = (
        "person"
        if "Person" in {iri.rpartition("#")[2] for iri in thing.iris("rdf:type")}
        else "body"
    )
    return list_tenures(request, service, when, limit, cursor, lang, **{key: id})
