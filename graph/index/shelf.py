"""The index on disk: rows by named graph and by the commit that last changed the graph.

    index/manifest.json     the commit that it is of; for each graph its rows, and its file
                            where it has one of its own
    index/*.parquet         rows of one large graph, or of all small ones (`loose`)

in the data directory. The log of changes says which graphs a commit touched, so that only
these are read again. Files are written beside and renamed, and the manifest comes last:
processes may read and write it at once, and one that finds a file gone reads the graph.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from comity.graph.engine import EmbeddedEngine
from comity.graph.index.rows import ACTS, LINKS, Rows, joined, read_rows
from comity.graph.live import touched_since

_FORM = 1
# Graphs with more acts have a file of their own.
_LARGE = 20_000
_LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What there is.

    Attributes:
        version: version of the graph that the index is of.
        acts: number of acts by graph.
        files: name of the file by graph, `loose` for those that share one; the name of the
            shared file stands under `loose` itself.
    """

    version: str
    acts: dict[str, int]
    files: dict[str, str]

    @property
    def commit(self) -> int:
        """Number of the commit."""
        return int(self.version.partition("-")[0])


class IndexShelf:
    """The index of a data directory.

    Args:
        data: the data directory.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self.folder = data / "index"

    def manifest(self) -> Manifest | None:
        """What there is, None where there is nothing that can be read."""
        try:
            found = json.loads((self.folder / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return None
        if found.get("form") != _FORM:
            return None
        return Manifest(found["version"], found["acts"], found["files"])

    def rows(self, engine: EmbeddedEngine) -> Rows:
        """The rows of the graph as an engine has it; what has changed is read again first."""
        try:
            return self._refreshed(engine, self.manifest())
        except FileNotFoundError:
            # Another process has just written a newer one.
            return read_rows(engine)

    def rebuild(self, engine: EmbeddedEngine) -> Manifest:
        """Reads everything anew."""
        self._refreshed(engine, None)
        found = self.manifest()
        if found is None:
            raise OSError(f"The index in {self.folder} cannot be read back.")
        return found

    def differences(self, engine: EmbeddedEngine) -> list[str]:
        """What the index has otherwise than the graph, one sentence for each named graph."""
        kept, true = self.rows(engine), read_rows(engine)
        names = {*kept.acts["graph"].unique().to_pylist(), *true.acts["graph"].unique().to_pylist()}
        names |= {*kept.links["graph"].unique().to_pylist()}
        names |= {*true.links["graph"].unique().to_pylist()}
        return [
            f"The index differs from the graph {name}; run `comity index`."
            for name in sorted(names)
            if kept.of(name) != true.of(name)
        ]

    def _refreshed(self, engine: EmbeddedEngine, before: Manifest | None) -> Rows:
        commit = int(engine.version.partition("-")[0])
        if before is not None and before.version == engine.version:
            return self._load(before)
        touched = None
        if before is not None and before.commit < commit and self._is_ours(before):
            touched = touched_since(self._data, before.commit, commit)
        if before is None or touched is None:
            rows = read_rows(engine)
        else:
            fresh = read_rows(engine, touched) if touched else joined(())
            rows = joined((self._load(before).without(touched), fresh))
        if before is None or before.commit <= commit:
            self._save(rows, engine.version, before, touched)
        return rows

    def _is_ours(self, manifest: Manifest) -> bool:
        """Whether the log has the commit that an index is of."""
        entry = self._data / "log" / f"{manifest.commit}.json"
        return entry.is_file() and json.loads(entry.read_bytes())["version"] == manifest.version

    def _load(self, manifest: Manifest) -> Rows:
        names = sorted(set(manifest.files.values()) - {_LOOSE})
        return joined(
            [
                Rows(
                    pq.read_table(self.folder / f"{name}.acts.parquet", schema=ACTS),
                    pq.read_table(self.folder / f"{name}.links.parquet", schema=LINKS),
                )
                for name in names
            ]
        )

    def _save(
        self, rows: Rows, version: str, before: Manifest | None, touched: set[str] | None
    ) -> None:
        """Writes what is new; files of large graphs that were not touched stay."""
        self.folder.mkdir(parents=True, exist_ok=True)
        counted = rows.acts["graph"].value_counts().to_pylist()
        acts = {one["values"]: one["counts"] for one in counted}
        files = {}
        for graph, number in sorted(acts.items()):
            if number <= _LARGE:
                files[graph] = _LOOSE
                continue
            kept = before.files.get(graph, _LOOSE) if before else _LOOSE
            if touched is None or graph in touched or kept == _LOOSE:
                kept = f"{hashlib.sha256(graph.encode()).hexdigest()[:12]}-{version}"
                self._write(rows.of(graph), kept)
            files[graph] = kept
        large = [graph for graph, name in files.items() if name != _LOOSE]
        files[_LOOSE] = f"{_LOOSE}-{version}"
        self._write(rows.without(large), files[_LOOSE])
        beside = self.folder / f"manifest.{os.getpid()}.new"
        told = {"form": _FORM, "version": version, "acts": acts, "files": files}
        beside.write_text(json.dumps(told, indent=1) + "\n")
        beside.rename(self.folder / "manifest.json")
        for path in self.folder.glob("*.parquet"):
            if path.name.removesuffix(".parquet").rpartition(".")[0] not in files.values():
                path.unlink()

    def _write(self, rows: Rows, name: str) -> None:
        for kind, table in (("acts", rows.acts), ("links", rows.links)):
            path = self.folder / f"{name}.{kind}.parquet"
            beside = path.with_suffix(f".{os.getpid()}.new")
            pq.write_table(table, beside, compression="zstd")
            beside.rename(path)
