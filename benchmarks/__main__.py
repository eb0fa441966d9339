"""Measures the start of the service and the questions, beside rdflib, in one run."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

import rdflib

from comity.graph.build import build
from comity.graph.home import GraphHome
from comity.queries.catalogue import catalogue
from comity.queries.run import ask, bound_text

PAIRED = ("members-of", "holders-of-post", "reactions-to-event", "who-owes-whom", "silent-on")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def start(home: GraphHome) -> float:
    """Seconds from the command to the first answer of /health, on a graph already built."""
    command = [
        Path(sys.executable).with_name("comity"),
        "serve",
        "--port",
        "0",
        "--data",
        home.folder,
    ]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        process.stdout.readline()
        address = process.stdout.readline().split()[-1]
        while True:
            try:
                with urlopen(f"{address}/health"):
                    return time.perf_counter() - begun
            except URLError:
                time.sleep(0.01)
    finally:
        process.terminate()
        process.communicate()


def main() -> None:
    """Prints one line per measurement."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        home = GraphHome(Path(folder))
        print(f"build of the shipped graph: {seconds(lambda: build(home)):.1f} s")
        starts = [start(home) for _ in range(5)]
        print(
            f"second start, command to /health: median {median(starts):.2f} s of 5, worst {max(starts):.2f} s"
        )
        engine = home.engine()
        times = {}
        for one in catalogue().values():
            given = {name: [text] for name, text in one.example.items()}
            times[one.id] = median(
                seconds(lambda one=one, given=given: ask(engine, one, given)) for _ in range(5)
            )
        slowest = sorted(times.items(), key=lambda item: -item[1])[:5]
        print(
            f"{len(times)} questions: median {median(times.values()) * 1000:.1f} ms, slowest "
            + ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in slowest)
        )
        peer = rdflib.Graph()
        for piece in engine.dump():
            quads = rdflib.Dataset()
            quads.parse(data=piece, format="nquads")
            for subject, predicate, value, _ in quads.quads():
                peer.add((subject, predicate, value))
        print(f"beside rdflib {rdflib.__version__} in memory, same {len(peer)} triples, same text:")
        for name in PAIRED:
            one = catalogue()[name]
            text, _ = bound_text(engine, one, {key: [value] for key, value in one.example.items()})
            ours = median(seconds(lambda text=text: engine.select(text)) for _ in range(5))
            theirs = seconds(lambda text=text: list(peer.query(text)))
            print(
                f"  {name}: {ours * 1000:.1f} ms, rdflib {theirs * 1000:.0f} ms ({theirs / ours:.0f}x)"
            )


if __name__ == "__main__":
    main()
