"""Who agrees with whom: ties of actors from their signed acts about the same things.

Owns congruence, conflict and subtract, what counts once in them, and their normalisations.
It reads no graph and knows no measure. After Discourse Network Analyzer: Leifeld, Discourse
Network Analysis: Policy Debates as Dynamic Networks, in the Oxford Handbook of Political
Networks (2017).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations

from comity.errors import InputError
from comity.graph.network import Agreement, End, Normalisation, Once, Relation, Tie, Weighing

_MOST_PAIRS = 2_000_000
_TOO_MANY = (
    f"More than {_MOST_PAIRS} pairs of actors act about the same; "
    "narrow the window or raise the minimum exposure."
)


@dataclass(slots=True)
class _Record:
    """What one actor said: how often for (1) and against (-1) each thing, and by which acts."""

    counts: Counter[tuple[End, int]] = field(default_factory=Counter)
    acts: dict[tuple[End, int], set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def exposure(self) -> int:
        return len({act for acts in self.acts.values() for act in acts})

    @property
    def square(self) -> int:
        return sum(count * count for count in self.counts.values())


def agreement_ties(
    ties: Iterable[Tie], how: Weighing, documents: Mapping[str, Sequence[str]]
) -> list[Tie]:
    """Ties of actors that agree or differ about the same target, event or other thing.

    With x(i, t, s) the number of i's acts of sign s about t, each counted `once`, congruence
    is sum over t, s of x(i, t, s) x(j, t, s), and conflict sum over t, s of
    x(i, t, s) x(j, t, -s). Normalised, each is divided by:

    * activity: the mean number of pairs (t, s) that i and j have;
    * Jaccard: |x(i)|^2 + |x(j)|^2 less the number itself, which is the share of all pairs
      of the two that are common where each counts once in the window (Tanimoto otherwise);
    * cosine: |x(i)| |x(j)|.

    Subtract is congruence less conflict, after each was normalised. Acts without a sign and
    of sign 0 take no side and are left out.

    Args:
        ties: of single acts; `Level.STATE` rolls officials up.
        how: which agreement, what counts once, normalisation and minima.
        documents: ids of the documents of each act.

    Returns:
        One tie for each pair, from the lesser id to the greater, which has no direction: its
        weight as above, its sign that of the weight, or -1 in a conflict network; `count`
        and `acts` are the acts behind it. A weight of 0 in a subtract network is as much
        agreement as conflict; no tie is neither.

    Raises:
        InputError: more pairs act about the same than a network on one machine can hold.
    """
    agreement = how.agreement or Agreement.SUBTRACT
    days: dict[str, tuple[date | None, date | None]] = {}
    records: dict[End, _Record] = defaultdict(_Record)
    seen: set[tuple[object, ...]] = set()
    for tie in ties:
        if tie.relation not in (Relation.STANCE, Relation.VOTE) or not tie.sign:
            continue
        position = (tie.object, 1 if tie.sign > 0 else -1)
        records[tie.subject].acts[position].update(tie.acts)
        days |= dict.fromkeys(tie.acts, (tie.first, tie.last))
        for unit in units(tie, how.once, documents):
            mark = (tie.subject, position, unit)
            if mark not in seen:
                seen.add(mark)
                records[tie.subject].counts[position] += 1
    exposed = {
        actor: record
        for actor, record in records.items()
        if record.exposure >= how.minimum_exposure
    }
    signs = {
        Agreement.CONGRUENCE: (1,),
        Agreement.CONFLICT: (-1,),
        Agreement.SUBTRACT: (1, -1),
    }[agreement]
    found = []
    for one, other in _pairs(exposed):
        left, right = exposed[one], exposed[other]
        acts = {
            act
            for sign in signs
            for thing, side in _common(left, right, sign)
            for act in left.acts[thing, side] | right.acts[thing, side * sign]
        }
        if not acts or len(acts) < how.minimum_acts:
            continue
        parts = {sign: _weight(left, right, sign, how.normalisation) for sign in signs}
        weight = parts[1] - parts[-1] if len(signs) > 1 else parts[signs[0]]
        sign = -1 if agreement is Agreement.CONFLICT else (weight > 0) - (weight < 0)
        first = [day for act in acts if (day := days[act][0])]
        last = [day for act in acts if (day := days[act][1])]
        found.append(
            Tie(
                subject=one,
                object=other,
                relation=Relation.AGREEMENT,
                kind=agreement.value,
                sign=Decimal(sign),
                count=len(acts),
                acts=tuple(sorted(acts)),
                statements=(),
                kinds=((agreement.value, len(acts)),),
                first=min(first, default=None),
                last=max(last, default=None),
                weight=weight,
            )
        )
    return found


def _pairs(records: dict[End, _Record]) -> list[tuple[End, End]]:
    """Pairs of actors with a thing in common; the others need not be looked at."""
    by_thing: dict[End, set[End]] = defaultdict(set)
    for actor, record in records.items():
        for thing, _ in record.counts:
            by_thing[thing].add(actor)
    pairs: set[tuple[End, End]] = set()
    for actors in by_thing.values():
        if math.comb(len(actors), 2) > _MOST_PAIRS:
            raise InputError(_TOO_MANY)
        pairs.update(combinations(sorted(actors), 2))
        if len(pairs) > _MOST_PAIRS:
            raise InputError(_TOO_MANY)
    return sorted(pairs)


def units(tie: Tie, once: Once, documents: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
    """What a tie of one act counts in once; where it has several documents, in each."""
    act, day = tie.acts[0], tie.first or date.min
    if once is Once.ACT:
        return (act,)
    if once is Once.DOCUMENT:
        return tuple(documents.get(act, ())) or (act,)
    if once is Once.DAY:
        return (day,)
    if once is Once.WEEK:
        return (day.isocalendar()[:2],)
    if once is Once.MONTH:
        return ((day.year, day.month),)
    return ("window",)


def _common(left: _Record, right: _Record, sign: int) -> list[tuple[End, int]]:
    """Positions of the left on which the right has the same sign (1) or the opposite (-1)."""
    return [(thing, side) for thing, side in left.counts if (thing, side * sign) in right.counts]


def _weight(left: _Record, right: _Record, sign: int, normalisation: Normalisation) -> float:
    total = sum(
        left.counts[thing, side] * right.counts[thing, side * sign]
        for thing, side in _common(left, right, sign)
    )
    if normalisation is Normalisation.ACTIVITY:
        return 2 * total / (len(left.counts) + len(right.counts))
    if normalisation is Normalisation.JACCARD:
        return total / (left.square + right.square - total)
    if normalisation is Normalisation.COSINE:
        return total / math.sqrt(left.square * right.square)
    return float(total)
