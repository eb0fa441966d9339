"""The explorer's page as an answer: a view, or a story told on one."""

import secrets
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse

from comity.api.pages import page_policy
from comity.api.service import Service
from comity.graph.drawing.page import render_page
from comity.graph.network import NetworkQuery
from comity.graph.stories.telling import ToldStory


def view_page(
    request: Request,
    service: Service,
    query: NetworkQuery,
    *,
    embedded: bool,
    known_at: str = "",
    story: ToldStory | None = None,
) -> HTMLResponse:
    """The page of a view, under a policy that lets its own scripts run and no others.

    Raises:
        NotFoundError: there is no such event.
    """
    nonce = secrets.token_urlsafe(16)
    page = render_page(
        service.engine,
        query,
        served=True,
        nonce=nonce,
        base=urlsplit(service.settings.base_url).path.rstrip("/"),
        origin=service.base_url(request),
        embedded=embedded,
        known_at=known_at,
        story=story,
    )
    policy = page_policy(nonce, service.settings.origins(service.settings.embed_origins))
    return HTMLResponse(page, headers={"content-security-policy": policy})
