"""What each state did toward each other in each period, and who is named when.

Owns the counting of acts by dyad, from the graph and from archives alike. Acts become ties in
`projection`; which rows a panel has, and what a dyad without acts means, is `panel`'s matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.network import End, Network, Relation, Tie
from comity.graph.projection import VOTES
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.ontology.dates import parse_moment
from comity.ontology.namespaces import Thing, id_of
from comity.ontology.terms import concepts

if TYPE_CHECKING:
    from comity.graph.archives.shelf import Shelf

SIGNS = ("positive", "neutral", "negative", "unsigned")
QUADS = ("1", "2", "3", "4")


class Every(StrEnum):
    """How long a period is; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def longest(self) -> timedelta:
        """As many days as a period has at most."""
        return timedelta(days={"day": 1, "week": 7, "month": 31, "year": 366}[self.value])

    def first_day(self, day: date) -> date:
        """The first day of the period that a day falls into."""
        if self is Every.WEEK:
            return day - timedelta(days=day.weekday())
        if self is Every.MONTH:
            return day.replace(day=1)
        return day.replace(month=1, day=1) if self is Every.YEAR else day


@dataclass(slots=True)
class Cell:
    """What one state did toward another in a period."""

    acts: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    quads: Counter[str] = field(default_factory=Counter)
    coded: int = 0
    goldstein: Decimal = Decimal(0)

    def count(self, kind: str, sign: Decimal | None, cameo: str | None, acts: int = 1) -> None:
        """Adds acts of one kind, sign and event code."""
        self.acts += acts
        self.kinds[kind] += acts
        self.signs[_sign_name(sign)] += acts
        code = concepts("cameo").get(cameo) if cameo else None
        if code is not None and code.goldstein is not None:
            self.coded += acts
            self.goldstein += acts * code.goldstein
            self.quads[str(code.quad)] += acts


class DyadCounts:
    """Acts by dyad and period, how each voted, and which documents name whom.

    Attributes:
        cells: by sender, receiver and first day of the period.
        named: documents that name a state, by state and first day of the period. An archive
            is one document.
        votes: kinds of vote by what was voted on, by state and first day of the period.
        astride: ids of acts that may fall into several periods, with both ends; they count
            in none.
    """

    def __init__(self, every: Every) -> None:
        self.every = every
        self.cells: dict[tuple[str, str, date], Cell] = defaultdict(Cell)
        self.named: dict[tuple[str, date], set[str]] = defaultdict(set)
        self.votes: dict[tuple[str, date], dict[End, str]] = defaultdict(dict)
        self.astride: set[tuple[str, str, str]] = set()
        # Toward two organs of one state, it is one act toward that state.
        self._seen: set[tuple[str, str, str]] = set()

    @property
    def kinds(self) -> list[str]:
        """The kinds of act that were counted, sorted."""
        return sorted({kind for cell in self.cells.values() for kind in cell.kinds})

    def add_network(self, engine: Engine, network: Network) -> None:
        """Counts the ties of a network between states, each of one act."""
        rows = engine.select(bind(request("cameo_of_acts"), {})).texts()
        coded = {id_of(row["act"]): id_of(row["code"]) for row in rows}
        sources = {act.id: act.sources for act in network.acts}
        for tie in sorted(network.ties, key=lambda tie: (tie.first or date.min, tie.acts)):
            if tie.first is not None and tie.last is not None:
                act = tie.acts[0]
                self._add_tie(tie, tie.first, tie.last, coded.get(act), sources[act])

    def add_archive(
        self,
        engine: Engine,
        shelf: "Shelf",
        source: str,
        window: tuple[date, date],
        states: Iterable[str],
    ) -> None:
        """Counts the acts of an archive.

        Args:
            engine: the graph, which says who is part of whom.
            shelf: the archives.
            source: id of the archive.
            window: first and last day.
            states: only what concerns these; empty means all.

        Raises:
            NotFoundError: there is no such archive.
        """
        # Imported here: most panels need no archive.
        from comity.graph.archives.dyads import Dyads
        from comity.graph.archives.shelf import named

        place = shelf.place(named(engine, source))
        connection = shelf.connection()
        try:
            found = Dyads(
                connection,
                connection.table(place),
                window,
                self.every.value,
                states,
                Standing(engine),
            )
            for row in found.counts():
                self._add_counted(row, source)
            for row in found.last_votes(VOTES):
                on = End(Thing(row["object_type"]), row["object"])
                self._add_vote(row["sender"], row["period"], on, row["kind"])
            for row in found.inexact():
                self._add_inexact(row, source, window)
        finally:
            connection.close()

    def _add_tie(
        self, tie: Tie, earliest: date, latest: date, cameo: str | None, sources: Iterable[str]
    ) -> None:
        act, one, other = tie.acts[0], tie.subject.id, tie.object
        first = self.every.first_day(earliest)
        if self.every.first_day(latest) != first:
            self.astride.add((act, one, other.id))
            return
        self._add_vote(one, first, other, tie.kind)
        for end in (tie.subject, other):
            if end.thing is Thing.ACTOR:
                self.named[end.id, first].update(sources)
        if other.thing is Thing.ACTOR and (act, one, other.id) not in self._seen:
            self._seen.add((act, one, other.id))
            self.cells[one, other.id, first].count(tie.kind, tie.sign, cameo)

    def _add_vote(self, state: str, first: date, on: End, kind: str) -> None:
        # Votes come by date: of two on the same, the later one stands.
        if VOTES.get(kind) is not None:
            self.votes[state, first][on] = kind

    def _add_counted(self, row: dict[str, Any], source: str) -> None:
        one, other, first = row["sender"], row["receiver"], row["period"]
        self.named[one, first].add(source)
        if other is not None:
            self.named[other, first].add(source)
        if other not in (None, one):
            sign = None if row["comity_1"] is None else Decimal(row["comity_1"]) / 100
            self.cells[one, other, first].count(row["kind"], sign, row["cameo"], row["acts"])

    def _add_inexact(self, row: dict[str, Any], source: str, window: tuple[date, date]) -> None:
        moment = parse_moment(row["date"])
        earliest, latest = moment.earliest, moment.latest
        if latest < window[0] or earliest > window[1] or row["receiver"] == row["sender"]:
            return
        is_actor = row["receiver"] is not None
        tie = Tie(
            subject=End(Thing.ACTOR, row["sender"]),
            object=End(Thing(row["object_type"]), row["receiver"] if is_actor else row["object"]),
            relation=Relation.STANCE,
            kind=row["kind"],
            sign=None if row["comity_1"] is None else Decimal(row["comity_1"]) / 100,
            count=1,
            acts=(row["act"],),
            statements=(),
            kinds=((row["kind"], 1),),
            first=earliest,
            last=latest,
        )
        self._add_tie(tie, earliest, latest, row["cameo"], (source,))


def _sign_name(sign: Decimal | None) -> str:
    if sign is None:
        return "unsigned"
    return "neutral" if sign == 0 else "positive" if sign > 0 else "negative"
