"""Who may write: one token, set by the operator.

Owns the check of the Authorization header and the name under which a write is logged.
"""

import hmac

from starlette.requests import Request

from comity.api.service import Service
from comity.errors import UnauthorizedError
from comity.graph.jobs import Scribe

_LONGEST = 200


def scribe_for(request: Request, service: Service) -> Scribe:
    """Who carries out the writes of a request that may write.

    Raises:
        ForbiddenError: writing is off.
        UnauthorizedError: the token is missing or wrong.
    """
    scribe = service.scribe
    token = service.settings.write_token.get_secret_value()
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # In bytes, as they were sent: the framework reads headers as Latin-1.
    right = hmac.compare_digest(given.strip().encode("latin-1"), token.encode())
    if scheme.lower() != "bearer" or not right:
        raise UnauthorizedError(
            "Writing needs the token of this server: send it as `Authorization: Bearer <token>`."
        )
    return scribe


def writer_of(request: Request) -> str:
    """Who writes, for the log: the From header (RFC 9110, 10.1.2), else the address."""
    address = request.client.host if request.client else "unknown address"
    return request.headers.get("from", "")[:_LONGEST] or f"http from {address}"


def reason_of(request: Request, otherwise: str) -> str:
    """Why, for the log: the Comity-Why header, else what the request does."""
    return request.headers.get("comity-why", "")[:_LONGEST] or otherwise
