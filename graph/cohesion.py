"""How cohesive the members of an organisation are, from their acts.

Owns who counts as a member on a day, which of their acts count, and the acts behind the pair
that agrees least. The indices are in `measures/cohesion.py`.
"""

from dataclasses import dataclass
from datetime import date

from comity.errors import ParameterError
from comity.graph.binding import Values, bind
from comity.graph.engine import Engine
from comity.graph.measures.ballots import Ballots
from comity.graph.measures.cohesion import GroupCohesion, group_cohesion
from comity.graph.positions import Positions, positions_of
from comity.graph.requests import request
from comity.graph.terms import day_term, node
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import id_of


@dataclass(frozen=True, slots=True)
class Difference:
    """Something on which the most discordant pair took different positions.

    Attributes:
        item: id of the actor, event, issue, claim or treaty.
        source_acts: ids of the acts of the one.
        target_acts: ids of the acts of the other.
    """

    item: str
    source_acts: tuple[str, ...]
    target_acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationCohesion:
    """How cohesive the members of an organisation are.

    Attributes:
        organisation: its id.
        as_of: day on which the members are members.
        since: first day of acts, where there is one.
        until: last day of acts.
        members: ids of those who surely were, sorted.
        uncertain: ids of those who may have been, sorted; they do not count.
        cohesion: the indices.
        differences: what lies behind the most discordant pair, sorted.
    """

    organisation: str
    as_of: date
    since: date | None
    until: date
    members: tuple[str, ...]
    uncertain: tuple[str, ...]
    cohesion: GroupCohesion
    differences: tuple[Difference, ...]


def members_on(engine: Engine, organisation: str, day: date) -> tuple[set[str], set[str]]:
    """Ids of those who surely are members of an organisation on a day, and who may be."""
    values: Values = {"organisation": [node(Type.ACTOR, organisation)], "as_of": [day_term(day)]}
    rows = list(engine.select(bind(request("members"), values)).texts())
    members = {id_of(row["member"]) for row in rows if row["certain"] == "true"}
    return members, {id_of(row["member"]) for row in rows} - members


def organisation_cohesion(
    engine: Engine,
    organisation: str,
    as_of: date,
    *,
    since: date | None = None,
    until: date | None = None,
    common: int = 5,
) -> OrganisationCohesion:
    """The cohesion of those who are members of an organisation on a day.

    Each actor, event, issue, claim or treaty toward which a member took a position is an item.
    Acts of officials and organs count for their state. Several acts toward one item count by the sign of
    their sum (rule comity-1).

    Args:
        engine: the graph.
        organisation: its id.
        as_of: day on which the members are members.
        since: first day of acts.
        until: last day of acts; `as_of` when None.
        common: items in common that the most discordant pair must have.

    Raises:
        ParameterError: nobody surely was a member on that day, or the window is empty.
        InputError: `common` is below 1.
    """
    until = as_of if until is None else until
    members, uncertain = members_on(engine, organisation, as_of)
    if not members:
        told = f"No member of '{organisation}' is recorded on {as_of}"
        if uncertain:
            told += f" for sure, {len(uncertain)} may be members still"
        raise ParameterError(
            f"{told}; give a day on which there is one.",
            parameter="as_of",
            got=as_of.isoformat(),
            expected="a day with members",
        )
    positions = positions_of(engine, frozenset(members), since, until)
    table = positions.table()
    found = group_cohesion(organisation, sorted(members), table, common)
    return OrganisationCohesion(
        organisation=organisation,
        as_of=as_of,
        since=since,
        until=until,
        members=tuple(sorted(members)),
        uncertain=tuple(sorted(uncertain)),
        cohesion=found,
        differences=_differences(positions, table, found),
    )


def _differences(
    positions: Positions, table: Ballots, found: GroupCohesion
) -> tuple[Difference, ...]:
    pair = found.most_discordant
    if pair is None:
        return ()
    one, other = (table.positions[table.voters.index(name)] for name in (pair.source, pair.target))
    of_one, of_other = positions.acts_of(pair.source), positions.acts_of(pair.target)
    return tuple(
        Difference(item, of_one[item], of_other[item])
        for item, first, second in zip(table.items, one, other, strict=True)
        # A missing position is NaN, which is neither equal nor apart.
        if abs(first - second) > 0
    )
