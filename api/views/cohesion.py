"""How a body spoke: the matrix of agreement, or who spoke on which day, and the trend.

Owns when the matrix may be shown: where 30 % of its cells are filled; else dots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from comity.api.asked import AskedPage
from comity.api.cohesion import cohesion_item
from comity.api.listing import Item
from comity.api.loading import load_measures
from comity.api.service import today
from comity.api.views.acts import MARKS, style_of
from comity.api.views.trends import Trend, trend_of
from comity.graph.drawing.words import say, say_many
from comity.graph.positions import positions_of

_DAYS: Final = 24
_DIFFERENCES: Final = 40
# Bodies with more members than this have no room for a table of them.
_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix, or of the days on which members spoke."""

    says: str
    style: str
    title: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells under heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a page says of the cohesion of a body; `more` differences are left to the JSON."""

    item: Item
    pair: tuple[str, str]
    matrix: Grid | None
    days: Grid | None
    trend: Trend | None
    more: int


def cohesion_of(asked: AskedPage, body: str) -> Spoken | None:
    """The cohesion of a body up to the day; None where nobody was a member, or too many to show."""
    day = asked.when.as_of or today()
    # Imported here: it needs libraries that a start does not wait for.
    load_measures()
    from comity.graph.cohesion import members_on, organisation_cohesion

    if not 0 < len(members_on(asked.engine, body, day)[0]) <= _MOST:
        return None
    found = organisation_cohesion(asked.engine, body, day)
    few = replace(found, differences=found.differences[:_DIFFERENCES])
    item = cohesion_item(asked.writer(), few)
    members = item["members"]
    matrix = _matrix(members, [asdict(one) for one in found.cohesion.pairs])
    days = None if matrix else _days(asked, members, day)
    names = {one["id"]: str(one["label"]) for one in members}
    least = item["most_discordant"] or {"source": "", "target": ""}
    pair = (names.get(least["source"], ""), names.get(least["target"], ""))
    years = [
        (one.year, one.agreement_index, _year_says(one.year, one.agreement_index, one.n))
        for one in found.cohesion.years
    ]
    more = len(found.differences) - len(few.differences)
    return Spoken(item, pair, matrix, days, trend_of(years), more)


def _year_says(year: int, index: float, items: int) -> str:
    shown = f"{index:.2f}"
    return say_many(
        "%(year)s: %(index)s over %(num)s item",
        "%(year)s: %(index)s over %(num)s items",
        items,
        year=year,
        index=shown,
    )


def _matrix(members: Sequence[Item], pairs: Sequence[Mapping[str, Any]]) -> Grid | None:
    if not pairs:
        return None
    by_pair = {frozenset((one["source"], one["target"])): one for one in pairs}
    rows = []
    for one in members:
        cells = []
        for other in members:
            pair = by_pair.get(frozenset((one["id"], other["id"])))
            if one is other:
                cells.append(Cell("", "same", ""))
            elif pair is None:
                cells.append(Cell("", "missing", say("no statement on the same thing")))
            else:
                share = pair["agreement"]
                percent = f"{share * 100:.0f}"
                title = say_many(
                    "%(one)s and %(other)s: %(share)s%% of %(num)s item",
                    "%(one)s and %(other)s: %(share)s%% of %(num)s items",
                    pair["n"],
                    one=one["label"],
                    other=other["label"],
                    share=percent,
                )
                cells.append(Cell(f"{share:.2f}", f"step-{round(share * 8)}", title))
        rows.append((one["label"], tuple(cells)))
    return Grid(tuple(one["label"] for one in members), tuple(rows))


def _days(asked: AskedPage, members: Sequence[Item], until: date) -> Grid | None:
    """Who spoke on which day, of the last days on which anybody did."""
    found = positions_of(asked.engine, frozenset(one["id"] for one in members), None, until)
    last = np.unique(found.day)[-_DAYS:]
    if not len(last):
        return None
    spoke: dict[tuple[str, str], list[float | None]] = {}
    kept = np.flatnonzero(found.day >= last[0])
    holders = found.holder.take(pa.array(kept)).to_pylist()
    for holder, day, value in zip(holders, found.day[kept], found.value[kept], strict=True):
        said = date.fromordinal(int(day)).isoformat()
        spoke.setdefault((holder, said), []).append(None if np.isnan(value) else float(value))
    days = [date.fromordinal(int(day)).isoformat() for day in last]
    rows = tuple(
        (one["label"], tuple(_dot(spoke.get((one["id"], day), []), day) for day in days))
        for one in members
    )
    return Grid(tuple(days), rows)


def _dot(signs: Sequence[float | None], day: str) -> Cell:
    if not signs:
        return Cell("", "empty", "")
    # The sign furthest from none names the dot.
    telling = max(signs, key=lambda sign: (sign is not None, abs(sign or 0)))
    style = style_of(telling)
    many = say_many("%(num)s act on %(day)s", "%(num)s acts on %(day)s", len(signs), day=day)
    return Cell(MARKS[style], style, many)
