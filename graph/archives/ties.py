"""One expression: the acts of an archive become ties with counts, signs and weights.

Written once, in Ibis, and carried out by any engine (`engines`). Keys, counts and sums of
whole hundredths are the same on each; the decayed weight is a sum of floating-point numbers
and so the same within 1e-9 of its size. Source of the decay: half-life, as in Brandes,
Lerner and Snijders, Networks evolving step by step (ASONAM 2009).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from comity.errors import InputError
from comity.graph.archives.rows import RULES, inside
from comity.ontology.terms import concepts

if TYPE_CHECKING:
    from ibis.expr.types import Table


class Period(StrEnum):
    """What ties are counted by beside their ends."""

    ALL = "all"
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TieQuery:
    """What to make of an archive.

    Attributes:
        since: first day.
        until: last day.
        kinds: only acts of these kinds; empty means all.
        holders: only acts of these actors; empty means all.
        objects: only ties to these; empty means all.
        by: one tie for all the time, or one for each year or month.
        by_kind: one tie for each kind of act.
        by_behalf: one tie for each on whose behalf it was done, in a column `behalf`.
        rule: gives the sign: comity-1 or goldstein.
        half_life: days after which an act counts half; None for no decay.
        as_of: day from which the decay is counted back; acts after it are left out.
        minimum: acts that a tie must have.
    """

    since: date = date(1, 1, 1)
    until: date = date(9999, 12, 31)
    kinds: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    by: Period = Period.ALL
    by_kind: bool = False
    by_behalf: bool = False
    rule: str = "comity-1"
    half_life: float | None = None
    as_of: date | None = None
    minimum: int = 1


def checked(
    window: TieQuery,
    *,
    by: str = Period.ALL,
    by_kind: bool = False,
    rule: str = "comity-1",
    half_life: float | None = None,
    as_of: date | None = None,
    minimum: int = 1,
) -> TieQuery:
    """A query from what somebody typed.

    Args:
        window: days, kinds, holders and objects.
        by: period, see `TieQuery`.
        by_kind: see `TieQuery`.
        rule: see `TieQuery`.
        half_life: see `TieQuery`.
        as_of: see `TieQuery`.
        minimum: see `TieQuery`.

    Raises:
        InputError: a value is not one of those that there are, or the half-life has no day
            to count from.
    """
    periods = [period.value for period in Period]
    if by not in periods:
        raise InputError(f"by is '{by}'; one of {', '.join(periods)}.")
    if rule not in RULES:
        raise InputError(f"rule is '{rule}'; one of {', '.join(RULES)}.")
    unknown = [kind for kind in window.kinds if kind not in concepts("kind")]
    if unknown:
        raise InputError(f"'{unknown[0]}' is no kind of act; kinds: {', '.join(concepts('kind'))}.")
    if half_life is not None and as_of is None:
        raise InputError("A half-life is counted back from a day; give as_of too.")
    if half_life is not None and not 0 < half_life < math.inf:
        raise InputError(f"half_life is {half_life}; give days, over 0.")
    return replace(
        window,
        by=Period(by),
        by_kind=by_kind,
        rule=rule,
        half_life=half_life,
        as_of=as_of,
        minimum=minimum,
    )


def ties(rows: "Table", query: TieQuery) -> "Table":
    """The ties of an archive, sorted by their keys.

    Args:
        rows: the archive.
        query: what to make of it.

    Returns:
        Columns `holder`, `object_type`, `object`, `period` (of `year` `2014`, of `month`
        `201409`), `kind` where asked; `acts`, `positive`, `neutral`, `negative` (counts;
        acts without a sign are in `acts` only), `hundredths` (sum of the signs, times 100),
        `weight` (sum of the signs, decayed where asked), `first` and `last` (days).
    """
    import ibis

    chosen = within(rows, query)
    sign = chosen[RULES[query.rule]]
    share = sign.cast("float64") / 100
    if query.half_life is not None and query.as_of is not None:
        age = ibis.literal(query.as_of).delta(chosen.day, unit="day").cast("float64")
        share = share * (age * (-math.log(2) / query.half_life)).exp()
    keys = [chosen.holder, chosen.object_type, chosen.object]
    if query.by is not Period.ALL:
        year = chosen.day.year().cast("int32")
        month = chosen.day.month().cast("int32")
        period = year if query.by is Period.YEAR else year * 100 + month
        keys.append(period.name("period"))
    if query.by_kind:
        keys.append(chosen.kind)
    if query.by_behalf:
        keys.append(inside(chosen.rest, "on_behalf_of").name("behalf"))
    # Whole numbers add up exactly as floating-point ones, in any order, up to 2^53; DuckDB
    # would answer with numbers of 128 bits.
    total = sign.cast("float64").sum().fill_null(0.0).cast("int64")
    found = chosen.group_by(keys).aggregate(
        acts=chosen.count(),
        positive=chosen.count(where=sign > 0).fill_null(0),
        neutral=chosen.count(where=sign == 0).fill_null(0),
        negative=chosen.count(where=sign < 0).fill_null(0),
        hundredths=total,
        weight=share.sum().fill_null(0.0),
        first=chosen.day.min(),
        last=chosen.day.max(),
    )
    if query.minimum > 1:
        found = found.filter(found.acts >= query.minimum)
    return found.order_by([key.get_name() for key in keys])


def within(rows: "Table", query: TieQuery, *, ties_only: bool = True) -> "Table":
    """The rows that a query is about.

    Args:
        rows: the archive.
        query: days, kinds, holders and objects.
        ties_only: whether acts about nothing, which tie nobody, are left out.
    """
    until = min(query.until, query.as_of) if query.as_of else query.until
    conditions = [rows.object.notnull()] if ties_only else []
    if query.since > date.min:
        # The year is a folder: other years are not even opened.
        conditions += [rows.day >= query.since, rows.year >= query.since.year]
    if until < date.max:
        conditions += [rows.day <= until, rows.year <= until.year]
    for column, wanted in (
        (rows.kind, query.kinds),
        (rows.holder, query.holders),
        (rows.object, query.objects),
    ):
        if wanted:
            conditions.append(column.isin(_listed(wanted)))
    return rows.filter(conditions) if conditions else rows


def _listed(names: Sequence[str]) -> list[str]:
    return sorted(set(names))
