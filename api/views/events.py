"""Pages of events, claims, sources and single statements.

Owns what stands on these pages. Items are those of the API.
"""

from collections.abc import Mapping
from typing import Any, Final

from comity.api.asked import AskedPage
from comity.api.events import claim_items, event_item
from comity.api.listing import Item
from comity.api.obligations import obligations_item, owed_at
from comity.api.resting import statements_on
from comity.api.routers.sources import source_item
from comity.api.stances import StanceFilter, stance_iris, stance_items
from comity.api.statements import membership_items, tenure_items
from comity.api.views.acts import acts_of, with_words
from comity.api.views.things import linked
from comity.graph.drawing.words import all_of, say
from comity.graph.view import DEFAULT_QUERY
from comity.ontology.namespaces import Thing as Type


def event_page(asked: AskedPage) -> Mapping[str, Any]:
    """An event: who said what in order, claims, figures, obligations against behaviour."""
    identifier = asked.request.path_params["id"]
    thing = asked.thing(Type.EVENT, identifier)
    wanted = StanceFilter(event=(identifier,))
    item = event_item(asked.writer(), thing, stance_iris(asked, wanted))
    told = acts_of(asked, wanted)
    owed = None
    if any(one["role"] == "party" for one in item["participants"]):
        owed = obligations_item(asked.writer(), owed_at(asked.engine, identifier))
    return {
        "section": "Events",
        "item": item,
        "acts": told.items[::-1],
        "total": told.total,
        "sides": _figures(item["casualty_reports"]),
        "obligations": owed,
        "in_explorer": identifier == DEFAULT_QUERY.event,
        "linked": linked(asked, thing),
    }


def _figures(reports: list[Item]) -> dict[str, list[Item]]:
    """Figures by side; they stand beside each other and are never added up."""
    sides: dict[str, list[Item]] = {}
    for one in reports:
        name = all_of([side["label"] for side in one["sides"]]) or say("not said")
        sides.setdefault(name, []).append(one)
    return dict(sorted(sides.items(), key=lambda side: (len(side[1][0]["sides"]) > 1, side[0])))


def source_page(asked: AskedPage) -> Mapping[str, Any]:
    """A document: what it is, and what it says."""
    identifier = asked.request.path_params["id"]
    thing = asked.thing(Type.SOURCE, identifier)
    rest = statements_on(asked, thing)
    others = rest[: asked.limit]
    told = acts_of(asked, StanceFilter(source=(identifier,)))
    writer = asked.writer()
    writer.prepare((), others)
    return {
        "section": "Sources",
        "item": source_item(asked.writer(), thing),
        "told": told,
        "others": [writer.reference(iri) for iri in others],
        "total": len(rest) + told.total,
        "linked": linked(asked, thing),
    }


def act_page(asked: AskedPage) -> Mapping[str, Any]:
    """One act with its words and documents."""
    thing = asked.thing(Type.STANCE, asked.request.path_params["id"])
    item = with_words(stance_items(asked.writer(), [thing.iri])[0])
    return {"section": "Events", "item": item, "linked": linked(asked, thing)}


def claim_page(asked: AskedPage) -> Mapping[str, Any]:
    """One claim with who asserts, affirms and denies it."""
    thing = asked.thing(Type.CLAIM, asked.request.path_params["id"])
    item = claim_items(asked.writer(), [thing.iri])[0]
    return {"section": "Events", "item": item, "linked": linked(asked, thing)}


_ITEMS: Final = {Type.MEMBERSHIP: membership_items, Type.TENURE: tenure_items}


def statement_page(kind: Type) -> Any:
    """The page of a membership or a tenure."""

    def make(asked: AskedPage) -> Mapping[str, Any]:
        thing = asked.thing(kind, asked.request.path_params["id"])
        item = _ITEMS[kind](asked.writer(), [thing.iri])[0]
        return {"section": "Actors", "item": item, "linked": linked(asked, thing)}

    return make
