"""The dyad panel over HTTP: every directed pair of states in every period."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item
from comity.api.knowledge import NOW, KnownAt, service_then
from comity.api.measure_models import PanelAnswer
from comity.api.network import Ids
from comity.api.parameters import Format, strict
from comity.api.service import Service
from comity.api.statements import known_thing
from comity.graph.dyads import Every
from comity.graph.panel import PanelQuery, panel
from comity.ontology.namespaces import Thing
from comity.queries.parameters import day_of

router = APIRouter(tags=["measures"], dependencies=[Depends(strict)])

_FORMATS = ("json", "csv", "parquet")
# All states in one year; what is larger is made by `comity panel`.
_MOST_ROWS = 50_000


@router.get("/panel", operation_id="getPanel", response_model=PanelAnswer)
def get_panel(
    request: Request,
    service: Annotated[Service, Depends(service_then)],
    since: Annotated[str, Query(description="First day; its period is taken whole.")],
    until: Annotated[str, Query(description="Last day, inclusive; its period is taken whole.")],
    every: Annotated[Every, Query(description="Length of a period.")] = Every.YEAR,
    state: Annotated[Ids, Query(description="States; without any, all of the window.")] = None,
    archive: Annotated[
        Ids, Query(description="Ids of archives whose acts count too; see /archives.")
    ] = None,
    known_at: KnownAt = None,
    format: Format = None,
) -> Response:
    """What each state did toward each other in each period, for a regression; 50,000 rows at most."""
    wanted = chosen_format(request, _FORMATS)
    for one in state or ():
        known_thing(service, "state", Thing.ACTOR, one)
    first, last = day_of("since", since), day_of("until", until)
    query = PanelQuery(first, last, every, tuple(state or ()), tuple(archive or ()))
    found = panel(service.engine, query, most=_MOST_ROWS, shelf=service.shelf)
    if wanted != "json":
        from comity.graph.tables import written

        return Response(written(found.table, wanted), media_type=MEDIA_TYPES[wanted])
    answer: Item = {
        "items": [
            {**row, "period": str(row["period"]), "period_end": str(row["period_end"])}
            for row in found.table.to_pylist()
        ],
        "total": found.table.num_rows,
        "undated": list(found.undated),
        "since": first.isoformat(),
        "until": last.isoformat(),
        "every": every.value,
        "archives": list(query.archives),
        "known_at": known_at or NOW,
        "graph_version": service.engine.version,
    }
    return JSONResponse(answer)
