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
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

from comity.errors import InputError
from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.network import Level, Network, NetworkQuery, Tie
from comity.graph.projection import project
from comity.graph.requests import request
from comity.graph.terms import day_term
from comity.ontology.namespaces import Thing, id_of

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 1_000_000
_CODES = {"cow": "cow-state", "gw": "gw-state", "iso": "iso-3166-1-alpha3"}
_OBLIGATIONS = ("defence", "offence", "neutrality", "non-aggression", "consultation")
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


def panel(engine: Engine, query: PanelQuery, more: Mapping[str, Column] | None = None) -> Panel:
    """The dyad panel of the acts in the graph; officials and organs count as their state.

    Args:
        engine: the graph.
        query: which panel.
        more: columns of one's own by name, such as a similarity of two states.

    Raises:
        InputError: the window is empty, a state is unknown, or there are too many rows.
    """
    if query.until < query.since:
        raise InputError(f"until {query.until} is before since {query.since}; swap them.")
    days = list(periods(query.since, query.until, query.every))
    window = days[0][0], days[-1][1]
    spells = _Spells(engine, window)
    states = sorted(set(query.states)) or spells.existing(*window)
    unknown = [state for state in states if state not in spells.lives]
    if unknown:
        raise InputError(f"'{unknown[0]}' is no state; a panel is of states, by their ids.")
    rows = len(states) * (len(states) - 1) * len(days)
    if rows > MOST_ROWS:
        raise InputError(
            f"The panel would have {rows} rows, over {MOST_ROWS}; name states, shorten the "
            "window or take longer periods."
        )
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
        self.astride: list[Tie] = []
        rows = engine.select(bind(request("cameo_of_acts"), {})).texts()
        coded = {id_of(row["act"]): (float(row["goldstein"]), row["quad"]) for row in rows}
        sources = {act.id: act.sources for act in network.acts}
        for tie in network.ties:
            if tie.first is None or tie.last is None:
                continue
            first = _first_day(tie.first, every)
            if _first_day(tie.last, every) != first:
                self.astride.append(tie)
                continue
            act = tie.acts[0]
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
        found["goldstein"] = sum(cell.goldstein) if cell.goldstein else None
        return found | {f"kind_{kind}": cell.kinds[kind] for kind in self.kinds}

    def undated(self, states: set[str]) -> set[str]:
        return {
            tie.acts[0]
            for tie in self.astride
            if tie.subject.id in states and tie.object.id in states
        }


class _Spells:
    """On which days states exist, which codes they have, what they are to each other."""

    def __init__(self, engine: Engine, window: tuple[date, date]) -> None:
        def rows(name: str, *, dated: bool = False) -> Iterator[dict[str, str]]:
            days = {"since": [day_term(window[0])], "until": [day_term(window[1])]}
            yield from engine.select(bind(request(name), days if dated else {})).texts()

        self.lives = {id_of(row["state"]): _days(row) for row in rows("lifetimes")}
        self._codes: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
        for row in rows("codes_in_time"):
            key = id_of(row["of"]), id_of(row["scheme"])
            self._codes[key].append((*_days(row), row["code"]))
        self._owed: dict[tuple[str, str, str], list[tuple[date, date]]] = defaultdict(list)
        for row in rows("owed_between", dated=True):
            one, other, what = (id_of(row[name]) for name in ("one", "other", "what"))
            self._owed[one, other, what].append(_days(row))
        self._alliances: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
        for row in rows("allied_between", dated=True):
            self._alliances[id_of(row["one"])].append((*_days(row), id_of(row["other"])))
        # A state is in hundreds of dyads of each period.
        self._last_day = cache(self._found_last_day)
        self.codes = cache(self._found_codes)

    def existing(self, first: date, last: date) -> list[str]:
        return sorted(state for state in self.lives if self._last_day(state, first, last))

    def both_exist(self, one: str, other: str, first: date, last: date) -> bool:
        """Whether there is a day of the period on which both exist."""
        ends = self._last_day(one, first, last), self._last_day(other, first, last)
        if None in ends:
            return False
        day = min(end for end in ends if end)
        return bool(self._last_day(one, first, day) and self._last_day(other, first, day))

    def _found_codes(self, role: str, state: str, first: date, last: date) -> dict[str, str | None]:
        """Codes on the last day of the period on which the state exists."""
        day = self._last_day(state, first, last)
        return {
            f"{role}_{name}": next(
                (
                    code
                    for start, end, code in self._codes.get((state, scheme), ())
                    if day and start <= day <= end
                ),
                None,
            )
            for name, scheme in _CODES.items()
        }

    def flags(self, one: str, other: str, first: date, last: date) -> dict[str, bool | None]:
        """What surely holds on the last day of the period; None where a state is missing."""
        names = ("allied", *(_owes(what) for what in _OBLIGATIONS))
        if not self.both_exist(one, other, first, last):
            return dict.fromkeys(names)
        day = min(
            self._last_day(one, first, last) or last, self._last_day(other, first, last) or last
        )
        owed = [
            any(start <= day <= end for start, end in self._owed.get((one, other, what), ()))
            for what in _OBLIGATIONS
        ]
        shared = self._members_on(one, day) & self._members_on(other, day)
        return dict(zip(names, (bool(shared), *owed), strict=True))

    def _members_on(self, state: str, day: date) -> set[str]:
        return {name for start, end, name in self._alliances.get(state, ()) if start <= day <= end}

    def _found_last_day(self, state: str, first: date, last: date) -> date | None:
        """The last day of the period on which the state exists, by its COW and GW codes.

        A state without either exists as long as the graph says.
        """
        spells = [
            (start, end)
            for scheme in ("cow-state", "gw-state")
            for start, end, _ in self._codes.get((state, scheme), ())
        ] or [self.lives[state]]
        days = [min(end, last) for start, end in spells if start <= last and end >= first]
        return max(days, default=None)


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


def _owes(obligation: str) -> str:
    return f"owes_{obligation.replace('-', '_')}"


def _days(row: Mapping[str, str]) -> tuple[date, date]:
    return date.fromisoformat(row["start"]), date.fromisoformat(row["end"])


def _table(rows: list[dict[str, Any]], kinds: list[str], more: Mapping[str, Column]) -> "pa.Table":
    # Imported here: it is loaded only for tables that are written.
    import pyarrow as pa

    codes = [f"{role}_{name}" for role in ("sender", "receiver") for name in _CODES]
    counts = ["acts", *_SIGNS, *(f"quad_{number}" for number in range(1, 5)), "coded"]
    columns = {
        **dict.fromkeys(("sender", "receiver"), pa.string()),
        **dict.fromkeys(("period", "period_end"), pa.date32()),
        **dict.fromkeys(codes, pa.string()),
        "status": pa.string(),
        "documents": pa.int32(),
        **dict.fromkeys(counts, pa.int32()),
        "goldstein": pa.float64(),
        **dict.fromkeys((f"kind_{kind}" for kind in kinds), pa.int32()),
        **dict.fromkeys(("allied", *(_owes(what) for what in _OBLIGATIONS)), pa.bool_()),
    }
    taken = columns.keys() & more.keys()
    if taken:
        raise InputError(f"The panel has a column '{min(taken)}'; name yours otherwise.")
    columns |= dict.fromkeys(more, pa.float64())
    return pa.Table.from_pylist(rows, pa.schema(columns.items()))
