"""Which ties of single acts become one, and what one weighs.

Owns bundling, what counts once, signs of pairs, weights and the least that a tie must have.
It reads no graph. What agreement is, is in `discourse`; which ties are the backbone, in
`backbone`.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from comity.errors import InputError
from comity.graph.backbone import disparity
from comity.graph.discourse import agreement_ties, units
from comity.graph.network import (
    Bundle,
    End,
    Network,
    NetworkQuery,
    Once,
    Relation,
    SignRule,
    Tie,
    Weight,
)

Documents = Mapping[str, Sequence[str]]


def weighed(ties: Sequence[Tie], query: NetworkQuery, documents: Documents) -> tuple[Tie, ...]:
    """The ties of a network, sorted, from those of single acts.

    A tie of `bundle=pair` has one sign: by `sum` (the default) that of the sum of the signs,
    by `any-negative` -1 if one is negative and 1 otherwise, by `reciprocal` that of the sum
    where the tie back has the same, and else there is no tie. The weight `count` is the
    number of acts, each counted `once`; `mean` the mean of their signs; `decay` the sum of
    sign x 2^(-age / half-life), with the age in days at the end of the window (half-life as
    in Brandes, Lerner and Snijders, Networks evolving step by step, ASONAM 2009). Acts
    without a sign are in the count only, and a tie of such acts alone has mean 0.

    Args:
        ties: of single acts or statements, or counted in an archive.
        query: what was asked.
        documents: ids of the documents of each act.

    Raises:
        InputError: acts of archives, which are counted and not listed, would have to be told
            apart; or more pairs agree than one machine can hold.
    """
    how = query.weighing
    if (how.agreement or how.once is not Once.ACT) and any(tie.archives for tie in ties):
        raise InputError(
            "Acts of archives are counted, not listed, so that they agree with nobody and "
            "count each by itself; leave archives out."
        )
    if how == _PLAIN and query.bundle is Bundle.NONE:
        # Each is as it was.
        found = list(ties)
    elif how.agreement:
        found = agreement_ties(ties, how, documents)
    else:
        found = [_merged(group, query, documents) for group in _groups(ties, query, documents)]
        if how.sign_rule is SignRule.RECIPROCAL:
            found = _reciprocal(found)
        found = [tie for tie in found if tie.count >= how.minimum_acts]
    if how.backbone is not None:
        levels = disparity([(tie.subject, tie.object, tie.size) for tie in found])
        found = [tie for tie, level in zip(found, levels, strict=True) if level < how.backbone]
    return tuple(sorted(found, key=in_order))


def in_order(tie: Tie) -> tuple[object, ...]:
    """By what the ties of a network are sorted."""
    sign = tie.sign if tie.sign is not None else Decimal(9)
    return (tie.subject, tie.object, tie.relation, sign, tie.kind, tie.acts, tie.statements)


def bundled(network: Network, bundle: Bundle) -> Network:
    """The same network with its ties bundled; it must have been projected unbundled."""
    query = replace(network.query, bundle=bundle)
    documents = {act.id: act.sources for act in network.acts}
    return replace(network, query=query, ties=weighed(network.ties, query, documents))


def busiest(
    network: Network,
    most: int,
    lines: int | None = None,
    bundle: Bundle = Bundle.NONE,
    parties: Collection[str] = (),
) -> Network:
    """The same network with no more nodes than `most`, and no more than `lines` to be drawn.

    Kept are the event, the actors asked for, its parties, then those with most acts and
    statements, ties among them, and the acts behind these. One node stays, however many ties it
    has to itself.

    Args:
        network: what is too much.
        most: nodes.
        lines: ties, of those that become one a single one; None for any number.
        bundle: which of the ties will become one; they are not made one here.
        parties: ids of the parties to the event.
    """
    drawn = {_mark(tie, bundle): tie for tie in network.ties} if lines is not None else {}
    if len(network.nodes) <= most and (lines is None or len(drawn) <= lines):
        return network
    ordered = _by_acts(network, parties)
    if lines is not None and len(drawn) > lines:
        rank = {end: number for number, end in enumerate(ordered)}
        # A tie is there once the later of its two ends is.
        added = sorted(max(rank[tie.subject], rank[tie.object]) for tie in drawn.values())
        most = min(most, max(added[lines], 1))
    return among(network, ordered[:most])


def _by_acts(network: Network, parties: Collection[str]) -> list[End]:
    """The nodes: those asked for, parties, then those with most acts and statements."""
    counts = dict.fromkeys(network.nodes, 0)
    for tie in network.ties:
        counts[tie.subject] += tie.count
        if tie.object != tie.subject:
            counts[tie.object] += tie.count
    asked = {*network.query.actors, network.query.event}

    def place(end: End) -> tuple[bool, bool, int, End]:
        return end.id not in asked, end.id not in parties, -counts[end], end

    return sorted(network.nodes, key=place)


def among(network: Network, ends: Iterable[End]) -> Network:
    """The part of a network between some of its nodes."""
    kept = set(ends)
    ties = tuple(tie for tie in network.ties if tie.subject in kept and tie.object in kept)
    acts = {act for tie in ties for act in tie.acts}
    statements = {statement for tie in ties for statement in tie.statements}
    return replace(
        network,
        nodes={end: thing for end, thing in network.nodes.items() if end in kept},
        ties=ties,
        acts=tuple(act for act in network.acts if act.id in acts),
        statements={key: one for key, one in network.statements.items() if key in statements},
    )


def linked(network: Network) -> Network:
    """The same network without nodes that have no tie, but for those asked for."""
    ends = {end for tie in network.ties for end in (tie.subject, tie.object)}
    asked = {*network.query.actors, network.query.event}
    return among(network, [end for end in network.nodes if end in ends or end.id in asked])


def _groups(
    ties: Iterable[Tie], query: NetworkQuery, documents: Documents
) -> Iterable[Sequence[Tie]]:
    bundle, once = query.bundle, query.weighing.once
    if bundle is Bundle.NONE and once is Once.ACT:
        return [(tie,) for tie in ties]
    groups: dict[tuple[object, ...], list[Tie]] = {}
    for tie in ties:
        mark = _mark(tie, bundle)
        if bundle is Bundle.NONE and tie.acts:
            mark = (*mark[:-1], units(tie, once, documents))
        groups.setdefault(mark, []).append(tie)
    return groups.values()


def _mark(tie: Tie, bundle: Bundle) -> tuple[object, ...]:
    """What ties have in common that become one."""
    mark: tuple[object, ...] = (tie.subject, tie.object, tie.relation)
    if bundle is Bundle.KIND:
        mark += (tie.kind,)
    if tie.relation is Relation.STANCE and bundle is not Bundle.PAIR:
        mark += (tie.sign,)
    if bundle is Bundle.NONE:
        mark += (tie.acts or tie.statements,)
    return mark


def _merged(group: Sequence[Tie], query: NetworkQuery, documents: Documents) -> Tie:
    how = query.weighing
    if len(group) == 1 and how == _PLAIN and query.bundle is not Bundle.PAIR:
        return group[0]
    group = sorted(group, key=lambda tie: (tie.first or date.min, tie.acts))
    counts: dict[str, int] = {}
    for tie in group:
        counts[tie.kind] = counts.get(tie.kind, 0) + tie.count
    kinds = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    counted = list(_counted(group, how.once, documents))
    return replace(
        group[0],
        kind=kinds[0][0],
        sign=_sign(counted, how.sign_rule) if query.bundle is Bundle.PAIR else group[0].sign,
        count=sum(number for _, _, number in counted),
        weight=_weight(counted, query),
        archives=tuple(sorted({name for tie in group for name in tie.archives})),
        acts=tuple(act for tie in group for act in tie.acts),
        statements=tuple(sorted(key for tie in group for key in tie.statements)),
        kinds=kinds,
        first=min((tie.first for tie in group if tie.first), default=None),
        last=max((tie.last for tie in group if tie.last), default=None),
    )


# What counts: its sign, its day, and how often.
_Counted = tuple[Decimal | None, date | None, int]


def _counted(group: Iterable[Tie], once: Once, documents: Documents) -> Iterable[_Counted]:
    seen: set[object] = set()
    for tie in group:
        if once is Once.ACT or not tie.acts:
            yield (tie.sign, tie.first, tie.count)
            continue
        for unit in units(tie, once, documents):
            if (tie.sign, unit) not in seen:
                seen.add((tie.sign, unit))
                yield (tie.sign, tie.first, 1)


def _sign(counted: Iterable[_Counted], rule: SignRule | None) -> Decimal | None:
    signs = [sign * number for sign, _, number in counted if sign is not None]
    if not signs:
        return None
    if rule is SignRule.ANY_NEGATIVE and min(signs) < 0:
        return Decimal(-1)
    total = sum(signs, Decimal())
    if rule is SignRule.ANY_NEGATIVE:
        return Decimal(1) if max(signs) > 0 else Decimal()
    return Decimal(1).copy_sign(total) if total else Decimal()


def _weight(counted: Iterable[_Counted], query: NetworkQuery) -> float | None:
    """What a tie weighs; None where that is its count."""
    how = query.weighing
    signed = [(sign, day, number) for sign, day, number in counted if sign is not None]
    if how.weight is Weight.COUNT:
        return None
    if how.weight is Weight.MEAN:
        total = sum(number for _, _, number in signed)
        return float(sum(sign * number for sign, _, number in signed) / total) if total else 0.0
    end, half_life = query.until or query.as_of or date.max, how.half_life or math.inf
    return math.fsum(
        float(sign) * number * 2 ** (-(end - (day or end)).days / half_life)
        for sign, day, number in signed
    )


def _reciprocal(ties: list[Tie]) -> list[Tie]:
    signs = {(tie.subject, tie.object, tie.relation): tie.sign for tie in ties}
    return [
        tie
        for tie in ties
        if tie.sign is not None and signs.get((tie.object, tie.subject, tie.relation)) == tie.sign
    ]


_PLAIN = NetworkQuery().weighing
