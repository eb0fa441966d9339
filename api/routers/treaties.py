"""Treaties and their parties; single memberships and tenures; posts and their holders."""

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from comity.api.asked import Asked, One, Page
from comity.api.items import Item, Writer
from comity.api.listing import matching
from comity.api.models import Listing, MembershipItem, PostItem, TenureItem, TreatyItem
from comity.api.parameters import strict
from comity.api.routers.actors import NamePiece
from comity.api.statements import (
    Sources,
    list_memberships,
    list_tenures,
    membership_items,
    obligation_items,
    tenure_items,
)
from comity.graph.binding import Values
from comity.graph.terms import node
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type

router = APIRouter(tags=["treaties and statements"], dependencies=[Depends(strict)])


@router.get(
    "/treaties",
    operation_id="listTreaties",
    response_model=Listing[TreatyItem],
    response_model_exclude_unset=True,
)
def list_treaties(page: Page, q: NamePiece = None) -> Item:
    """Treaties, by label. A treaty is not the organisation it founds."""
    return page.page_of_class("Treaty", q, treaty_head)


@router.get("/treaties/{id}", operation_id="getTreaty", response_model=TreatyItem)
def get_treaty(one: One, id: str) -> Response:
    """One treaty, with the obligations under it that hold on the day."""
    thing = one.thing(Type.TREATY, id)
    return one.answer(thing, lambda: treaty_item(one, thing))


@router.get(
    "/treaties/{id}/parties",
    operation_id="listTreatyParties",
    response_model=Listing[MembershipItem],
)
def list_treaty_parties(page: Page, id: str, source: Sources = None) -> Item:
    """Parties to a treaty on a day, by label."""
    page.thing(Type.TREATY, id)
    return list_memberships(page, body=(Type.TREATY, id), sources=source)


@router.get("/memberships/{id}", operation_id="getMembership", response_model=MembershipItem)
def get_membership(one: One, id: str) -> Response:
    """One membership."""
    thing = one.thing(Type.MEMBERSHIP, id)
    return one.answer(thing, lambda: membership_items(one.writer(), [thing.iri])[0])


@router.get("/tenures/{id}", operation_id="getTenure", response_model=TenureItem)
def get_tenure(one: One, id: str) -> Response:
    """One tenure."""
    thing = one.thing(Type.TENURE, id)
    return one.answer(thing, lambda: tenure_items(one.writer(), [thing.iri])[0])


@router.get("/posts", operation_id="listPosts", response_model=Listing[PostItem])
def list_posts(page: Page, q: NamePiece = None) -> Item:
    """Posts, by label."""
    return page.page_of_class("Post", q, post_item)


@router.get("/posts/{id}", operation_id="getPost", response_model=PostItem)
def get_post(one: One, id: str) -> Response:
    """One post."""
    thing = one.thing(Type.POST, id)
    return one.answer(thing, lambda: post_item(one.writer(), thing))


@router.get(
    "/posts/{id}/holders", operation_id="listPostHolders", response_model=Listing[TenureItem]
)
def list_post_holders(page: Page, id: str) -> Item:
    """Who holds a post on a day; on a handover day both."""
    page.thing(Type.POST, id)
    return list_tenures(page, post=id)


def treaty_item(one: Asked, thing: Thing) -> Item:
    """One treaty in full, with the obligations that hold on the day."""
    writer = one.writer()
    writer.prepare([thing])
    treaty = node(Type.TREATY, thing.id)
    under: Values = {"treaty": [treaty], "as_of": one.on_day}
    codes = matching(one.engine, "codes", {"actor": [treaty], "as_of": []})
    return treaty_head(writer, thing) | {
        "aliases": list(thing.texts("skos:altLabel")),
        "obligations": obligation_items(writer, matching(one.engine, "obligations", under)),
        "codes": {
            code.id_of("codeScheme"): code.text("skos:notation")
            for code in read_things(one.engine, codes).values()
        },
        "note": thing.text("skos:note") or None,
        "sources": writer.sources(thing.iris("source")),
    }


def treaty_head(writer: Writer, thing: Thing) -> Item:
    """A treaty as a list has it."""
    return writer.head(thing) | {
        "signed": thing.text("signed") or None,
        "in_force": thing.text("inForce") or None,
        "organisation": writer.one(thing, "constitutes"),
    }


def post_item(writer: Writer, thing: Thing) -> Item:
    """One post."""
    return writer.head(thing) | {
        "body": writer.one(thing, "body"),
        "office": thing.id_of("office"),
        "note": thing.text("skos:note") or None,
    }
