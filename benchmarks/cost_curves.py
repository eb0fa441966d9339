"""What measures cost from 500 to 50,000 nodes, ten ties a node, as a plot.

python -m benchmarks.cost_curves [--seconds 15] [--to docs/measures-cost.svg]

Prints one line per point. A curve ends where a point took longer than --seconds of processor
time. Both axes are logarithmic.
"""

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from benchmarks.measures import cpu
from benchmarks.networks import two_blocs
from comity.graph.measures import frustration
from comity.graph.measures.moving import louvain_communities
from comity.graph.measures.shortest_paths import betweenness_centrality
from comity.graph.measures.signed import signed_arrays, signed_graph
from comity.graph.measures.snapshot import snapshot
from comity.graph.measures.stationary import pagerank
from comity.graph.measures.triangles import triangles_by_negative

SIZES = (500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 440, 70, 20, 250, 50
# Tells curves apart for those who see few colours too (Okabe and Ito 2008).
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#000000")
Point = tuple[int, float]


def curves(seconds: float) -> dict[str, list[Point]]:
    """Seconds by nodes for each measure."""
    works: dict[str, Callable[[nx.Graph], Any]] = {
        "betweenness, networkx": nx.betweenness_centrality,
        "betweenness": betweenness_centrality,
        "frustration, proven, 2 % noise": lambda graph: frustration(graph, seconds=8 * seconds),
        "Louvain, networkx": lambda graph: nx.community.louvain_communities(graph, seed=1),
        "Louvain": louvain_communities,
        "PageRank": pagerank,
        "signed triads, on arrays": triangles_by_negative,
    }
    for work in works.values():
        work(
            signed_arrays(two_blocs(50, 200, 0.1, 1))
            if work is triangles_by_negative
            else two_blocs(50, 200, 0.1, 1)
        )
    found: dict[str, list[Point]] = {name: [] for name in works}
    for size in SIZES:
        graph = two_blocs(size, 10 * size, 0.02, seed=1)
        snapshot(graph)
        arrays = signed_arrays(signed_graph(graph))
        for name, work in works.items():
            points = found[name]
            if len(points) < SIZES.index(size) or (points and points[-1][1] > seconds):
                continue
            result, taken = cpu(work, arrays if work is triangles_by_negative else graph)
            open_end = getattr(result, "proven", True) is False
            print(f"{name} {size}: {taken:.4f} s{' not proven' if open_end else ''}", flush=True)
            if not open_end:
                points.append((size, taken))
    return found


def svg(found: dict[str, list[Point]]) -> str:
    """The plot."""
    every = [taken for points in found.values() for _, taken in points]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(size: float) -> float:
        return LEFT + across * math.log(size / SIZES[0]) / math.log(SIZES[-1] / SIZES[0])

    def y(taken: float) -> float:
        return TOP + down * (high - math.log10(taken)) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13" role="img">',
        "<title>Seconds of processor time by number of nodes, ten ties a node</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        height = y(10.0**power)
        label = f"{10.0**power:g} s"
        parts += [
            f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>',
            f'<text x="{LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{label}</text>',
        ]
    parts += [
        f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
        for size in SIZES
    ]
    middle = LEFT + across / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">nodes</text>')
    # Labels beside the last points, pushed apart.
    last = -math.inf
    drawn = sorted((item for item in found.items() if item[1]), key=lambda item: y(item[1][-1][1]))
    for colour, (name, points) in zip(COLOURS, drawn, strict=False):
        path = "L".join(f"{x(size):.1f} {y(taken):.1f}" for size, taken in points)
        dash = ' stroke-dasharray="5 4"' if "networkx" in name else ""
        last = max(y(points[-1][1]), last + 17)
        parts += [
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>',
            *(
                f'<circle cx="{x(size):.1f}" cy="{y(taken):.1f}" r="3" fill="{colour}"/>'
                for size, taken in points
            ),
            f'<text x="{WIDTH - RIGHT + 12}" y="{last + 4:.1f}" fill="{colour}">{name}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Prints the points and writes the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--to", type=Path, default=Path("docs/measures-cost.svg"))
    given = parser.parse_args()
    given.to.write_text(svg(curves(given.seconds)), encoding="utf-8")


if __name__ == "__main__":
    main()
