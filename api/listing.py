"""Lists: one page of items, its cursor and its total.

Owns the envelope of API.md. A list is an ordered query for IRIs; only the things on the
page are read in full.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from comity.api.parameters import Times
from comity.errors import ParameterError
from comity.graph.binding import Term, bind
from comity.graph.engine import Engine
from comity.graph.remembered import Remembered
from comity.queries.catalogue import record_query

Item = dict[str, Any]
# The next page of a list is asked for soon after the one before.
_LISTS: Remembered[str, list[str]] = Remembered(most=100)


def matching(engine: Engine, query: str, values: Mapping[str, Sequence[Term]]) -> Sequence[str]:
    """IRIs of all things that match, in the order of the list; kept until the graph changes.

    They are sorted by `order`, where a query has it, and IRI. It is done here: the store takes
    ten times as long to sort thousands of rows as to find them.

    Args:
        engine: the graph.
        query: name of a file in `queries/records/`.
        values: terms by parameter; none leaves a parameter open.
    """
    text = bind(record_query(query), values)
    lists = _LISTS.of(engine)
    if text not in lists:
        rows = engine.select(text).texts()
        ordered = sorted((row.get("order", ""), row["item"]) for row in rows)
        # A thing that matches in two ways comes twice; the first place counts.
        lists[text] = list(dict.fromkeys(iri for _, iri in ordered))
    return lists[text]


def page(
    request: Request,
    version: str,
    found: Sequence[str],
    limit: int,
    cursor: str | None,
    times: Times,
    write: Callable[[Sequence[str]], list[Item]],
) -> Item:
    """One page of a list.

    Args:
        request: the request, for the address of the next page.
        version: the graph's version; a cursor of another version is refused.
        found: all IRIs, ordered.
        limit: items on the page.
        cursor: where to begin, from `next`.
        times: the time axes used.
        write: makes items of the IRIs on the page, in their order.

    Raises:
        ParameterError: the cursor is not of this list or this version of the graph.
    """
    start = _start_of(cursor, version)
    shown = found[start : start + limit]
    after = start + len(shown)
    return {
        "items": write(shown),
        "total": len(found),
        "next": _next(request, version, after) if after < len(found) else None,
        "as_of": times.echo,
        "known_at": times.known_at,
        "graph_version": version,
    }


def _start_of(cursor: str | None, version: str) -> int:
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        made_for, _, start = text.rpartition(":")
        if made_for == version:
            return int(start)
        message = "The graph has changed since this cursor was made; start from the first page."
    except (binascii.Error, UnicodeDecodeError, ValueError):
        message = "This is not a cursor; take it from `next` of the page before."
    raise ParameterError(message, parameter="cursor", got=cursor, expected="the cursor in `next`")


def _next(request: Request, version: str, start: int) -> str:
    cursor = base64.urlsafe_b64encode(f"{version}:{start}".encode()).decode()
    kept = [item for item in request.query_params.multi_items() if item[0] != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"
