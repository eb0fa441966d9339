"""Reads requests of the SPARQL 1.1 Protocol.

Owns what a request asks: text, dataset, limits, format. Source:
https://www.w3.org/TR/sparql11-protocol/. Running it is not its business.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request

from comity.api.problems import FormatError
from comity.errors import ParameterError, QueryError
from comity.graph.jobs import Dataset
from comity.queries.parameters import refuse_unknown

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
# Clients in the field name the format in one of three ways; SPARQLWrapper in all of them.
FORMAT_NAMES = ("format", "output", "results")
Number = TypeVar("Number", int, float)
_QUERY_NAMES = ("query", "default-graph-uri", "named-graph-uri", "timeout", "rows", *FORMAT_NAMES)
_UPDATE_NAMES = ("update", "using-graph-uri", "using-named-graph-uri", *FORMAT_NAMES)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as asked.

    Attributes:
        text: SPARQL; None where the request carries none.
        dataset: as the request names it; nothing is said about the union here.
        timeout: seconds wanted at most; None for the server's limit.
        rows: rows wanted at most; None for the server's limit.
        format: a short name or a media type; None to go by Accept.
    """

    text: str | None
    dataset: Dataset
    timeout: float | None
    rows: int | None
    format: str | None


@dataclass(frozen=True, slots=True)
class Updating:
    """An update as asked: its text and the dataset of its WHERE parts."""

    text: str
    using: Dataset


async def read_query(request: Request) -> Query:
    """The query of a GET or POST request.

    Raises:
        ParameterError: a parameter is unknown, repeated or out of range.
        QueryError: the body is no UTF-8, or there are several queries.
        FormatError: the body is of another media type.
    """
    given = _fields(request.url.query)
    if request.method == "POST":
        kind, body = await _body(request)
        if kind == FORM:
            given += _fields(body)
        elif kind == QUERY:
            given.append(("query", body))
        else:
            raise FormatError(
                f"Send {QUERY} or {FORM}, not '{kind or 'no media type'}'.",
                slug="unsupported-media-type",
            )
    found = _gathered(given, _QUERY_NAMES)
    return Query(
        text=_one(found, "query"),
        dataset=_dataset(found, "default-graph-uri", "named-graph-uri"),
        timeout=_positive(found, "timeout", float),
        rows=_positive(found, "rows", int),
        format=_format(found),
    )


async def read_update(request: Request) -> Updating:
    """The update of a POST request.

    Raises:
        ParameterError: a parameter is unknown or repeated.
        QueryError: the body is no UTF-8, or there is no update or there are several.
        FormatError: the body is of another media type.
    """
    kind, body = await _body(request)
    given = _fields(request.url.query)
    if any(name == "update" for name, _ in given):
        raise QueryError("An update goes in the body, not in the address.")
    if kind == FORM:
        given += _fields(body)
    elif kind == UPDATE:
        given.append(("update", body))
    else:
        raise FormatError(
            f"Send {UPDATE} or {FORM}, not '{kind or 'no media type'}'.",
            slug="unsupported-media-type",
        )
    found = _gathered(given, _UPDATE_NAMES)
    text = _one(found, "update")
    if text is None:
        raise QueryError("There is no update in the request; send a field `update`.")
    return Updating(text, _dataset(found, "using-graph-uri", "using-named-graph-uri"))


def is_absolute(iri: str) -> bool:
    """Whether a text is an absolute IRI."""
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"The request is not UTF-8 (byte {error.start}).") from None


async def _body(request: Request) -> tuple[str, str]:
    content_type = request.headers.get("content-type", "")
    kind, _, rest = content_type.partition(";")
    charset = rest.partition("charset=")[2].strip().strip('"').lower()
    if charset not in ("", "utf-8", "utf8"):
        raise QueryError(f"The body is in {charset}; send UTF-8.")
    body = await request.body()
    try:
        return kind.strip().lower(), body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"The body is not UTF-8 (byte {error.start}).") from None


def _gathered(given: Sequence[tuple[str, str]], known: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in given:
        if name not in known:
            refuse_unknown(name, known)
        found.setdefault(name, []).append(value)
    return found


def _one(found: Mapping[str, list[str]], name: str) -> str | None:
    values = found.get(name, [])
    if len(values) > 1:
        raise QueryError(f"There are {len(values)} fields `{name}`; send one.")
    return values[0] if values else None


def _dataset(found: Mapping[str, list[str]], default: str, named: str) -> Dataset:
    if default not in found and named not in found:
        return Dataset(union=False)
    for name in (default, named):
        for iri in found.get(name, ()):
            if not is_absolute(iri):
                raise ParameterError(
                    f"{name} takes an absolute IRI, not '{iri}'.",
                    parameter=name,
                    got=iri,
                    expected="an absolute IRI",
                )
    # A request that names one kind of graph leaves the other empty (protocol, 2.1.4).
    return Dataset(False, tuple(found.get(default, ())), tuple(found.get(named, ())))


def _positive(
    found: Mapping[str, list[str]], name: str, kind: Callable[[str], Number]
) -> Number | None:
    text = _one(found, name)
    if text is None:
        return None
    try:
        value = kind(text)
    except ValueError:
        value = kind("0")
    if not value > 0 or value == float("inf"):
        raise ParameterError(
            f"{name} takes a number above 0; it may only lower the server's limit.",
            parameter=name,
            got=text,
            expected="a number above 0",
        )
    return value


def _format(found: Mapping[str, list[str]]) -> str | None:
    for name in FORMAT_NAMES:
        value = _one(found, name)
        if value:
            return value
    return None
