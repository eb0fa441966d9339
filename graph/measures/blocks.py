"""Correlation clustering: the fewest edges that stand against k blocks.

Owns the local search and a lower bound that holds for any number of blocks. For two blocks
`frustration.py` gives the exact number.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.errors import InputError
from comity.graph.measures.chance import chance, check_starts
from comity.graph.measures.communities import divided
from comity.graph.measures.frustration import AgainstEdge
from comity.graph.measures.patience import check_seconds
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import Ints, SignedArrays, SignRule, signed_arrays, signed_graph

# Nodes that the search for long cycles may reach, all in all: a few seconds.
_STEPS = 1_000_000


@dataclass(frozen=True, slots=True)
class Blocks:
    """The best division into blocks that was found, and how good it surely is.

    Attributes:
        value: edges that stand against the blocks.
        lower_bound: no division, into whatever number of blocks, has fewer.
        proven: whether `value` equals the bound.
        share: `value` over all signed edges; 0 without edges.
        starts: searches that were run; fewer than asked for where the time was up.
        reached: how many of them ended at `value`.
        blocks: the largest first.
        edges: the edges against them.
    """

    value: int
    lower_bound: int
    proven: bool
    share: float
    starts: int
    reached: int
    blocks: tuple[tuple[str, ...], ...]
    edges: tuple[AgainstEdge, ...]

    def table(self) -> Rows:
        """One row for each node."""
        return Rows(
            ("node", "block"),
            ((node, number) for number, members in enumerate(self.blocks, 1) for node in members),
        )


@measure("k-blocks", Group.COMMUNITIES, "Which k blocks leave the fewest edges against them?")
def k_blocks(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    k: Annotated[int, "blocks at most, 1 or more"] = 3,
    seed: Annotated[int, "the divisions that searches start from follow from it"] = 1,
    starts: Annotated[int, "searches, of which the best is kept"] = 100,
    seconds: Annotated[float, "time for searches; then the best found is given"] = 60.0,
) -> Blocks:
    """The line index of clusterability for k blocks, by local search with restarts.

    Definition: the least number of negative edges inside blocks and positive edges between
    them, over all divisions into at most k blocks. The value is the best found, proven only
    where it meets the lower bound: the number of cycles with exactly one negative edge that
    were found without a common edge, each of which costs an edge in any division.

    Formula: min over b of #{(i, j): s(i, j) = -1, b(i) = b(j)} + #{s(i, j) = 1, b(i) != b(j)}.

    Degenerate cases: 0 and proven for the empty graph, one node, no edge and no negative
    edge; all negative edges for k = 1 and connected positive ties. Blocks of parts that are
    not connected say nothing about each other.

    Reference: Davis (1967), Human Relations 20; Doreian and Mrvar (1996), Social Networks 18,
    and (2009), Social Networks 31; Bansal, Blum and Chawla (2004), Machine Learning 56.

    Raises:
        InputError: a sign is no finite number, `k` is below 1, `starts` is not 1 to 10000, `seed` is
            below 0, or `seconds` is not above 0.
    """
    if k < 1:
        raise InputError(f"k is {k}; give 1 or more.")
    check_starts(starts)
    check_seconds(seconds)
    signed = signed_graph(graph, rule)
    arrays = signed_arrays(signed)
    deadline = time.monotonic() + seconds
    random = chance(seed)
    best, values = np.zeros(len(arrays.nodes), dtype=np.int64), [int((arrays.sign < 0).sum())]
    near = _neighbours(arrays)
    # More blocks than nodes are never needed.
    k = min(k, max(len(near), 1))
    bound = _cycles_apart(near)
    while len(values) <= starts and bound < min(values) and time.monotonic() < deadline:
        block = np.array(_improved(near, random.integers(k, size=len(near)).tolist(), k))
        value = int(np.count_nonzero(against(arrays, block)))
        if value < min(values):
            best = block
        values.append(value)
    edges = []
    for edge in np.flatnonzero(against(arrays, best)).tolist():
        source, target = arrays.nodes[arrays.left[edge]], arrays.nodes[arrays.right[edge]]
        acts = signed.edges[source, target]["acts"]
        edges.append(AgainstEdge(str(source), str(target), int(arrays.sign[edge]), acts))
    return Blocks(
        value=len(edges),
        lower_bound=bound,
        proven=len(edges) == bound,
        share=len(edges) / len(arrays.sign) if len(arrays.sign) else 0.0,
        starts=len(values) - 1,
        reached=values[1:].count(len(edges)),
        blocks=divided(arrays.nodes, best.tolist(), None).communities,
        edges=tuple(edges),
    )


def against(arrays: SignedArrays, block: Ints) -> NDArray[np.bool_]:
    """Which edges stand against a division: positive between blocks, or negative inside one."""
    inside = block[arrays.left] == block[arrays.right]
    found: NDArray[np.bool_] = inside == (arrays.sign < 0)
    return found


def _neighbours(arrays: SignedArrays) -> list[dict[int, int]]:
    """The sign of the tie of each node to each neighbour."""
    near: list[dict[int, int]] = [{} for _ in arrays.nodes]
    for left, right, sign in zip(
        arrays.left.tolist(), arrays.right.tolist(), arrays.sign.tolist(), strict=True
    ):
        near[left][right] = near[right][left] = sign
    return near


def _improved(near: Sequence[dict[int, int]], block: list[int], k: int) -> list[int]:
    """Moves nodes while a move leaves fewer edges against; ends, for each move counts."""
    moving = True
    while moving:
        moving = False
        for node, ties in enumerate(near):
            # The signs of its ties to each block, added up: the best block has most.
            pull = [0] * k
            for other, sign in ties.items():
                pull[block[other]] += sign
            most = max(pull)
            if most > pull[block[node]]:
                block[node] = pull.index(most)
                moving = True
    return block


def _cycles_apart(near: Sequence[dict[int, int]]) -> int:
    """How many cycles with one negative edge were found that have no edge in common.

    Triangles are taken first, for they use up the fewest edges; then the others, until so
    many steps were gone that a large network would take long.
    """
    friends = [{other for other, sign in ties.items() if sign > 0} for ties in near]
    foes = [
        (node, other)
        for node, ties in enumerate(near)
        for other, sign in ties.items()
        if sign < 0 and node < other
    ]
    count, longer = 0, []
    for left, right in foes:
        if both := friends[left] & friends[right]:
            count += _taken(friends, [left, min(both), right])
        else:
            longer.append((left, right))
    steps = 0
    for left, right in longer:
        before = _reached(friends, left, right)
        if right in before:
            way = [right]
            while way[-1] != left:
                way.append(before[way[-1]])
            count += _taken(friends, way)
        steps += len(before)
        if steps > _STEPS:
            break
    return count


def _taken(friends: list[set[int]], way: list[int]) -> int:
    for here, there in pairwise(way):
        friends[here].remove(there)
        friends[there].remove(here)
    return 1


def _reached(friends: list[set[int]], start: int, end: int) -> dict[int, int]:
    """From where each node is first reached over positive ties, until the end is."""
    before = {start: start}
    queue = deque([start])
    while queue and end not in before:
        here = queue.popleft()
        for there in friends[here]:
            if there not in before:
                before[there] = here
                queue.append(there)
    return before
