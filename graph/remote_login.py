"""Says who we are to a server that asks, by digest or basic authentication.

A server that asks may hang up while a body is still being sent. So a request with a body
is preceded by one without, that draws the question, and carries the answer itself.
"""

import base64
from urllib.error import HTTPError
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    parse_http_list,
    parse_keqv_list,
)


class Login:
    """Name and password for some addresses.

    Args:
        user: the name; without one nothing is ever said.
        password: the password.
        addresses: where they may be told.
    """

    def __init__(self, user: str, password: str, addresses: list[str]) -> None:
        self._user = user
        self._password = password
        self._secrets = HTTPPasswordMgrWithDefaultRealm()
        self._secrets.add_password(None, addresses, user, password)

    def prepare(self, request: Request, opener: OpenerDirector, seconds: float) -> None:
        """Adds what the server will ask for, where it asks.

        Raises:
            OSError: the server cannot be reached.
        """
        if not self._user or request.data is None:
            return
        question = Request(request.full_url, method="GET", headers=dict(request.headers))  # noqa: S310 - the operator's address
        for name in ("Content-type", "Content-length"):
            question.remove_header(name)
        try:
            opener.open(question, timeout=seconds).close()
        except HTTPError as error:
            with error:
                self.answer(request, error)

    def answer(self, request: Request, error: HTTPError) -> bool:
        """Adds what a refusal asks for; tells whether there is anything new to say."""
        asked = error.headers.get("WWW-Authenticate", "") if error.code == 401 else ""
        scheme, _, rest = asked.partition(" ")
        if not self._user or request.has_header("Authorization"):
            return False
        if scheme.lower() == "basic":
            pair = base64.b64encode(f"{self._user}:{self._password}".encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {pair}")
        elif scheme.lower() == "digest":
            # urllib opens nothing here: it only works out the words.
            handler = HTTPDigestAuthHandler(self._secrets)
            words = handler.get_authorization(request, parse_keqv_list(parse_http_list(rest)))
            if words:
                request.add_unredirected_header("Authorization", f"Digest {words}")
        return request.has_header("Authorization")
