"""A hull around some marks: one band along the shortest tree that joins them.

Owns which points the band runs between; `static/hull.js` does the same on the page.
"""

import math
from collections.abc import Sequence

from comity.graph.drawing.geometry import Point, distance_to_segment

# What a line costs for each stranger that it runs over, and how near is over.
_OVER = 400.0
_ROOM = 34.0


def shortest_tree(
    points: Sequence[Point], strangers: Sequence[Point] = ()
) -> list[tuple[Point, Point]]:
    """The lines of the shortest tree between some points, around strangers where it can.

    Source: R. C. Prim, Bell System Technical Journal 36 (1957).

    Examples:
        >>> near, mid, far = Point(0, 0), Point(1, 0), Point(3, 0)
        >>> [(a.x, b.x) for a, b in shortest_tree([near, far, mid])]
        [(0, 1), (1, 3)]
    """
    rest = list(points[1:])
    done = list(points[:1])
    lines = []
    while rest:
        start, end = min(
            ((one, other) for one in done for other in rest),
            key=lambda pair: (
                math.hypot(pair[0].x - pair[1].x, pair[0].y - pair[1].y)
                + _OVER * sum(distance_to_segment(one, *pair) < _ROOM for one in strangers)
            ),
        )
        rest.remove(end)
        lines.append((start, end))
        done.append(end)
    return lines
