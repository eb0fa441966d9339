"""Treaties and their parties; single memberships, tenures and obligations; posts."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pyoxigraph import Literal

from comity.api.entities import answer_entity, existing
from comity.api.items import Writer
from comity.api.listing import Item, matching, page
from comity.api.models import (
    Listing,
    MembershipItem,
    PostItem,
    TenureItem,
    TreatyItem,
)
from comity.api.parameters import Cursor, Format, Lang, Limit, Times, strict, times
from comity.api.service import Service, service_of
from comity.api.statements import (
    list_memberships,
    list_tenures,
    membership_items,
    obligation_items,
    tenure_items,
)
from comity.graph.binding import Values
from comity.graph.terms import day_term, node, term
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["treaties and statements"], dependencies=[Depends(strict)])


@router.get(
    "/treaties",
    operation_id="listTreaties",
    response_model=Listing[TreatyItem],
    response_model_exclude_unset=True,
)
def list_treaties(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Annotated[str | None, Query(description="A piece of a name.")] = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Treaties, by label. A treaty is not the organisation it founds."""
    values: Values = {"class": [term("Treaty")], "q": [Literal(q)] if q else []}
    found = matching(service.engine, "things", values)
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)

    def write(iris: Sequence[str]) -> list[Item]:
        things = read_things(service.engine, iris)
        writer.prepare(things.values())
        return [_treaty(writer, things[iri]) for iri in iris]

    return page(request, service.engine.version, found, limit, cursor, when, write)


@router.get("/treaties/{id}", operation_id="getTreaty", response_model=TreatyItem)
def get_treaty(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    format: Format = None,
) -> Response:
    """One treaty, with the obligations under it that hold on the day."""
    thing = existing(service, Type.TREATY, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)

    def item() -> Item:
        writer.prepare([thing])
        values: Values = {
            "treaty": [node(Type.TREATY, id)],
            "obligor": [],
            "beneficiary": [],
            "as_of": [day_term(when.as_of)] if when.as_of else [],
        }
        codes = matching(service.engine, "codes", {"actor": [node(Type.TREATY, id)], "as_of": []})
        return _treaty(writer, thing) | {
            "aliases": list(thing.texts("skos:altLabel")),
            "obligations": obligation_items(
                writer, matching(service.engine, "obligations", values)
            ),
            "codes": {
                code.id_of("codeScheme"): code.text("skos:notation")
                for code in read_things(service.engine, codes).values()
            },
            "note": thing.text("skos:note") or None,
            "sources": writer.sources(thing.iris("source")),
        }

    return answer_entity(request, service, thing, item)


@router.get(
    "/treaties/{id}/parties",
    operation_id="listTreatyParties",
    response_model=Listing[MembershipItem],
)
def list_treaty_parties(
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
    """Parties to a treaty on a day, by label."""
    existing(service, Type.TREATY, id)
    return list_memberships(
        request, service, when, limit, cursor, lang,
        body=(Type.TREATY, id), sources=tuple(source or ()),
    )  # fmt: skip


@router.get("/memberships/{id}", operation_id="getMembership", response_model=MembershipItem)
def get_membership(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    format: Format = None,
) -> Response:
    """One membership."""
    thing = existing(service, Type.MEMBERSHIP, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of)
    return answer_entity(request, service, thing, lambda: membership_items(writer, [thing.iri])[0])


@router.get("/tenures/{id}", operation_id="getTenure", response_model=TenureItem)
def get_tenure(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    format: Format = None,
) -> Response:
    """One tenure."""
    thing = existing(service, Type.TENURE, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of)
    return answer_entity(request, service, thing, lambda: tenure_items(writer, [thing.iri])[0])


@router.get("/posts", operation_id="listPosts", response_model=Listing[PostItem])
def list_posts(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    q: Annotated[str | None, Query(description="A piece of a name.")] = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Posts, by label."""
    values: Values = {"class": [term("Post")], "q": [Literal(q)] if q else []}
    found = matching(service.engine, "things", values)
    writer = Writer(service.engine, service.base_url(request), when.as_of, lang)

    def write(iris: Sequence[str]) -> list[Item]:
        things = read_things(service.engine, iris)
        writer.prepare(things.values())
        return [_post(writer, things[iri]) for iri in iris]

    return page(request, service.engine.version, found, limit, cursor, when, write)


@router.get(
    "/posts/{id}/holders", operation_id="listPostHolders", response_model=Listing[TenureItem]
)
def list_post_holders(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Item:
    """Who holds a post on a day; on a handover day both."""
    existing(service, Type.POST, id)
    return list_tenures(request, service, when, limit, cursor, lang, post=id)


@router.get("/posts/{id}", operation_id="getPost", response_model=PostItem)
def get_post(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    format: Format = None,
) -> Response:
    """One post."""
    thing = existing(service, Type.POST, id)
    writer = Writer(service.engine, service.base_url(request), when.as_of)
    return answer_entity(request, service, thing, lambda: _post(writer, thing))


def _treaty(writer: Writer, thing: Thing) -> Item:
    return writer.head(thing) | {
        "signed": thing.text("signed") or None,
        "in_force": thing.text("inForce") or None,
        "organisation": writer.one(thing, "constitutes"),
    }


def _post(writer: Writer, thing: Thing) -> Item:
    return writer.head(thing) | {
        "body": writer.one(thing, "body"),
        "office": thing.id_of("office"),
        "note": thing.text("skos:note") or None,
    }
