"""The graph on disk: where it lives, how it is written, how it is read beside a writer.

Owns the data directory:

    live/            the store that the one writer opens
    snapshots/N/     read-only copies by hard links; readers open the newest
    log/N.json       who wrote commit N, when, why, and how much
    log/N.nq.gz      what commit N added; N.removed.nq.gz what it removed

Every write passes `commit`. Readers never open `live/`.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, serialize

from comity.errors import GraphLockedError, GraphMissingError
from comity.graph.engine import EmbeddedEngine

KEPT_SNAPSHOTS = 2


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit does: quads to take away, then quads to add."""

    add: tuple[Quad, ...]
    remove: tuple[Quad, ...] = ()


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


class GraphHome:
    """A data directory.

    Args:
        folder: the directory; it need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._live = folder / "live"
        self._snapshots = folder / "snapshots"
        self._log = folder / "log"

    def is_built(self) -> bool:
        """Whether a graph can be read here."""
        return self.last_commit() is not None

    def last_commit(self) -> Commit | None:
        """The newest commit that readers can see, or None before the first."""
        numbers = sorted(
            (int(path.name) for path in self._snapshots.glob("*") if path.name.isdecimal()),
            reverse=True,
        )
        for number in numbers:
            entry = self._log / f"{number}.json"
            if entry.is_file():
                return Commit(**json.loads(entry.read_text(encoding="utf-8")))
        return None

    def engine(self) -> EmbeddedEngine:
        """Opens the newest snapshot for reading; works beside a writer and a server.

        Raises:
            GraphMissingError: nothing was built here yet.
        """
        commit = self.last_commit()
        if commit is None:
            raise GraphMissingError(
                f"There is no graph in {self.folder} yet; run `comity build --data {self.folder}`."
            )
        return EmbeddedEngine(self.snapshot(commit), commit.version)

    def snapshot(self, commit: Commit) -> Path:
        """The directory of a commit's snapshot."""
        return self._snapshots / str(commit.number)

    def commit(self, who: str, why: str, change: Change) -> Commit:
        """Writes a change; when this returns, readers that open the graph see it.

        Args:
            who: who writes, for the log.
            why: for what reason, for the log.
            change: what to remove and what to add.

        Raises:
            GraphLockedError: another process is writing here.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        last = self.last_commit()
        number = last.number + 1 if last else 1
        store = self._open_for_writing()
        for quad in change.remove:
            store.remove(quad)
        store.bulk_extend(change.add) if last is None else store.extend(change.add)
        store.flush()
        commit = Commit(
            number=number,
            version=f"{number}-{_digest(last.version if last else '', change)}",
            who=who,
            why=why,
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            added=len(change.add),
            removed=len(change.remove),
        )
        self._write_log(commit, change)
        target = self.snapshot(commit)
        shutil.rmtree(target, ignore_errors=True)
        self._snapshots.mkdir(exist_ok=True)
        # Written beside and renamed, so that a reader never opens half a snapshot.
        beside = target.with_suffix(".new")
        shutil.rmtree(beside, ignore_errors=True)
        store.backup(str(beside))
        beside.rename(target)
        del store
        self._drop_old_snapshots(number)
        return commit

    def replace(self, who: str, why: str, quads: Iterable[Quad]) -> Commit:
        """Commits the difference that makes the graph hold exactly these quads.

        Raises:
            GraphLockedError: another process is writing here.
        """
        # Through a store of its own, which writes literals as the real one will ("1.0"
        # becomes "1"); else unchanged data would differ from what is stored.
        normal = Store()
        normal.bulk_extend(quads)
        wanted = set(normal)
        present: set[Quad] = set()
        if self._live.is_dir():
            store = self._open_for_writing()
            present = set(store.quads_for_pattern(None, None, None, None))
            del store
        change = Change(
            add=tuple(sorted(wanted - present, key=str)),
            remove=tuple(sorted(present - wanted, key=str)),
        )
        last = self.last_commit()
        if last is not None and not change.add and not change.remove:
            return last
        return self.commit(who, why, change)

    def _open_for_writing(self) -> Store:
        try:
            return Store(str(self._live))
        except OSError as error:
            if "lock" in str(error).lower():
                raise GraphLockedError(
                    f"Another process is writing to {self.folder}; stop it or wait, then try again."
                ) from error
            raise

    def _write_log(self, commit: Commit, change: Change) -> None:
        self._log.mkdir(exist_ok=True)
        for suffix, quads in (("nq.gz", change.add), ("removed.nq.gz", change.remove)):
            if quads:
                with gzip.open(self._log / f"{commit.number}.{suffix}", "wb", 3) as file:
                    file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
        entry = self._log / f"{commit.number}.json"
        entry.write_text(json.dumps(asdict(commit), indent=1) + "\n", encoding="utf-8")

    def _drop_old_snapshots(self, newest: int) -> None:
        for path in self._snapshots.iterdir():
            if path.name.isdecimal() and int(path.name) > newest - KEPT_SNAPSHOTS:
                continue
            shutil.rmtree(path, ignore_errors=True)


def _digest(before: str, change: Change) -> str:
    """Short hash of a commit: the same data built twice gets the same version."""
    digest = hashlib.sha256(before.encode())
    for quad in chain(change.remove, (None,), change.add):
        digest.update(str(quad).encode())
    return digest.hexdigest()[:10]
