"""The network of a query string: the same parameters for `/` and `/network`."""

from dataclasses import asdict, replace
from typing import Annotated, Final, Literal

from fastapi import Depends, Query, Request

from comity.api.items import Item, Writer
from comity.api.knowledge import NOW, service_then
from comity.api.parameters import (
    Since,
    Times,
    Until,
    optional_day,
    several_concepts,
    times,
)
from comity.api.service import Service
from comity.api.statements import known_thing
from comity.graph.network import (
    Agreement,
    Bundle,
    Level,
    Network,
    NetworkQuery,
    Normalisation,
    Once,
    Relation,
    SignRule,
    Weighing,
    Weight,
)
from comity.graph.view import DEFAULT_QUERY
from comity.ontology.namespaces import Thing as Type

Ids = list[str] | None


def network_query(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    when: Annotated[Times, Depends(times)],
    event: Annotated[
        str | None, Query(description="Acts about it, and obligations owed to its parties.")
    ] = None,
    actor: Annotated[Ids, Query(description="Start from these actors.")] = None,
    depth: Annotated[
        int, Query(ge=0, le=3, description="Steps from them; 0 keeps to ties among them.")
    ] = 1,
    relation: Annotated[
        list[Relation] | None, Query(description="Kinds of tie; default stance.")
    ] = None,
    kind: Annotated[Ids, Query(description="Kinds of act; see /schemes/kind.")] = None,
    treaty: Annotated[Ids, Query(description="Obligations under these treaties only.")] = None,
    archive: Annotated[
        Ids, Query(description="Ids of archives whose acts count too; see /archives.")
    ] = None,
    since: Since = None,
    until: Until = None,
    level: Annotated[
        Level,
        Query(description="The recorded holder, the state or body behind it, or its alliances."),
    ] = Level.RECORDED,
    alliance: Annotated[
        Ids, Query(description="At level alliance: those that states are rolled up to.")
    ] = None,
    bundle: Annotated[Bundle, Query(description="Which ties become one.")] = Bundle.NONE,
    nodes: Annotated[
        int | None,
        Query(
            ge=1,
            description="Keep this many nodes: those asked for, parties, those with most acts.",
        ),
    ] = None,
) -> NetworkQuery:
    """Dependency: what a query string asks for; without any, the default view.

    Raises:
        ParameterError: an id, kind or day does not exist.
    """
    if not set(request.query_params) - {"format", "known_at", *VIEW_PARAMETERS}:
        return DEFAULT_QUERY
    for name, thing, ids in (
        ("event", Type.EVENT, [event] if event else []),
        ("actor", Type.ACTOR, actor or []),
        ("treaty", Type.TREATY, treaty or []),
        ("alliance", Type.ACTOR, alliance or []),
    ):
        for identifier in ids:
            known_thing(service, name, thing, identifier)
    return NetworkQuery(
        event=event,
        actors=tuple(actor or ()),
        depth=depth,
        relations=tuple(relation or (Relation.STANCE,)),
        kinds=several_concepts("kind", "kind", kind),
        treaties=tuple(treaty or ()),
        archives=tuple(archive or ()),
        since=optional_day("since", since),
        until=optional_day("until", until),
        as_of=when.as_of,
        level=level,
        alliances=tuple(alliance or ()),
        bundle=bundle,
        nodes=nodes,
    )


def view_parameters(
    lens: Annotated[
        str | None, Query(description="The bloc whose members the page colours, or camps.")
    ] = None,
    steps: Annotated[
        int | None, Query(ge=1, le=3, description="Steps around the actor chosen on the page.")
    ] = None,
    select: Annotated[
        str | None, Query(description="What is open on the page: an act, an actor, a line.")
    ] = None,
    view: Annotated[
        Literal["table", "picture", "presenting"] | None, Query(description="How the page opens.")
    ] = None,
    embed: Annotated[
        Literal["1"] | None, Query(description="The page for a frame of another one.")
    ] = None,
) -> str | None:
    """Dependency: what the page makes of a network; none of it changes the network.

    Returns:
        The lens.
    """
    return lens


VIEW_PARAMETERS: Final = ("lens", "steps", "select", "view", "embed", "theme")


def weighted_query(
    query: Annotated[NetworkQuery, Depends(network_query)],
    weight: Annotated[
        Weight, Query(description="Number of acts, mean sign, or signs that decay.")
    ] = Weight.COUNT,
    half_life: Annotated[
        float | None, Query(description="Days after which an act counts half; for weight=decay.")
    ] = None,
    sign_rule: Annotated[
        SignRule | None, Query(description="The one sign of a pair; for bundle=pair.")
    ] = None,
    once: Annotated[Once, Query(description="Within what like acts count once.")] = Once.ACT,
    agreement: Annotated[
        Agreement | None, Query(description="Ties of actors that agree or differ instead.")
    ] = None,
    normalisation: Annotated[
        Normalisation, Query(description="By what weights of agreement are divided.")
    ] = Normalisation.NONE,
    minimum_acts: Annotated[int, Query(ge=1, description="Acts that a tie must have.")] = 1,
    minimum_exposure: Annotated[
        int, Query(ge=1, description="Signed acts that an actor must have to agree.")
    ] = 1,
    backbone: Annotated[
        float | None, Query(description="Level of the disparity filter, such as 0.05.")
    ] = None,
) -> NetworkQuery:
    """Dependency: what a query string asks for, with weights and agreement.

    Raises:
        ParameterError: parameters contradict each other, or do not exist.
    """
    weighing = Weighing(
        weight=weight,
        half_life=half_life,
        sign_rule=sign_rule,
        once=once,
        agreement=agreement,
        normalisation=normalisation,
        minimum_acts=minimum_acts,
        minimum_exposure=minimum_exposure,
        backbone=backbone,
    )
    return replace(query, weighing=weighing)


def network_json(writer: Writer, network: Network, known_at: str = NOW) -> Item:
    """A network as the API's JSON; `known_at` is echoed."""
    query = network.query
    writer.prepare((), (thing.iri for thing in network.nodes.values()))
    return {
        "nodes": [
            {**writer.reference(thing.iri), "silent": end.id in network.silent}
            for end, thing in network.nodes.items()
        ],
        "edges": [
            {
                "subject": tie.subject.id,
                "object": tie.object.id,
                "relation": tie.relation.value,
                "kind": tie.kind,
                "sign": float(tie.sign) if tie.sign is not None else None,
                "count": tie.count,
                "weight": tie.size,
                "acts": list(tie.acts),
                "statements": list(tie.statements),
                "archives": list(tie.archives),
                "kinds": dict(tie.kinds),
                "first": tie.first.isoformat() if tie.first else None,
                "last": tie.last.isoformat() if tie.last else None,
            }
            for tie in network.ties
        ],
        **times_used(query),
        "known_at": known_at,
        "bundle": query.bundle.value,
        "weighing": asdict(query.weighing),
        "graph_version": writer.engine.version,
    }


def times_used(query: NetworkQuery, known_at: str = NOW) -> Item:
    """The days and the level that an answer about a network echoes."""
    return {
        "as_of": query.as_of.isoformat() if query.as_of else "any",
        "known_at": known_at,
        "since": query.since.isoformat() if query.since else None,
        "until": query.until.isoformat() if query.until else None,
        "level": query.level.value,
        "alliances": list(query.alliances),
    }
