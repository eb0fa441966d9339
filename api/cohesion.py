"""The cohesion of an organisation as an item."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from comity.api.items import Item, Writer
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

if TYPE_CHECKING:
    from comity.graph.cohesion import OrganisationCohesion


def cohesion_item(writer: Writer, found: "OrganisationCohesion") -> Item:
    """The whole answer: whose it is, the numbers, and the acts behind the discordant pair."""
    iris = [thing_iri(Type.ACTOR, one) for one in (found.organisation, *found.members)]
    acts = {
        act: thing_iri(Type.STANCE, act)
        for one in found.differences
        for act in (*one.source_acts, *one.target_acts)
    }
    writer.prepare((), [*iris, *acts.values()])
    numbers = asdict(found.cohesion)
    # The members are named below, and how many there are follows from that.
    del numbers["group"], numbers["members"]
    return {
        "organisation": writer.reference(iris[0]),
        "members": [writer.reference(iri) for iri in iris[1:]],
        "uncertain_members": list(found.uncertain),
        "as_of": found.as_of.isoformat(),
        "known_at": "now",
        "since": found.since.isoformat() if found.since else None,
        "until": found.until.isoformat(),
        **numbers,
        "differences": [
            {
                "item": one.item,
                "source_acts": [writer.reference(acts[act]) for act in one.source_acts],
                "target_acts": [writer.reference(acts[act]) for act in one.target_acts],
            }
            for one in found.differences
        ],
        "graph_version": writer.engine.version,
    }
