"""From a graph to a network of one year: columns, networkx, and SPARQL GROUP BY, in one run.

    python -m benchmarks.projection --data DIR [--data DIR ...] [--year 2022]

Graphs of a size come from `benchmarks.scale`. Time is that of the processor.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from comity.graph.binding import bind
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.graph.index.acts import indexed_acts
from comity.graph.index.counts import tie_arrays, tie_counts
from comity.graph.index.shelf import IndexShelf
from comity.graph.network import Level, NetworkQuery
from comity.graph.projection import project
from comity.graph.terms import day_term

RUNS = 21


def milliseconds(work: Callable[[], object], runs: int = 1) -> float:
    """Processor time of one call, the median of several."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        found.append((time.process_time() - begun) * 1000)
    return median(found)


def measure(engine: EmbeddedEngine, folder: Path, year: int) -> None:
    """Prints the figures of one graph."""
    since, until = date(year, 1, 1), date(year, 12, 31)
    IndexShelf(folder).columns(engine)
    triples = sum(one.added - one.removed for one in GraphHome(folder).log())
    opened = milliseconds(lambda: indexed_acts(engine))
    index = indexed_acts(engine)
    assert index is not None
    prepared = milliseconds(lambda: tie_arrays(engine, Level.STATE))
    arrays = tie_arrays(engine, Level.STATE)
    counted = milliseconds(lambda: tie_counts(arrays, since, until), RUNS)
    counts = tie_counts(arrays, since, until)
    named = milliseconds(counts.table, RUNS)
    chosen = index.chosen(since, until)
    read = milliseconds(lambda: index.acts(chosen))
    query = NetworkQuery(since=since, until=until, level=Level.STATE)
    projected = milliseconds(lambda: project(engine, query))
    network = project(engine, query)
    drawn = milliseconds(network.to_networkx)
    grouped = bind(
        (Path(__file__).parent / "pairs.rq").read_text(),
        {"since": [day_term(since)], "until": [day_term(until)]},
    )
    asked = milliseconds(lambda: engine.select(grouped))
    print(
        f"{folder}: {triples:,} statements, {len(index):,} acts, {int(counts.acts.sum()):,} ties of "
        f"{year} between {len(counts.acts):,} pairs\n"
        f"  index opened {opened:.1f} ms, ties of all acts as arrays {prepared:.1f} ms, once a version\n"
        f"  added up by pair {counted:.2f} ms, with names {named:.2f} ms more\n"
        f"  acts with ids {read:.1f} ms, a Network {projected:.1f} ms, its networkx graph {drawn:.1f} ms\n"
        f"  SPARQL GROUP BY {asked:.0f} ms: {asked / counted:.0f}x",
        flush=True,
    )


def main() -> None:
    """Prints the figures of each graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--year", type=int, default=2022)
    given = parser.parse_args()
    for folder in given.data:
        measure(GraphHome(folder).engine(), folder, given.year)


if __name__ == "__main__":
    main()
