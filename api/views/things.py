"""Pages of actors, bodies and treaties: who they are, what they belong to, what they said.

Owns what stands on these pages, in which order. Items are those of the API.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import RdfFormat, parse, serialize

from comity.api.asked import AskedPage
from comity.api.listing import Item
from comity.api.parameters import Times
from comity.api.routers.actors import actor_item
from comity.api.routers.treaties import post_item, treaty_item
from comity.api.service import today
from comity.api.stances import StanceFilter
from comity.api.statements import list_memberships, list_tenures
from comity.api.views.acts import acts_of, columns_of
from comity.api.views.cohesion import cohesion_of
from comity.api.views.spans import chart_of
from comity.graph.things import Thing
from comity.ontology.namespaces import PREFIXES
from comity.ontology.namespaces import Thing as Type

_BODIES: Final = frozenset({"alliance", "international-organisation", "organ", "organisation"})


def actor_page(asked: AskedPage) -> Mapping[str, Any]:
    """An actor: names, memberships, offices, what it said and what was said of it."""
    identifier = asked.request.path_params["id"]
    thing = asked.thing(Type.ACTOR, identifier)
    history = _whole_time(asked)
    is_person = any(iri.endswith("#Person") for iri in thing.iris("rdf:type"))
    belongs = list_memberships(history, member=identifier)["items"]
    tenures = list_tenures(
        history, **({"person": identifier} if is_person else {"body": identifier})
    )
    given = acts_of(asked, StanceFilter(holder=(identifier,)))
    received = acts_of(
        asked, StanceFilter(target=(identifier,)), StanceFilter(addressee=(identifier,))
    )
    return {
        "section": "Organisations" if thing.class_name in _BODIES else "Actors",
        "item": actor_item(asked, thing),
        "names": _names(thing),
        "memberships": belongs,
        "membership_chart": chart_of([(_where(one), one) for one in belongs], asked.when.as_of),
        "tenures": tenures["items"],
        "tenure_chart": chart_of(
            [(_office(one, is_person), one) for one in tenures["items"]], asked.when.as_of
        ),
        "given": given,
        "given_columns": columns_of(given.items),
        "received": received,
        "received_columns": columns_of(received.items),
        "linked": linked(asked, thing),
        "is_state": thing.class_name == "state",
        "day": (asked.when.as_of or today()).isoformat(),
        **(_body(asked, history, identifier) if thing.class_name in _BODIES else _NO_BODY),
    }


_NO_BODY: Final[Mapping[str, Any]] = {"members": None, "member_chart": None, "cohesion": None}


def _body(asked: AskedPage, history: AskedPage, identifier: str) -> Mapping[str, Any]:
    """What a body has beside an actor: members on the day, who came and went, cohesion."""
    body = (Type.ACTOR, identifier)
    ever = list_memberships(history, body=body)["items"]
    return {
        "members": list_memberships(asked, body=body)["items"],
        "member_chart": chart_of([(one["member"]["label"], one) for one in ever], asked.when.as_of),
        "cohesion": cohesion_of(asked, identifier) if ever else None,
    }


def treaty_page(asked: AskedPage) -> Mapping[str, Any]:
    """A treaty: its parties on the day and in time, and what each owes."""
    identifier = asked.request.path_params["id"]
    thing = asked.thing(Type.TREATY, identifier)
    body = (Type.TREATY, identifier)
    ever = list_memberships(_whole_time(asked), body=body)["items"]
    item = treaty_item(asked, thing)
    return {
        "section": "Organisations",
        "item": item,
        "names": _names(thing),
        "members": list_memberships(asked, body=body)["items"],
        "member_chart": chart_of([(one["member"]["label"], one) for one in ever], asked.when.as_of),
        "articles": _articles(item["obligations"]),
        "told": acts_of(asked, StanceFilter(about=(identifier,))),
        "linked": linked(asked, thing),
        "day": (asked.when.as_of or today()).isoformat(),
    }


def post_page(asked: AskedPage) -> Mapping[str, Any]:
    """A post, and who held it."""
    identifier = asked.request.path_params["id"]
    thing = asked.thing(Type.POST, identifier)
    writer = asked.writer()
    writer.prepare([thing])
    tenures = list_tenures(_whole_time(asked), post=identifier)["items"]
    return {
        "section": "Actors",
        "item": post_item(writer, thing),
        "tenures": tenures,
        "tenure_chart": chart_of(
            [(one["person"]["label"], one) for one in tenures if one["person"]], asked.when.as_of
        ),
        "linked": linked(asked, thing),
    }


def linked(asked: AskedPage, thing: Thing) -> str:
    """A thing as JSON-LD that cannot end its element."""
    triples = (
        quad.triple for quad in parse(asked.engine.describe(thing.iri), format=RdfFormat.N_TRIPLES)
    )
    text = serialize(triples, format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""
    compact = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
    return compact.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _whole_time(asked: AskedPage) -> AskedPage:
    """The same request for any day, and for more rows than a page shows in words."""
    return replace(asked, when=Times(None), limit=1000, cursor=None)


def _names(thing: Thing) -> list[tuple[str, str]]:
    """Names other than the label, with their language tag."""
    terms = [
        term
        for name in ("skos:prefLabel", "skos:altLabel")
        for term in thing.properties.get(name, ())
    ]
    names = {(term.value, getattr(term, "language", None) or "") for term in terms}
    return sorted((name for name in names if name[0] != thing.label), key=lambda one: one[::-1])


def _where(one: Item) -> str:
    body = one["organisation"] or one["treaty"]
    return str(body["label"]) if body else ""


def _office(one: Item, is_person: bool) -> str:
    """Of a person the post; of a state or body the post, each holder a bar of it."""
    post = one["post"]["label"] if one["post"] else ""
    return post if is_person else f"{post}: {one['person']['label']}" if one["person"] else post


def _articles(obligations: Sequence[Item]) -> list[tuple[str, str, str, Item, int]]:
    """What a treaty asks for, each article once, with the number of pairs that it binds."""
    found: dict[tuple[str, str, str], list[Item]] = {}
    for one in obligations:
        key = (one["article"] or "", one["role"] or "", one["paraphrase"] or "")
        found.setdefault(key, []).append(one)
    return [(*key, ones[0], len(ones)) for key, ones in sorted(found.items())]
