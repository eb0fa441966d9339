"""Lists as pages: actors, posts, organisations, treaties, events, sources.

Owns which lists there are and what a row says. The lists are those of the API.
"""

from collections.abc import Mapping
from typing import Any

from comity.api.asked import AskedPage
from comity.api.events import event_head
from comity.api.listing import Item
from comity.api.routers.actors import CLASSES, list_actors_of
from comity.api.routers.sources import source_item
from comity.api.routers.treaties import post_item, treaty_head

# What readers look for; people and bodies of states are found by name.
_TYPES = ("state", "alliance", "international-organisation", "official", "organ", "party")


def actors_page(asked: AskedPage) -> Mapping[str, Any]:
    """Actors by label, of one class or of all."""
    wanted = asked.request.query_params.get("type")
    classes = [CLASSES[wanted]] if wanted in CLASSES else []
    found = list_actors_of(asked, classes, _q(asked))
    return _listed(asked, "Actors", "Actors", found, _TYPES)


def organisations_page(asked: AskedPage) -> Mapping[str, Any]:
    """Organisations by label."""
    found = list_actors_of(asked, ["InternationalOrganisation"], _q(asked))
    return _listed(asked, "Organisations", "Organisations and alliances", found)


def treaties_page(asked: AskedPage) -> Mapping[str, Any]:
    """Treaties by label."""
    found = asked.page_of_class("Treaty", _q(asked), treaty_head)
    return _listed(asked, "Organisations", "Treaties", found)


def posts_page(asked: AskedPage) -> Mapping[str, Any]:
    """Posts by label."""
    found = asked.page_of_class("Post", _q(asked), post_item)
    return _listed(asked, "Actors", "Posts", found)


def events_page(asked: AskedPage) -> Mapping[str, Any]:
    """Events by label."""
    found = asked.page_of_class("Event", _q(asked), event_head)
    return _listed(asked, "Events", "Events", found)


def sources_page(asked: AskedPage) -> Mapping[str, Any]:
    """Documents and data sets by label."""
    found = asked.page_of_class("Source", _q(asked), source_item)
    return _listed(asked, "Sources", "Sources", found)


def _q(asked: AskedPage) -> str | None:
    return asked.request.query_params.get("q") or None


def _listed(
    asked: AskedPage, section: str, title: str, found: Item, types: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    given = asked.request.query_params
    return {
        "section": section,
        "title": title,
        "path": asked.request.url.path,
        "rows": [row | {"says": _says(row)} for row in found["items"]],
        "total": found["total"],
        "next": found["next"],
        "q": given.get("q", ""),
        "types": types,
        "type": given.get("type", ""),
    }


def _says(row: Item) -> str:
    """What a row says beside its label."""
    parts = (
        [row["type"].replace("-", " ")]
        if row["type"] not in ("event", "post", "treaty", "source")
        else []
    )
    for name, words in (
        ("event_type", "{}"), ("start_date", "from {}"), ("signed", "signed {}"),
        ("kind", "{}"), ("publisher", "{}"), ("issued", "{}"), ("licence", "{}"), ("office", "{}"),
    ):  # fmt: skip
        if row.get(name) and row[name] != "other":
            parts.append(
                words.format(
                    str(row[name]).replace("-", " ")
                    if name in ("event_type", "kind", "office")
                    else row[name]
                )
            )
    if row.get("body"):
        parts.append(row["body"]["label"])
    return " · ".join(parts)
