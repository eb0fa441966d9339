"""SPARQL over HTTP: queries at /sparql, updates at /update.

Queries run in worker processes or on another server; nothing here blocks. These routes
are plain ones: what the framework does for every other address costs more than a small
query. Source: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/.
"""

from functools import lru_cache
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from comity.api.access import reason_of, scribe_for, writer_of
from comity.api.description import described_service
from comity.api.formats import MEDIA_TYPES, best_match
from comity.api.problems import FormatError
from comity.api.protocol import Query, read_query, read_update
from comity.api.routers.workbench import workbench_page
from comity.api.service import Service, service_of
from comity.api.streaming import Streamed
from comity.errors import EngineError
from comity.graph.guard import inspect_query
from comity.graph.jobs import Dataset, End, Job, Update
from comity.graph.pieces import CSV, JSON, JSONLD, NTRIPLES, RDFXML, TSV, TURTLE, XML
from comity.queries.writing import parquet_of

PLAIN_JSON = "application/json"
PARQUET = MEDIA_TYPES["parquet"]
# Short names as clients in the field write them; the first type of a list answers */*.
TABLES = {"json": JSON, "xml": XML, "csv": CSV, "tsv": TSV, "parquet": PARQUET, "plain": PLAIN_JSON}
TRIPLES = {"ttl": TURTLE, "nt": NTRIPLES, "jsonld": JSONLD, "rdf": RDFXML}
_ALSO = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "json-ld": "jsonld",
    "rdf+xml": "rdf",
    "rdf/xml": "rdf",
    "sparql-results+json": "json",
}
# Longer texts are looked at in a thread, so that nobody else waits for it.
_SHORT = 20_000


async def query(request: Request) -> Any:
    """Answers a query, or shows the workbench or the description where there is none."""
    service = service_of(request)
    asked = await read_query(request)
    if asked.text is None:
        return await _without_query(request, service)
    allowed = service.settings.allowed_services
    if len(asked.text) < _SHORT:
        shape = inspect_query(asked.text, allowed)
    else:
        shape = await run_in_threadpool(inspect_query, asked.text, allowed)
    graph = shape.form in ("CONSTRUCT", "DESCRIBE")
    media_type = _media_type(asked, request.headers.get("accept", "*/*"), graph, shape.form)
    union = service.settings.default_graph == "union" and not shape.names_dataset
    wanted = {PLAIN_JSON: JSON, PARQUET: TSV}.get(media_type, media_type)
    job = Job(
        text=asked.text,
        media_type=wanted,
        dataset=Dataset(union, asked.dataset.default, asked.dataset.named),
        row_cap=min(asked.rows or service.settings.row_cap, service.settings.row_cap),
        byte_cap=service.settings.byte_cap,
    )
    limit = service.settings.query_deadline
    pieces = service.runner.run(job, min(asked.timeout or limit, limit))
    headers = {"cache-control": "no-store"} if shape.is_volatile else {}
    if media_type == PARQUET:
        return await _parquet(pieces, headers)
    return Streamed(pieces, media_type, headers)


async def update(request: Request) -> Response:
    """Carries out an update; answers when the next request sees it."""
    service = service_of(request)
    scribe = scribe_for(request, service)
    asked = await read_update(request)
    written = await scribe.write(
        Update(asked.text, asked.using, allowed=service.settings.allowed_services),
        writer_of(request),
        reason_of(request, "SPARQL update"),
    )
    return JSONResponse(
        {"graph_version": written.version, "added": written.added, "removed": written.removed}
    )


async def _without_query(request: Request, service: Service) -> Response:
    offered = {"html": "text/html", **TRIPLES}
    accept = request.headers.get("accept", "*/*")
    # A browser names HTML; whoever takes anything is a program.
    if "text/html" in accept and best_match(accept, offered) == "html":
        return await run_in_threadpool(workbench_page, service, request)
    return await described_service(request, service)


def _media_type(asked: Query, accept: str, graph: bool, form: str) -> str:
    offered = TRIPLES if graph else TABLES
    if asked.format is not None:
        name = asked.format.lower()
        name = _ALSO.get(name, name)
        if name in offered:
            return offered[name]
        if name in offered.values():
            return name
        raise FormatError(
            f"format={asked.format} is not given for {form}; formats: {', '.join(offered)}.",
            slug="not-acceptable",
        )
    found = _accepted(accept, graph)
    if found is None:
        raise FormatError(
            f"None of the accepted types is given here; types: {', '.join(offered.values())}.",
            slug="not-acceptable",
        )
    return found


@lru_cache(maxsize=256)
def _accepted(accept: str, graph: bool) -> str | None:
    offered = TRIPLES if graph else TABLES
    name = best_match(accept, offered)
    return offered[name] if name else None


async def _parquet(pieces: Any, headers: dict[str, str]) -> Response:
    """Rows as a Parquet file, which is written whole: an answer that is cut is refused."""
    body = b""
    async for piece in pieces:
        if isinstance(piece, End):
            if piece.cut:
                raise EngineError(
                    f"The answer was cut ({piece.cut}); ask for less, or take another format."
                )
            break
        body += piece
    return Response(
        await run_in_threadpool(_parquet_of_tsv, body), media_type=PARQUET, headers=headers
    )


def _parquet_of_tsv(body: bytes) -> bytes:
    rows = parse_query_results(body, format=QueryResultsFormat.TSV)
    if not isinstance(rows, QuerySolutions):
        raise TypeError("rows became a truth value")
    columns = [variable.value for variable in rows.variables]
    return parquet_of(columns, [tuple(row[name] for name in columns) for row in rows])


ROUTES = (
    Route("/sparql", query, methods=["GET", "POST"]),
    Route("/update", update, methods=["POST"]),
)
