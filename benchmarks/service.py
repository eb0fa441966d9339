"""The SPARQL service beside its peers on the same triples, in one run.

    python -m benchmarks.service --data DIR [--large DIR]

DIR is a graph of a million triples and --large one of ten million (`benchmarks.scale`).
rdflib-endpoint and Virtuoso (`virtuoso-opensource`) are measured where they are installed.
Every server is asked the same small questions about random subjects, in turn; nobody keeps
results. The hostile query joins the whole graph with itself.
"""

import argparse
import asyncio
import contextlib
import importlib.util
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from benchmarks.load import Load, apart, lookups, processor_seconds, run
from comity.graph.engine import EmbeddedEngine
from comity.graph.export import export_graph
from comity.graph.home import GraphHome
from comity.graph.jobs import Dataset, End, Job
from comity.graph.pieces import JSON
from comity.graph.pool import QueryPool

HOSTILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TOKEN = "t"  # noqa: S105 - of a server that lives for this run
ROUNDS, LOOKUPS = 3, 1500


@dataclass(frozen=True, slots=True)
class Peer:
    """A running server: its name, port and process."""

    name: str
    port: int
    pid: int

    def load(self, subjects: list[str], count: int, connections: int, seed: int) -> Load:
        """Asks it small questions."""
        return run(self.port, self.pid, lookups("/sparql", subjects, count, seed), connections)


@contextlib.contextmanager
def comity(folder: Path) -> Iterator[Peer]:
    """Comity's own server."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("comity"), "serve", "--port", "0", "--data", folder],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"COMITY_WRITE_TOKEN": TOKEN},
    )
    assert process.stdout is not None
    process.stdout.readline()
    port = int(process.stdout.readline().rpartition(":")[2])
    try:
        yield _settled(Peer("Comity", port, process.pid))
    finally:
        process.terminate()
        process.communicate()


@contextlib.contextmanager
def rdflib_endpoint(quads: Path) -> Iterator[Peer]:
    """rdflib-endpoint with the graph in memory."""
    from tests.engines.servers import free_port

    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.peer", quads, str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield _settled(Peer("rdflib-endpoint", port, process.pid))
    finally:
        # It hears no politer word while it answers a query.
        process.kill()
        process.communicate()


@contextlib.contextmanager
def virtuoso(folder: Path, quads: Path) -> Iterator[Peer]:
    """Virtuoso with the graph loaded in bulk and room for it in memory."""
    from tests.engines.servers import virtuoso as started

    with started(folder, buffers=170_000) as server:
        server.load(quads)
        port = int(server.remote.query.split(":")[2].partition("/")[0])
        yield _settled(Peer("Virtuoso", port, server.pid))


def _settled(peer: Peer) -> Peer:
    """Waits until a server answers and has nothing else to do."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        before = processor_seconds(peer.pid)
        # Longer than a server rests between its start and what it does on its own.
        time.sleep(3)
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{peer.port}/sparql", params={"query": "ASK {}"})
            if processor_seconds(peer.pid) - before < 0.1:
                return peer
    return peer


def subjects_of(engine: EmbeddedEngine, count: int = 20_000) -> list[str]:
    """Random subjects of a graph, the same for the same graph."""
    found: set[str] = set()
    for piece in engine.dump():
        lines = (line.partition(b" ")[0] for line in piece.splitlines())
        found.update(name[1:-1].decode() for name in lines if name.startswith(b"<"))
    return random.Random(3).sample(sorted(found), min(count, len(found)))


def small_lookups(peers: list[Peer], subjects: list[str]) -> None:
    """Processor time and rate of small lookups, the servers in turn."""
    for connections in (1, 4):
        runs: dict[str, list[Load]] = {peer.name: [] for peer in peers}
        for round in range(ROUNDS):
            for peer in peers:
                count = LOOKUPS // 5 if peer.name == "rdflib-endpoint" else LOOKUPS
                peer.load(subjects, 50, 1, 100 + round)
                runs[peer.name].append(peer.load(subjects, count, connections, round))
        ours = median(one.cpu for one in runs["Comity"])
        for name, loads in runs.items():
            cpu = median(one.cpu for one in loads)
            print(
                f"{connections} connection(s), {name}: {median(one.rate for one in loads):.0f}/s, "
                f"CPU {cpu * 1e6:.0f} us a lookup ({cpu / ours:.2f} of Comity's), "
                f"p50 {median(one.at(0.5) for one in loads) * 1e3:.2f} ms, "
                f"p99 {median(one.at(0.99) for one in loads) * 1e3:.2f} ms"
            )


def beside_hostile(peer: Peer, subjects: list[str]) -> None:
    """p99 of small lookups with and without four hostile queries at the same time."""
    stop = threading.Event()

    def hostile() -> None:
        while not stop.is_set():
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(
                    f"http://127.0.0.1:{peer.port}/sparql", params={"query": HOSTILE}, timeout=15
                )

    if peer.name == "rdflib-endpoint":
        threading.Thread(target=hostile, daemon=True).start()
        time.sleep(1)
        begun = time.monotonic()
        try:
            httpx.get(
                f"http://127.0.0.1:{peer.port}/sparql", params={"query": "ASK {}"}, timeout=15
            )
        except httpx.TimeoutException:
            print(f"{peer.name}: one hostile query, and a small one had no answer in 15 s")
        else:
            print(f"{peer.name}: small one answered after {time.monotonic() - begun:.1f} s")
        stop.set()
        return
    quiet, loud = [], []
    for round in range(ROUNDS):
        with apart():
            quiet.append(peer.load(subjects, LOOKUPS, 1, 20 + round).at(0.99))
        stop.clear()
        threads = [threading.Thread(target=hostile, daemon=True) for _ in range(4)]
        for one in threads:
            one.start()
        time.sleep(1)
        with apart():
            loud.append(peer.load(subjects, LOOKUPS, 1, 40 + round).at(0.99))
        stop.set()
        for one in threads:
            one.join()
    print(
        f"{peer.name}: p99 {median(quiet) * 1e3:.2f} ms alone, {median(loud) * 1e3:.2f} ms beside "
        f"four hostile queries: {median(loud) / median(quiet):.2f}x"
    )


def worker_overhead(home: GraphHome, subjects: list[str]) -> None:
    """A small query through a worker beside the same query in this process."""
    commit = home.last_commit()
    assert commit is not None
    engine = home.engine()
    texts = [f"SELECT ?p ?o WHERE {{ <{one}> ?p ?o }}" for one in subjects[:3000]]

    async def work() -> tuple[float, float]:
        pool = QueryPool(home.snapshot(commit), size=1, spares=0)
        await pool.start()
        direct, worker = [], []
        for text in texts:
            begun = time.perf_counter()
            engine.select(text)
            between = time.perf_counter()
            async for piece in pool.run(Job(text, JSON, Dataset(), 10**6, 10**9), 10):
                assert isinstance(piece, bytes | End)
            worker.append(time.perf_counter() - between)
            direct.append(between - begun)
        await pool.close()
        return median(direct), median(worker)

    # The loop that the server runs on.
    import uvloop

    direct, worker = uvloop.run(work()) if hasattr(uvloop, "run") else asyncio.run(work())
    print(
        f"small query: {direct * 1e6:.0f} us in this process, {worker * 1e6:.0f} us through a "
        f"worker: {worker / direct:.2f}x"
    )


def small_updates(folder: Path) -> None:
    """One triple from request to acknowledged, and to the next request that sees it."""
    with (
        comity(folder) as peer,
        httpx.Client(
            base_url=f"http://127.0.0.1:{peer.port}",
            timeout=120,
            headers={"Authorization": f"Bearer {TOKEN}"},
        ) as client,
    ):
        told: list[float] = []
        seen: list[float] = []
        for number in range(41):
            triple = f"<http://e/{time.time_ns()}> <http://e/p> {number}"
            begun = time.perf_counter()
            client.post(
                "/update",
                content=f"INSERT DATA {{ GRAPH <http://e/bench> {{ {triple} }} }}",
                headers={"Content-Type": "application/sparql-update"},
            ).raise_for_status()
            told.append(time.perf_counter() - begun)
            answer = client.get("/sparql", params={"query": f"ASK {{ {triple} }}"})
            seen.append(time.perf_counter() - begun)
            assert answer.json()["boolean"]
            time.sleep(0.05)
        clear = client.delete("/graphs", params={"graph": "http://e/bench"})
        clear.raise_for_status()
    print(
        f"one triple into {folder.name}: first {told[0] * 1e3:.0f} ms, then acknowledged after "
        f"{median(told[1:]) * 1e3:.1f} ms (worst {max(told[1:]) * 1e3:.1f}), seen by the next "
        f"request after {median(seen[1:]) * 1e3:.1f} ms (worst {max(seen[1:]) * 1e3:.1f})"
    )


def main() -> None:
    """Prints one line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--large", type=Path)
    given = parser.parse_args()
    home = GraphHome(given.data)
    subjects = subjects_of(home.engine())
    worker_overhead(home, subjects)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        quads = folder / "graph.nq"
        with quads.open("wb") as file:
            for piece in export_graph(home.engine(), "nq"):
                file.write(piece)
        peers = [stack.enter_context(comity(given.data))]
        from tests.engines.servers import has_virtuoso

        if has_virtuoso():
            peers.append(stack.enter_context(virtuoso(folder / "virtuoso", quads)))
        if importlib.util.find_spec("rdflib_endpoint"):
            peers.append(stack.enter_context(rdflib_endpoint(quads)))
        small_lookups(peers, subjects)
        for peer in peers:
            if peer.name != "Virtuoso":
                beside_hostile(peer, subjects)
    small_updates(given.data)
    if given.large:
        small_updates(given.large)


if __name__ == "__main__":
    main()
