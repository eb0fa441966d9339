"""How a page is asked for: routes that match where a browser wants a page, and what they read.

Owns who gets a page and who gets JSON at the same address. What is on a page is in the other
modules of this folder.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from comity.api.asked import AskedPage
from comity.api.formats import best_match
from comity.api.pages import render
from comity.api.parameters import refuse_others, times
from comity.api.service import service_of

_OFFERED = {"json": "application/json", "html": "text/html"}
_ALWAYS = ("format", "as_of", "lang", "cursor")
# As many as a page may list; more are behind a link to the list itself.
ROWS = 200

Page = Callable[[AskedPage], Mapping[str, Any]]


class PageRoute(Route):
    """A page at the address of a thing or a list: it matches only where HTML is wanted."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the address fits and a page is wanted."""
        match, child = super().matches(scope)
        if match is Match.FULL and not wants_page(scope):
            return Match.NONE, {}
        return (match, child) if match is Match.FULL else (Match.NONE, {})


def wants_page(scope: Scope) -> bool:
    """Whether a request asks for HTML: by `format=`, or before JSON in its Accept header."""
    given = QueryParams(scope.get("query_string", b"")).get("format")
    if given is not None:
        return given == "html"
    accept = Headers(scope=scope).get("accept", "")
    return "text/html" in accept and best_match(accept, _OFFERED) == "html"


def page(path: str, template: str, make: Page, *allowed: str) -> PageRoute:
    """A page.

    Args:
        path: its address.
        template: name of the file in `api/templates/`.
        make: makes what the template shows.
        allowed: parameters that it takes beside those that every page takes.
    """

    def answer(request: Request) -> Response:
        asked = reading(request, *allowed)
        values = make(asked)
        base = urlsplit(asked.service.settings.base_url).path.rstrip("/")
        text = render(
            template,
            base=base,
            as_of=asked.when.echo,
            curl=f"curl '{_data_address(asked)}'",
            graph_version=asked.engine.version,
            **values,
        )
        return HTMLResponse(text, headers={"vary": "Accept"})

    return PageRoute(path, answer, methods=["GET"])


def reading(request: Request, *allowed: str) -> AskedPage:
    """What a page reads with.

    Raises:
        ParameterError: a parameter is not one of those allowed, or no day.
    """
    refuse_others(request, dict.fromkeys((*_ALWAYS, *allowed), False))
    given = request.query_params
    return AskedPage(
        request, service_of(request), times(given.get("as_of")), given.get("lang"), ROWS,
        given.get("cursor"),
    )  # fmt: skip


def _data_address(asked: AskedPage) -> str:
    """The address of the same as JSON."""
    kept = [item for item in asked.request.query_params.multi_items() if item[0] != "format"]
    path = f"{asked.service.base_url(asked.request)}{asked.request.url.path}"
    query = "&".join(f"{name}={value}" for name, value in kept)
    return f"{path}?{query}" if query else path
