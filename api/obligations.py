"""Obligation against behaviour as items."""

from collections.abc import Iterable

from comity.api.items import Item, Writer
from comity.graph.engine import Engine
from comity.graph.obligations import WITHIN_DAYS, obligations_at
from comity.graph.obliged import ObligationsAnswer, ObligedActor
from comity.graph.remembered import Remembered
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

_ANSWERS: Remembered[tuple[str, str | None, int], ObligationsAnswer] = Remembered(most=100)


def owed_at(
    engine: Engine, event: str, side: str | None = None, within_days: int = WITHIN_DAYS
) -> ObligationsAnswer:
    """`obligations_at`, worked out once for each version of the graph."""
    known, key = _ANSWERS.of(engine), (event, side, within_days)
    if key not in known:
        known[key] = obligations_at(engine, event, side, within_days)
    return known[key]


def obligations_item(writer: Writer, found: ObligationsAnswer) -> Item:
    """The whole answer."""
    writer.prepare((), _named(found))
    return {
        "event": _one(writer, Type.EVENT, found.event),
        "sides": _all(writer, Type.ACTOR, found.sides),
        "as_of": found.day.isoformat(),
        "until": found.until.isoformat(),
        "items": [_obliged(writer, one) for one in found.items],
        "total": len(found.items),
        "not_triggered": [
            {
                "treaty": _one(writer, Type.TREATY, one.treaty),
                "article": one.article,
                "why": one.why,
                "obligations": list(one.obligations),
            }
            for one in found.not_triggered
        ],
        "bound_to_both": [
            {
                "actor": _one(writer, Type.ACTOR, one.actor),
                "owes": {party: list(ids) for party, ids in one.owes},
                "contradict": one.contradict,
            }
            for one in found.bound_to_both
        ],
        "claims": [
            {
                "claim": _one(writer, Type.CLAIM, one.id),
                "issue": _one(writer, Type.ISSUE, one.issue),
                "asserted_by": _all(writer, Type.ACTOR, one.asserted_by),
                "affirmed_by": _all(writer, Type.ACTOR, one.affirmed_by),
                "denied_by": _all(writer, Type.ACTOR, one.denied_by),
            }
            for one in found.claims
        ],
        "graph_version": writer.engine.version,
    }


def _obliged(writer: Writer, one: ObligedActor) -> Item:
    return {
        "obligation": _one(writer, Type.OBLIGATION, one.obligation),
        "obliged": _one(writer, Type.ACTOR, one.obliged),
        "owed_to": _one(writer, Type.ACTOR, one.owed_to),
        "treaty": _one(writer, Type.TREATY, one.treaty),
        "article": one.article,
        "type": one.type,
        "trigger": one.trigger,
        "since": one.since,
        "certain": one.certain,
        "on_request": one.on_request,
        "requests": _all(writer, Type.STANCE, one.requests),
        "depends_on": list(one.depends_on),
        "disputed_by": list(one.disputed_by),
        "behaviour": one.behaviour.value,
        "also": [other.value for other in one.also],
        "says": one.says,
        "acts": [
            {"behaviour": behaviour.value, "acts": _all(writer, Type.STANCE, ids)}
            for behaviour, ids in one.acts
        ],
        "events": _all(writer, Type.EVENT, one.events),
        "documents": one.documents,
    }


def _one(writer: Writer, kind: Type, identifier: str | None) -> Item | None:
    return None if identifier is None else writer.reference(thing_iri(kind, identifier))


def _all(writer: Writer, kind: Type, ids: Iterable[str]) -> list[Item]:
    return [writer.reference(thing_iri(kind, one)) for one in ids]


def _named(found: ObligationsAnswer) -> set[str]:
    """Everything the items name, so that the names are read at once."""
    pairs: set[tuple[Type, str]] = {(Type.ACTOR, one) for one in found.sides}
    for item in found.items:
        pairs |= {(Type.ACTOR, item.obliged), (Type.OBLIGATION, item.obligation)}
        pairs |= {(Type.STANCE, act) for _, acts in item.acts for act in acts}
        pairs |= {(Type.STANCE, act) for act in item.requests}
    return {thing_iri(kind, one) for kind, one in pairs}
