"""Sends requests to another SPARQL 1.1 server and takes only real answers from it.

Owns addresses and credentials, waiting and trying again, deadlines, and the step from
the server's refusals to our errors, in the server's own words. Requests for queries and
updates are made by SPARQLWrapper; what they mean is up to the callers.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, build_opener

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from comity import __version__
from comity.errors import (
    BusyError,
    ComityError,
    DeadlineError,
    EngineError,
    NotFoundError,
    QueryError,
)
from comity.graph.remote_login import Login

AGENT = f"Comity/{__version__} (+https://w3id.org/comity)"
_TRIES = 4
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_LATE = re.compile(r"tim(ed|e) ?out|cancelled|execution time .* exceeds|S1T00", re.IGNORECASE)
_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Remote:
    """Another server: where it is and how to get in.

    Attributes:
        query: address for queries.
        update: address for updates; empty where nothing may be written.
        graphs: address of its graph store; empty where there is none.
        user: name to give when it asks, by digest or basic authentication.
        password: password to give then.
        timeout: seconds to wait for an answer.
    """

    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0


class RemoteServer:
    """The way to a server.

    Args:
        remote: the server.
        sleep: how to wait.
        chance: from 0 to 1, by how much a wait is stretched, so that clients which were
            refused together do not come back together.
    """

    def __init__(
        self,
        remote: Remote,
        *,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.remote = remote
        places = [one for one in (remote.query, remote.update, remote.graphs) if one]
        self._opener = build_opener()
        self._login = Login(remote.user, remote.password, places)
        self._sleep = sleep
        self._chance = chance

    def query(
        self,
        text: str,
        accept: str,
        *,
        parameters: Iterable[tuple[str, str]] = (),
        seconds: float = 0,
    ) -> HTTPResponse:
        """The open answer to a query, to be read by the caller.

        Raises:
            QueryError: the server does not take the query.
            DeadlineError: it did not answer in time.
            BusyError: it stayed too busy.
            EngineError: it failed, or what it answered is no answer.
        """
        wrapper = _Wrapper(self.remote.query, agent=AGENT)
        wrapper.setQuery(text)
        request = wrapper.request_for(accept, parameters)
        response = self._send(request, seconds or self.remote.timeout)
        told = response.headers.get("X-SQL-State") or response.headers.get("comity-cut")
        if told:
            reason = response.headers.get("X-SQL-Message", told)
            response.close()
            raise EngineError(f"{self.remote.query} cut its answer: {reason}")
        return response

    def update(self, text: str, parameters: Iterable[tuple[str, str]] = ()) -> None:
        """Carries out an update.

        Raises:
            QueryError: the server does not take the update.
            EngineError: the server failed, or no update address is set; after a
                `DeadlineError` nobody knows whether it was carried out.
        """
        if not self.remote.update:
            raise EngineError("No address for updates is set; set COMITY_SPARQL_UPDATE.")
        wrapper = _Wrapper(self.remote.query, updateEndpoint=self.remote.update, agent=AGENT)
        wrapper.setQuery(text)
        # What its own reading of the text took for a query would go to the wrong address.
        wrapper.queryType = "INSERT"
        request = wrapper.request_for("*/*", parameters)
        with self._send(request, self.remote.timeout) as response:
            response.read()

    def graph(
        self,
        verb: str,
        graph: str,
        body: IO[bytes] | None = None,
        media_type: str = "",
    ) -> int:
        """One request of the Graph Store Protocol.

        Args:
            verb: PUT, POST, DELETE.
            graph: IRI of the graph; empty for the default graph.
            body: an open file with the RDF.
            media_type: what the file holds.

        Returns:
            The server's status: 201 where the graph is new.

        Raises:
            NotFoundError: there is no such graph.
            EngineError: the server failed, or no graph-store address is set.
        """
        if not self.remote.graphs:
            raise EngineError("No graph-store address is set; set COMITY_SPARQL_GRAPHS.")
        asked = urlencode({"graph": graph}) if graph else "default"
        joint = "&" if "?" in self.remote.graphs else "?"
        headers = {"User-Agent": AGENT, "Accept": "*/*"}
        address = f"{self.remote.graphs}{joint}{asked}"
        request = Request(address, method=verb, headers=headers)  # noqa: S310 - the operator's
        if body is not None:
            again = _Again(body)
            request.data = again
            request.add_header("Content-Type", media_type)
            request.add_header("Content-Length", str(again.size))
        with self._send(request, self.remote.timeout) as response:
            response.read()
            return response.status

    def _send(self, request: Request, seconds: float) -> HTTPResponse:
        """Sends a request; tries again only what the server said it did not carry out."""
        until = time.monotonic() + seconds
        refusals = 0
        try:
            if request.full_url != self.remote.query:
                self._login.prepare(request, self._opener, seconds)
            while True:
                try:
                    response: HTTPResponse = self._opener.open(request, timeout=seconds)
                except HTTPError as error:
                    with error:
                        if self._login.answer(request, error):
                            continue
                        refusals += 1
                        failure, wait = self._refusal(request, error, refusals)
                    if wait is None or refusals == _TRIES or time.monotonic() + wait > until:
                        raise failure from error
                    self._sleep(wait)
                    # An answer to a question is good for one request.
                    request.remove_header("Authorization")
                    continue
                if _place(response.geturl()) != _place(request.full_url):
                    response.close()
                    raise EngineError(f"{request.full_url} sends to another server; set that one.")
                return response
        except (URLError, HTTPException, OSError) as error:
            raise _unreached(request, error, seconds) from error

    def _refusal(
        self, request: Request, error: HTTPError, turn: int
    ) -> tuple[ComityError, float | None]:
        """The error for a refusal, and how long to wait before trying again, if at all."""
        where = request.full_url
        said = sentence(_read_some(error))
        if _LATE.search(said):
            return DeadlineError(f"{where} stopped: {said}"), None
        if error.code in (429, 503):
            wait = _FIRST_WAIT * 2 ** (turn - 1) * (1 + self._chance())
            asked = _retry_after(error.headers)
            busy = BusyError(f"{where} is busy: {said or error.reason}")
            return busy, min(_LONGEST_WAIT, max(wait, asked))
        if error.code in (400, 413, 414):
            return QueryError(f"{where} does not take the query: {said or error.reason}"), None
        if error.code in (401, 403):
            hint = "set COMITY_SPARQL_USER and COMITY_SPARQL_PASSWORD"
            return EngineError(f"{where} lets nobody in without the right to: {hint}."), None
        if error.code == 404:
            return NotFoundError(f"{where} knows nothing there: {said or error.reason}"), None
        if error.code in (408, 504):
            return DeadlineError(f"{where} took too long: {said or error.reason}"), None
        return EngineError(f"{where} could not answer ({error.code}): {said or error.reason}"), None


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper makes the request; it is sent by `RemoteServer`, which sees headers."""

    def request_for(self, accept: str, parameters: Iterable[tuple[str, str]]) -> Request:
        self.setMethod(POST)
        self.setOnlyConneg(True)
        # Overruled below; it only must fit the form of the query.
        self.setReturnFormat(TURTLE if self.queryType in ("CONSTRUCT", "DESCRIBE") else JSON)
        for name, value in parameters:
            self.addParameter(name, value)
        self.addCustomHttpHeader("Accept", accept)
        request: Request = self._createRequest()
        return request


class _Again:
    """A file that begins anew each time it was read to its end: requests may be repeated."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.seek(0, 2)
        file.seek(0)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if not data:
            self._file.seek(0)
        return data


def read_json(response: HTTPResponse, where: str) -> dict[str, Any]:
    """The whole JSON result of a query.

    Raises:
        EngineError: it is empty, not whole, no SPARQL result, or marked as cut.
    """
    try:
        with response:
            body = response.read()
        result = json.loads(body)
    except (HTTPException, OSError, ValueError) as error:
        said = sentence(body) if "body" in locals() else str(error)
        raise EngineError(
            f"{where} could not answer: what came is no SPARQL result ({said or 'nothing'})."
        ) from error
    if (
        not isinstance(result, dict)
        or "head" not in result
        or not {"results", "boolean"} & result.keys()
    ):
        raise EngineError(f"{where} answered something that is no SPARQL result: {sentence(body)}")
    if "comity" in result:
        raise EngineError(
            f"{where} cut its answer ({result['comity'].get('cut')}); raise its caps."
        )
    return result


def sentence(body: bytes) -> str:
    """What a server says in an error page, short and without markup.

    Examples:
        >>> sentence(b"<html><h1>Error</h1>Virtuoso 37000 Error SP030:  no</html>")
        'Error Virtuoso 37000 Error SP030: no'
    """
    text = re.sub(
        r"<(title|style)>.*?</\1>|<[^>]*>", " ", body.decode("utf-8", "replace"), flags=re.DOTALL
    )
    return " ".join(text.partition("SPARQL query:")[0].split())[:_SENTENCE]


def _place(address: str) -> str:
    """Scheme, host and port of an address."""
    return "/".join(address.split("/", 3)[:3])


def _read_some(error: HTTPError) -> bytes:
    try:
        return error.read(64 * 1024)
    except (HTTPException, OSError):
        return b""


def _retry_after(headers: Message) -> float:
    text = (headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return 0.0


def _unreached(request: Request, error: Exception, seconds: float) -> ComityError:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return DeadlineError(f"{request.full_url} did not answer within {seconds:g} s.")
    return EngineError(f"{request.full_url} could not answer: {reason}")
