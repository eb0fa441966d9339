"""Bars on a time axis: memberships, offices, parties.

Owns the step from dates of the data to places on an axis. Colours are the style sheet's.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from comity.graph.drawing.words import say

# The width of a page's column.
_WIDTH = 1040
# Room for a letter of a label, and for the longest label that is written out.
_LETTER = 6.8
_LONGEST = 38
_ROW = 24
_TICKS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One spell.

    Attributes:
        x: where it begins.
        width: how long it is.
        fades: whether its beginning is not known.
        goes_on: whether it is open, or the source ends before it does.
        covered: whether the source covers today.
    """

    x: float
    width: float
    fades: bool
    goes_on: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of spells of one thing."""

    label: str
    says: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows under an axis of years; `labels` is the room for what they are called."""

    width: int
    labels: int
    height: int
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, int], ...]
    now: float


def chart_of(spells: Sequence[tuple[str, Mapping[str, Any]]], day: date | None) -> Chart | None:
    """Statements as bars; None where no beginning and no end is known.

    Args:
        spells: label of the row, and the statement as the API gives it; rows in their order.
        day: where the line of the day stands; today for None.
    """
    # A spell without a first and a last day has no place on an axis; it is in the list.
    spells = [
        (label, one)
        for label, one in spells
        if _year(one["start_date"]) is not None or _year(one["end_date"]) is not None
    ]
    spells.sort(key=lambda spell: (_year(spell[1]["start_date"]) or 0.0, spell[0]))
    today = _year(datetime.now(UTC).date().isoformat()) or 0.0
    known = [
        year
        for _, one in spells
        for year in (_year(one["start_date"]), _year(one["end_date"]))
        if year is not None
    ]
    if not known:
        return None
    first, last = math.floor(min(known)), today + 0.5
    labels = list(dict.fromkeys(label for label, _ in spells))
    room = 20 + round(_LETTER * min(_LONGEST, max(map(len, labels))))
    scale = (_WIDTH - room - 10) / (last - first)

    def x(year: float) -> float:
        return round(room + (year - first) * scale, 1)

    rows = []
    for number, label in enumerate(labels):
        own = [one for other, one in spells if other == label]
        bars = tuple(_bar(one, first, today, x) for one in own)
        says = "; ".join(_spell(one) for one in own)
        rows.append(Row(label, says, 22 + number * _ROW, bars))
    step = max(1, math.ceil((last - first) / _TICKS))
    ticks = tuple((x(year), year) for year in range(first, math.ceil(last), step))
    at = _year(day.isoformat()) if day else today
    height = 28 + len(labels) * _ROW
    return Chart(_WIDTH, room, height, tuple(rows), ticks, x(min(at or today, last)))


def _bar(one: Mapping[str, Any], first: float, today: float, x: Any) -> Bar:
    start, end = _year(one["start_date"]), _year(one["end_date"])
    ends = one["end_state"]
    left = x(start if start is not None else first)
    right = x(end if end is not None else today)
    return Bar(
        x=left,
        width=max(3.0, round(right - left, 1)),
        fades=start is None,
        goes_on=end is None,
        covered=ends != "not-covered",
    )


def _spell(one: Mapping[str, Any]) -> str:
    start, end = one["start_date"] or say("beginning not known"), one["end_date"]
    until = say("today") if end == ".." else end or say("end not known")
    return say("%(start)s to %(end)s", start=start, end=until)


def _year(text: str | None) -> float | None:
    """A date as a year with a fraction, the first of two days; None where it is open."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text or "")
    if not match:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return year + (month - 1) / 12 + (day - 1) / 365
