"""An acknowledged write survives `kill -9` of any process at any moment."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from comity.graph.home import GraphHome
from small_graph import written_home

ROUNDS = 9
TOKEN = "t"


class Served:
    """`comity serve` as a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [Path(sys.executable).with_name("comity"), "serve", "--port", "0", "--data", folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"COMITY_WRITE_TOKEN": TOKEN},
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.address = self.process.stdout.readline().split()[-1]
        for _ in range(400):
            try:
                httpx.get(f"{self.address}/health")
            except httpx.HTTPError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server did not answer")

    def children(self, module: str) -> list[int]:
        """Ids of its processes that run a module."""
        lines = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.splitlines()
        return [int(line.split()[0]) for line in lines if module in line]

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def write_until(stop: threading.Event, address: str, first: int, told: list[int]) -> None:
    """Writes one number after the other; notes those that the server has acknowledged."""
    number = first
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    while not stop.is_set():
        text = f"INSERT DATA {{ GRAPH <http://e/kept> {{ <http://e/n> <http://e/is> {number} }} }}"
        try:
            answer = httpx.post(f"{address}/update", content=text, headers=headers, timeout=10)
            if answer.status_code == 200:
                told.append(number)
        except httpx.HTTPError:
            time.sleep(0.02)
        number += 1


@pytest.mark.slow
def test_acknowledged_writes_survive_the_killing_of_any_process(tmp_path: Path) -> None:
    written_home(tmp_path)
    chance = random.Random(5)
    told: list[int] = []
    server = Served(tmp_path)
    try:
        for round in range(ROUNDS):
            stop = threading.Event()
            firsts = [(round * 3 + at) * 1_000_000 for at in range(3)]
            writers = [
                threading.Thread(target=write_until, args=(stop, server.address, first, told))
                for first in firsts
            ]
            for one in writers:
                one.start()
            before = len(told)
            while len(told) < before + 5:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.3)
            victim = ("server", "comity.graph.writer", "comity.graph.worker")[round % 3]
            if victim == "server":
                server.process.send_signal(signal.SIGKILL)
            else:
                for pid in server.children(victim):
                    os.kill(pid, signal.SIGKILL)
                before = len(told)
                # The service goes on by itself.
                deadline = time.monotonic() + 20
                while len(told) < before + 3 and time.monotonic() < deadline:
                    time.sleep(0.01)
                assert len(told) >= before + 3
            stop.set()
            for one in writers:
                one.join()
            if victim == "server":
                server.end()
                server = Served(tmp_path)
        answer = httpx.get(
            f"{server.address}/sparql",
            params={"query": "SELECT ?n { GRAPH <http://e/kept> { ?s ?p ?n } }", "format": "csv"},
        )
        found = {int(line) for line in answer.text.splitlines()[1:]}
    finally:
        server.end()

    assert len(told) > ROUNDS * 5
    assert set(told) - found == set()
    # The log has every commit, once, and what it says was added is what is there.
    entries = list(GraphHome(tmp_path).log())
    assert [one.number for one in entries] == list(range(1, len(entries) + 1))
    assert sum(one.added - one.removed for one in entries) == 4 + len(found)
