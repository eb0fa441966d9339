"""The network of a query string: the same parameters for `/` and `/network`."""

import csv
import io
import json
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Query, Request

from comity.api.items import Item, Writer
from comity.api.parameters import (
    Since,
    Times,
    Until,
    optional_day,
    several_concepts,
    times,
)
from comity.api.service import Service, service_of
from comity.api.statements import known_thing
from comity.graph.projection import Bundle, Level, Network, NetworkQuery, Relation
from comity.graph.view import DEFAULT_QUERY
from comity.ontology.namespaces import Thing as Type

if TYPE_CHECKING:
    import networkx as nx

Ids = list[str] | None


def network_query(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
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
        Level, Query(description="The recorded holder, or the state or body behind it.")
    ] = Level.RECORDED,
    bundle: Annotated[Bundle, Query(description="Which ties become one.")] = Bundle.NONE,
) -> NetworkQuery:
    """Dependency: what a query string asks for; without any, the default view.

    Raises:
        ParameterError: an id, kind or day does not exist.
    """
    if not set(request.query_params) - {"format"}:
        return DEFAULT_QUERY
    for name, thing, ids in (
        ("event", Type.EVENT, [event] if event else []),
        ("actor", Type.ACTOR, actor or []),
        ("treaty", Type.TREATY, treaty or []),
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
        bundle=bundle,
    )


def network_json(writer: Writer, network: Network) -> Item:
    """A network as the API's JSON."""
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
        "bundle": query.bundle.value,
        "graph_version": writer.engine.version,
    }


def times_used(query: NetworkQuery) -> Item:
    """The days and the level that an answer about a network echoes."""
    return {
        "as_of": query.as_of.isoformat() if query.as_of else "any",
        "known_at": "now",
        "since": query.since.isoformat() if query.since else None,
        "until": query.until.isoformat() if query.until else None,
        "level": query.level.value,
    }


def network_file(network: Network, form: str) -> bytes:
    """A network in an exchange format: cytoscape, graphml, gexf or csv."""
    import networkx as nx

    graph = network.to_networkx()
    if form == "cytoscape":
        data: dict[str, Any] = nx.cytoscape_data(graph)
        return json.dumps(data, ensure_ascii=False).encode()
    buffer = io.BytesIO()
    if form == "graphml":
        nx.write_graphml(graph, buffer)
        return buffer.getvalue()
    if form == "gexf":
        nx.write_gexf(graph, buffer)
        return buffer.getvalue()
    return _edges_csv(graph)


def _edges_csv(graph: "nx.MultiDiGraph[str]") -> bytes:
    text = io.StringIO()
    columns = (
        *("source", "target", "relation", "kind", "sign", "count", "first", "last", "acts"),
        "archives",
    )
    writer = csv.writer(text)
    writer.writerow(columns)
    for source, target, values in graph.edges(data=True):
        writer.writerow([source, target, *(values.get(name, "") for name in columns[2:])])
    return text.getvalue().encode()
