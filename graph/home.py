"""The graph on disk: where it lives, and how it is read beside a writer.

Owns the data directory:

    live/            the store that the one writer opens (see `live`)
    live.unmerged    how many quads batches wrote since its files were last merged
    snapshots/N/     read-only copies by hard links; readers open the newest
    log/N.json       who wrote commit N, when, why, and how much
    log/N.nq.gz      what commit N added; N.removed.nq.gz what it removed
    known/N/         the graph of an earlier time (see `history`)
    index/           acts as columns (see `index.shelf`); can be made again at any time

Readers never open `live/`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from comity.errors import GraphMissingError
from comity.graph.engine import EmbeddedEngine
from comity.graph.live import (
    KEPT_SNAPSHOTS,
    Batch,
    Change,
    Commit,
    LiveGraph,
    last_commit,
    read_entry,
    snapshot_folder,
)

# How often a snapshot may vanish while it is being opened.
_ATTEMPTS = 5

__all__ = ["KEPT_SNAPSHOTS", "Batch", "Change", "Commit", "GraphHome"]


class GraphHome:
    """A data directory.

    Args:
        folder: the directory; it need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_built(self) -> bool:
        """Whether a graph can be read here."""
        return self.last_commit() is not None

    def last_commit(self) -> Commit | None:
        """The newest commit that readers can see, or None before the first."""
        return last_commit(self.folder)

    def log(self) -> Iterator[Commit]:
        """Every commit, the first one first."""
        entries = (self.folder / "log").glob("*.json")
        for entry in sorted(entries, key=lambda one: int(one.stem)):
            yield read_entry(entry)

    def engine(self) -> EmbeddedEngine:
        """Opens the newest snapshot for reading; works beside a writer and a server.

        Raises:
            GraphMissingError: nothing was built here yet.
        """
        for attempt in range(_ATTEMPTS):
            commit = self.last_commit()
            if commit is None:
                break
            try:
                return EmbeddedEngine(self.snapshot(commit), commit.version)
            except GraphMissingError:
                # So many commits came meanwhile that it is gone: there is a newer one.
                if attempt == _ATTEMPTS - 1:
                    raise
        raise GraphMissingError(
            f"There is no graph in {self.folder} yet; run `comity build --data {self.folder}`."
        )

    def snapshot(self, commit: Commit) -> Path:
        """The directory of a commit's snapshot."""
        return snapshot_folder(self.folder, commit)

    def begin_empty(self) -> Commit:
        """A first commit with nothing in it, where there is none yet; else the last one.

        Raises:
            GraphLockedError: another process is writing here.
        """
        return self.last_commit() or self.commit("comity", "begin empty", Change())

    def commit(self, who: str, why: str, change: Change) -> Commit:
        """Writes a change; when this returns, readers that open the graph see it.

        Args:
            who: who writes, for the log.
            why: for what reason, for the log.
            change: what to remove and what to add.

        Raises:
            GraphLockedError: another process is writing here.
        """
        live = LiveGraph(self.folder)
        try:
            commit = live.stage(who, why, change)
            live.publish()
            live.drop_old_snapshots()
        finally:
            live.close()
        return commit

    def replace(
        self,
        who: str,
        why: str,
        quads: Iterable[Quad],
        keep: Callable[[Store], Collection[NamedNode]] = lambda store: (),
        then: Callable[[Store], Change] | None = None,
    ) -> Commit:
        """Commits the difference that makes the graph hold exactly these quads.

        Args:
            who: who writes, for the log.
            why: for what reason, for the log.
            quads: what the graph shall hold.
            keep: names of graphs of the store that stay as they are.
            then: what else must change once the rest is done.

        Raises:
            GraphLockedError: another process is writing here.
        """
        # Through a store of its own, which writes literals as the real one will ("1.0"
        # becomes "1"); else unchanged data would differ from what is stored.
        normal = Store()
        normal.bulk_extend(quads)
        wanted = set(normal)
        live = LiveGraph(self.folder)
        try:
            kept = keep(live.store)
            present = {
                quad
                for graph in (DefaultGraph(), *live.store.named_graphs())
                if graph not in kept
                for quad in live.store.quads_for_pattern(None, None, None, graph)
            }
            change = Change(
                add=tuple(sorted(wanted - present, key=str)),
                remove=tuple(sorted(present - wanted, key=str)),
            )
            if live.last is not None and not change:
                return live.last
            commit = live.stage(who, why, change)
            after = then(live.store) if then is not None else None
            if after:
                commit = live.stage(who, f"{why}: what follows from it", after)
            live.publish()
            live.drop_old_snapshots()
        finally:
            live.close()
        return commit
