"""The page that sets two days side by side.

Owns the form and its defaults. The comparison is that of the API.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from comity.api.asked import AskedPage
from comity.api.compare import compared
from comity.api.service import today
from comity.queries.parameters import day_of

# What is compared where nobody asked: before and after Uzbekistan left.
_ACTOR: Final = "csto"
_FROM: Final = date(2012, 1, 1)


def compare_page(asked: AskedPage) -> Mapping[str, Any]:
    """Two days of an actor."""
    given = asked.request.query_params
    actor = given.get("actor") or _ACTOR
    first = day_of("from", given["from"]) if given.get("from") else _FROM
    second = day_of("to", given["to"]) if given.get("to") else today()
    return {
        "section": "Organisations",
        "found": compared(asked, actor, first, second),
        "actor": actor,
        "first": first.isoformat(),
        "second": second.isoformat(),
    }
