"""The dyad panel: every directed pair of states in every period, for a regression.

Owns which rows there are and which of three things a row without acts is: nothing was done
(zero), the sources do not speak of the sender (missing), or one of the two does not exist.
Acts become ties in `projection`; it knows no measure. Unit of analysis as in Bennett and
Stam, EUGene: A Conceptual Manual, International Interactions 26(2), 2000.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import permutations
from typing import TYPE_CHECKING, Any

from comity.errors import InputError, ParameterError
from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.network import End, Level, Network, NetworkQuery, Tie
from comity.graph.projection import VOTES, project
from comity.graph.requests import request
from comity.graph.spells import CODES, OBLIGATIONS, Spells, owes
from comity.ontology.namespaces import Thing, id_of

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 1_000_000
# A value of one's own for sender, receiver and last day of the period; None is missing.
Column = Callable[[str, str, date], float | None]


class Every(StrEnum):
    """How long a period is; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


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
    """

    since: date
    until: date
    every: Every = Every.YEAR
    states: tuple[str, ...] = ()


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


@dataclass(slots=True)
class _Cell:
    """What one state did toward another in a period."""

    acts: set[str] = field(default_factory=set)
    signs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    quads: Counter[str] = field(default_factory=Counter)
    goldstein: list[float] = field(default_factory=list)


def periods(since: date, until: date, every: Every) -> Iterator[tuple[date, date]]:
    """First and last day of each whole period that has a day of the window.

    Examples:
        >>> [str(first) for first, _ in periods(date(2022, 1, 31), date(2022, 2, 1), Every.MONTH)]
        ['2022-01-01', '2022-02-01']
    """
    first = _first_day(since, every)
    while first <= until:
        following = _first_day(first + timedelta(days=_LONGEST[every]), every)
        yield first, following - timedelta(days=1)
        first = following


def panel(
    engine: Engine,
    query: PanelQuery,
    more: Mapping[str, Column] | None = None,
    *,
    most: int = MOST_ROWS,
) -> Panel:
    """The dyad panel of the acts in the graph; officials and organs count as their state.

    Args:
        engine: the graph.
        query: which panel.
        more: columns of one's own by name, such as the distance of two capitals.
        most: rows it may have.

    Raises:
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
    counts = _Counts(engine, project(engine, _acts_in(window)), query.every)
    made = [
        {
            "sender": one,
            "receiver": other,
            "period": first,
            "period_end": last,
            **spells.codes("sender", one, first, last),
            **spells.codes("receiver", other, first, last),
            **counts.columns(one, other, first, spells.both_exist(one, other, first, last)),
            **spells.flags(one, other, first, last),
            **dict(zip(SIMILARITIES, alike[last].of(one, other), strict=True)),
            **{name: column(one, other, last) for name, column in (more or {}).items()},
        }
        for first, last in days
        for one, other in permutations(states, 2)
    ]
    return Panel(_table(made, counts.kinds, more or {}), tuple(sorted(counts.undated(set(states)))))


def _acts_in(window: tuple[date, date]) -> NetworkQuery:
    return NetworkQuery(since=window[0], until=window[1], level=Level.STATE)


class _Counts:
    """Acts by dyad and period, and which documents name whom in which period."""

    def __init__(self, engine: Engine, network: Network, every: Every) -> None:
        self.cells: dict[tuple[str, str, date], _Cell] = defaultdict(_Cell)
        self.named: dict[tuple[str, date], set[str]] = defaultdict(set)
        self.votes: dict[tuple[str, date], dict[End, str]] = defaultdict(dict)
        self.astride: list[Tie] = []
        rows = engine.select(bind(request("cameo_of_acts"), {})).texts()
        coded = {id_of(row["act"]): (float(row["goldstein"]), row["quad"]) for row in rows}
        sources = {act.id: act.sources for act in network.acts}
        for tie in sorted(network.ties, key=lambda tie: (tie.first or date.min, tie.acts)):
            if tie.first is None or tie.last is None:
                continue
            first = _first_day(tie.first, every)
            if _first_day(tie.last, every) != first:
                self.astride.append(tie)
                continue
            act = tie.acts[0]
            if VOTES.get(tie.kind) is not None:
                # Ties are by date: of two votes on the same, the later one stands.
                self.votes[tie.subject.id, first][tie.object] = tie.kind
            for end in (tie.subject, tie.object):
                if end.thing is Thing.ACTOR:
                    self.named[end.id, first].update(sources[act])
            if tie.object.thing is Thing.ACTOR:
                self._count(self.cells[tie.subject.id, tie.object.id, first], tie, coded.get(act))
        self.kinds = sorted({kind for cell in self.cells.values() for kind in cell.kinds})

    def _count(self, cell: _Cell, tie: Tie, code: tuple[float, str] | None) -> None:
        if tie.acts[0] in cell.acts:
            # Toward two organs of one state, it is one act toward that state.
            return
        cell.acts.add(tie.acts[0])
        cell.kinds[tie.kind] += 1
        cell.signs[_sign_name(tie)] += 1
        if code:
            cell.goldstein.append(code[0])
            cell.quads[code[1]] += 1

    def columns(self, one: str, other: str, first: date, exist: bool) -> dict[str, object]:
        documents = len(self.named.get((one, first), ()))
        status = Status.NO_STATE
        if exist:
            status = Status.OBSERVED if documents else Status.MISSING
        found: dict[str, object] = {"status": status.value, "documents": documents}
        if status is not Status.OBSERVED:
            return found
        cell = self.cells.get((one, other, first)) or _Cell()
        found["acts"] = len(cell.acts)
        found |= {name: cell.signs[name] for name in _SIGNS}
        found |= {f"quad_{number}": cell.quads[str(number)] for number in range(1, 5)}
        found["coded"] = len(cell.goldstein)
        mine, theirs = (self.votes.get((state, first), {}) for state in (one, other))
        both = mine.keys() & theirs.keys()
        found["votes"] = len(both)
        found["votes_alike"] = sum(mine[item] == theirs[item] for item in both)
        found["goldstein"] = sum(cell.goldstein) if cell.goldstein else None
        return found | {f"kind_{kind}": cell.kinds[kind] for kind in self.kinds}

    def undated(self, states: set[str]) -> set[str]:
        return {
            tie.acts[0]
            for tie in self.astride
            if tie.subject.id in states and tie.object.id in states
        }


_SIGNS = ("positive", "neutral", "negative", "unsigned")
_LONGEST = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31, Every.YEAR: 366}


def _first_day(day: date, every: Every) -> date:
    if every is Every.WEEK:
        return day - timedelta(days=day.weekday())
    if every is Every.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if every is Every.YEAR else day


def _sign_name(tie: Tie) -> str:
    if tie.sign is None:
        return "unsigned"
    return "neutral" if tie.sign == 0 else "positive" if tie.sign > 0 else "negative"


def _table(rows: list[dict[str, Any]], kinds: list[str], more: Mapping[str, Column]) -> "pa.Table":
    # Imported here: it is loaded only for tables that are written.
    import pyarrow as pa

    from comity.graph.pledges import SIMILARITIES

    codes = [f"{role}_{name}" for role in ("sender", "receiver") for name in CODES]
    quads = [f"quad_{number}" for number in range(1, 5)]
    counts = ["acts", *_SIGNS, *quads, "coded", "votes", "votes_alike"]
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
