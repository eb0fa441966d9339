"""The acts of an archive as RDF, for some days.

Owns the step back from rows to statements. They stand in a graph of their own, beside the
archive's: `SOURCE.window`, one window at a time, taken out by `drop-source`, and with the
archive.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from comity.errors import InputError
from comity.graph.archives.engines import Connection
from comity.graph.archives.rows import acts_of
from comity.graph.archives.shelf import Archive, Shelf, named
from comity.graph.archives.ties import TieQuery, within
from comity.graph.extracts import window_of
from comity.graph.home import Commit, GraphHome
from comity.graph.importing import commit_batch
from comity.graph.sources.rdf import RdfWriter
from comity.graph.sources.record import Record
from comity.graph.sources.shapes import SOURCES
from comity.graph.sources.world import World


def materialise(home: GraphHome, shelf: Shelf, source: str, query: TieQuery, who: str) -> Commit:
    """Writes the acts of a window into the graph as statements.

    Args:
        home: the data directory.
        shelf: its archives.
        source: id of the archive.
        query: which acts: days, kinds, holders, objects.
        who: writes, for the log.

    Raises:
        NotFoundError: there is no such archive.
        InputError: no act of it is in the window.
        GraphLockedError: another process is writing here.
    """
    engine = home.engine()
    archive = named(engine, source)
    place = shelf.place(archive)
    target = window_of(source)
    world = World.of(engine, target)
    writer = RdfWriter(world.things, {}, frozenset())
    file = home.folder / "imports" / f"{target}.nq"
    file.parent.mkdir(exist_ok=True)
    connection = shelf.connection()
    try:
        with file.open("wb") as out:
            count = acts = 0
            for act in acts_of(_rows(connection, place, query), target):
                lines = writer.lines(act)
                count += lines.count("\n")
                acts += 1
                out.write(lines.encode())
            if not acts:
                raise InputError(f"No act of {source} is in that window; nothing was written.")
            out.write(writer.lines(_description(archive, target, query, acts, count)).encode())
        why = f"materialise {source} from {query.since} to {query.until}"
        return commit_batch(home, target, file, who, why)
    finally:
        connection.close()
        file.unlink(missing_ok=True)


def _rows(connection: Connection, place: Path, query: TieQuery) -> Iterator[dict[str, Any]]:
    """Rows of the window, those of one act together, in pieces."""
    rows = connection.table(place)
    # Acts about nothing have no tie, but are acts all the same.
    chosen = within(rows, query, ties_only=False).order_by(["day", "act"])
    for batch in connection.batches(chosen):
        yield from batch.to_pylist()


def _description(
    archive: Archive, target: str, query: TieQuery, acts: int, statements: int
) -> Record:
    first = max(query.since.isoformat(), archive.coverage_start or date.min.isoformat())
    last = min(query.until.isoformat(), archive.coverage_end or date.max.isoformat())
    content = hashlib.sha256(repr((archive.content, replace(query))).encode()).hexdigest()
    texts = {
        "label": f"{archive.label}: acts from {first} to {last}",
        "kind": "dataset",
        "licence": archive.licence,
        "may_pass_on": "true" if archive.may_pass_on else "false",
        "importer": "archive",
        "content_sha256": content,
        "rows": str(acts),
        "rejected": "0",
        "statements": str(statements),
        "coverage_start": first if archive.coverage_start else "",
        "coverage_end": last if archive.coverage_end else "",
        "note": f"Made from the archive {archive.source}, which holds these acts too.",
    }
    values = {name: (text,) for name, text in texts.items() if text}
    return Record(SOURCES, target, values, "", 0, target)
