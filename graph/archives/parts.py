"""Acts set aside while an importer reads: Parquet parts, one for each checkpoint.

Owns the folder of parts in an import's workbench, and the step that makes one archive of
them, sorted and partitioned. Memory is bounded by what comes between two checkpoints.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from comity.graph.archives.engines import duckdb_connection
from comity.graph.archives.rows import SCHEMA


class Parts:
    """Takes the acts of a batch aside.

    Args:
        folder: for the parts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows: list[tuple[Any, ...]] = []
        self._number = 0

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Takes rows; they are kept with the next `save`."""
        self._rows.extend(rows)

    def begin(self, parts: int) -> None:
        """Goes on after so many parts; what was written after them is written again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._number = parts
        for path in self.folder.glob("*.parquet"):
            if int(path.stem) >= parts:
                path.unlink()

    def save(self) -> int:
        """Writes what was taken since the last time; how many parts there are."""
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [
                pa.array(values, type=field.type)
                for values, field in zip(columns, SCHEMA, strict=True)
            ]
            table = pa.Table.from_arrays(arrays, schema=SCHEMA)
            pq.write_table(table, self.folder / f"{self._number:06}.parquet")
            self._number += 1
            self._rows.clear()
        return self._number

    def gather(self, target: Path) -> int:
        """Makes one archive of all parts; how many rows it has.

        Args:
            target: its folder, which takes the place of one that is there.
        """
        beside = target.with_name(f"{target.name}.new")
        for folder in (beside, target):
            shutil.rmtree(folder, ignore_errors=True)
        beside.mkdir(parents=True)
        if self._number:
            connection = duckdb_connection(beside.parent)
            # Years are folders; within one, days and actors lie together, so that a window
            # and a pair are found without reading the rest.
            rows = connection.read_parquet(str(self.folder / "*.parquet"))
            rows = rows.project("*, year(day) AS year").order("day, holder, object, act")
            rows.write_parquet(
                str(beside), partition_by=["year"], compression="zstd", overwrite=True
            )
            connection.close()
        beside.rename(target)
        return sum(pq.read_metadata(path).num_rows for path in target.rglob("*.parquet"))
