"""SPARQL queries over HTTP, and the whole graph as a file.

Queries run in worker processes: a deadline kills, nothing here blocks. Grammar of the
requests: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/#query-operation.
"""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from comity.api.formats import MEDIA_TYPES, best_match, chosen_format
from comity.api.pages import render
from comity.api.parameters import Format, strict
from comity.api.problems import FormatError
from comity.api.service import Service, service_of
from comity.errors import ParameterError
from comity.graph.binding import with_prefixes
from comity.graph.export import export_graph
from comity.graph.guard import inspect_query
from comity.graph.worker import Job

router = APIRouter(tags=["SPARQL and export"])

SOLUTIONS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
TRIPLES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
Seconds = Annotated[
    float | None, Query(gt=0, description="Seconds; may only lower the server's limit.")
]
ResultFormat = Annotated[
    str | None, Query(description="json, xml, csv, tsv; ttl, nt, jsonld, rdf for graphs.")
]
_PLAIN_JSON = {"plain": "application/json"}


@router.get("/sparql", operation_id="querySparql", response_class=Response)
async def get_sparql(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _: Annotated[None, Depends(strict)],
    query: Annotated[str | None, Query(description="SPARQL 1.1 query.")] = None,
    timeout: Seconds = None,
    format: ResultFormat = None,
) -> Response:
    """Answers a query over the union of all graphs; prefixes of the project are known."""
    if query is None:
        if best_match(request.headers.get("accept", "*/*"), {"html": "text/html"}) == "html" and (
            "text/html" in request.headers.get("accept", "")
        ):
            return HTMLResponse(render("sparql.html"))
        raise ParameterError(
            "Send a query: /sparql?query=SELECT...", parameter="query", expected="SPARQL 1.1"
        )
    return await _answer(request, service, query, timeout)


@router.post("/sparql", operation_id="postSparql", response_class=Response)
async def post_sparql(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _: Annotated[None, Depends(strict)],
    timeout: Seconds = None,
    format: ResultFormat = None,
) -> Response:
    """Answers a query in the body: a form with `query`, or application/sparql-query."""
    body = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterError(
            f"The body is not UTF-8 (byte {error.start}).", parameter="body", expected="UTF-8"
        ) from None
    if kind == "application/x-www-form-urlencoded":
        found = parse_qs(text, keep_blank_values=True).get("query", [])
        if len(found) != 1:
            raise ParameterError(
                "The form needs one field `query`.", parameter="query", expected="SPARQL 1.1"
            )
        text = found[0]
    elif kind != "application/sparql-query":
        raise FormatError(
            "Send application/sparql-query or application/x-www-form-urlencoded.",
            slug="unsupported-media-type",
        )
    return await _answer(request, service, text, timeout)


async def _answer(request: Request, service: Service, text: str, timeout: float | None) -> Response:
    shape = inspect_query(text)
    graph = shape.form in ("CONSTRUCT", "DESCRIBE")
    offered = TRIPLES if graph else SOLUTIONS | _PLAIN_JSON
    asked = request.query_params.get("format")
    if asked is not None and asked not in offered:
        raise FormatError(
            f"format={asked} is not given for {shape.form}; formats: {', '.join(offered)}.",
            slug="not-acceptable",
        )
    name = asked or best_match(request.headers.get("accept", "*/*"), offered)
    if name is None:
        raise FormatError(
            f"None of the accepted types is given here; types: {', '.join(offered.values())}.",
            slug="not-acceptable",
        )
    job = Job(
        text=with_prefixes(text),
        solutions=SOLUTIONS["json"] if graph or name == "plain" else offered[name],
        triples=offered[name] if graph else TRIPLES["nt"],
        row_cap=service.settings.row_cap,
        union=not shape.names_dataset,
    )
    limit = service.settings.query_deadline
    seconds = min(limit, timeout) if timeout else limit
    done = await run_in_threadpool(service.pool.run, job, seconds)
    headers = {"Comity-Rows": str(done.rows)}
    if done.cut:
        headers["Comity-Cut"] = f"rows={service.settings.row_cap}"
    return Response(done.body, media_type=offered[name], headers=headers)


@router.get("/export", operation_id="exportGraph", response_class=Response)
def export(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _: Annotated[None, Depends(strict)],
    format: Format = None,
) -> Response:
    """The whole graph: N-Quads, or JSON Lines with one thing per line."""
    wanted = chosen_format(request, ("nq", "jsonl"))
    return StreamingResponse(export_graph(service.engine, wanted), media_type=MEDIA_TYPES[wanted])
