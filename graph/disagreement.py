"""Where sources differ: dates, roles, members that a list lacks, leaders, figures, by how much.

Owns the comparison. A source says nothing on days that it does not cover, so an open end
in it differs from no later end. Nothing here decides who is right.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.kept import carry_over, kept, kept_as
from comity.graph.leaders import Absence, Window, compared, read_leaders
from comity.graph.requests import request
from comity.graph.resolution import (
    Statement,
    by_pair,
    gives_way,
    rank_of,
    ranking,
    read_statements,
)
from comity.ontology.dates import FIRST_DAY, LAST_DAY
from comity.ontology.namespaces import Thing, id_of, thing_and_id
from comity.ontology.terms import concepts

# What is kept: each part changes with other statements.
_STATEMENTS, _LEADERS, _FIGURES = "statements-compared", "leaders-compared", "figures-compared"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing on which two sources differ.

    Attributes:
        about: IRI of the organisation, treaty, post or event; of the state for its leaders.
        who: IRI of the member, holder or side.
        differs_on: start, end, role, member (a list lacks it), holder (another leader of the
            state, or none, on these days) or figure.
        value: as the better ranked source has it; for figures, the lowest.
        source: id of that source.
        other_value: as the other source has it; empty where it lacks the member or leader.
        other_source: id of the other source.
        size: days between two dates at least, or people between two figures; None where
            nothing can be counted.
        covered_from: first day on which the other source says something, or empty.
        covered_to: last such day, or empty.
        statement: IRI of the first statement.
        other: IRI of the other one; empty where there is none.
    """

    about: str
    who: str
    differs_on: str
    value: str
    source: str
    other_value: str
    other_source: str
    size: int | None
    covered_from: str
    covered_to: str
    statement: str
    other: str


def disagreements(engine: Engine) -> list[Disagreement]:
    """Everything on which sources differ, sorted by what it is about and who.

    Worked out once for each version of the graph: with the sources of the field it takes
    seconds.
    """
    parts = (
        kept(engine, _STATEMENTS, lambda: _rows(_compared(engine))),
        kept(engine, _LEADERS, lambda: _rows(_leaders(engine))),
        kept(engine, _FIGURES, lambda: _rows(_figures(engine))),
    )
    return sorted(
        (Disagreement(**row) for part in parts for row in part),
        key=lambda one: (one.about, one.who, one.differs_on, one.source, one.statement, one.other),
    )


def carry_forward(engine: Engine, data: Path, before: str, bodies: Collection[str]) -> None:
    """Compares anew what a change has touched, and keeps the rest as it was.

    Args:
        engine: the graph after the change.
        data: its data directory.
        before: the version before the change.
        bodies: IRIs of organisations, treaties, posts and events of which statements came or
            went; see `resolution.Touched`.
    """
    types = {thing_and_id(body)[0] for body in bodies}
    if Thing.POST not in types:
        carry_over(data, _LEADERS, before, engine.version)
    if Thing.EVENT not in types:
        carry_over(data, _FIGURES, before, engine.version)
    known = kept_as(data, _STATEMENTS, before)
    if known is not None:
        touched = set(bodies)
        rest = [row for row in known if row["about"] not in touched]
        kept(engine, _STATEMENTS, lambda: rest + _rows(_compared(engine, touched)))


def _rows(found: Iterable[Disagreement]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _compared(engine: Engine, bodies: Collection[str] | None = None) -> Iterator[Disagreement]:
    """Differences about some bodies, about all where None."""
    if bodies is not None and not bodies:
        return
    windows = _windows(engine)
    statements = read_statements(engine.select, bodies or ())
    runs = _runs(statements)
    # What a coder marked, and what the ranking marks.
    marked = engine.select(bind(request("alternatives"), {})).texts()
    pairs = {(row["better"], row["statement"]) for row in marked}
    for group in by_pair(statements):
        pairs |= {(better.iri, one.iri) for one, better in gives_way(group)}
    both = {(runs[one], runs[other]) for one, other in pairs if {one, other} <= runs.keys()}
    for better, other in both:
        yield from _differences(better, other, windows)
    yield from _missing(statements, windows)


def _runs(statements: Iterable[Statement]) -> dict[str, Statement]:
    """By IRI of each statement the whole run that it is part of.

    A source may write one membership as several rows that follow each other day by day (COW
    has Germany under two codes); where dates are compared, they are one.
    """
    found: dict[str, Statement] = {}
    key = attrgetter("body", "member", "source", "role")
    for _, group in groupby(
        sorted(statements, key=lambda one: (key(one), one.bounds, one.iri)), key
    ):
        run: list[Statement] = []
        for one in group:
            if run and not _follows(run[-1], one):
                found |= _as_one(run)
                run = []
            run.append(one)
        found |= _as_one(run)
    return found


def _follows(one: Statement, other: Statement) -> bool:
    return one.bounds[2] == one.bounds[3] < LAST_DAY and other.bounds[0] == other.bounds[
        1
    ] == one.bounds[3] + timedelta(days=1)


def _as_one(run: list[Statement]) -> dict[str, Statement]:
    whole = replace(run[0], end=run[-1].end, bounds=(*run[0].bounds[:2], *run[-1].bounds[2:]))
    return dict.fromkeys((one.iri for one in run), whole)


def _differences(
    better: Statement, other: Statement, windows: dict[str, Window]
) -> Iterator[Disagreement]:
    start = _gap(better.bounds[:2], other.bounds[:2])
    end = _gap(better.bounds[2:], other.bounds[2:])
    role = not _same_role(better.role, other.role)
    for name, size, value, other_value in (
        ("start", start, better.start, other.start),
        ("end", end, better.end, other.end),
        ("role", 0 if role else None, better.role, other.role),
    ):
        if size is None:
            continue
        yield _row(better, other, name, (value, other_value), size if size else None, windows)


def _same_role(one: str, other: str) -> bool:
    """Whether one role is the other or a kind of it: an elected member is a member.

    A party to the founding treaty is what most lists call a member.
    """
    return bool({other} & _wider(one)) or bool({one} & _wider(other))


def _wider(role: str) -> set[str]:
    found: set[str] = set()
    at: str | None = "member" if role == "party" else role
    while at is not None and at not in found:
        found.add(at)
        concept = concepts("role").get(at)
        at = concept.broader if concept else None
    return found | {role}


def _gap(one: tuple[date, ...], other: tuple[date, ...]) -> int | None:
    """Days between two uncertain dates at least; None where they may be the same.

    Between a day and no end at all there is no number: 0 stands for it.
    """
    early, late = sorted((one, other))
    if early[1] >= late[0]:
        return None
    return (late[0] - early[1]).days if late[0] != LAST_DAY else 0


def _missing(statements: Iterable[Statement], windows: dict[str, Window]) -> Iterator[Disagreement]:
    """Members that a source lacks though it lists the body and covers days of membership."""
    bodies: dict[str, dict[str, set[str]]] = {}
    for one in statements:
        if rank_of(one.source).lists_all and one.source in windows:
            bodies.setdefault(one.body, {}).setdefault(one.source, set()).add(one.member)
    best = ranking()[0]
    for one in statements:
        if rank_of(one.source) != best or one.role not in ("member", "party"):
            continue
        for source, members in sorted(bodies.get(one.body, {}).items()):
            first, last = windows[source]
            surely = one.bounds[1] <= last and first <= one.bounds[2]
            if one.member in members or not surely:
                continue
            yield Disagreement(
                about=one.body,
                who=one.member,
                differs_on="member",
                value=f"{one.start}/{one.end}",
                source=one.source,
                other_value="",
                other_source=source,
                size=(min(last, one.bounds[2]) - max(first, one.bounds[1])).days + 1,
                covered_from=_told(first),
                covered_to=_told(last),
                statement=one.iri,
                other="",
            )


def _leaders(engine: Engine) -> Iterator[Disagreement]:
    """Days of one leader in two sources, and who led a state where they name different people."""
    windows = _windows(engine)
    for one in compared(read_leaders(engine), windows):
        if isinstance(one, Absence):
            yield _absence(one, windows)
        else:
            yield from _differences(one[0].statement, one[1].statement, windows)


def _absence(one: Absence, windows: dict[str, Window]) -> Disagreement:
    first, last = windows.get(one.source, (FIRST_DAY, LAST_DAY))
    said = one.leader.statement
    return Disagreement(
        about=said.body,
        who=said.member,
        differs_on="holder",
        value=one.leader.name,
        source=said.source,
        other_value="; ".join(its.name for its in one.others),
        other_source=one.source,
        size=one.days,
        covered_from=_told(first),
        covered_to=_told(last),
        statement=said.iri,
        other=one.others[0].statement.iri if len(one.others) == 1 else "",
    )


def _row(
    better: Statement,
    other: Statement,
    differs_on: str,
    values: tuple[str, str],
    size: int | None,
    windows: dict[str, Window],
) -> Disagreement:
    first, last = windows.get(other.source, (FIRST_DAY, LAST_DAY))
    return Disagreement(
        about=better.body,
        who=better.member,
        differs_on=differs_on,
        value=values[0],
        source=better.source,
        other_value=values[1],
        other_source=other.source,
        size=size,
        covered_from=_told(first),
        covered_to=_told(last),
        statement=better.iri,
        other=other.iri,
    )


def _figures(engine: Engine) -> Iterator[Disagreement]:
    """For each thing counted, the lowest and the highest figure as at one day."""
    reports: dict[str, dict[str, str]] = {}
    sides: dict[str, set[str]] = {}
    for row in engine.select(bind(request("figures_compared"), {})).ordered():
        reports.setdefault(row["report"], row)
        sides.setdefault(row["report"], set()).add(row["side"])
    groups: dict[tuple[str, ...], list[tuple[tuple[int, int], str]]] = {}
    for iri, row in reports.items():
        if "as_at" in row and {"low", "best", "high"} & row.keys():
            names = ("event", "measure", "group", "as_at")
            key = (*(row[name] for name in names), *sorted(sides[iri]))
            groups.setdefault(key, []).append((_range(row), iri))
    for key, figures in sorted(groups.items()):
        (low, lowest), (high, highest) = min(figures), max(figures)
        if low[1] >= high[0]:
            continue
        for side in key[4:]:
            yield Disagreement(
                about=key[0],
                who=side,
                differs_on="figure",
                value=_figure(low),
                source=id_of(reports[lowest]["source"]),
                other_value=_figure(high),
                other_source=id_of(reports[highest]["source"]),
                size=high[0] - low[1],
                covered_from=key[3],
                covered_to=key[3],
                statement=lowest,
                other=highest,
            )


def _range(row: dict[str, str]) -> tuple[int, int]:
    given = [int(row[name]) for name in ("low", "best", "high") if name in row]
    return min(given), max(given)


def _figure(range: tuple[int, int]) -> str:
    return str(range[0]) if range[0] == range[1] else f"{range[0]}-{range[1]}"


def _windows(engine: Engine) -> dict[str, Window]:
    return {
        id_of(row["source"]): (
            date.fromisoformat(row["start"]) if "start" in row else FIRST_DAY,
            date.fromisoformat(row["end"]) if "end" in row else LAST_DAY,
        )
        for row in engine.select(bind(request("coverage_windows"), {})).texts()
    }


def _told(day: date) -> str:
    return "" if day in (FIRST_DAY, LAST_DAY) else day.isoformat()
