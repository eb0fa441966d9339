"""Questions: the catalogue, and the answer to one."""

import csv
import io
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import Item, address
from comity.api.models import QuestionItem, QuestionListing
from comity.api.pages import render
from comity.api.parameters import Format, KnownAt, refuse_past_knowledge, strict
from comity.api.service import Service, service_of
from comity.errors import ParameterError
from comity.queries.catalogue import THEMES, Question, catalogue, question
from comity.queries.parameters import refuse_unknown
from comity.queries.run import Named, Rows, ask, bound_text, plain

router = APIRouter(tags=["questions"])

_OWN = ("format", "known_at")


@router.get("/queries", operation_id="listQueries", response_model=QuestionListing)
def list_queries(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _: Annotated[None, Depends(strict)],
    format: Format = None,
) -> Response:
    """The catalogue of questions, by theme."""
    questions = list(catalogue().values())
    if chosen_format(request, ("json", "html")) == "html":
        return HTMLResponse(render("questions.html", themes=THEMES, questions=questions))
    base = service.base_url(request)
    items = [_item(base, one) for one in questions]
    return JSONResponse({"items": items, "total": len(items)})


@router.get("/queries/{id}", operation_id="askQuery", response_class=Response)
def ask_query(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    format: Format = None,
    known_at: KnownAt = None,
) -> Response:
    """The answer to a question; its parameters are in the catalogue.

    HTML without the parameters it needs shows the form.
    """
    asked = question(id)
    refuse_past_knowledge(known_at)
    wanted = chosen_format(request, ("json", "csv", "html", "sparql"))
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in _OWN and (value or wanted != "html"):
            given.setdefault(name, []).append(value)
    for name in given:
        refuse_unknown(name, [*(parameter.name for parameter in asked.parameters), *_OWN])
    if wanted == "sparql":
        text, _ = bound_text(service.engine, asked, given)
        return Response(text, media_type=MEDIA_TYPES["sparql"])
    if wanted == "html":
        return _page(service, asked, given)
    rows = ask(service.engine, asked, given)
    if wanted == "csv":
        return Response(_csv(rows), media_type=MEDIA_TYPES["csv"])
    return JSONResponse(
        {
            "id": asked.id,
            "title": asked.title,
            "parameters": {name: list(texts) for name, texts in rows.parameters.items()},
            "columns": list(rows.columns),
            "items": [_row(service.base_url(request), rows, row) for row in rows.rows],
            "total": len(rows.rows),
            "known_at": "now",
            "graph_version": service.engine.version,
        }
    )


def _row(base: str, rows: Rows, row: tuple[object, ...]) -> dict[str, Any]:
    found = {}
    for name, cell in zip(rows.columns, row, strict=True):
        value = plain(cell)  # type: ignore[arg-type]
        if isinstance(cell, Named) and isinstance(value, dict):
            value["url"] = address(base, cell.iri)
        found[name] = value
    return found


def _page(service: Service, asked: Question, given: dict[str, list[str]]) -> Response:
    rows, fault = None, ""
    missing = [one.name for one in asked.parameters if one.required and one.name not in given]
    if not missing:
        try:
            rows = ask(service.engine, asked, given)
        except ParameterError as error:
            near = f" Did you mean {error.did_you_mean}?" if error.did_you_mean else ""
            fault = f"{error}{near}"
    page = render(
        "question.html", asked=asked, given=given, rows=rows, fault=fault, link=_link, named=Named
    )
    return HTMLResponse(page, status_code=422 if fault else 200)


def _link(cell: Named) -> str | None:
    return address("", cell.iri)


def _csv(rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow([cell.id if isinstance(cell, Named) else cell for cell in row])
    return text.getvalue()


def _item(base: str, one: Question) -> Item:
    return QuestionItem.model_validate(
        {
            "id": one.id,
            "title": one.title,
            "theme": one.theme,
            "question": one.question,
            "keywords": list(one.keywords),
            "parameters": [
                {
                    "name": parameter.name,
                    "type": parameter.type,
                    "meaning": parameter.meaning,
                    "default": parameter.default,
                    "required": parameter.required,
                    "many": parameter.many,
                    "choices": list(parameter.choices()),
                }
                for parameter in one.parameters
            ],
            "columns": dict(one.columns),
            "example": dict(one.example),
            "note": one.note,
            "url": f"{base}/queries/{one.id}",
        }
    ).model_dump()
