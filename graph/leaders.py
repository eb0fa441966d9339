"""Who led a state, as several sources have it: which tenures speak of one person, and gaps.

Owns the step from two lists with ids of their own to pairs that can be compared. Two
tenures speak of one person where the graph has one person for both, where the names are
the same, or where the surnames are and the first days are within 31 days. Effective
leaders are compared with each other, and so are heads of state and heads of government; these
two with effective leaders only where they are the same person, because who rules need not hold
either office.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.resolution import Statement, bounds_of, rank_of
from comity.graph.resolve import folded
from comity.graph.terms import node
from comity.ontology.namespaces import id_of

_EFFECTIVE = "effective-leader"
_OFFICES = (_EFFECTIVE, "head-of-government", "head-of-state")
_NEAR = timedelta(days=31)
Window = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Leader:
    """A tenure of one who leads a state.

    Attributes:
        statement: the tenure, with the state as its body.
        office: id of the office.
        name: of the holder.
    """

    statement: Statement
    office: str
    name: str

    @property
    def full(self) -> str:
        """The name without case and accents, the surname last.

        Examples:
            >>> none = Statement("", "", "", "", "", "", "", ())
            >>> Leader(none, "", "Duvalier, François").full
            'francois duvalier'
        """
        surname, _, given = self.name.partition(",")
        return " ".join(filter(None, (folded(given), folded(surname))))

    @property
    def surname(self) -> str:
        """The surname alone, as far as the form of the name tells it."""
        surname, comma, _ = self.name.partition(",")
        return folded(surname) if comma else folded(self.name).rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Absence:
    """A leader whom another source does not have in office.

    Attributes:
        leader: as the one source has it.
        source: id of the other one.
        others: whom it has in office on these days.
        days: how many days both sources cover and the tenure surely holds.
    """

    leader: Leader
    source: str
    others: tuple[Leader, ...]
    days: int


def read_leaders(engine: Engine) -> list[Leader]:
    """Every tenure of an effective leader, head of state or head of government."""
    text = bind(request("leaders_compared"), {"office": [node("office", one) for one in _OFFICES]})
    return [
        Leader(
            Statement(
                iri=row["statement"],
                source=id_of(row["graph"]),
                body=row["body"],
                member=row["member"],
                role="",
                start=row.get("start", ""),
                end=row.get("end", ""),
                bounds=bounds_of(row),
            ),
            id_of(row["office"]),
            row["name"],
        )
        for row in engine.select(text).ordered()
    ]


def compared(
    leaders: Iterable[Leader], windows: dict[str, Window]
) -> Iterator[tuple[Leader, Leader] | Absence]:
    """Pairs of tenures of one person in two sources, the better ranked first, and absences.

    At least one of the two sources is a data set of leaders that was imported; what pages
    say of one another is compared by their own marks.

    Args:
        leaders: of all states.
        windows: first and last day that each source covers.
    """
    states: dict[str, dict[str, list[Leader]]] = {}
    for one in leaders:
        states.setdefault(one.statement.body, {}).setdefault(one.statement.source, []).append(one)
    for _, sources in sorted(states.items()):
        ranked = sorted(sources, key=lambda name: (rank_of(name).rank, name))
        for better, other in combinations(ranked, 2):
            if rank_of(other).importer:
                yield from _two(sources[better], sources[other], windows)


def _two(
    better: list[Leader], other: list[Leader], windows: dict[str, Window]
) -> Iterator[tuple[Leader, Leader] | Absence]:
    effective = [one for one in better if one.office == _EFFECTIVE]
    theirs = [one for one in other if one.office == _EFFECTIVE]
    # A head of state is looked for among effective leaders, and the other way round.
    heads = [one for one in better if one.office != _EFFECTIVE]
    their_heads = [one for one in other if one.office != _EFFECTIVE]
    yield from _matched(heads, theirs)
    yield from _matched(effective, their_heads)
    for office in _OFFICES:
        if office != _EFFECTIVE:
            yield from _matched(
                [one for one in heads if one.office == office],
                [one for one in their_heads if one.office == office],
            )
    if not effective or not theirs:
        return
    pairs = _matched(effective, theirs)
    yield from pairs
    if not rank_of(effective[0].statement.source).importer:
        # Pages list no leader but those whom they speak of.
        return
    met = {one.statement.iri for pair in pairs for one in pair}
    lone = [one for one in effective if one.statement.iri not in met]
    yield from _absences(lone, theirs, windows)
    # Of two who stand against each other one row is enough.
    told = [one.statement for one in lone]
    rest = [one for one in theirs if one.statement.iri not in met]
    rest = [one for one in rest if not any(map(one.statement.may_overlap, told))]
    yield from _absences(rest, effective, windows)


def _matched(ours: list[Leader], theirs: list[Leader]) -> list[tuple[Leader, Leader]]:
    """The best pairs, each tenure in one at most."""
    found = []
    for one in ours:
        for other in theirs:
            how = _same(one, other)
            if how is not None:
                apart = abs(one.statement.bounds[0] - other.statement.bounds[0])
                found.append((how, apart, one.statement.iri, other.statement.iri, one, other))
    pairs = []
    met: set[str] = set()
    for *_, one, other in sorted(found, key=lambda row: row[:4]):
        iris = {one.statement.iri, other.statement.iri}
        if not iris & met:
            met |= iris
            pairs.append((one, other))
    return pairs


def _same(one: Leader, other: Leader) -> int | None:
    """How surely two tenures are of one person, 0 the surest; None where they are not."""
    ours, theirs = one.statement, other.statement
    near = abs(ours.bounds[0] - theirs.bounds[0]) <= _NEAR
    if not near and not ours.may_overlap(theirs):
        return None
    if ours.member == theirs.member:
        return 0
    if one.full == other.full:
        return 1
    return 2 if near and one.surname == other.surname else None


def _absences(
    lone: list[Leader], theirs: list[Leader], windows: dict[str, Window]
) -> Iterator[Absence]:
    source = theirs[0].statement.source
    first, last = windows.get(source, (date.min, date.max))
    for one in lone:
        start = max(first, one.statement.bounds[1])
        end = min(last, one.statement.bounds[2])
        if start > end:
            continue
        there = replace(one.statement, bounds=(start, start, end, end))
        others = tuple(its for its in theirs if its.statement.may_overlap(there))
        yield Absence(one, source, others, (end - start).days + 1)
