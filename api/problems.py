"""Errors as RFC 9457 problem details: which error is which status, and how it is written.

Every 4xx and 5xx goes through here, the framework's own included. The kinds of problem
are pages too, at `/problems/{slug}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from comity import errors
from comity.api.openapi import described

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem.

    Attributes:
        slug: the end of its address.
        status: HTTP status.
        title: a short name.
        advice: what to do about it.
    """

    slug: str
    status: int
    title: str
    advice: str


KINDS = {
    kind.slug: kind
    for kind in (
        ProblemKind("bad-request", 400, "Bad request", "Correct what the detail names."),
        ProblemKind("bad-query", 400, "Bad query", "Correct the SPARQL at the place named."),
        ProblemKind("unauthorized", 401, "Token needed",
                    "Send the write token of this server in the Authorization header."),
        ProblemKind("forbidden", 403, "Not carried out here",
                    "The operator decides whether this server writes and which others it calls."),
        ProblemKind("not-found", 404, "Not found", "Check the id; /resolve finds ids by name."),
        ProblemKind("method-not-allowed", 405, "Method not allowed", "Use a method that Allow names."),
        ProblemKind("not-acceptable", 406, "Format not available", "Ask for a format the detail names."),
        ProblemKind("too-large", 413, "Too large", "Send less at a time."),
        ProblemKind("unsupported-media-type", 415, "Media type not supported",
                    "Send the body as a type the detail names."),
        ProblemKind("bad-parameter", 422, "Bad parameter", "Correct the parameters listed in errors."),
        ProblemKind("breaks-the-rules", 422, "Rules of the ontology broken",
                    "Nothing was written. Correct what `breaches` lists."),
        ProblemKind("internal-error", 500, "Internal error", "Report it with the address you called."),
        ProblemKind("unavailable", 503, "Busy", "Try again after the seconds that Retry-After names."),
        ProblemKind("memory-limit", 503, "Memory limit reached",
                    "Ask for less: the query needed more memory than one worker may use."),
        ProblemKind("deadline", 504, "Deadline passed", "Ask for less: add a LIMIT or a narrower pattern."),
    )
}  # fmt: skip

_BY_ERROR: tuple[tuple[type[errors.ComityError], str], ...] = (
    (errors.ParameterError, "bad-parameter"),
    (errors.DateError, "bad-parameter"),
    (errors.TooLargeError, "too-large"),
    (errors.QueryError, "bad-query"),
    (errors.ShapeError, "breaks-the-rules"),
    (errors.NotFoundError, "not-found"),
    (errors.UnauthorizedError, "unauthorized"),
    (errors.ForbiddenError, "forbidden"),
    (errors.BusyError, "unavailable"),
    (errors.DeadlineError, "deadline"),
    (errors.MemoryLimitError, "memory-limit"),
    (errors.InputError, "bad-request"),
    (errors.GraphError, "unavailable"),
    (errors.ComityError, "internal-error"),
)
_HEADERS = {
    "unavailable": {"Retry-After": "1"},
    "memory-limit": {"Retry-After": "1"},
    "unauthorized": {"WWW-Authenticate": "Bearer"},
}
_BY_STATUS = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
}


class FormatError(errors.InputError):
    """A format that this address does not give, or a body type it does not take."""

    def __init__(self, message: str, *, slug: str) -> None:
        super().__init__(message)
        self.slug = slug


def problem(
    request: Request,
    slug: str,
    detail: str,
    *,
    parameters: list[dict[str, str | None]] | None = None,
    did_you_mean: str | None = None,
    breaches: tuple[str, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem as a response."""
    kind = KINDS[slug]
    body: dict[str, object] = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": request.url.path,
    }
    if parameters:
        body["errors"] = parameters
    if did_you_mean:
        body["did_you_mean"] = did_you_mean
    if breaches:
        body["breaches"] = list(breaches)
    return JSONResponse(body, kind.status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Makes every error of an application a problem detail."""

    @app.exception_handler(errors.ComityError)
    async def _ours(request: Request, error: errors.ComityError) -> JSONResponse:
        if isinstance(error, FormatError):
            return problem(request, error.slug, str(error))
        slug = next(slug for kind, slug in _BY_ERROR if isinstance(error, kind))
        headers = _HEADERS.get(slug)
        parameters = None
        near = getattr(error, "did_you_mean", None)
        if isinstance(error, errors.ParameterError):
            parameters = [
                {"parameter": error.parameter, "got": error.got, "expected": error.expected}
            ]
        return problem(
            request,
            slug,
            str(error),
            parameters=parameters,
            did_you_mean=near,
            breaches=getattr(error, "breaches", ()),
            headers=headers,
        )

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [_fault(one) for one in error.errors()]
        in_body = any(one["loc"][0] == "body" for one in error.errors())
        detail = "; ".join(f"{one['parameter']}: {one['expected']}" for one in faults)
        slug = "bad-request" if in_body else "bad-parameter"
        if in_body and "json" not in request.headers.get("content-type", ""):
            slug, detail = "unsupported-media-type", "Send the body as application/json."
        return problem(request, slug, detail, parameters=faults)

    @app.exception_handler(HTTPException)
    async def _framework(request: Request, error: HTTPException) -> JSONResponse:
        slug = _BY_STATUS.get(error.status_code, "bad-request")
        detail, near = str(error.detail), None
        if error.status_code == 404:
            first = request.url.path.split("/")[1]
            known = {path.split("/")[1] for path in described(request.app)["paths"]}
            close = get_close_matches(first, known - {first}, n=1)
            near = f"/{close[0]}" if close else None
            detail = f"There is nothing at {request.url.path}; /docs lists the addresses."
        if error.status_code == 405:
            detail = f"{request.method} is not answered at {request.url.path}."
        headers = dict(error.headers) if error.headers else None
        return problem(request, slug, detail, did_you_mean=near, headers=headers)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        return problem(request, "internal-error", f"{type(error).__name__} at {request.url.path}.")


def _fault(error: dict[str, object]) -> dict[str, str | None]:
    place = error["loc"]
    name = ".".join(str(part) for part in place[1:]) if isinstance(place, tuple) else ""
    given = error.get("input")
    return {
        "parameter": name or "body",
        "got": None if given is None or isinstance(given, dict | list) else str(given),
        "expected": str(error["msg"]).removeprefix("Value error, "),
    }
