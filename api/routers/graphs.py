"""Whole graphs over HTTP: the Graph Store Protocol at /graphs, and the export.

A graph is named by `?graph=IRI` or `?default`, or directly: /graphs/a/b is the graph with
that address. Without a name it is the whole dataset, as N-Quads or TriG. Source: SPARQL
1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from comity.api.access import reason_of, scribe_for, writer_of
from comity.api.formats import best_match
from comity.api.problems import FormatError
from comity.api.protocol import UPDATE, is_absolute
from comity.api.service import Service, service_of
from comity.api.streaming import Streamed
from comity.errors import ParameterError, QueryError
from comity.graph.jobs import Dump, GraphWrite, Update, Written
from comity.graph.pieces import JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE
from comity.queries.parameters import refuse_unknown

TRIPLES = {"ttl": TURTLE, "nt": NTRIPLES, "jsonld": JSONLD, "rdf": RDFXML}
QUADS = {"nq": NQUADS, "trig": TRIG}
_NAMES = ("graph", "default", "format")


async def graphs(request: Request) -> Any:
    """One graph or the whole dataset, named in the query string."""
    name = _named(request)
    if request.method == "POST" and name is None and _body_type(request) not in QUADS.values():
        return await _create(request)
    return await _act(request, name)


async def graph(request: Request) -> Any:
    """One graph, named by the address itself."""
    if set(request.query_params) - {"format"}:
        raise QueryError("This address is the name of a graph; it takes no ?graph= or ?default.")
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    name = f"{service_of(request).base_url(request)}{raw.decode('ascii', 'replace')}"
    return await _act(request, _checked(name))


async def _act(request: Request, name: str | None) -> Any:
    service = service_of(request)
    if request.method == "GET":
        return _read(request, service, name)
    scribe = scribe_for(request, service)
    if request.method == "PATCH":
        return await _patch(request, name)
    verb = request.method.lower()
    reason = reason_of(request, f"{request.method} {'all graphs' if name is None else name}")
    if verb == "delete":
        await scribe.write(GraphWrite("delete", name), writer_of(request), reason)
        return Response(status_code=204)
    with _body(service) as (path, file):
        async for chunk in request.stream():
            file.write(chunk)
        file.flush()
        write = GraphWrite(
            "put" if verb == "put" else "post",
            name,
            path,
            _readable(request, whole=name is None),
            name or str(request.url),
        )
        written = await scribe.write(write, writer_of(request), reason)
    return _done(written)


async def _create(request: Request) -> Response:
    """POST to the store itself: the graph gets an address of this server's."""
    service = service_of(request)
    name = f"{service.base_url(request)}/graphs/{uuid4()}"
    response: Response = await _act(request, name)
    response.headers["location"] = name
    return response


async def _patch(request: Request, name: str | None) -> Response:
    """An update of which the graph is the default graph."""
    service = service_of(request)
    if _body_type(request) != UPDATE:
        raise FormatError(f"Send {UPDATE}.", slug="unsupported-media-type")
    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"The body is not UTF-8 (byte {error.start}).") from None
    written = await scribe_for(request, service).write(
        Update(text, graph=name or None, allowed=service.settings.allowed_services),
        writer_of(request),
        reason_of(request, f"PATCH {name or 'the default graph'}"),
    )
    return _done(written)


def _read(request: Request, service: Service, name: str | None) -> Streamed:
    offered = QUADS if name is None else TRIPLES
    wanted = request.query_params.get("format")
    if wanted is None:
        wanted = best_match(request.headers.get("accept", "*/*"), offered)
    if wanted not in offered:
        raise FormatError(
            f"This is given as {', '.join(f'{key} ({value})' for key, value in offered.items())}.",
            slug="not-acceptable",
        )
    media_type = offered[wanted]
    dump = Dump(name, media_type, service.settings.byte_cap)
    return Streamed(service.runner.run(dump, service.settings.dump_deadline), media_type)


def _named(request: Request) -> str | None:
    """The graph that a query string names; "" for the default graph, None for all."""
    given = parse_qsl(request.url.query, keep_blank_values=True)
    for name, _ in given:
        refuse_unknown(name, _NAMES)
    iris = [value for name, value in given if name == "graph"]
    default = any(name == "default" for name, _ in given)
    if len(iris) + default > 1:
        raise QueryError("Name one graph: ?graph=IRI or ?default.")
    if default:
        return ""
    if not iris:
        return None
    return _checked(iris[0])


def _checked(name: str) -> str:
    if not is_absolute(name):
        raise ParameterError(
            f"A graph is named by an absolute IRI, not '{name}'.",
            parameter="graph",
            got=name,
            expected="an absolute IRI",
        )
    return name


def _body_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _readable(request: Request, *, whole: bool) -> str:
    offered = QUADS if whole else TRIPLES
    found = _body_type(request)
    if found not in offered.values() or "content-encoding" in request.headers:
        raise FormatError(
            f"Send the body as {' or '.join(offered.values())}, without a content encoding.",
            slug="unsupported-media-type",
        )
    return found


@contextmanager
def _body(service: Service) -> Iterator[tuple[Path, Any]]:
    """A file for a body, where the writer can read it; gone afterwards."""
    with tempfile.NamedTemporaryFile(dir=service.incoming, prefix="incoming-") as file:
        yield Path(file.name), file


def _done(written: Written) -> Response:
    headers = {"comity-version": written.version}
    return Response(status_code=201 if written.created else 204, headers=headers)


_METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH"]
ROUTES = (
    Route("/graphs", graphs, methods=_METHODS),
    Route("/graphs/{name:path}", graph, methods=_METHODS),
)
