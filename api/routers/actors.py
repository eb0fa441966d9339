"""Actors, and what an actor said, joined and held."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from comity.api.asked import Asked, AskedPage, One, Page
from comity.api.entities import moved
from comity.api.items import Item, Writer
from comity.api.listing import matching
from comity.api.models import ActorItem, Listing, MembershipItem, StanceItem, TenureItem
from comity.api.parameters import Since, Until, strict
from comity.api.stances import StanceFilter, list_stances
from comity.api.statements import Sources, list_memberships, list_tenures
from comity.errors import ParameterError
from comity.graph.binding import Values
from comity.graph.directory import find_actors
from comity.graph.terms import node
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

NamePiece = Annotated[str | None, Query(description="A piece of a name.")]


def list_actors_of(page: AskedPage, classes: list[str], q: str | None) -> Item:
    """One page of the actors of some classes, by label."""
    found = find_actors(page.engine, classes, q or "", page.when.as_of)
    return page.page(found, lambda iris: page.items(iris, Writer.head))


def answer_actor(one: Asked, thing: Thing) -> Response:
    """One actor in the format wanted."""
    return one.answer(thing, lambda: actor_item(one, thing))


@router.get(
    "/actors",
    operation_id="listActors",
    response_model=Listing[ActorItem],
    response_model_exclude_unset=True,
)
def list_actors(
    page: Page,
    q: NamePiece = None,
    type: Annotated[
        list[str] | None, Query(description=f"Class of actor: {', '.join(CLASSES)}.")
    ] = None,
) -> Item:
    """States, organisations, people and groups, by label."""
    for name in type or ():
        if name not in CLASSES:
            raise ParameterError(
                f"type must be one of {', '.join(CLASSES)}.",
                parameter="type", got=name, expected=", ".join(CLASSES),
            )  # fmt: skip
    return list_actors_of(page, [CLASSES[name] for name in type or ()], q)


@router.get("/actors/{id}", operation_id="getActor", response_model=ActorItem)
def get_actor(one: One, id: str) -> Response:
    """One actor: names, codes on the day, what it is part of."""
    if id != id.lower():
        return moved(one.request, "actors", id)
    return answer_actor(one, one.thing(Type.ACTOR, id))


@router.get(
    "/actors/{id}/stances", operation_id="listActorStances", response_model=Listing[StanceItem]
)
def list_actor_stances(
    page: Page,
    id: str,
    direction: Literal["given", "received", "both"] = "both",
    since: Since = None,
    until: Until = None,
) -> Item:
    """Acts of an actor, its bodies and officials (given), or about and to it (received)."""
    page.thing(Type.ACTOR, id)
    parts: list[StanceFilter] = []
    if direction in ("given", "both"):
        parts.append(StanceFilter(holder=(id,), since=since, until=until))
    if direction in ("received", "both"):
        parts.append(StanceFilter(target=(id,), since=since, until=until))
        parts.append(StanceFilter(addressee=(id,), since=since, until=until))
    return list_stances(page, parts)


@router.get(
    "/actors/{id}/memberships",
    operation_id="listActorMemberships",
    response_model=Listing[MembershipItem],
)
def list_actor_memberships(page: Page, id: str, source: Sources = None) -> Item:
    """Organisations and treaties of an actor on a day, by their label."""
    page.thing(Type.ACTOR, id)
    return list_memberships(page, member=id, sources=source)


@router.get(
    "/actors/{id}/tenures", operation_id="listActorTenures", response_model=Listing[TenureItem]
)
def list_actor_tenures(page: Page, id: str) -> Item:
    """Posts a person held on a day, or the posts in a state or body and who held them."""
    thing = page.thing(Type.ACTOR, id)
    is_person = any(iri.endswith("#Person") for iri in thing.iris("rdf:type"))
    return list_tenures(page, person=id) if is_person else list_tenures(page, body=id)


def actor_item(one: Asked, thing: Thing) -> Item:
    """One actor in full."""
    writer = one.writer()
    writer.prepare([thing])
    values: Values = {"actor": [node(Type.ACTOR, thing.id)], "as_of": one.on_day}
    codes = read_things(one.engine, matching(one.engine, "codes", values)).values()
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
        "as_of": one.when.echo,
        "known_at": one.when.known_at,
        "graph_version": one.engine.version,
    }
