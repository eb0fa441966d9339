"""Events, claims and figures as items."""

from collections.abc import Sequence

from comity.api.items import Item, Writer
from comity.api.listing import matching
from comity.graph.acts import evidence_of, rows_as_evidence
from comity.graph.binding import Values, bind
from comity.graph.rows import LOCATOR
from comity.graph.terms import node, term
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type
from comity.queries.catalogue import record_query

# So many of what was seen near an event stand with it; satellites may see thousands of fires.
OBSERVATIONS = 100
_LIST_OF_POSITION = {"asserts": "asserted_by", "affirms": "affirmed_by", "denies": "denied_by"}


def event_head(writer: Writer, thing: Thing) -> Item:
    """An event as a list has it."""
    return writer.head(thing) | {
        "event_type": thing.id_of("eventType"),
        "event_state": thing.id_of("eventState"),
        "start_date": thing.text("startDate"),
        "end_date": thing.text("endDate"),
        "place": thing.text("place") or None,
        "part_of": writer.one(thing, "partOfEvent"),
        "note": thing.text("skos:note") or None,
    }


def event_item(writer: Writer, thing: Thing, acts: Sequence[str]) -> Item:
    """An event with everything said of it; `acts` are the IRIs of the acts about it."""
    writer.prepare([thing], acts)
    found = {
        name: list(read_things(writer.engine, of_event(writer, thing.id, name)).values())
        for name in ("Participation", "CasualtyReport", "Claim")
    }
    seen = of_event(writer, thing.id, "Observation")
    for things in found.values():
        writer.prepare(things)
    reports = sorted(found["CasualtyReport"], key=lambda one: (one.text("dateEarliest"), one.id))
    return event_head(writer, thing) | {
        "participants": [
            {"actor": writer.one(one, "participant"), "role": one.id_of("participantRole")}
            for one in found["Participation"]
        ],
        "stances": [writer.reference(iri) for iri in acts],
        "claims": claim_items(writer, [one.iri for one in found["Claim"]]),
        "casualty_reports": [casualty_item(writer, one) for one in reports],
        "observations": observation_items(writer, seen[:OBSERVATIONS]),
        "observation_count": len(seen),
        "row": writer.row(thing.text(LOCATOR), thing.iris("source")),
        "sources": writer.sources(thing.iris("source")),
    }


def of_event(writer: Writer, event: str, class_name: str) -> Sequence[str]:
    """IRIs of the things of one class that belong to an event."""
    values: Values = {"event": [node(Type.EVENT, event)], "class": [term(class_name)]}
    return matching(writer.engine, "of_event", values)


def claim_items(writer: Writer, iris: Sequence[str]) -> list[Item]:
    """Claims with who asserts, affirms and denies them."""
    claims = read_things(writer.engine, iris)
    writer.prepare(claims.values())
    if not claims:
        return []
    values: Values = {"claim": [node(Type.CLAIM, claim.id) for claim in claims.values()]}
    rows = writer.engine.select(bind(record_query("positions"), values)).texts()
    positions = read_things(writer.engine, (row["item"] for row in rows))
    writer.prepare(positions.values())
    items = {iri: _claim(writer, claims[iri]) for iri in iris if iri in claims}
    for position in positions.values():
        key = _LIST_OF_POSITION[position.id_of("position") or "asserts"]
        items[position.iris("claim")[0]][key].append(
            {
                "actor": writer.one(position, "actor"),
                "act": position.id_of("throughAct"),
                "evidence": _evidence(writer, position),
            }
        )
    return list(items.values())


def _claim(writer: Writer, thing: Thing) -> Item:
    return writer.head(thing, thing.text("text")) | {
        "text": thing.text("text"),
        "kind": thing.id_of("claimKind"),
        "about": writer.several(thing, "about"),
        "asserted_by": [],
        "affirmed_by": [],
        "denied_by": [],
    }


def casualty_item(writer: Writer, thing: Thing) -> Item:
    """One figure."""
    return {
        "id": thing.id,
        "sides": writer.several(thing, "side"),
        "measure": thing.id_of("measure"),
        "group": thing.id_of("group"),
        "low": thing.number("low"),
        "best": thing.number("best"),
        "high": thing.number("high"),
        "as_at": thing.text("date"),
        "reporter": writer.one(thing, "reporter"),
        "on_authority_of": writer.one(thing, "onAuthorityOf"),
        "final": thing.truth("final"),
        "confidence": thing.id_of("confidence"),
        "note": thing.text("skos:note") or None,
        "evidence": _evidence(writer, thing),
        "sources": writer.sources(thing.iris("source")),
    }


def observation_items(writer: Writer, iris: Sequence[str]) -> list[Item]:
    """Observations, in the given order."""
    things = read_things(writer.engine, iris)
    writer.prepare(things.values())
    return [_observation(writer, things[iri]) for iri in iris if iri in things]


def _observation(writer: Writer, thing: Thing) -> Item:
    return {
        "id": thing.id,
        "kind": thing.id_of("observationKind"),
        "date": thing.text("date"),
        "time": thing.text("time") or None,
        "latitude": thing.decimal("schema:latitude"),
        "longitude": thing.decimal("schema:longitude"),
        "radiative_power": thing.decimal("radiativePower"),
        "observed_by": writer.one(thing, "observedBy"),
        "note": thing.text("skos:note") or None,
        "evidence": _evidence(writer, thing),
        "sources": writer.sources(thing.iris("source")),
    }


def _evidence(writer: Writer, thing: Thing) -> list[Item]:
    """Evidence of a thing; an act's position has the act's evidence."""
    nodes = list(thing.iris("evidence"))
    if not nodes and thing.iris("throughAct"):
        acts = read_things(writer.engine, thing.iris("throughAct"))
        nodes = [iri for act in acts.values() for iri in act.iris("evidence")]
    found = read_things(writer.engine, nodes)
    writer.prepare(found.values())
    pieces = [*(evidence_of(one) for one in found.values()), *rows_as_evidence(thing)]
    return [writer.evidence(one) for one in pieces]
