"""An import under way: rows in, lines of N-Quads out, in bounded memory.

Owns the workbench of one import inside the data directory:

    imports/SOURCE/statements.nq   what the rows came to so far
    imports/SOURCE/rejects.csv     rows that could not be read: file, line, reason
    imports/SOURCE/state.json      how far it is; an import that was stopped goes on there
    imports/SOURCE/parts/          acts that go into an archive and not into the graph

Nothing of it is in the graph. What a row means is the importer's business, and how the
result gets into the graph is `importing`'s.
"""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import IO, Any

from comity.errors import DateError, Problem
from comity.graph.archives.parts import Parts
from comity.graph.archives.rows import rows_of
from comity.graph.sources.files import Row, SourceFile
from comity.graph.sources.importer import Importer
from comity.graph.sources.rdf import RdfWriter
from comity.graph.sources.record import Record, RowError
from comity.graph.sources.shapes import ACTS
from comity.ontology.namespaces import Thing

# Rows between two checkpoints, and between two words of progress.
CHECKPOINT = 100_000
_TOLD_EVERY = 5_000
STATEMENTS, REJECTS, STATE, PARTS = "statements.nq", "rejects.csv", "state.json", "parts"
# What later rows may name; of anything else a batch has too much to keep.
_NAMEABLE = frozenset((Thing.ACTOR, Thing.EVENT, Thing.ISSUE, Thing.POST, Thing.TREATY))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is.

    Attributes:
        rows: read so far.
        done: share of the bytes read, 0 to 1.
        rate: rows a second.
        remaining: seconds that the rest will take at this rate.
    """

    rows: int
    done: float
    rate: float
    remaining: float


@dataclass(slots=True)
class State:
    """Where an import stands; written at each checkpoint."""

    key: str
    file: int = 0
    number: int = 0
    rows: int = 0
    statements: int = 0
    rejected: int = 0
    statements_size: int = 0
    rejects_size: int = 0
    parts: int = 0
    memory: dict[str, object] = field(default_factory=dict)
    minted: dict[str, list[str]] = field(default_factory=dict)


class Batch:
    """One import, from the first row to the last.

    Args:
        folder: its workbench.
        importer: reads the rows.
        files: what it reads, in this order.
        told: called with the progress.
        is_archive: whether acts are set aside for an archive.
    """

    def __init__(
        self,
        folder: Path,
        importer: Importer,
        files: Sequence[SourceFile],
        told: Callable[[Progress], None],
        *,
        is_archive: bool = False,
    ) -> None:
        self.folder = folder
        self.parts = Parts(folder / PARTS) if is_archive else None
        self._importer = importer
        self._files = files
        self._told = told
        self._key = content_key(
            files, importer.settings, importer.world.decided, is_archive=is_archive
        )
        self._all = sum(file.size for file in files)
        self._begun = monotonic()
        self._writer = RdfWriter(
            importer.world.things,
            {importer.origin.source: importer.origin.coverage_end}
            if importer.origin.coverage_end
            else {},
            frozenset(),
        )
        self.state = self._resumed() or State(self._key)
        self.resumed_at = self.state.rows
        self._out: IO[bytes]
        self._rejects: IO[bytes]

    def run(self) -> None:
        """Reads every row that was not read before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = self.state
        with (self.folder / STATEMENTS).open("ab") as out, (self.folder / REJECTS).open("ab") as no:
            self._out, self._rejects = out, no
            # What was written after the last checkpoint is written again.
            for file, size in ((out, state.statements_size), (no, state.rejects_size)):
                file.truncate(size)
                # Else the place that the next checkpoint notes is that of the old end.
                file.seek(size)
            if self.parts is not None:
                self.parts.begin(state.parts)
            for at in range(state.file, len(self._files)):
                self._read_file(at)
                state.file, state.number = at + 1, 0
                self._checkpoint()
            self._write(self._importer.last_records())
            self._checkpoint()

    def describe(self, record: Record) -> None:
        """Adds the description of the source itself."""
        with (self.folder / STATEMENTS).open("ab") as out:
            self._out = out
            self._write([record])

    def sha256(self) -> str:
        """Of the statements."""
        with (self.folder / STATEMENTS).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def clear(self) -> None:
        """Removes the workbench."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read_file(self, at: int) -> None:
        state, file = self.state, self._files[at]
        before = sum(one.size for one in self._files[:at])
        seen = 0
        for row, read in file.rows():
            seen += 1
            if seen <= state.number:
                continue
            state.number = seen
            state.rows += 1
            if isinstance(row, Problem):
                self._reject(row.file, row.line, row.message)
            else:
                self._read_row(row)
            if state.rows % _TOLD_EVERY == 0:
                self._tell(before + read)
            if state.rows % CHECKPOINT == 0:
                self._checkpoint()
        self._tell(before + file.size)

    def _read_row(self, row: Row) -> None:
        try:
            # All or nothing of a row.
            self._write(list(self._importer.read(row)))
        except (RowError, DateError) as error:
            self._reject(row.file, row.line, str(error))

    def _write(self, records: Iterable[Record]) -> None:
        things = self._importer.world.things
        minted: list[tuple[Thing, str]] = []
        aside: list[tuple[Any, ...]] = []
        try:
            lines = []
            for record in records:
                if record.thing in _NAMEABLE:
                    things.setdefault(record.thing, set()).add(record.id)
                    minted.append((record.thing, record.id))
                if self.parts is not None and record.shape is ACTS:
                    aside.extend(rows_of(record, things))
                else:
                    lines.append(self._writer.lines(record))
        except (RowError, DateError):
            for thing, identifier in minted:
                things[thing].discard(identifier)
            raise
        for thing, identifier in minted:
            self.state.minted.setdefault(thing, []).append(identifier)
        if self.parts is not None:
            self.parts.add(aside)
        text = "".join(lines)
        self.state.statements += text.count("\n")
        self._out.write(text.encode())

    def _reject(self, file: str, line: int, reason: str) -> None:
        self.state.rejected += 1
        text = _csv_line((file, str(line), reason))
        if self.state.rejected == 1:
            text = _csv_line(("file", "line", "reason")) + text
        self._rejects.write(text.encode())

    def _tell(self, read: int) -> None:
        seconds = max(monotonic() - self._begun, 1e-9)
        rate = (self.state.rows - self.resumed_at) / seconds
        done = read / self._all if self._all else 1.0
        self._told(Progress(self.state.rows, done, rate, seconds * (1 - done) / max(done, 1e-9)))

    def _checkpoint(self) -> None:
        state = self.state
        for file in (self._out, self._rejects):
            file.flush()
        state.statements_size, state.rejects_size = self._out.tell(), self._rejects.tell()
        state.memory = self._importer.memory
        if self.parts is not None:
            state.parts = self.parts.save()
        beside = self.folder / f"{STATE}.new"
        beside.write_text(json.dumps(asdict(state)), encoding="utf-8")
        beside.rename(self.folder / STATE)

    def _resumed(self) -> State | None:
        """The state of an import of the same files that was stopped, or None."""
        path = self.folder / STATE
        if not path.is_file():
            return None
        state = State(**json.loads(path.read_text(encoding="utf-8")))
        sizes = ((STATEMENTS, state.statements_size), (REJECTS, state.rejects_size))
        whole = all(
            (self.folder / name).is_file() and os.path.getsize(self.folder / name) >= size  # noqa: PTH202
            for name, size in sizes
        )
        if state.key != self._key or not whole:
            return None
        self._importer.memory = state.memory
        for thing, ids in state.minted.items():
            self._importer.world.things.setdefault(Thing(thing), set()).update(ids)
        return state


def content_key(
    files: Iterable[SourceFile],
    settings: str,
    decided: Mapping[str, str],
    *,
    is_archive: bool = False,
) -> str:
    """What a batch is known by: the hash of the hashes of its files, in their order.

    Args:
        files: of the batch.
        settings: what else decides what comes of them.
        decided: whom names mean, as people decided: a new decision makes another batch.
        is_archive: whether its acts are in an archive.
    """
    hashes = "".join(file.sha256 for file in files)
    kept = "archive" if is_archive else ""
    meant = json.dumps(sorted(decided.items())) if decided else ""
    return hashlib.sha256((hashes + settings + kept + meant).encode()).hexdigest()


def _csv_line(cells: Sequence[str]) -> str:
    lines: list[str] = []

    class _Lines:
        write = staticmethod(lines.append)

    csv.writer(_Lines, lineterminator="\n").writerow(cells)
    return "".join(chain(lines))
