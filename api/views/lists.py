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
from comity.graph.drawing.words import later, say

# What readers look for; people and bodies of states are found by name.
_TYPES = ("state", "alliance", "international-organisation", "official", "organ", "party")


def actors_page(asked: AskedPage) -> Mapping[str, Any]:
    """Actors by label, of one class or of all."""
    wanted = asked.request.query_params.get("type")
    classes = [CLASSES[wanted]] if wanted in CLASSES else []
    found = list_actors_of(asked, classes, _q(asked))
    return _listed(asked, "Actors", later("Actors"), found, _TYPES)


def organisations_page(asked: AskedPage) -> Mapping[str, Any]:
    """Organisations by label."""
    found = list_actors_of(asked, ["InternationalOrganisation"], _q(asked))
    return _listed(asked, "Organisations", later("Organisations and alliances"), found)


def treaties_page(asked: AskedPage) -> Mapping[str, Any]:
    """Treaties by label."""
    found = asked.page_of_class("Treaty", _q(asked), treaty_head)
    return _listed(asked, "Organisations", later("Treaties"), found)


def posts_page(asked: AskedPage) -> Mapping[str, Any]:
    """Posts by label."""
    found = asked.page_of_class("Post", _q(asked), post_item)
    return _listed(asked, "Actors", later("Posts"), found)


def events_page(asked: AskedPage) -> Mapping[str, Any]:
    """Events by label."""
    found = asked.page_of_class("Event", _q(asked), event_head)
    return _listed(asked, "Events", later("Events"), found)


def sources_page(asked: AskedPage) -> Mapping[str, Any]:
    """Documents and data sets by label."""
    found = asked.page_of_class("Source", _q(asked), source_item)
    return _listed(asked, "Sources", later("Sources"), found)


def _q(asked: AskedPage) -> str | None:
    return asked.request.query_params.get("q") or None


def _listed(
    asked: AskedPage, section: str, title: str, found: Item, types: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    given = asked.request.query_params
    return {
        "section": section,
        "title": say(title),
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
        ("event_type", ""), ("start_date", later("from %(what)s")),
        ("signed", later("signed %(what)s")), ("kind", ""), ("publisher", ""), ("issued", ""),
        ("licence", ""), ("office", ""),
    ):  # fmt: skip
        if row.get(name) and row[name] != "other":
            coded = name in ("event_type", "kind", "office")
            what = str(row[name]).replace("-", " ") if coded else str(row[name])
            parts.append(say(words, what=what) if words else what)
    if row.get("body"):
        parts.append(row["body"]["label"])
    return " · ".join(parts)
