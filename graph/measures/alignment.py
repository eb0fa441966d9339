"""Camps that the ties make, compared with the groups that are declared.

Owns the comparison of two divisions, and who sits in another camp than most of its group.
`groups.py` reads the declared groups; the camps come from the measures that find them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import comb, log
from typing import TYPE_CHECKING, Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError
from comity.graph.measures.blocks import k_blocks
from comity.graph.measures.communities import louvain
from comity.graph.measures.frustration import frustration
from comity.graph.measures.groups import Grouping, grouping
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule, signed_graph
from comity.graph.measures.signed_communities import signed_modularity, sponge

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Pairs of so many nodes, kept where they share a camp, take 200 MB.
_MOST_NODES = 5000


class Division(StrEnum):
    """The measure that finds the camps."""

    SIGNED_MODULARITY = "signed-modularity"
    LOUVAIN = "louvain"
    K_BLOCKS = "k-blocks"
    SPONGE = "sponge"
    FRUSTRATION = "frustration"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node of a group sits; `of_group` is None where no camp has most of the group."""

    node: str
    group: str
    camp: int
    of_group: int | None

    @property
    def apart(self) -> bool | None:
        """Whether it sits in another camp than most of its group."""
        return None if self.of_group is None else self.camp != self.of_group


@dataclass(frozen=True, slots=True)
class CampsAndGroups:
    """How far the camps are the groups, and who sits elsewhere.

    Attributes:
        n: nodes with a group and a tie, which are compared.
        n_single: those with one group only, which `ari` and `nmi` compare.
        ari: adjusted Rand index; None where chance leaves nothing to agree on.
        nmi: normalised mutual information; None where both divisions are one part.
        omega: omega index of all nodes with a group; None as `ari`.
        apart: nodes in another camp than most of their group, counted once for each group.
        camps: the camps, numbered from 1.
        places: each node with each of its groups.
        without: nodes without a group, which are not compared.
        untied: nodes with a group and without a tie, of which no camp is known.
    """

    n: int
    n_single: int
    ari: float | None
    nmi: float | None
    omega: float | None
    apart: int
    camps: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]
    without: tuple[str, ...]
    untied: tuple[str, ...]

    def table(self) -> Rows:
        """One row for each node and each of its groups."""
        return Rows(
            ("node", "group", "camp", "camp_of_group", "apart"),
            ((one.node, one.group, one.camp, one.of_group, one.apart) for one in self.places),
        )


@measure("camps-and-alliances", Group.COMMUNITIES, "Who sits in another camp than its alliance?")
def camps_and_alliances(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    division: Annotated[Division, "the measure that finds the camps"] = Division.SIGNED_MODULARITY,
    k: Annotated[int, "camps of k-blocks and sponge"] = 3,
    seed: Annotated[int, "the search for camps follows from it"] = 1,
) -> CampsAndGroups:
    """Camps found in the ties against the groups that nodes are declared to be in.

    Definition: camps are found without the groups. The adjusted Rand index and the normalised
    mutual information compare them for nodes in one group, the omega index for all nodes with
    a group, for it counts in how many groups each pair is together. The camp of a group is the
    one with most of its members; a node elsewhere is apart.

    Formula: ARI = (index - expected) / (most - expected), with pairs together in both as
    index; NMI = 2 I / (H + H'); omega = (observed - expected) / (1 - expected), with pairs
    together equally often in both as observed.

    Degenerate cases: no index where both divisions are one part or all single nodes; no camp
    of a group, and nobody apart, where two camps have equally many of its members. Nodes
    without a signed tie are in no camp and are named. The camps of parts that are not connected
    say nothing about each other.

    Reference: Hubert and Arabie (1985), J. of Classification 2; Strehl and Ghosh (2002), J. of
    Machine Learning Research 3, with the mean of Kvålseth (1987); Collins and Dent (1988),
    Multivariate Behavioral Research 23.

    Raises:
        InputError: a sign is no finite number, no node has a group, more than 5000 have one,
            or what the measure that finds the camps says.
    """
    every = grouping(graph)
    tied = {node for node, ties in signed_graph(graph, rule).degree() if ties}
    declared = Grouping(
        {node: names for node, names in every.groups.items() if node in tied}, every.without
    )
    if len(declared.groups) > _MOST_NODES:
        raise InputError(
            f"Camps and groups are compared pair by pair, for up to {_MOST_NODES} nodes; "
            f"{len(declared.groups)} have a group: choose a shorter window."
        )
    camps = _camps(graph.subgraph(tied), rule, division, k, seed)
    camp = {node: number for number, names in enumerate(camps, 1) for node in names}
    found = {node: camp[str(node)] for node in declared.groups}
    single = declared.single
    pair = ([single[node] for node in single], [found[node] for node in single])
    places = _places(declared, found)
    return CampsAndGroups(
        n=len(found),
        n_single=len(single),
        ari=adjusted_rand(*pair),
        nmi=mutual_information(*pair),
        omega=omega(declared.groups, {node: (one,) for node, one in found.items()}),
        apart=sum(bool(one.apart) for one in places),
        camps=camps,
        places=places,
        without=every.without,
        untied=tuple(str(node) for node in every.groups if node not in tied),
    )


def _camps(
    graph: "nx.Graph[Any]", rule: SignRule, division: Division, k: int, seed: int
) -> tuple[tuple[str, ...], ...]:
    match division:
        case Division.SIGNED_MODULARITY:
            return signed_modularity(graph, rule=rule, seed=seed).communities
        case Division.LOUVAIN:
            return louvain(graph, rule=rule, seed=seed).communities
        case Division.K_BLOCKS:
            return k_blocks(graph, rule=rule, k=k, seed=seed).blocks
        case Division.SPONGE:
            return sponge(graph, rule=rule, k=k, seed=seed).communities
        case Division.FRUSTRATION:
            return frustration(graph, rule=rule).camps


def _places(declared: Grouping, camp: Mapping[Any, int]) -> tuple[Place, ...]:
    held: dict[str, Counter[int]] = {}
    for node, names in declared.groups.items():
        for name in names:
            held.setdefault(name, Counter())[camp[node]] += 1
    of_group = {name: _most(counts) for name, counts in held.items()}
    return tuple(
        Place(str(node), name, camp[node], of_group[name])
        for node, names in declared.groups.items()
        for name in names
    )


def _most(counts: Counter[int]) -> int | None:
    """The camp with most; None where two have equally many."""
    first, *second = counts.most_common(2)
    return None if second and second[0][1] == first[1] else first[0]


def adjusted_rand(first: list[Any], second: list[Any]) -> float | None:
    """Hubert and Arabie's adjusted Rand index of two divisions; 1 where they are the same."""
    together = sum(comb(count, 2) for count in Counter(zip(first, second, strict=True)).values())
    in_first, in_second = (
        sum(comb(count, 2) for count in Counter(one).values()) for one in (first, second)
    )
    pairs = comb(len(first), 2)
    expected = in_first * in_second / pairs if pairs else 0.0
    most = (in_first + in_second) / 2
    return (together - expected) / (most - expected) if most != expected else None


def mutual_information(first: list[Any], second: list[Any]) -> float | None:
    """Mutual information of two divisions, over the mean of their entropies; 0 to 1."""
    of_first, of_second, of_both = (
        _entropy(one) for one in (first, second, list(zip(first, second, strict=True)))
    )
    both = of_first + of_second
    return 2 * (both - of_both) / both if both else None


def _entropy(division: list[Any]) -> float:
    shares = (count / len(division) for count in Counter(division).values())
    return -sum(share * log(share) for share in shares)


def omega(
    first: Mapping[Any, tuple[Any, ...]], second: Mapping[Any, tuple[Any, ...]]
) -> float | None:
    """Collins and Dent's omega index of two covers of the same nodes; 1 where they agree.

    Args:
        first: the groups of each node, which may be several.
        second: the same nodes with the groups of another cover.
    """
    pairs = comb(len(first), 2)
    if not pairs:
        return None
    times = [_times_together([cover[node] for node in first]) for cover in (first, second)]
    observed = 1 - (times[0] != times[1]).nnz / pairs
    kinds = []
    for one in times:
        counts = Counter(one.data.tolist())
        counts[0] = pairs - one.nnz
        kinds.append(counts)
    expected = sum(count * kinds[1][times] for times, count in kinds[0].items()) / pairs**2
    return (observed - expected) / (1 - expected) if expected != 1 else None


def _times_together(groups: list[tuple[Any, ...]]) -> "csr_array":
    """In how many groups the two of each pair are, where in any."""
    from scipy.sparse import csr_array

    names = {name: place for place, name in enumerate({one: None for row in groups for one in row})}
    rows = [row for row, of_node in enumerate(groups) for _ in of_node]
    columns = [names[name] for of_node in groups for name in of_node]
    member = csr_array(
        (np.ones(len(rows), dtype=np.int64), (rows, columns)), (len(groups), len(names))
    )
    both = (member @ member.T).tocoo()
    above = both.row < both.col
    return csr_array((both.data[above], (both.row[above], both.col[above])), both.shape)
