"""How a body spoke: the matrix of agreement, or who spoke on which day.

Owns when the matrix may be shown: where 30 % of its cells are filled; else dots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from comity.api.asked import AskedPage
from comity.api.cohesion import cohesion_item
from comity.api.listing import Item
from comity.api.loading import load_measures
from comity.api.service import today
from comity.api.views.acts import MARKS, style_of
from comity.errors import ParameterError
from comity.graph.network import Level, NetworkQuery
from comity.graph.projection import project

_DAYS: Final = 24
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
    """What a page says of the cohesion of a body."""

    item: Item
    pair: tuple[str, str]
    matrix: Grid | None
    days: Grid | None


def cohesion_of(asked: AskedPage, body: str) -> Spoken | None:
    """The cohesion of a body up to the day; None where nobody was a member."""
    day = asked.when.as_of or today()
    # Imported here: it needs libraries that a start does not wait for.
    load_measures()
    from comity.graph.cohesion import organisation_cohesion

    try:
        found = organisation_cohesion(asked.engine, body, day)
    except ParameterError:
        # Nobody was a member on that day.
        return None
    item = cohesion_item(asked.writer(), found)
    members = item["members"]
    if not members or len(members) > _MOST:
        return None
    matrix = _matrix(members, [asdict(one) for one in found.cohesion.pairs])
    days = None if matrix else _days(asked, members)
    names = {one["id"]: str(one["label"]) for one in members}
    least = item["most_discordant"] or {"source": "", "target": ""}
    pair = (names.get(least["source"], ""), names.get(least["target"], ""))
    return Spoken(item, pair, matrix, days)


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
                cells.append(Cell("", "missing", "no statement on the same thing"))
            else:
                share = pair["agreement"]
                title = f"{one['label']} and {other['label']}: {share:.0%} of {pair['n']} items"
                cells.append(Cell(f"{share:.2f}", f"step-{round(share * 8)}", title))
        rows.append((one["label"], tuple(cells)))
    return Grid(tuple(one["label"] for one in members), tuple(rows))


def _days(asked: AskedPage, members: Sequence[Item]) -> Grid | None:
    """Who spoke on which day, of the last days on which anybody did."""
    ids = {one["id"] for one in members}
    query = NetworkQuery(actors=tuple(sorted(ids)), level=Level.STATE, until=asked.when.as_of)
    spoke: dict[tuple[str, str], list[float | None]] = {}
    for tie in project(asked.engine, query).ties:
        if tie.subject.id in ids and tie.first:
            sign = float(tie.sign) if tie.sign is not None else None
            spoke.setdefault((tie.subject.id, tie.first.isoformat()), []).append(sign)
    days = sorted({day for _, day in spoke})[-_DAYS:]
    if not days:
        return None
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
    many = f"{len(signs)} act{'s' if len(signs) > 1 else ''} on {day}"
    return Cell(MARKS[style], style, many)
