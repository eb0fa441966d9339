"""Memberships, tenures and obligations as lists and items; used by several routers."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query
from pyoxigraph import NamedNode

from comity.api.asked import AskedPage
from comity.api.entities import existing
from comity.api.items import Item, Writer
from comity.api.listing import matching
from comity.api.parameters import several_concepts
from comity.api.service import Service
from comity.errors import NotFoundError, ParameterError
from comity.graph.binding import Term, bind
from comity.graph.terms import day_term, node, truth_term
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type
from comity.queries.catalogue import record_query

ACTIVE = "active"
# Instead of the id of a source: every source, side by side.
EVERY_SOURCE = "all"

Sources = Annotated[
    list[str] | None,
    Query(
        description="Only what these sources say, contradicted or not; `all` for every source, "
        "side by side. Without it the resolved view."
    ),
]


def list_memberships(
    page: AskedPage,
    *,
    body: tuple[Type, str] | None = None,
    member: str | None = None,
    roles: list[str] | None = None,
    statuses: list[str] | None = None,
    sources: list[str] | None = None,
) -> Item:
    """One page of memberships; without `sources` the resolved view.

    Args:
        page: the request.
        body: type and id of the organisation or treaty.
        member: id of the member.
        roles: only these; a wider role takes in the narrower ones.
        statuses: only these on the day.
        sources: only what these sources say, contradicted or not; `all` for every source.

    Raises:
        ParameterError: a role, status or source does not exist.
    """
    named = [] if sources == [EVERY_SOURCE] else sources or []
    values: dict[str, list[Term]] = {
        "body": [node(*body)] if body else [],
        "member": [node(Type.ACTOR, member)] if member else [],
        "role": [node("role", role) for role in several_concepts("role", "role", roles)],
        "status": [node("status", one) for one in several_concepts("status", "status", statuses)],
        "source": [known_thing(page.service, "source", Type.SOURCE, source) for source in named],
        "resolved": [] if sources else [truth_term(True)],
        "as_of": [*page.on_day],
    }
    found = matching(page.engine, "memberships", values)
    return page.page(found, lambda shown: membership_items(page.writer(), shown))


def known_thing(service: Service, parameter: str, thing: Type, identifier: str) -> Term:
    """A thing given as a parameter, checked to exist.

    Raises:
        ParameterError: there is none with that id; with the nearest.
    """
    try:
        existing(service, thing, identifier)
    except NotFoundError as error:
        raise ParameterError(
            str(error),
            parameter=parameter,
            got=identifier,
            expected=f"id of a {thing}",
            did_you_mean=error.did_you_mean,
        ) from None
    return node(thing, identifier)


def membership_items(writer: Writer, iris: Sequence[str]) -> list[Item]:
    """Memberships as items, in the given order."""
    things = read_things(writer.engine, iris)
    writer.prepare(things.values())
    spells = _status_spells(writer, iris)
    return [membership_item(writer, things[iri], spells) for iri in iris if iri in things]


def membership_item(writer: Writer, thing: Thing, spells: dict[str, Thing]) -> Item:
    """One membership."""
    member = writer.one(thing, "member")
    body = writer.one(thing, "organisation") or writer.one(thing, "treaty")
    role = thing.id_of("role")
    spell = spells.get(thing.iri)
    label = f"{member['label'] if member else '?'}, {role} of {body['label'] if body else '?'}"
    return {
        **writer.head(thing, label),
        "member": member,
        "organisation": writer.one(thing, "organisation"),
        "treaty": writer.one(thing, "treaty"),
        "role": role,
        "status": (spell.id_of("status") if spell else ACTIVE) if writer.as_of else None,
        "status_asserted_by": writer.one(spell, "assertedBy") if spell else None,
        **writer.statement(thing),
    }


def _status_spells(writer: Writer, iris: Sequence[str]) -> dict[str, Thing]:
    """The spell of another status that lies on each membership on the day."""
    if writer.as_of is None or not iris:
        return {}
    values: dict[str, list[Term]] = {
        "membership": [NamedNode(iri) for iri in iris],
        "as_of": [day_term(writer.as_of)],
    }
    rows = writer.engine.select(bind(record_query("statuses"), values)).texts()
    by_membership = {row["membership"]: row["item"] for row in rows}
    things = read_things(writer.engine, by_membership.values())
    writer.prepare(things.values())
    return {membership: things[iri] for membership, iri in by_membership.items()}


def list_tenures(
    page: AskedPage, *, person: str | None = None, post: str | None = None, body: str | None = None
) -> Item:
    """One page of tenures, by start and post."""
    values: dict[str, list[Term]] = {
        "person": [node(Type.ACTOR, person)] if person else [],
        "post": [node(Type.POST, post)] if post else [],
        "body": [node(Type.ACTOR, body)] if body else [],
        "resolved": [truth_term(True)],
        "as_of": [*page.on_day],
    }
    found = matching(page.engine, "tenures", values)
    return page.page(found, lambda shown: tenure_items(page.writer(), shown))


def tenure_items(writer: Writer, iris: Sequence[str]) -> list[Item]:
    """Tenures as items, in the given order."""
    things = read_things(writer.engine, iris)
    posts = read_things(writer.engine, (iri for one in things.values() for iri in one.iris("post")))
    writer.prepare([*things.values(), *posts.values()])
    return [tenure_item(writer, things[iri], posts) for iri in iris if iri in things]


def tenure_item(writer: Writer, thing: Thing, posts: dict[str, Thing]) -> Item:
    """One tenure."""
    person, post = writer.one(thing, "person"), writer.one(thing, "post")
    place = posts.get(post["iri"]) if post else None
    acting = thing.truth("acting")
    return {
        **writer.head(
            thing, f"{person['label'] if person else '?'}, {post['label'] if post else '?'}"
        ),
        "person": person,
        "post": post,
        "body": writer.one(place, "body") if place else None,
        "role": place.id_of("office") if place else None,
        "acting": acting,
        "status": "acting" if acting else ACTIVE,
        **writer.statement(thing),
    }


def obligation_items(writer: Writer, iris: Sequence[str]) -> list[Item]:
    """Obligations as items, in the given order."""
    things = read_things(writer.engine, iris)
    writer.prepare(things.values())
    return [obligation_item(writer, things[iri]) for iri in iris if iri in things]


def obligation_item(writer: Writer, thing: Thing) -> dict[str, Any]:
    """One obligation."""
    obligor, beneficiary = writer.one(thing, "obligor"), writer.one(thing, "beneficiary")
    article = thing.text("article") or None
    kind = thing.id_of("obligationType")
    label = f"{obligor['label'] if obligor else '?'} to {beneficiary['label'] if beneficiary else '?'}: {kind}"
    return {
        **writer.head(thing, label + (f", Article {article}" if article else "")),
        "treaty": writer.one(thing, "treaty"),
        "article": article,
        "obligor": obligor,
        "beneficiary": beneficiary,
        "role": kind,
        "trigger": thing.id_of("trigger"),
        "on_request": thing.truth("onRequest"),
        "mandatory": thing.truth("mandatory"),
        "area": thing.text("area") or None,
        "paraphrase": thing.text("paraphrase") or None,
        **writer.statement(thing),
    }
