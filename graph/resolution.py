"""Which of several statements about one membership or tenure is taken where one must be.

Owns the resolved view: a function of the statements and of a declared ranking of sources
(`sources/ranking.csv`, each rank with its reason). What gives way is marked with
`comity:alternativeTo` in a graph of its own that can be dropped and made again; nothing is
taken away, and what a coder marked by hand stays as it is.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pyoxigraph import NamedNode, Quad

from comity.graph.binding import bind
from comity.graph.engine import Answer
from comity.graph.live import Change
from comity.graph.requests import request
from comity.graph.terms import node, term
from comity.ontology.namespaces import Thing, id_of

RESOLUTION = "comity-resolution"
Select = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of an importer's sources among all, and why.

    Attributes:
        importer: its name; empty for every source that is not imported.
        rank: 1 is the best.
        lists_all: whether the source lists every member of the bodies that it has.
        reason: for the rank.
    """

    importer: str
    rank: int
    lists_all: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A membership, a party or a tenure as one source has it.

    Attributes:
        iri: of the statement.
        source: id of the source whose graph holds it.
        body: IRI of the organisation, treaty or post.
        member: IRI of the member or holder.
        role: id of the role; empty for a tenure.
        start: first day, EDTF as the source gives it.
        end: last day; `..` for no end.
        bounds: earliest and latest first day, earliest and latest last day.
    """

    iri: str
    source: str
    body: str
    member: str
    role: str
    start: str
    end: str
    bounds: tuple[date, date, date, date]

    def may_overlap(self, other: "Statement") -> bool:
        """Whether there may be a day on which both hold."""
        return self.bounds[0] <= other.bounds[3] and other.bounds[0] <= self.bounds[3]


@cache
def ranking() -> tuple[Rank, ...]:
    """The declared ranking, the best first; the first is every source that is not imported."""
    text = (files("comity.graph.sources") / "ranking.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    ranks = [
        Rank(row["importer"], int(row["rank"]), row["lists_all"] == "yes", row["reason"])
        for row in rows
    ]
    return tuple(sorted(ranks, key=lambda one: one.rank))


@cache
def rank_of(source: str) -> Rank:
    """The rank of a source: that of its importer, else that of pages read.

    Examples:
        >>> rank_of("cow-alliances-4.1").rank > rank_of("odkb-csto-org-members").rank
        True
    """
    for one in ranking():
        if one.importer and source.startswith(f"{one.importer}-"):
            return one
    return ranking()[0]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change may have touched of what sources are compared by.

    Attributes:
        statements: IRIs of memberships, parties, tenures and casualty reports.
        bodies: IRIs of what they are about.
    """

    statements: frozenset[str]
    bodies: frozenset[str]

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.statements | other.statements, self.bodies | other.bodies)


def statements_of(select: Select, graph: NamedNode) -> Touched:
    """What stands in a graph of what is compared."""
    text = bind(request("statements_in_graph"), {"graph": [graph]})
    rows = list(select(text).texts())
    return Touched(
        frozenset(row["statement"] for row in rows), frozenset(row["body"] for row in rows)
    )


def read_statements(select: Select, bodies: Iterable[str] = ()) -> list[Statement]:
    """Memberships, parties and tenures in a graph: of some bodies, or all where none is named."""
    about = [NamedNode(body) for body in sorted(bodies)]
    return [
        Statement(
            iri=row["statement"],
            source=id_of(row["graph"]),
            body=row["body"],
            member=row["member"],
            role=id_of(row["role"]) if "role" in row else "",
            start=row.get("start", ""),
            end=row.get("end", ""),
            bounds=bounds_of(row),
        )
        for row in select(bind(request("compared"), {"body": about})).texts()
    ]


def by_pair(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Statements about one member of one body together, the best ranked first."""
    groups: dict[tuple[str, str], list[Statement]] = {}
    for one in statements:
        groups.setdefault((one.body, one.member), []).append(one)
    for _, group in sorted(groups.items()):
        yield sorted(group, key=lambda one: (rank_of(one.source).rank, one.source, one.iri))


def gives_way(group: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of a statement and the better one that is taken instead of it.

    Args:
        group: statements about one member of one body, the best ranked first.
    """
    for at, one in enumerate(group):
        own = rank_of(one.source).rank
        for better in group[:at]:
            if rank_of(better.source).rank < own and better.may_overlap(one):
                yield one, better
                break


def resolve(select: Select, touched: Touched | None = None) -> Change:
    """What must change so that the marks are those of the statements that are there now.

    Args:
        select: asks the store that is being written.
        touched: what a change put in or took away; everything when None.
    """
    if touched is not None and not touched.bodies:
        return Change()
    marked: set[tuple[str, str]] = set()
    by_hand: set[str] = set()
    for row in select(bind(request("alternatives"), {})).texts():
        if id_of(row["graph"]) == RESOLUTION:
            marked.add((row["statement"], row["better"]))
        else:
            by_hand.add(row["statement"])
    statements = read_statements(select, touched.bodies if touched else ())
    wanted = {
        (one.iri, better.iri)
        for group in by_pair(one for one in statements if one.iri not in by_hand)
        for one, better in gives_way(group)
    }
    if touched is not None:
        there = touched.statements | {one.iri for one in statements}
        marked = {pair for pair in marked if there & {*pair}}
    return Change(
        add=tuple(_mark(*pair) for pair in sorted(wanted - marked)),
        remove=tuple(_mark(*pair) for pair in sorted(marked - wanted)),
    )


def _mark(statement: str, better: str) -> Quad:
    graph = node(Thing.SOURCE, RESOLUTION)
    return Quad(NamedNode(statement), term("alternativeTo"), NamedNode(better), graph)


def bounds_of(row: Mapping[str, str]) -> tuple[date, date, date, date]:
    """The four day bounds of a statement, from a row that has them."""
    return (
        date.fromisoformat(row["start_earliest"]),
        date.fromisoformat(row["start_latest"]),
        date.fromisoformat(row["end_earliest"]),
        date.fromisoformat(row["end_latest"]),
    )
