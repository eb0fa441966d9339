"""The OpenAPI description of /sparql, /update, /graphs and /void.

These addresses are plain routes, so what they take is written down here.
"""

from typing import Any

from comity.api.openapi import Paths
from comity.api.protocol import FORM, QUERY, UPDATE
from comity.graph.engine import Engine
from comity.graph.pieces import CSV, JSON, JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TSV, TURTLE, XML

_TAG = "SPARQL and export"
_TRIPLES = (TURTLE, NTRIPLES, JSONLD, RDFXML)
_QUADS = (NQUADS, TRIG)
_TEXT = {"type": "string"}
_IRIS = {"type": "array", "items": {"type": "string", "format": "iri"}}
_SECURITY: list[dict[str, list[str]]] = [{"writeToken": []}]


def operations(engine: Engine | None) -> Paths:
    """The operations of the SPARQL protocols."""
    limits = [
        _parameter("timeout", {"type": "number", "exclusiveMinimum": 0},
                   "Seconds; may only lower the server's limit."),
        _parameter("rows", {"type": "integer", "minimum": 1},
                   "Rows; may only lower the server's limit."),
        _parameter("format", _TEXT, "json, xml, csv, tsv, parquet; ttl, nt, jsonld, rdf for "
                   "graphs; or a media type. Overrides Accept."),
    ]  # fmt: skip
    dataset = [
        _parameter("default-graph-uri", _IRIS, "Graphs that make the default graph."),
        _parameter("named-graph-uri", _IRIS, "Named graphs."),
    ]
    using = [
        _parameter("using-graph-uri", _IRIS, "Graphs that WHERE is asked of."),
        _parameter("using-named-graph-uri", _IRIS, "Named graphs that WHERE is asked of."),
    ]
    format = _parameter("format", _TEXT, "Overrides Accept.")
    name = [
        _parameter("graph", {"type": "string", "format": "iri"}, "The graph's IRI."),
        _parameter("default", _TEXT, "The default graph."),
    ]
    direct = [_parameter("name", _TEXT, "The rest of the graph's address.", place="path")]
    answers = _answers(JSON, XML, CSV, TSV, "application/vnd.apache.parquet", *_TRIPLES)
    return {
        "/sparql": {
            "get": _operation(
                "querySparql",
                "Answers a query; without one, the workbench or the service description.",
                [_parameter("query", _TEXT, "SPARQL 1.1 query."), *dataset, *limits],
                answers,
            ),
            "post": _operation(
                "postSparql",
                "Answers a query in the body.",
                [*dataset, *limits],
                answers,
                body=(QUERY, FORM),
            ),
        },
        "/update": {
            "post": _operation(
                "updateSparql",
                "Carries out an update; the next request sees it.",
                using,
                _answers("application/json"),
                body=(UPDATE, FORM),
                secured=True,
            )
        },
        "/graphs": _store("Graph", [*name, format], (*_TRIPLES, *_QUADS)),
        "/graphs/{name}": _store("NamedGraph", [*direct, format], _TRIPLES),
        "/void": {
            "get": _operation(
                "getDescription",
                "Service description, VoID and DCAT: every graph with source, licence, count.",
                [format],
                _answers(*_TRIPLES),
            )
        },
    }


def _store(what: str, parameters: list[Any], types: tuple[str, ...]) -> dict[str, Any]:
    written = {"201": {"description": "A new graph."}, "204": {"description": "Done."}}
    naming = [one for one in parameters if one["name"] != "format"]
    return {
        "get": _operation(f"get{what}", "A graph, or the whole dataset.", parameters, _answers(*types)),
        "put": _operation(f"put{what}", "Replaces it.", naming, written, body=types, secured=True),
        "post": _operation(f"post{what}", "Adds to it.", naming, written, body=types, secured=True),
        "patch": _operation(
            f"patch{what}", "Carries out an update of which it is the default graph.", naming,
            written, body=(UPDATE,), secured=True,
        ),
        "delete": _operation(
            f"delete{what}", "Removes it.", naming, {"204": {"description": "Done."}}, secured=True
        ),
    }  # fmt: skip


def _operation(
    identifier: str,
    summary: str,
    parameters: list[Any],
    responses: dict[str, Any],
    *,
    body: tuple[str, ...] = (),
    secured: bool = False,
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "tags": [_TAG],
        "summary": summary,
        "description": summary,
        "operationId": identifier,
        "parameters": parameters,
        "responses": responses,
    }
    if body:
        found["requestBody"] = {
            "required": True,
            "content": {media_type: {"schema": _TEXT} for media_type in body},
        }
    if secured:
        found["security"] = _SECURITY
    return found


def _parameter(
    name: str, schema: dict[str, Any], description: str, *, place: str = "query"
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "schema": schema,
        "description": description,
    }


def _answers(*media_types: str) -> dict[str, Any]:
    content = {media_type: {"schema": _TEXT} for media_type in media_types}
    return {"200": {"description": "The answer.", "content": content}}
