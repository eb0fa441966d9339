"""The index on disk: rows by named graph and by the commit that last changed the graph.

    index/manifest.json     the commit that it is of; for each graph its rows, and its file
                            where it has one of its own
    index/*.parquet         rows of one large graph, or of all small ones (`loose`)
    index/VERSION/*.arrow   all of it as columns (`columns`), mapped and not read

in the data directory. The log of changes says which graphs a commit touched, so that only
these are read again. Files are written beside and renamed, and the manifest comes last:
processes may read and write it at once, and one that finds a file gone reads the graph.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pyarrow as pa
import pyarrow.parquet as pq

from comity.graph.engine import EmbeddedEngine
from comity.graph.index.columns import Columns, columns_of
from comity.graph.index.rows import ACTS, LINKS, Rows, joined, read_rows
from comity.graph.live import snapshot_numbers, touched_since

_FORM = 2
# Graphs with more acts have a file of their own.
_LARGE = 20_000
_LOOSE = "loose"
# Readers come at once, just after a start; one of them makes what is missing.
_MAKING = Lock()


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

    def columns(self, engine: EmbeddedEngine, known: Mapping[str, Rows] | None = None) -> Columns:
        """The acts of the graph as an engine has it; what has changed is read again first.

        Args:
            engine: the graph.
            known: rows of graphs that need not be read, by IRI.
        """
        place = self.folder / engine.version
        try:
            return Columns.load(place)
        except (OSError, pa.ArrowInvalid):
            # Not made yet, of a version that is no longer kept, or broken.
            return self._made(place, engine, known or {})

    def _made(self, place: Path, engine: EmbeddedEngine, known: Mapping[str, Rows]) -> Columns:
        with _MAKING:
            try:
                # Whoever waited for this finds what the other has made.
                return Columns.load(place)
            except (OSError, pa.ArrowInvalid):
                found = columns_of(self._rows(engine, known))
                shutil.rmtree(place, ignore_errors=True)
            beside = place.with_name(f"{place.name}.{os.getpid()}.new")
            found.save(beside)
            try:
                beside.rename(place)
            except OSError:
                # Another process was quicker.
                shutil.rmtree(beside)
            self._clear(engine.version)
            return found

    def rebuild(self, engine: EmbeddedEngine) -> Columns:
        """Reads everything anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.columns(engine)

    def differences(self, engine: EmbeddedEngine) -> list[str]:
        """What the index has otherwise than the graph, one sentence for each named graph."""
        kept, true = self._rows(engine, {}), read_rows(engine)
        differing = [
            name
            for name in sorted(kept.graphs() | true.graphs())
            if not kept.among([name]).is_as(true.among([name]))
        ]
        told = [
            f"The index differs from the graph {name}; run `comity index`." for name in differing
        ]
        if not told and not self.columns(engine).is_as(columns_of(true)):
            told = ["The columns of the index differ from its rows; run `comity index`."]
        return told

    def _rows(self, engine: EmbeddedEngine, known: Mapping[str, Rows]) -> Rows:
        try:
            return self._refreshed(engine, self.manifest(), known)
        except (FileNotFoundError, pa.ArrowInvalid):
            # Another process has just written a newer one, or a file is broken.
            return read_rows(engine)

    def _refreshed(
        self, engine: EmbeddedEngine, before: Manifest | None, known: Mapping[str, Rows]
    ) -> Rows:
        commit = int(engine.version.partition("-")[0])
        if before is not None and before.version == engine.version:
            return self._load(before)
        touched = None
        if before is not None and before.commit < commit and self._is_ours(before):
            touched = touched_since(self._data, before.commit, commit)
        if before is None or touched is None:
            rows = read_rows(engine)
        else:
            given = [known[name] for name in sorted(touched & known.keys())]
            unknown = touched - known.keys()
            fresh = read_rows(engine, unknown) if unknown else joined(())
            rows = joined((self._load(before).without(touched), fresh, *given))
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
        counted = rows.acts["graph"].cast(pa.string()).value_counts().to_pylist()
        acts = {one["values"]: one["counts"] for one in counted}
        files = {}
        for graph, number in sorted(acts.items()):
            if number <= _LARGE:
                files[graph] = _LOOSE
                continue
            kept = before.files.get(graph, _LOOSE) if before else _LOOSE
            if touched is None or graph in touched or kept == _LOOSE:
                kept = f"{hashlib.sha256(graph.encode()).hexdigest()[:12]}-{version}"
                self._write(rows.among([graph]), kept)
            files[graph] = kept
        large = [graph for graph, name in files.items() if name != _LOOSE]
        files[_LOOSE] = f"{_LOOSE}-{version}"
        self._write(rows.without(large), files[_LOOSE])
        beside = self.folder / f"manifest.{os.getpid()}.new"
        told = {"form": _FORM, "version": version, "acts": acts, "files": files}
        beside.write_text(json.dumps(told, indent=1) + "\n")
        beside.rename(self.folder / "manifest.json")

    def _clear(self, version: str) -> None:
        """Removes what neither the manifest nor a version that is still read names."""
        manifest = self.manifest()
        named = set(manifest.files.values()) if manifest else set()
        for path in self.folder.glob("*.parquet"):
            if path.name.removesuffix(".parquet").rpartition(".")[0] not in named:
                path.unlink(missing_ok=True)
        numbers = snapshot_numbers(self._data)
        for path in self.folder.iterdir():
            number = path.name.partition("-")[0]
            old = number.isdecimal() and int(number) not in numbers
            if path.is_dir() and old and path.name != version:
                shutil.rmtree(path, ignore_errors=True)

    def _write(self, rows: Rows, name: str) -> None:
        for kind, table in (("acts", rows.acts), ("links", rows.links)):
            path = self.folder / f"{name}.{kind}.parquet"
            beside = path.with_suffix(f".{os.getpid()}.new")
            pq.write_table(table, beside, compression="zstd")
            beside.rename(path)
