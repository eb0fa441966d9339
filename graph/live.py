"""The live store while it is being written: changes, the log, and what readers see.

Owns `live/` of a data directory for the one process that writes. A change is first
applied and staged; `publish` makes everything staged visible at once: a snapshot by hard
links, the log entries, then the rename that readers wait for. Killed at any moment before
that rename, the next writer starts again from the newest snapshot; killed after it,
nothing is lost.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from comity.errors import GraphLockedError

# Old ones are hard links; a reader that is about to open one must still find it.
KEPT_SNAPSHOTS = 4
# From so many quads on, bulk loading is faster than one transaction.
_BULK = 10_000
_PIECE = 1024 * 1024
_LOADED_AT_ONCE = 500_000
# Files are merged when what batches wrote since is an eighth of what was there. Each batch
# leaves files beside the others, and a lookup opens all that may hold its key: after 16 imports,
# 14.8 million quads in 4.6 GB, it took 20 us; merged, in 2.7 GB, 7 us. Merging took 24 s.
_MERGED_AT = 1 / 8
_BYTES_OF_A_QUAD = 180


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit does: quads to take away, then quads to add.

    Attributes:
        add: quads to add.
        remove: quads to take away.
        created: named graphs that are there afterwards, be they empty.
        dropped: named graphs that are no longer there.
    """

    add: tuple[Quad, ...] = ()
    remove: tuple[Quad, ...] = ()
    created: tuple[NamedNode, ...] = ()
    dropped: tuple[NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove or self.created or self.dropped)

    def graphs(self) -> set[str]:
        """IRIs of the graphs that it touches; empty for the default graph."""
        names = {quad.graph_name for quad in (*self.add, *self.remove)}
        named = {name.value for name in names if isinstance(name, NamedNode)}
        return named | {graph.value for graph in (*self.created, *self.dropped)}

    def undone(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.remove, self.add, self.dropped, self.created)


@dataclass(frozen=True, slots=True)
class Batch:
    """A change too large for memory: a file takes the place of all that a graph holds.

    Attributes:
        graph: the one graph that it is about.
        file: N-Quads, all in that graph; None only takes the graph away.
        size: quads in the file.
        sha256: of the file; empty where there is none.
    """

    graph: NamedNode
    file: Path | None = None
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """One entry of the change log.

    Attributes:
        number: 1, 2, 3 ...
        version: opaque version of the graph after it.
        who: who wrote.
        why: for what reason.
        when: UTC, ISO 8601.
        added: number of quads added.
        removed: number of quads removed.
    """

    number: int
    version: str
    who: str
    why: str
    when: str
    added: int
    removed: int


class LiveGraph:
    """A data directory open for writing.

    Args:
        folder: the data directory.

    Raises:
        GraphLockedError: another process is writing there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._live = folder / "live"
        self._dirty = folder / "live.dirty"
        self._log = folder / "log"
        self._unmerged = folder / "live.unmerged"
        self._loaded = 0
        self._staged: list[tuple[Commit, Change, set[str]]] = []
        folder.mkdir(parents=True, exist_ok=True)
        if self._dirty.exists() or not self._live.is_dir():
            self._recover()
        self.store = self._open()
        self._last = last_commit(folder)

    @property
    def last(self) -> Commit | None:
        """The newest commit, staged ones included."""
        return self._staged[-1][0] if self._staged else self._last

    def stage(self, who: str, why: str, change: Change) -> Commit:
        """Applies a change; readers see it after the next `publish`."""
        self.apply(change)
        return self.stage_applied(who, why, change)

    def apply(self, change: Change) -> None:
        """Applies a change to the live store, to be staged or undone."""
        self._dirty.touch()
        for graph in change.created:
            self.store.add_graph(graph)
        for quad in change.remove:
            self.store.remove(quad)
        for graph in change.dropped:
            self.store.remove_graph(graph)
        if len(change.add) > _BULK:
            self.store.bulk_extend(change.add)
        else:
            self.store.extend(change.add)

    def stage_applied(self, who: str, why: str, change: Change) -> Commit:
        """Stages a change that was applied already."""
        parts = chain(change.remove, change.dropped, (None,), change.created, change.add)
        commit = self._commit(who, why, parts, len(change.add), len(change.remove))
        self._staged.append((commit, change, change.graphs()))
        return commit

    def stage_batch(self, who: str, why: str, batch: Batch) -> Commit:
        """Applies a batch, in memory that does not grow with it; see `stage`.

        What goes and what comes is written into the log straight away, under the number
        that the commit will have.
        """
        self._dirty.touch()
        self._log.mkdir(exist_ok=True)
        number = self.last.number + 1 if self.last else 1
        removed = self._take_away(batch.graph, self._log / f"{number}.removed.nq.gz")
        if batch.file is not None:
            self._load(batch.file)
            with (
                batch.file.open("rb") as plain,
                gzip.open(self._log / f"{number}.nq.gz", "wb", 1) as packed,
            ):
                shutil.copyfileobj(plain, packed, _PIECE)
        else:
            self.store.remove_graph(batch.graph)
        parts = (batch.graph, removed, batch.sha256)
        commit = self._commit(who, why, parts, batch.size, removed)
        dropped = (batch.graph,) if batch.file is None and removed else ()
        self._staged.append((commit, Change(dropped=dropped), {batch.graph.value}))
        self._loaded += batch.size + removed
        return commit

    def _load(self, file: Path) -> None:
        """Loads a file in pieces: as a whole it took 1.5 GB for 2.4 million quads, so 0.55."""
        with file.open("rb") as lines:
            while piece := b"".join(islice(lines, _LOADED_AT_ONCE)):
                self.store.bulk_load(input=piece, format=RdfFormat.N_QUADS)

    def _take_away(self, graph: NamedNode, log: Path) -> int:
        """Removes all quads of a graph into a file of the log; how many there were."""
        count = 0
        # One by one: in pyoxigraph 0.5 it takes a quarter of the time of `remove_graph` and
        # none of its memory.
        found = self.store.quads_for_pattern(None, None, None, graph)
        while part := list(islice(found, _BULK)):
            with gzip.open(log, "ab", 1) as file:
                file.write(serialize(part, format=RdfFormat.N_QUADS) or b"")
            for quad in part:
                self.store.remove(quad)
            count += len(part)
        return count

    def _commit(
        self, who: str, why: str, parts: Iterable[object], added: int, removed: int
    ) -> Commit:
        last = self.last
        number = last.number + 1 if last else 1
        return Commit(
            number=number,
            version=f"{number}-{_digest(last.version if last else '', parts)}",
            who=who,
            why=why,
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            added=added,
            removed=removed,
        )

    def publish(self) -> Commit | None:
        """Makes what was staged visible; the newest commit, or None where there is none."""
        if not self._staged:
            return self._last
        if self._loaded:
            self._merge_when_due()
        newest = self._staged[-1][0]
        target = snapshot_folder(self._folder, newest)
        target.parent.mkdir(exist_ok=True)
        beside = target.with_suffix(".new")
        for old in (target, beside):
            shutil.rmtree(old, ignore_errors=True)
        self.store.backup(str(beside))
        for commit, change, graphs in self._staged:
            self._write_log(commit, change, graphs)
        # A reader never opens half a snapshot, and never one whose log is not written.
        beside.rename(target)
        self._dirty.unlink(missing_ok=True)
        self._staged.clear()
        self._last = newest
        return newest

    def _merge_when_due(self) -> None:
        """Merges the store's files where batches have written enough since they last were."""
        quads = self._loaded
        if self._unmerged.exists():
            quads += int(self._unmerged.read_text())
        # Those of the snapshot: the store may be removing its own at this moment.
        files = snapshot_folder(self._folder, self._last).glob("*.sst") if self._last else ()
        size = sum(file.stat().st_size for file in files)
        if quads * _BYTES_OF_A_QUAD > size * _MERGED_AT:
            self.store.optimize()
            quads = 0
        self._unmerged.write_text(str(quads))
        self._loaded = 0

    def drop_old_snapshots(self) -> None:
        """Removes the snapshots that no reader will open any more, and half-made ones."""
        kept = snapshot_numbers(self._folder)[:KEPT_SNAPSHOTS]
        for path in (self._folder / "snapshots").iterdir():
            if not path.name.isdecimal() or int(path.name) not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Lets go of the store."""
        del self.store

    def _open(self) -> Store:
        # RocksDB would keep a thousand of its notes, 0.14 MB each, one for every opening.
        for notes in self._live.glob("LOG.old.*"):
            notes.unlink(missing_ok=True)
        try:
            return Store(str(self._live))
        except OSError as error:
            if "lock" in str(error).lower():
                raise GraphLockedError(
                    f"Another process is writing to {self._folder}; stop it or wait, then try "
                    "again."
                ) from error
            raise

    def _recover(self) -> None:
        """Puts the live store back to the newest snapshot, which is what readers were told."""
        if self._live.is_dir():
            # Locks out a writer that is still at work: the mark is then his, not a dead one's.
            store = self._open()
            del store
        last = last_commit(self._folder)
        fresh = self._live.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        if last is not None:
            fresh.mkdir(parents=True)
            for file in snapshot_folder(self._folder, last).iterdir():
                # Data files never change once written; the rest is copied.
                if file.suffix == ".sst":
                    os.link(file, fresh / file.name)
                elif file.name != "LOCK":
                    shutil.copy2(file, fresh / file.name)
        shutil.rmtree(self._live, ignore_errors=True)
        if last is not None:
            fresh.rename(self._live)
        for entry in (self._folder / "log").glob("*"):
            # Written for a snapshot that nobody was told of.
            number = entry.name.partition(".")[0]
            if number.isdecimal() and int(number) > (last.number if last else 0):
                entry.unlink()
        self._dirty.unlink(missing_ok=True)

    def _write_log(self, commit: Commit, change: Change, graphs: set[str]) -> None:
        log = self._log
        log.mkdir(exist_ok=True)
        for suffix, quads in (("nq.gz", change.add), ("removed.nq.gz", change.remove)):
            if quads:
                with gzip.open(log / f"{commit.number}.{suffix}", "wb", 3) as file:
                    file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
        entry = asdict(commit)
        entry["graphs"] = sorted(graphs)
        if change.created or change.dropped:
            entry["graphs_created"] = [graph.value for graph in change.created]
            entry["graphs_dropped"] = [graph.value for graph in change.dropped]
        beside = log / f"{commit.number}.json.new"
        with beside.open("w", encoding="utf-8") as text:
            text.write(json.dumps(entry, indent=1, ensure_ascii=False) + "\n")
            text.flush()
            os.fsync(text.fileno())
        beside.rename(log / f"{commit.number}.json")


def snapshot_folder(folder: Path, commit: Commit) -> Path:
    """The directory of a commit's snapshot."""
    return folder / "snapshots" / str(commit.number)


def snapshot_numbers(folder: Path) -> list[int]:
    """Numbers of the snapshots that are there, the newest first."""
    found = (folder / "snapshots").glob("*")
    return sorted((int(path.name) for path in found if path.name.isdecimal()), reverse=True)


def last_commit(folder: Path) -> Commit | None:
    """The newest commit that readers can see, or None before the first."""
    for number in snapshot_numbers(folder):
        entry = folder / "log" / f"{number}.json"
        if entry.is_file():
            return read_entry(entry)
    return None


def touched_since(folder: Path, number: int, last: int) -> set[str] | None:
    """IRIs of the graphs that the commits after one touched; None where that is not known.

    Args:
        folder: the data directory.
        number: of the commit before the first.
        last: number of the last commit.
    """
    found: set[str] = set()
    for one in range(number + 1, last + 1):
        entry = folder / "log" / f"{one}.json"
        graphs = json.loads(entry.read_bytes()).get("graphs") if entry.is_file() else None
        if graphs is None:
            return None
        found |= set(graphs)
    return found


def graphs_named(entry: Path) -> tuple[list[str], list[str]]:
    """IRIs of the graphs that a commit created and dropped, from its file in the log."""
    found = json.loads(entry.read_bytes())
    return found.get("graphs_created", []), found.get("graphs_dropped", [])


def read_entry(entry: Path) -> Commit:
    """A commit from its file in the log."""
    found = json.loads(entry.read_text(encoding="utf-8"))
    return Commit(**{name: found[name] for name in Commit.__dataclass_fields__})


def _digest(before: str, parts: Iterable[object]) -> str:
    """Short hash of a commit: the same data built twice gets the same version."""
    digest = hashlib.sha256(before.encode())
    for part in parts:
        digest.update(str(part).encode())
    return digest.hexdigest()[:10]
