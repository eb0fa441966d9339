"""The whole graph as a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.parameters import Format, strict
from comity.api.service import Service, service_of
from comity.graph.export import export_graph, withheld

router = APIRouter(tags=["SPARQL and export"])


@router.get("/export", operation_id="exportGraph", response_class=Response)
def export(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _: Annotated[None, Depends(strict)],
    format: Format = None,
) -> Response:
    """The whole graph: N-Quads, or JSON Lines with one thing per line.

    Sources that may not be passed on are left out; the header Comity-Left-Out and the first
    line name them.
    """
    wanted = chosen_format(request, ("nq", "jsonl"))
    kept_back = withheld(service.engine)
    return StreamingResponse(
        export_graph(service.engine, wanted),
        media_type=MEDIA_TYPES[wanted],
        headers={"comity-left-out": ", ".join(kept_back)} if kept_back else None,
    )
