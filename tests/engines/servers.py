"""Fuseki and Virtuoso as servers of their own, for the length of a `with` block.

    with virtuoso(folder) as server:
        server.load(Path("graph.nq"))
        RemoteEngine(server.remote).select(...)

Both listen on 127.0.0.1, keep their data in the folder, and are stopped by process id.
Nothing here knows pytest; `benchmarks` may use it.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from comity.graph.remote_server import Remote, RemoteServer

FUSEKI_VERSION = "5.5.0"
_HERE = Path(__file__).parent
_START = 60.0


@dataclass
class Server:
    """A running server.

    Attributes:
        name: of the engine.
        remote: its addresses.
        pid: of its process.
        folder: where its data are.
        sql: address for isql, where there is one.
    """

    name: str
    remote: Remote
    pid: int
    folder: Path
    sql: str = ""
    load_folder: Path = field(default_factory=Path)

    def load(self, path: Path, graph: str = "") -> None:
        """Loads a file of N-Quads, or of N-Triples into one graph, in bulk."""
        if self.name == "virtuoso":
            inside = self.load_folder / path.name
            if path.resolve() != inside.resolve():
                shutil.copy(path, inside)
            isql(self, f"ld_dir('{inside.parent}', '{inside.name}', '{graph or 'urn:unnamed'}')")
            isql(self, "rdf_loader_run()", "checkpoint")
            return
        with path.open("rb") as file:
            if graph:
                RemoteServer(self.remote).graph("PUT", graph, file, "application/n-triples")
                return
            request = urllib.request.Request(
                self.remote.graphs, data=file.read(), method="POST",
                headers={"Content-Type": "application/n-quads"},
            )  # fmt: skip
            urllib.request.urlopen(request, timeout=600).close()


def fuseki_jar() -> Path | None:
    """The jar of the server: COMITY_FUSEKI_JAR, or where `.ci/run` puts it."""
    place = os.environ.get("COMITY_FUSEKI_JAR")
    name = f"jena-fuseki-server-{FUSEKI_VERSION}.jar"
    path = Path(place) if place else Path.home() / ".cache" / "comity" / name
    return path if path.is_file() and shutil.which("java") else None


def has_virtuoso() -> bool:
    """Whether Debian's virtuoso-opensource is installed."""
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


@contextmanager
def fuseki(folder: Path, *, memory: str = "1g", union: bool = True) -> Iterator[Server]:
    """Apache Jena Fuseki with one dataset on disk.

    Args:
        folder: for its data.
        memory: of the Java machine.
        union: whether its default graph is the union of all, as Comity needs it.
    """
    jar = fuseki_jar()
    assert jar is not None, "the jar of Fuseki is missing"
    config = (_HERE / "fuseki.ttl").read_text()
    if not union:
        config = config.replace("unionDefaultGraph true", "unionDefaultGraph false")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.ttl").write_text(config.replace('"db"', f'"{folder / "db"}"'))
    port = free_port()
    base = f"http://127.0.0.1:{port}/comity"
    command = ["java", f"-Xmx{memory}", "-jar", str(jar), "--config", "config.ttl", "--localhost",
               "--port", str(port), "--ping"]  # fmt: skip
    remote = Remote(f"{base}/query", f"{base}/update", f"{base}/data", timeout=60)
    with _running(command, folder, f"http://127.0.0.1:{port}/$/ping") as pid:
        yield Server("fuseki", remote, pid, folder)


@contextmanager
def virtuoso(folder: Path, *, buffers: int = 10_000) -> Iterator[Server]:
    """Virtuoso 7 on a new database; user and password are `dba`.

    Args:
        folder: for its data, and the only one that files are loaded from.
        buffers: pages of 8 KB in memory; 170,000 for a million triples and more.
    """
    folder = folder.resolve()
    load = folder / "load"
    load.mkdir(parents=True, exist_ok=True)
    port, http = free_port(), free_port()
    text = (_HERE / "virtuoso.ini").read_text()
    filled = {
        "FOLDER": str(folder),
        "LOAD": str(load),
        "PORT": str(port),
        "HTTP": str(http),
        "BUFFERS": str(buffers),
        "DIRTY": str(buffers * 3 // 4),
    }
    for name, value in filled.items():
        text = text.replace(f":{name}\n", f":{value}\n").replace(f" {name}\n", f" {value}\n")
        text = text.replace(f" {name}/", f" {value}/").replace(f" {name},", f" {value},")
    (folder / "virtuoso.ini").write_text(text)
    base = f"http://127.0.0.1:{http}"
    remote = Remote(
        f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth", "dba", "dba", 60
    )
    command = ["virtuoso-t", "-f", "-c", str(folder / "virtuoso.ini")]
    with _running(command, folder, f"{base}/sparql") as pid:
        yield Server("virtuoso", remote, pid, folder, f"127.0.0.1:{port}", load)


def isql(server: Server, *statements: str) -> str:
    """Runs SQL on Virtuoso."""
    done = subprocess.run(
        ["isql-vt", server.sql, "dba", "dba", f"exec={'; '.join(statements)};"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1800,
    )  # fmt: skip
    if done.returncode or "*** Error" in done.stderr:
        raise RuntimeError(done.stderr or done.stdout)
    return done.stdout


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, ready: str) -> Iterator[int]:
    log = folder / "out.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, ready, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"it ended at once: {log.read_text(errors='replace')[-2000:]}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"it did not answer: {log.read_text(errors='replace')[-2000:]}")
