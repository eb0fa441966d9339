"""Parameters that many operations share, and the refusal of those that no one knows.

Every router depends on `strict`: an unknown parameter, or a repeat of one that takes one
value, answers 422 with the nearest name.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request

from comity.api.formats import chosen_format
from comity.api.knowledge import NOW, KnownAt, moment_known
from comity.api.openapi import described
from comity.api.service import today
from comity.errors import ParameterError
from comity.queries.parameters import concept_of, day_of, refuse_unknown

ANY_DAY = "any"

Limit = Annotated[int, Query(ge=1, le=1000, description="How many items at most.")]
Cursor = Annotated[str | None, Query(description="Where to go on: `next` of the page before.")]
Format = Annotated[str | None, Query(description="Overrides Accept.")]
Lang = Annotated[
    str | None, Query(description="Language tag: labels in that language where there is one.")
]
Day = Annotated[
    str | None,
    Query(
        description="Day (YYYY-MM-DD) on which statements hold and up to which acts count; "
        "default today (UTC); `any` for all days."
    ),
]
Since = Annotated[str | None, Query(description="First day of acts, inclusive.")]
Until = Annotated[str | None, Query(description="Last day of acts, inclusive.")]


@dataclass(frozen=True, slots=True)
class Times:
    """The time axes of a request.

    Attributes:
        as_of: the day, or None for any day.
        known_at: `now`, or the moment as it was given.
    """

    as_of: date | None
    known_at: str = NOW

    @property
    def echo(self) -> str:
        """`as_of` as the answer repeats it."""
        return self.as_of.isoformat() if self.as_of else ANY_DAY


def times(as_of: Day = None, known_at: KnownAt = None) -> Times:
    """Dependency: the time axes of a request.

    Raises:
        ParameterError: `as_of` is no day, or `known_at` no time.
    """
    told = NOW if known_at is None else known_at
    moment_known(told)
    if as_of == ANY_DAY:
        return Times(None, told)
    return Times(day_of("as_of", as_of) if as_of is not None else today(), told)


def optional_day(name: str, text: str | None) -> date | None:
    """A day, where one was given.

    Raises:
        ParameterError: the text is no day.
    """
    return day_of(name, text) if text is not None else None


def several_concepts(name: str, scheme: str, texts: list[str] | None) -> tuple[str, ...]:
    """Values of a fixed list, each checked.

    Raises:
        ParameterError: one of them is not in the list.
    """
    return tuple(concept_of(name, scheme, text) for text in texts or ())


def strict(request: Request) -> None:
    """Dependency of every router: refuses unknown and repeated parameters, and formats.

    Operations that give several formats declare `format` and choose themselves; the
    others give JSON, and say so to who wants anything else.

    Raises:
        ParameterError: naming the parameter, with the nearest one.
        FormatError: JSON is not wanted.
    """
    route = request.scope.get("route")
    if route is None:
        return
    allowed = declared(request, str(route.path))
    if "format" not in allowed:
        allowed["format"] = False
        chosen_format(request, ("json",))
    refuse_others(request, allowed)


def refuse_others(request: Request, allowed: Mapping[str, bool]) -> None:
    """Refuses parameters that are not allowed, and repeats of those that take one value.

    Args:
        request: the request.
        allowed: whether each parameter may be repeated, by name.

    Raises:
        ParameterError: naming the parameter, with the nearest one.
    """
    counts = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in sorted(counts.items()):
        refuse_unknown(name, allowed)
        if count > 1 and not allowed[name]:
            raise ParameterError(
                f"{name} takes one value, {count} were given.",
                parameter=name,
                got=", ".join(request.query_params.getlist(name)),
                expected="one value",
            )


def none_taken(request: Request) -> None:
    """Dependency of operations without parameters; needs no description of the service.

    Raises:
        ParameterError: a parameter was given.
    """
    for name in request.query_params:
        refuse_unknown(name, ())


def declared(request: Request, path: str) -> dict[str, bool]:
    """Query parameters of an operation, and whether each may be repeated."""
    operations = described(request.app)["paths"].get(path, {})
    method = "get" if request.method == "HEAD" else request.method.lower()
    parameters: list[dict[str, Any]] = operations.get(method, {}).get("parameters", [])
    return {one["name"]: _is_list(one["schema"]) for one in parameters if one["in"] == "query"}


def _is_list(schema: dict[str, Any]) -> bool:
    options = schema.get("anyOf", [schema])
    return any(option.get("type") == "array" for option in options)
