"""What was known when: `known_at` of a request, and the graph as it was at that time."""

from datetime import datetime
from typing import Annotated

from fastapi import Query, Request

from comity.api.service import Service, service_of
from comity.errors import ParameterError
from comity.graph.history import moment_of

NOW = "now"

KnownAt = Annotated[
    str | None,
    Query(
        description="What the graph held at that time (a moment with its zone, or the end of a "
        "day, UTC), made again from the log of changes; default `now`."
    ),
]


def moment_known(known_at: str | None) -> datetime | None:
    """The moment that `known_at` names; None for now.

    Raises:
        ParameterError: it is neither now, a day nor a moment.
    """
    return None if known_at is None or known_at == NOW else moment_of(known_at)


def refuse_past_knowledge(known_at: str | None) -> None:
    """Refuses any `known_at` but now, where workers answer, which hold the newest graph.

    Raises:
        ParameterError: an earlier state of knowledge was asked for.
    """
    if moment_known(known_at) is None:
        return
    raise ParameterError(
        "Lists, things and networks answer for an earlier time; this operation does not. Leave "
        "known_at out or say now.",
        parameter="known_at",
        got=str(known_at),
        expected=NOW,
    )


def service_then(request: Request, known_at: KnownAt = None) -> Service:
    """The service over the graph as it was at the time asked for."""
    moment = moment_known(known_at)
    service = service_of(request)
    return service if moment is None else service.as_known_at(moment)
