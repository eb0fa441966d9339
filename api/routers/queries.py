"""Questions: the catalogue, and the answer to one."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.items import address
from comity.api.knowledge import KnownAt, refuse_past_knowledge
from comity.api.models import QuestionAnswer, QuestionListing
from comity.api.pages import render
from comity.api.parameters import Format, strict
from comity.api.questions import FORMATS, fields, question_item
from comity.api.service import Service, service_of
from comity.errors import ParameterError
from comity.queries.catalogue import Question, catalogue, matching, question, themes
from comity.queries.choices import Allowed
from comity.queries.parameters import refuse_unknown
from comity.queries.run import Named, Rows, ask, bound_text, plain
from comity.queries.writing import written

router = APIRouter(tags=["questions"])

_OWN = ("format", "known_at")
# A page shows so many rows; the files have all.
_ON_PAGE = 500
_FILES = ("csv", "parquet", "json", "tsv", "md", "sparql")


@router.get("/queries", operation_id="listQueries", response_model=QuestionListing)
def list_queries(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _: Annotated[None, Depends(strict)],
    q: Annotated[str | None, Query(description="Words that the question is about.")] = None,
    format: Format = None,
) -> Response:
    """The catalogue of questions, by theme."""
    found = matching(catalogue(service.settings.questions), q or "")
    if chosen_format(request, ("json", "html")) == "html":
        page = render(
            "questions.html", themes=themes(found), questions=list(found.values()), q=q or ""
        )
        return HTMLResponse(page)
    base = service.base_url(request)
    allowed = Allowed(service.engine)
    items = [question_item(base, one, allowed) for one in found.values()]
    return JSONResponse({"items": items, "total": len(items)})


@router.get(
    "/queries/{id}",
    operation_id="askQuery",
    response_class=Response,
    responses={200: {"model": QuestionAnswer}},
)
def ask_query(
    request: Request,
    id: str,
    service: Annotated[Service, Depends(service_of)],
    format: Format = None,
    known_at: KnownAt = None,
) -> Response:
    """The answer to a question; each question's own operation tells its parameters.

    HTML without the parameters it needs shows the form.
    """
    asked = question(id, service.settings.questions)
    refuse_past_knowledge(known_at)
    wanted = chosen_format(request, FORMATS)
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
        return _page(request, service, asked, given)
    rows = ask(service.engine, asked, given)
    if wanted == "json":
        return JSONResponse(_answer(service, service.base_url(request), asked, rows))
    name = f'attachment; filename="{asked.id}.{wanted}"'
    return Response(
        written(service.engine, asked, rows, wanted),
        media_type=MEDIA_TYPES[wanted],
        headers={} if wanted == "md" else {"Content-Disposition": name},
    )


def _answer(service: Service, base: str, asked: Question, rows: Rows) -> dict[str, Any]:
    return {
        "id": asked.id,
        "title": asked.title,
        "parameters": {name: list(texts) for name, texts in rows.parameters.items()},
        "columns": list(rows.columns),
        "items": [_row(base, rows, row) for row in rows.rows],
        "total": len(rows.rows),
        "known_at": "now",
        "graph_version": service.engine.version,
    }


def _row(base: str, rows: Rows, row: tuple[object, ...]) -> dict[str, Any]:
    found = {}
    for name, cell in zip(rows.columns, row, strict=True):
        value = plain(cell)  # type: ignore[arg-type]
        if isinstance(cell, Named) and isinstance(value, dict):
            value["url"] = address(base, cell.iri)
        found[name] = value
    return found


def _page(
    request: Request, service: Service, asked: Question, given: dict[str, list[str]]
) -> Response:
    rows, fault = None, ""
    if not asked.missing(given):
        try:
            rows = ask(service.engine, asked, given)
        except ParameterError as error:
            near = f" Did you mean {error.did_you_mean}?" if error.did_you_mean else ""
            fault = f"{error}{near}"
    files = {}
    if rows is not None:
        # The parameters as they were used, so that the address says the same tomorrow.
        pairs = [(name, text) for name, texts in rows.parameters.items() for text in texts]
        files = {name: f"?{urlencode([*pairs, ('format', name)])}" for name in _FILES}
    page = render(
        "question.html",
        asked=asked,
        fields=fields(asked, given, Allowed(service.engine)),
        rows=rows,
        shown=_ON_PAGE,
        fault=fault,
        files=files,
        workbench=f"/sparql#query={quote(rows.text, safe='')}" if rows is not None else "",
        here=f"{service.base_url(request)}/queries/{asked.id}",
        link=_link,
    )
    return HTMLResponse(page, status_code=422 if fault else 200)


def _link(cell: Named) -> str | None:
    return address("", cell.iri)
