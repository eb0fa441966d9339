"""The workbench: the page of /sparql in a browser, and the two lists that only it asks for.

Owns what the page is told (addresses, limits, prefixes) and its content policy. The page
itself is bundled from `api/workbench/`; without the bundle there is a plain form.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from comity.api.items import address
from comity.api.pages import render
from comity.api.parameters import none_taken
from comity.api.service import Service, service_of
from comity.errors import BusyError, DeadlineError
from comity.graph.things import read_names
from comity.ontology.namespaces import PREFIXES, THINGS, is_thing, thing_iri
from comity.ontology.terms import concepts, schemes
from comity.ontology.vocabulary import vocabulary
from comity.queries.catalogue import catalogue, record_query, themes

router = APIRouter(include_in_schema=False)


class Iris(BaseModel):
    """IRIs to be named."""

    model_config = ConfigDict(extra="forbid")

    iris: list[str] = Field(max_length=500)


def workbench_page(service: Service, request: Request) -> HTMLResponse:
    """The page of /sparql: the workbench, or a plain form where it was not built."""
    base = urlsplit(service.settings.base_url).path.rstrip("/")
    endpoint = f"{service.base_url(request)}/sparql"
    example = record_query("workbench-example")
    if not is_built():
        return HTMLResponse(render("workbench-plain.html", endpoint=endpoint, example=example))
    config = {
        "base": base,
        "endpoint": f"{base}/sparql",
        "service": endpoint,
        "vis": f"{base}/static/vis/vis-network.min.js",
        "things": THINGS,
        "prefixes": PREFIXES,
        "themes": themes(catalogue(service.settings.questions)),
        "deadline": service.settings.query_deadline,
        "example": example,
    }
    page = render("workbench.html", base=base, config=_harmless(config))
    ancestors = " ".join(service.settings.origins(service.settings.embed_origins)) or "'none'"
    # No nonce is needed: every script and every sheet is a file of this server.
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    )
    return HTMLResponse(page, headers={"content-security-policy": policy})


def is_built() -> bool:
    """Whether the bundle of the workbench lies beside the other static files."""
    return (files("comity.api") / "static" / "workbench" / "workbench.js").is_file()


@router.get("/workbench/terms", dependencies=[Depends(none_taken)])
async def terms(service: Annotated[Service, Depends(service_of)]) -> Response:
    """What the editor completes: classes, properties and concepts, with uses in the graph."""
    used: dict[str, dict[str, int]] = {"class": {}, "property": {}}
    # Without counts the terms of the ontology are offered all the same.
    with suppress(BusyError, DeadlineError):
        counts = await service.counts()
        for kind, rows in (("class", counts.classes), ("property", counts.properties)):
            used[kind] = {row[kind].value: int(row["count"].value) for row in rows}
    items = [*_words(used), *_concepts()]
    return JSONResponse({"terms": items, "graph_version": service.version})


@router.post("/workbench/names", dependencies=[Depends(none_taken)])
def names(asked: Iris, service: Annotated[Service, Depends(service_of)]) -> Response:
    """Labels, types and pages of things; IRIs of others are left out."""
    things = sorted({iri for iri in asked.iris if is_thing(iri)})
    found = read_names(service.engine, things)
    base = urlsplit(service.settings.base_url).path.rstrip("/")
    return JSONResponse(
        {
            "names": {
                iri: {"label": name.label, "type": name.type, "url": address(base, iri)}
                for iri, name in found.items()
            }
        }
    )


def _words(used: Mapping[str, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    own = {word.iri: word for word in vocabulary()}
    for iri, word in own.items():
        yield {
            "iri": iri,
            "name": _short(iri),
            "kind": word.kind,
            "label": word.label,
            "definition": word.definition,
            "to_things": word.to_things,
            "scheme": word.scheme,
            "count": used[word.kind].get(iri, 0),
        }
    # Terms of other vocabularies have no definition here, but they are used.
    for kind, numbers in used.items():
        for iri in sorted(numbers.keys() - own.keys()):
            name = _short(iri)
            yield {
                "iri": iri,
                "name": name,
                "kind": kind,
                "label": (name or iri).rpartition(":")[2],
                "definition": "",
                "to_things": True,
                "scheme": "",
                "count": numbers[iri],
            }


def _concepts() -> Iterator[dict[str, Any]]:
    for scheme in schemes():
        for concept in concepts(scheme).values():
            yield {
                "iri": thing_iri(scheme, concept.id),
                "id": concept.id,
                "name": None,
                "kind": "concept",
                "label": concept.label,
                "definition": concept.definition,
                "scheme": scheme,
            }


def _short(iri: str) -> str | None:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return None


def _harmless(config: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(config, ensure_ascii=False).replace("<", "\\u003c")
