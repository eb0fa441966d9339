"""Two camps with few edges against them, by local search. Owns no proof.

Tabu search: the best move that is not forbidden is made even where it is no gain; who has
moved rests for a while (F. Glover, "Tabu Search", ORSA Journal on Computing 1, 1989).
"""

import numpy as np

from comity.graph.measures.compiled import compiled
from comity.graph.measures.negative_cycles import Neighbours
from comity.graph.measures.signed import Ints

# Moves looked at in one search: about half a second.
_LOOKS = 400_000_000


def better_camps(neighbours: Neighbours, weight: Ints, side: Ints, seed: int = 0) -> Ints:
    """The best camps found from some camps on, never worse than these.

    Args:
        neighbours: who is next to whom.
        weight: of each edge, below 0 for a negative one.
        side: 1 or -1 for each node.
        seed: how long each rests follows from it.
    """
    size = len(side)
    if not len(weight):
        return side
    moves = min(20 * size + 1000, _LOOKS // size)
    return _tabu(neighbours.first, neighbours.near, weight[neighbours.edge], side, moves, seed)


@compiled
def _tabu(first: Ints, near: Ints, weight: Ints, given: Ints, moves: int, seed: int) -> Ints:
    np.random.seed(seed)
    size = len(given)
    side = given.copy()
    best = given.copy()
    # What a move of a node adds to the edges against, and until when it rests.
    gain = np.zeros(size, dtype=np.int64)
    for node in range(size):
        for arc in range(first[node], first[node + 1]):
            gain[node] += weight[arc] * side[node] * side[near[arc]]
    rests = np.zeros(size, dtype=np.int64)
    value = least = 0
    since = 0
    for move in range(moves):
        chosen = -1
        for node in range(size):
            free = rests[node] <= move or value + gain[node] < least
            if free and (chosen < 0 or gain[node] < gain[chosen]):
                chosen = node
        if chosen < 0:
            continue
        value += gain[chosen]
        for arc in range(first[chosen], first[chosen + 1]):
            other = near[arc]
            if other != chosen:
                gain[other] -= 2 * weight[arc] * side[chosen] * side[other]
        gain[chosen] = -gain[chosen]
        side[chosen] = -side[chosen]
        rests[chosen] = move + 5 + np.random.randint(0, 6 + size // 50)
        since += 1
        if value < least:
            least = value
            for node in range(size):
                best[node] = side[node]
            since = 0
        elif since > 5 * size + 500:
            break
    return best
