"""How long the questions take on each engine: `python -m benchmarks.engines`.

Starts Fuseki and Virtuoso, puts the shipped graph on both, asks every question with its
example three times on each engine in turn, and prints the best of the three.
"""

import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from tests.engines.servers import fuseki, virtuoso

from comity.errors import EngineError
from comity.graph.build import build
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
from comity.graph.remote import RemoteEngine
from comity.queries.catalogue import catalogue
from comity.queries.run import bound_text

TURNS = 3


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        home = GraphHome(folder / "graph")
        build(home)
        embedded = home.engine()
        path = folder / "shipped.nq"
        path.write_bytes(b"".join(embedded.dump()))
        with fuseki(folder / "fuseki") as one, virtuoso(folder / "virtuoso") as other:
            engines: dict[str, Engine] = {"embedded": embedded}
            for server in (one, other):
                server.load(path)
                engines[server.name] = RemoteEngine(server.remote)
            measure(engines)


def measure(engines: dict[str, Engine]) -> None:
    best: dict[str, dict[str, float]] = {name: {} for name in engines}
    for identifier, asked in catalogue().items():
        given = {name: [value] for name, value in asked.example.items()}
        text, _ = bound_text(engines["embedded"], asked, given)
        for _ in range(TURNS):
            for name, engine in engines.items():
                begun = time.perf_counter()
                try:
                    engine.select(text)
                except EngineError:
                    continue
                took = 1000 * (time.perf_counter() - begun)
                best[name][identifier] = min(took, best[name].get(identifier, took))
    print("| engine | questions answered | median ms | 95 of 100 ms | slowest ms |")
    print("|---|---|---|---|---|")
    for name, times in best.items():
        slowest = max(times, key=lambda one: times[one])
        print(
            f"| {name} | {len(times)} of {len(catalogue())} | {median(times.values()):.0f} | "
            f"{quantiles(times.values(), n=20)[18]:.0f} | {times[slowest]:.0f} ({slowest}) |"
        )


if __name__ == "__main__":
    main()
