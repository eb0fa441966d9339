"""The measures of a network: which there are, and what one says of a network of the graph."""

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item
from comity.api.measure_models import MeasureAnswer, MeasureListing
from comity.api.network import network_query, times_used
from comity.api.parameters import Format, Times, strict, times
from comity.api.service import Service, service_of
from comity.errors import TooLargeError
from comity.graph.network import NetworkQuery
from comity.graph.projection import project

if TYPE_CHECKING:
    from comity.graph.measures.registry import Measure

router = APIRouter(tags=["measures"], dependencies=[Depends(strict)])

# A request waits so long for a proof where it does not say how long.
_SECONDS = "5"
# Actors times ties: with a thousand and ten thousand the slowest measure takes some seconds.
_MOST = 10_000_000


@router.get("/measures", operation_id="listMeasures", response_model=MeasureListing)
def list_measures() -> Item:
    """The measures of a network, by id."""
    # Imported here, as below: measures need libraries that a start does not wait for.
    from comity.graph.measures.registry import measures

    items = [_item(one) for one in measures().values()]
    return {"items": items, "total": len(items)}


@router.get("/measures/{name}", operation_id="getMeasure", response_model=MeasureAnswer)
def get_measure(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    when: Annotated[Times, Depends(times)],
    query: Annotated[NetworkQuery, Depends(network_query)],
    name: str,
    rule: Annotated[
        str | None, Query(description="How the edges of a pair become one sign; see /measures.")
    ] = None,
    seconds: Annotated[
        float | None, Query(gt=0, le=30, description="Time to look for a proof; default 5.")
    ] = None,
    damping: Annotated[
        float | None, Query(gt=0, lt=1, description="How often the walk of PageRank goes on.")
    ] = None,
    seed: Annotated[int | None, Query(description="What chance follows from.")] = None,
    format: Format = None,
) -> Response:
    """What a measure says of a network, chosen as in `/network`; by default of all stances."""
    from comity.graph.measures.registry import find_measure

    wanted = chosen_format(request, ("json", "csv"))
    asked = find_measure(name)
    given = {"rule": rule, "seconds": seconds, "damping": damping, "seed": seed}
    texts = {option: str(value) for option, value in given.items() if value is not None}
    if any(one.name == "seconds" for one in asked.parameters):
        texts.setdefault("seconds", _SECONDS)
    parameters = asked.read(texts)
    if not set(request.query_params) - {"format"}:
        # The default of /network is a picture of one event, which is no network to measure.
        query = NetworkQuery(as_of=when.as_of)
    network = project(service.engine, query, service.shelf)
    refuse_too_large(len(network.nodes), len(network.ties))
    result = asked.function(network.to_networkx(), **parameters)
    if wanted == "csv":
        return Response(_csv(result.table()), media_type=MEDIA_TYPES["csv"])
    return JSONResponse(
        {
            "id": asked.id,
            "title": asked.title,
            "parameters": parameters,
            "result": asdict(result),
            "nodes": len(network.nodes),
            "ties": len(network.ties),
            **times_used(query),
            "graph_version": service.engine.version,
        }
    )


def refuse_too_large(actors: int, ties: int) -> None:
    """Refuses a network that takes longer than a request should wait.

    Raises:
        TooLargeError: it has too many actors and ties.
    """
    if actors * ties > _MOST:
        raise TooLargeError(
            f"This network has {actors} actors and {ties} ties, too many to measure while a "
            "request waits; narrow it by actor, event, kind, since or until, or measure it "
            "with `comity measure`."
        )


def _item(one: "Measure") -> Item:
    return {
        "id": one.id,
        "group": one.group.value,
        "title": one.title,
        "description": one.description,
        "parameters": [
            {
                "name": parameter.name,
                "default": str(parameter.default),
                "allowed": list(parameter.allowed),
                "meaning": parameter.meaning,
            }
            for parameter in one.parameters
        ],
    }


def _csv(rows: list[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [])
    if rows:
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()
