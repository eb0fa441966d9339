"""Measures how well names are found, on pairs labelled by hand: tests/graph/names.csv.

A pair counts as found where one actor is put forward at the threshold (`Resolver.nearest`).
Precision is the share of right ones among those put forward, recall the share of names of
actors for which the right one was. Beside it names that are the same but for case and
accents, as imports take them.
"""

import csv
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from comity.graph.build import build
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
from comity.graph.resolve import SURE, Resolver
from comity.graph.sources.world import World

PAIRS = Path(__file__).parent.parent / "tests" / "graph" / "names.csv"


@dataclass(frozen=True)
class Pair:
    source: str
    name: str
    wanted: str
    half: str


@dataclass
class Score:
    pairs: int = 0
    right: int = 0
    wrong: int = 0
    wanted: int = 0

    def __str__(self) -> str:
        found = self.right + self.wrong
        precision = f"{self.right / found:.3f}" if found else "none found"
        return f"{precision} | {self.right / (self.wanted or 1):.3f}"

    def add(self, pair: Pair, found: str) -> None:
        self.pairs += 1
        self.wanted += bool(pair.wanted)
        self.right += bool(found) and found == pair.wanted
        self.wrong += bool(found) and found != pair.wanted


def read_pairs() -> list[Pair]:
    """The labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["source"], row["name"], row["is"], row["half"]) for row in csv.DictReader(file)
        ]


def finders(engine: Engine) -> dict[str, Callable[[str], str]]:
    """Ways to find the id of the actor of a name, empty for nobody."""
    resolver, world = Resolver(engine, imported=False), World.of(engine, "none")

    def near(name: str) -> str:
        found = resolver.nearest(name)
        return found.id if found else ""

    return {"near": near, "exact": lambda name: world.by_name(name) or ""}


def measure(find: Callable[[str], str], half: str) -> dict[str, Score]:
    """Scores by source, and for `all`."""
    scores: dict[str, Score] = {}
    for pair in read_pairs():
        if pair.half == half:
            found = find(pair.name)
            for name in (pair.source, "all"):
                scores.setdefault(name, Score()).add(pair, found)
    return scores


def main() -> None:
    """Prints a table for each half."""
    with tempfile.TemporaryDirectory() as folder:
        home = GraphHome(Path(folder))
        build(home)
        ways = finders(home.engine())
        ways["near"]("x")
        for half in ("tuned", "held-out"):
            begun = time.process_time()
            near = measure(ways["near"], half)
            each = (time.process_time() - begun) / near["all"].pairs * 1000
            exact = measure(ways["exact"], half)
            print(f"\n{half}, threshold {SURE:.0f}, {each:.1f} ms of the processor a name\n")
            print("| source | pairs | of actors | precision | recall | exact: precision | recall |")
            print("|---|---|---|---|---|---|---|")
            for name in sorted(near, key=lambda one: (one == "all", one)):
                one, other = near[name], exact[name]
                print(f"| {name} | {one.pairs} | {one.wanted} | {one} | {other} |")


if __name__ == "__main__":
    main()
