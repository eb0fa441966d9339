"""What holds for every answer: HEAD, ETag and 304, body limit, security headers.

One ASGI middleware around the application. The ETag is a hash of the graph's version, the
address with its parameters and the wanted format; nothing is computed for a 304.
"""

import hashlib
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.api.service import today

# Addresses that take whole graphs.
_UPLOADS = ("/graphs", "/update")
# Addresses whose answers are not functions of the graph and the address.
_NOT_CACHED = ("/health", "/ready", "/static/")
_ALWAYS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]

Raw = tuple[bytes, bytes]


class Zipped(GZipMiddleware):
    """Compresses for those who take it, and costs the others nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if any(
            name == b"accept-encoding" and b"gzip" in value
            for name, value in scope.get("headers", ())
        ):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class Exchange:
    """The middleware.

    Args:
        app: the application inside.
        version: gives the graph's version at the time of a request; empty for none.
        max_body: largest request body in bytes.
        max_upload: largest body at addresses that take whole graphs and updates.
        frame_ancestors: origins that may embed pages.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        version: Callable[[], str],
        max_body: int,
        max_upload: int,
        frame_ancestors: tuple[str, ...] = (),
    ) -> None:
        self.app = app
        self.version = version
        self.max_body = max_body
        self.max_upload = max_upload
        ancestors = " ".join(frame_ancestors) or "'none'"
        self.policy = (
            # No nonce is needed: every script and every sheet of a page is a file of this server.
            f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            f"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
        ).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        head = scope["method"] == "HEAD"
        reading = scope["method"] in ("GET", "HEAD")
        etag = self._etag(scope, headers) if reading else None
        if etag and etag in _listed(headers.get("if-none-match", "")):
            await _send_empty(send, 304, {"etag": etag, **_caching()})
            return
        if head:
            scope = {**scope, "method": "GET"}

        async def respond(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._completed(message["headers"], message["status"], etag)
            elif head:
                if message.get("more_body"):
                    return
                message = {**message, "body": b""}
            await send(message)

        upload = scope["path"].startswith(_UPLOADS)
        limit = self.max_upload if upload else self.max_body
        limited = receive if reading else _limited(receive, limit)
        await self.app(scope, limited, respond)

    def _completed(self, sent: Iterable[Raw], status: int, etag: str | None) -> list[Raw]:
        # In bytes and in one go: this is part of what a small query costs.
        headers = list(sent)
        names = {name for name, _ in headers}
        # What may differ the next time, or is not whole, must not be kept.
        if etag and status == 200 and (b"cache-control", b"no-store") not in headers:
            vary = b", ".join(value for name, value in headers if name == b"vary")
            headers = [one for one in headers if one[0] not in (b"vary", b"cache-control")]
            headers += [
                (b"etag", etag.encode()),
                (b"cache-control", b"no-cache"),
                (b"vary", (vary or b"Accept-Encoding") + b", Accept, Accept-Language"),
            ]
        headers += _ALWAYS
        if b"content-security-policy" not in names:
            headers.append((b"content-security-policy", self.policy))
        return headers

    def _etag(self, scope: Scope, headers: Headers) -> str | None:
        version = self.version()
        if not version or scope["path"].startswith(_NOT_CACHED):
            return None
        parts = (
            version,
            scope["path"],
            scope["query_string"].decode("latin-1"),
            headers.get("accept", "*/*"),
            headers.get("accept-language", ""),
            headers.get("host", ""),
            today().isoformat(),
        )
        return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def _limited(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            # The framework's own error: any other raised while a body is read is
            # told as a body that does not parse.
            raise HTTPException(413, f"The body is larger than {limit} bytes.")
        return message

    return limited


def _caching() -> dict[str, str]:
    return {"cache-control": "no-cache", "vary": "Accept, Accept-Language"}


def _listed(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


async def _send_empty(send: Send, status: int, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
