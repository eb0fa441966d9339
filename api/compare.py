"""Two days side by side: memberships and ties of an actor or a body.

Owns what counts as a change. Memberships are those of the resolved view; the sign of a tie is
that of the sum of all acts up to the day.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from comity.api.asked import Asked, AskedPage
from comity.api.items import Item, Writer
from comity.api.parameters import Times
from comity.api.statements import list_memberships
from comity.graph.network import Bundle, Level, NetworkQuery
from comity.graph.projection import outline
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

_MOST = 1000


def compared(asked: Asked, actor: str, first: date, second: date) -> Item:
    """What changed for an actor between two days.

    Raises:
        NotFoundError: there is no such actor.
    """
    thing = asked.thing(Type.ACTOR, actor)
    writer = asked.writer()
    writer.prepare([thing])
    return {
        "actor": writer.head(thing),
        "from": first.isoformat(),
        "to": second.isoformat(),
        "members": _changes(asked, first, second, body=(Type.ACTOR, actor)),
        "memberships": _changes(asked, first, second, member=actor),
        "ties": _ties(asked, writer, actor, first, second),
        "graph_version": asked.engine.version,
    }


def _changes(asked: Asked, first: date, second: date, **whose: Any) -> Item:
    before, after = (_held(asked, day, whose) for day in (first, second))
    key = "member" if "body" in whose else "organisation"
    return {
        "came": [after[one] for one in after if one not in before],
        "left": [before[one] for one in before if one not in after],
        "stayed": [_named(after[one], key) for one in after if one in before],
    }


def _held(asked: Asked, day: date, whose: Mapping[str, Any]) -> dict[tuple[str, str], Item]:
    page = AskedPage(asked.request, asked.service, Times(day), asked.lang, _MOST, None)
    items = list_memberships(page, **whose)["items"]
    return {
        (one["member"]["id"], (one["organisation"] or one["treaty"])["id"]): one for one in items
    }


def _named(item: Item, key: str) -> Item:
    found: Item = item[key] or item["treaty"]
    return found


def _ties(asked: Asked, writer: Writer, actor: str, first: date, second: date) -> list[Item]:
    """Ties whose sign or existence changed, with how many acts each day knows."""
    before, after = (_signs(asked, actor, day) for day in (first, second))
    changed = [pair for pair in sorted({*before, *after}) if before.get(pair) != after.get(pair)]
    ends = {thing_iri(Type.ACTOR, one) for pair in changed for one in pair}
    writer.prepare((), ends)
    return [
        {
            "subject": writer.reference(thing_iri(Type.ACTOR, subject)),
            "object": writer.reference(thing_iri(Type.ACTOR, other)),
            "before": _tie(before.get((subject, other))),
            "after": _tie(after.get((subject, other))),
        }
        for subject, other in changed
    ]


def _tie(found: tuple[float | None, int] | None) -> Item | None:
    return {"sign": found[0], "acts": found[1]} if found else None


def _signs(asked: Asked, actor: str, day: date) -> dict[tuple[str, str], tuple[float | None, int]]:
    query = NetworkQuery(actors=(actor,), level=Level.STATE, bundle=Bundle.PAIR, until=day)
    return {
        (tie.subject.id, tie.object.id): (
            float(tie.sign) if tie.sign is not None else None,
            tie.count,
        )
        for tie in outline(asked.engine, query).ties
        if tie.subject.thing is Type.ACTOR and tie.object.thing is Type.ACTOR
    }
