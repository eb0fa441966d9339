"""Who agrees with whom: an undirected network of actors from signed ties to the same things.

Owns congruence, conflict and subtract networks of a projected network, what counts once in
them, and their normalisations. It reads no graph and knows no measure. After Discourse
Network Analyzer: Leifeld, Discourse Network Analysis: Policy Debates as Dynamic Networks, in
the Oxford Handbook of Political Networks (2017).
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from comity.errors import InputError
from comity.graph.projection import Bundle, End, Network, Relation, Tie

if TYPE_CHECKING:
    import networkx as nx

_MOST_PAIRS = 2_000_000
_TOO_MANY = (
    f"More than {_MOST_PAIRS} pairs of actors act about the same; "
    "narrow the window or raise the minimum exposure."
)


class Agreement(StrEnum):
    """What ties two actors: the same sign on one thing, opposite signs, or one less the other."""

    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"


class Once(StrEnum):
    """Within what an actor's acts of one sign about one thing count once."""

    ACT = "act"
    DOCUMENT = "document"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WINDOW = "window"


class Normalisation(StrEnum):
    """By what a weight is divided, so that those who act often do not lead by that alone."""

    NONE = "none"
    ACTIVITY = "activity"
    JACCARD = "jaccard"
    COSINE = "cosine"


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


def agreement_network(
    network: Network,
    agreement: Agreement = Agreement.SUBTRACT,
    *,
    once: Once = Once.WINDOW,
    normalisation: Normalisation = Normalisation.NONE,
    minimum_acts: int = 1,
    minimum_exposure: int = 1,
) -> "nx.Graph[str]":
    """Actors tied by agreeing or differing about the same target, event or other thing.

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
        network: projected without a bundle; `Level.STATE` rolls officials up.
        agreement: which of the three.
        once: what counts once; an act that many documents report is one act, except by
            `document`, where it counts in each. Days are the first on which it may have
            been; weeks are those of ISO 8601.
        normalisation: by what weights are divided.
        minimum_acts: acts that must stand behind an edge.
        minimum_exposure: signed acts that an actor must have to be in the network.

    Returns:
        Nodes with `type`, `label`, `iri` and `exposure` (signed acts); edges with `weight`,
        `shared` (number of things) and `acts` (ids, joined by `|`). An edge of weight 0 in a
        subtract network has as much agreement as conflict; no edge is neither.

    Raises:
        InputError: the network is bundled, holds acts of archives, which are counted and
            not listed, a minimum is below 1, or more pairs act about the same than a
            network on one machine can hold.
    """
    # Imported here: it takes half a second, and most answers do not need it.
    import networkx as nx

    if min(minimum_acts, minimum_exposure) < 1:
        raise InputError("A minimum of acts or exposure is 1 or more.")
    records = {
        actor: record
        for actor, record in sorted(_records(network, once).items())
        if record.exposure >= minimum_exposure
    }
    graph: nx.Graph[str] = nx.Graph()
    for end, record in records.items():
        thing = network.nodes[end]
        graph.add_node(
            end.id,
            type=end.thing.value,
            label=thing.label,
            iri=thing.iri,
            exposure=record.exposure,
        )
    signs = {
        Agreement.CONGRUENCE: (1,),
        Agreement.CONFLICT: (-1,),
        Agreement.SUBTRACT: (1, -1),
    }[agreement]
    for one, other in _pairs(records):
        left, right = records[one], records[other]
        common = {sign: _common(left, right, sign) for sign in signs}
        acts = {
            act
            for sign, pairs in common.items()
            for thing, side in pairs
            for act in left.acts[thing, side] | right.acts[thing, side * sign]
        }
        if len(acts) < minimum_acts or not acts:
            continue
        parts = {sign: _weight(left, right, sign, normalisation) for sign in signs}
        weight = parts[1] - parts[-1] if len(signs) > 1 else parts[signs[0]]
        shared = {thing for pairs in common.values() for thing, _ in pairs}
        graph.add_edge(
            one.id, other.id, weight=weight, shared=len(shared), acts="|".join(sorted(acts))
        )
    return graph


def _records(network: Network, once: Once) -> dict[End, _Record]:
    if network.query.bundle is not Bundle.NONE:
        raise InputError("Who agrees with whom is read from single acts; project without a bundle.")
    documents = {act.id: act.sources for act in network.acts}
    records: dict[End, _Record] = defaultdict(_Record)
    seen: set[tuple[object, ...]] = set()
    for tie in network.ties:
        if tie.relation is not Relation.STANCE or not tie.sign:
            continue
        if tie.archives:
            raise InputError("Acts of archives are counted, not listed; leave archives out.")
        position = (tie.object, 1 if tie.sign > 0 else -1)
        record = records[tie.subject]
        record.acts[position].update(tie.acts)
        for unit in _units(tie, once, documents):
            mark = (tie.subject, position, unit)
            if mark not in seen:
                seen.add(mark)
                record.counts[position] += 1
    return records


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


def _units(tie: Tie, once: Once, documents: dict[str, tuple[str, ...]]) -> tuple[object, ...]:
    """What a tie of one act counts in; of several documents, in each."""
    act, day = tie.acts[0], tie.first or date.min
    if once is Once.ACT:
        return (act,)
    if once is Once.DOCUMENT:
        return documents.get(act) or (act,)
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
