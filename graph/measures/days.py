"""The day of an edge. Owns under which name an edge carries it, and that it is a day."""

from datetime import date
from typing import Any

from comity.errors import InputError


def day_of(source: object, target: object, edge: dict[str, Any]) -> date | None:
    """The day of an edge: its `day`, else its `first`; None where it has neither.

    Raises:
        InputError: it is no day.
    """
    given = edge.get("day") or edge.get("first")
    if not given:
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise InputError(
            f"The edge {source} - {target} has '{given}' for a day; give YYYY-MM-DD."
        ) from None
