"""A graph of any size in the forms of the ontology, to measure on: the shipped graph, grown.

The shipped graph comes first, so that the examples of the questions answer. What is added is
invented. The same size and seed give the same graph.

    python -m benchmarks.scale --triples 1000000 --data DIR
"""

import argparse
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from pyoxigraph import Quad, RdfFormat, parse

from benchmarks.invented import Inventor
from comity.graph.build import ontology_quads
from comity.graph.home import Change, GraphHome
from comity.graph.sources.seed import read_seed, shipped_folder

CHUNK = 250_000


def scaled_quads(triples: int, seed: int = 1) -> Iterator[Quad]:
    """The shipped graph and, after it, invented things until there are so many triples.

    Args:
        triples: about how many; the last document is not cut. Below the size of the
            shipped graph (some 132,000) that is the whole answer.
        seed: of the random numbers.
    """
    shipped = read_seed(shipped_folder())
    written = 0
    for quad in (*ontology_quads(), *shipped.quads()):
        written += 1
        yield quad
    invented = Inventor(shipped, triples / 1_000_000, Random(seed))
    for record in invented.records():
        if written >= triples:
            return
        for quad in parse(invented.writer.lines(record), format=RdfFormat.N_QUADS):
            written += 1
            yield quad


def commit_scaled(home: GraphHome, triples: int, seed: int = 1) -> int:
    """Commits such a graph piece by piece, so that memory stays bounded.

    Returns:
        How many quads there are.
    """
    written = 0
    for part in _parts(scaled_quads(triples, seed), CHUNK):
        home.commit("benchmarks.scale", f"{len(part)} triples of {triples}", Change(add=part))
        written += len(part)
        print(f"{written:,} triples", flush=True)
    return written


def _parts(quads: Iterable[Quad], size: int) -> Iterator[tuple[Quad, ...]]:
    rest = iter(quads)
    while part := tuple(islice(rest, size)):
        yield part


def main() -> None:
    """Reads the command line and writes the graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    begun = time.perf_counter()
    written = commit_scaled(GraphHome(given.data), given.triples, given.seed)
    print(f"{written:,} triples in {given.data}, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
