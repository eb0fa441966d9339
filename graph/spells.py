"""States in time: when they exist, their codes, who is allied and who owes whom what.

Owns what holds between states on a day, read once for a window. It knows no acts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.terms import day_term
from comity.ontology.namespaces import id_of

CODES = {"cow": "cow-state", "gw": "gw-state", "iso": "iso-3166-1-alpha3"}
OBLIGATIONS = ("defence", "offence", "neutrality", "non-aggression", "consultation")


class Spells:
    """On which days states exist, which codes they have, what they are to each other."""

    def __init__(self, engine: Engine, window: tuple[date, date]) -> None:
        def rows(name: str, *, dated: bool = False) -> Iterator[dict[str, str]]:
            days = {"since": [day_term(window[0])], "until": [day_term(window[1])]}
            yield from engine.select(bind(request(name), days if dated else {})).ordered()

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
        """The states that exist on a day of the period, sorted."""
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
            for name, scheme in CODES.items()
        }

    def owed_on(self, day: date) -> Iterator[tuple[str, str, str]]:
        """Who surely owes whom what on a day."""
        for key, spells in self._owed.items():
            if any(start <= day <= end for start, end in spells):
                yield key

    def flags(self, one: str, other: str, first: date, last: date) -> dict[str, bool | None]:
        """What surely holds on the last day of the period; None where a state is missing."""
        names = ("allied", *(owes(what) for what in OBLIGATIONS))
        if not self.both_exist(one, other, first, last):
            return dict.fromkeys(names)
        day = min(
            self._last_day(one, first, last) or last, self._last_day(other, first, last) or last
        )
        owed = [
            any(start <= day <= end for start, end in self._owed.get((one, other, what), ()))
            for what in OBLIGATIONS
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


def owes(obligation: str) -> str:
    """The column that says whether an obligation is owed."""
    return f"owes_{obligation.replace('-', '_')}"


def _days(row: Mapping[str, str]) -> tuple[date, date]:
    return date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
