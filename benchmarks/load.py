"""Asks a SPARQL server small questions over HTTP and reads what it cost.

The client is one process with raw sockets, so that it takes little of the machine; the
server's cost is the processor time of its process and all its children.
"""

import asyncio
import contextlib
import os
import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """What a run came to.

    Attributes:
        rate: answers per second.
        cpu: seconds of the server's processor time for one answer.
        latencies: seconds from request to answer, sorted.
    """

    rate: float
    cpu: float
    latencies: tuple[float, ...]

    def at(self, share: float) -> float:
        """The latency that a share of the answers stayed under."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


def processor_seconds(pid: int) -> float:
    """Processor time of a process and its descendants, the dead ones it has reaped included."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            with open(f"/proc/{one}/stat", encoding="ascii") as file:  # noqa: PTH123 - hot path
                fields = file.read().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        total += sum(int(field) for field in fields[11 : 15 if one == pid else 13])
        found = subprocess.run(
            ["pgrep", "-P", str(one)], capture_output=True, text=True, check=False
        )
        waiting += [int(line) for line in found.stdout.split()]
    return total / TICKS


async def ask(host: str, port: int, paths: list[str], latencies: list[float]) -> None:
    """Asks over one connection, one after the other; opens another where it is closed."""
    reader, writer = await asyncio.open_connection(host, port)
    for path in paths:
        begun = time.perf_counter()
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n"
            "Accept: application/sparql-results+json\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(head.decode())
        if b"content-length:" in head:
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
        else:
            body = b""
            while size := int(await reader.readline(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        if not body.lstrip().startswith(b"{"):
            raise RuntimeError(f"no JSON: {body[:100]!r}")
        latencies.append(time.perf_counter() - begun)
        if b"connection: close" in head:
            writer.close()
            reader, writer = await asyncio.open_connection(host, port)
    writer.close()


def lookups(path: str, subjects: list[str], count: int, seed: int = 7) -> list[str]:
    """Addresses of small questions about random subjects."""
    chance = random.Random(seed)
    mark = "&" if "?" in path else "?"
    return [
        f"{path}{mark}query=" + quote(f"SELECT ?p ?o WHERE {{ <{chance.choice(subjects)}> ?p ?o }}")
        for _ in range(count)
    ]


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """Binds this client to the processors that Comity keeps for short queries.

    Elsewhere it would wait for a tick of the clock beside busy processes, and its own waiting
    would count as the server's. A client is mostly another machine.
    """
    everything = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(everything)[: max(1, len(everything) // 2)])
    try:
        yield
    finally:
        os.sched_setaffinity(0, everything)


def run(port: int, pid: int, paths: list[str], connections: int) -> Load:
    """Asks all addresses over some connections at once."""
    latencies: list[float] = []

    async def work() -> None:
        parts = [paths[at::connections] for at in range(connections)]
        await asyncio.gather(*(ask("127.0.0.1", port, part, latencies) for part in parts))

    cpu, begun = processor_seconds(pid), time.perf_counter()
    asyncio.run(work())
    wall = time.perf_counter() - begun
    used = processor_seconds(pid) - cpu
    return Load(len(paths) / wall, used / len(paths), tuple(sorted(latencies)))
