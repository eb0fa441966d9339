"""The dyad panel: every directed pair of states in every period, for a regression.

Owns which rows there are and which of three things a row without acts is: nothing was done
(zero), the sources do not speak of the sender (missing), or one of the two does not exist.
Acts are counted in `dyads`; it knows no measure. Unit of analysis as in Bennett and
Stam, EUGene: A Conceptual Manual, International Interactions 26(2), 2000.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import permutations
from typing import TYPE_CHECKING, Any

from comity.errors import InputError, ParameterError
from comity.graph.dyads import QUADS, SIGNS, Cell, DyadCounts, Every
from comity.graph.engine import Engine
from comity.graph.network import Level, NetworkQuery
from comity.graph.projection import project
from comity.graph.spells import CODES, OBLIGATIONS, Spells, owes

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.graph.archives.shelf import Shelf

MOST_ROWS = 1_000_000
# A value of one's own for sender, receiver and last day of the period; None is missing.
Column = Callable[[str, str, date], float | None]


class Status(StrEnum):
    """What the counts of a row are: counted (be it 0), unknown, or without meaning."""

    OBSERVED = "observed"
    MISSING = "missing"
    NO_STATE = "no-state"


@dataclass(frozen=True, slots=True)
class PanelQuery:
    """Which panel.

    Attributes:
        since: first day; the first period begins on it or, whole, before it.
        until: last day, inclusive.
        every: length of a period.
        states: ids; empty means every state that exists in the window.
        archives: ids of archives whose acts count too.
    """

    since: date
    until: date
    every: Every = Every.YEAR
    states: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel.

    Attributes:
        table: one row for each directed dyad and period; docs/panel.md names the columns.
        undated: ids of acts between states that may fall into several periods and count
            in none.
    """

    table: "pa.Table"
    undated: tuple[str, ...]


def periods(since: date, until: date, every: Every) -> Iterator[tuple[date, date]]:
    """First and last day of each whole period that has a day of the window.

    Examples:
        >>> [str(first) for first, _ in periods(date(2022, 1, 31), date(2022, 2, 1), Every.MONTH)]
        ['2022-01-01', '2022-02-01']
    """
    first = every.first_day(since)
    while first <= until:
        following = every.first_day(first + every.longest)
        yield first, following - timedelta(days=1)
        first = following


def panel(
    engine: Engine,
    query: PanelQuery,
    more: Mapping[str, Column] | None = None,
    *,
    most: int = MOST_ROWS,
    shelf: "Shelf | None" = None,
) -> Panel:
    """The dyad panel of the acts in the graph; officials and organs count as their state.

    Args:
        engine: the graph.
        query: which panel.
        more: columns of one's own by name, such as the distance of two capitals.
        most: rows it may have.
        shelf: the archives, where the query names some.

    Raises:
        NotFoundError: there is no such archive.
        ParameterError: the window is empty, a state is unknown, or there are too many rows.
    """
    if query.until < query.since:
        raise ParameterError(
            f"until {query.until} is before since {query.since}; swap them.",
            parameter="until",
            got=query.until.isoformat(),
            expected=f"{query.since} or later",
        )
    days = list(periods(query.since, query.until, query.every))
    window = days[0][0], days[-1][1]
    spells = Spells(engine, window)
    states = sorted(set(query.states)) or spells.existing(*window)
    unknown = [state for state in states if state not in spells.lives]
    if unknown:
        raise ParameterError(
            f"'{unknown[0]}' is no state; a panel is of states, by their ids.",
            parameter="state",
            got=unknown[0],
            expected="ids of states",
        )
    rows = len(states) * (len(states) - 1) * len(days)
    if rows > most:
        raise ParameterError(
            f"The panel would have {rows} rows, over {most}; name states, shorten the window or "
            "take longer periods.",
            parameter="every",
            got=query.every.value,
            expected=f"at most {most} rows",
        )
    # Imported here: arrays are loaded only for panels that are made.
    from comity.graph.pledges import SIMILARITIES, portfolios_alike

    alike = {last: portfolios_alike(spells, last) for _, last in days}
    counts = _counted(engine, query, window, shelf)
    kinds = counts.kinds
    made = [
        {
            "sender": one,
            "receiver": other,
            "period": first,
            "period_end": last,
            **spells.codes("sender", one, first, last),
            **spells.codes("receiver", other, first, last),
            **_columns(
                counts, kinds, one, other, first, exist=spells.both_exist(one, other, first, last)
            ),
            **spells.flags(one, other, first, last),
            **dict(zip(SIMILARITIES, alike[last].of(one, other), strict=True)),
            **{name: column(one, other, last) for name, column in (more or {}).items()},
        }
        for first, last in days
        for one, other in permutations(states, 2)
    ]
    between = set(states)
    undated = {act for act, one, other in counts.astride if {one, other} <= between}
    return Panel(_table(made, kinds, more or {}), tuple(sorted(undated)))


def _counted(
    engine: Engine, query: PanelQuery, window: tuple[date, date], shelf: "Shelf | None"
) -> DyadCounts:
    """What was done in the window, by the acts of the graph and of archives."""
    counts = DyadCounts(query.every)
    # Without the shelf, archived acts make no ties; but what they hold counts only there.
    asked = NetworkQuery(
        since=window[0], until=window[1], level=Level.STATE, archives=query.archives
    )
    counts.add_network(engine, project(engine, asked))
    for source in query.archives:
        if shelf is None:
            raise InputError(f"The archive {source} is asked for, and no archives are at hand.")
        counts.add_archive(engine, shelf, source, window, query.states)
    return counts


def _columns(
    counts: DyadCounts, kinds: list[str], one: str, other: str, first: date, *, exist: bool
) -> dict[str, object]:
    """What the counts say of a dyad in a period, and which of three things it is."""
    documents = len(counts.named.get((one, first), ()))
    status = Status.NO_STATE
    if exist:
        status = Status.OBSERVED if documents else Status.MISSING
    found: dict[str, object] = {"status": status.value, "documents": documents}
    if status is not Status.OBSERVED:
        return found
    cell = counts.cells.get((one, other, first)) or Cell()
    found["acts"] = cell.acts
    found |= {name: cell.signs[name] for name in SIGNS}
    found |= {f"quad_{number}": cell.quads[number] for number in QUADS}
    found["coded"] = cell.coded
    mine, theirs = (counts.votes.get((state, first), {}) for state in (one, other))
    both = mine.keys() & theirs.keys()
    found["votes"] = len(both)
    found["votes_alike"] = sum(mine[item] == theirs[item] for item in both)
    found["goldstein"] = float(cell.goldstein) if cell.coded else None
    return found | {f"kind_{kind}": cell.kinds[kind] for kind in kinds}


def _table(rows: list[dict[str, Any]], kinds: list[str], more: Mapping[str, Column]) -> "pa.Table":
    # Imported here: it is loaded only for tables that are written.
    import pyarrow as pa

    from comity.graph.pledges import SIMILARITIES

    codes = [f"{role}_{name}" for role in ("sender", "receiver") for name in CODES]
    quads = [f"quad_{number}" for number in QUADS]
    counts = ["acts", *SIGNS, *quads, "coded", "votes", "votes_alike"]
    columns = {
        **dict.fromkeys(("sender", "receiver"), pa.string()),
        **dict.fromkeys(("period", "period_end"), pa.date32()),
        **dict.fromkeys(codes, pa.string()),
        "status": pa.string(),
        "documents": pa.int32(),
        **dict.fromkeys(counts, pa.int32()),
        "goldstein": pa.float64(),
        **dict.fromkeys((f"kind_{kind}" for kind in kinds), pa.int32()),
        **dict.fromkeys(("allied", *(owes(what) for what in OBLIGATIONS)), pa.bool_()),
        **dict.fromkeys(SIMILARITIES, pa.float64()),
    }
    taken = columns.keys() & more.keys()
    if taken:
        raise InputError(f"The panel has a column '{min(taken)}'; name yours otherwise.")
    columns |= dict.fromkeys(more, pa.float64())
    return pa.Table.from_pylist(rows, pa.schema(columns.items()))
