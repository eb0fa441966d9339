"""The measures of a network: which there are, and what one says of a network of the graph.

A measure runs in a worker process. A request waits for it some seconds, and is then told
where the job is; `Prefer: respond-async` and `Prefer: wait=N` (RFC 7240) say how long.
"""

import re
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item
from comity.api.knowledge import service_then
from comity.api.loading import load_measures
from comity.api.measure_models import JobAnswer, MeasureAnswer, MeasureListing
from comity.api.measures import PATH, answer, measure_item, parameters_of
from comity.api.network import Ids, weighted_query
from comity.api.parameters import Format, Times, declared, refuse_others, strict, times
from comity.api.routers.jobs import job_item, jobs_of
from comity.api.service import Service, service_of
from comity.api.statements import known_thing
from comity.graph.measuring import MeasureQuery
from comity.graph.network import Level, NetworkQuery
from comity.ontology.namespaces import Thing

router = APIRouter(tags=["measures"])

_FORMATS = ("json", "csv", "parquet", "md", "svg")
_PATIENCE = 10.0
_LONGEST = 60.0


@router.get(
    "/measures",
    operation_id="listMeasures",
    response_model=MeasureListing,
    dependencies=[Depends(strict)],
)
def list_measures(request: Request, service: Annotated[Service, Depends(service_of)]) -> Item:
    """The measures of a network, by id."""
    # Imported here, as below: measures need libraries that a start does not wait for.
    load_measures()
    from comity.graph.measures.registry import measures

    base = service.base_url(request)
    items = [measure_item(base, one) for one in measures().values()]
    return {"items": items, "total": len(items)}


@router.get(
    PATH,
    operation_id="getMeasure",
    response_model=MeasureAnswer,
    responses={202: {"model": JobAnswer, "description": "It takes longer: look at the job."}},
)
async def get_measure(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    when: Annotated[Times, Depends(times)],
    query: Annotated[NetworkQuery, Depends(weighted_query)],
    name: str,
    group: Annotated[
        Ids, Query(description="Organisations; all members on the last day are nodes and a group.")
    ] = None,
    explain: Annotated[
        Ids, Query(description="Nodes whose ties are given with their acts: one, or some.")
    ] = None,
    all_rules: Annotated[
        bool, Query(description="Under every sign rule, with the spread of its numbers.")
    ] = False,
    format: Format = None,
) -> Response:
    """What a measure says of a network, chosen as in `/network`; by default of all stances.

    Each measure's own operation tells its options.
    """
    load_measures()
    from comity.graph.measures.registry import find_measure

    wanted = chosen_format(request, _FORMATS)
    asked = find_measure(name)
    texts = _own_options(request, [one.name for one in asked.parameters])
    for organisation in group or ():
        known_thing(service, "group", Thing.ACTOR, organisation)
    if not set(request.query_params) - {"format", "group", "explain", "all_rules", *texts}:
        # The default of /network is a picture of one event, which is no network to measure.
        query = NetworkQuery(as_of=when.as_of)
    if group and "level" not in request.query_params:
        # Members are states and bodies, so what their officials and organs did counts for them.
        query = replace(query, level=Level.STATE)
    job = jobs_of(request).begin(
        service,
        MeasureQuery(
            measure=asked.id,
            network=query,
            parameters=parameters_of(asked, texts),
            groups=tuple(group or ()),
            explain=tuple(explain or ()),
            all_rules=all_rules,
            plot=wanted == "svg",
        ),
        when.known_at,
    )
    if not await job.wait(_patience(request)):
        item = job_item(service.base_url(request), job)
        return JSONResponse(item, status_code=202, headers={"location": str(item["url"])})
    if job.error is not None:
        raise job.error
    if wanted == "json" or job.result is None:
        return JSONResponse(answer(job))
    if wanted == "svg":
        return Response(job.result.plot, media_type=MEDIA_TYPES["svg"])
    from comity.graph.tables import table_of, written

    return Response(written(table_of(job.result.table), wanted), media_type=MEDIA_TYPES[wanted])


def _own_options(request: Request, options: list[str]) -> dict[str, str]:
    """What was given for the options of the measure itself.

    Raises:
        ParameterError: a parameter is no one's, or was given twice and takes one value.
    """
    shared = declared(request, PATH)
    refuse_others(request, shared | dict.fromkeys(options, False))
    return {name: text for name, text in request.query_params.items() if name not in shared}


def _patience(request: Request) -> float:
    """Seconds to wait for an answer; see RFC 7240, sections 4.1 and 4.3."""
    preferred = ",".join(request.headers.getlist("prefer")).lower()
    if "respond-async" in preferred:
        return 0.0
    given = re.search(r"\bwait=(\d{1,6})\b", preferred)
    return min(float(given[1]), _LONGEST) if given else _PATIENCE
