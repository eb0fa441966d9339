"""Brings outside sources into the graph, and takes them out again, each whole.

Owns the order of the steps: files looked through, rows read (`batch`), the share of
rejects judged, one commit. A source is a named graph of its own; the same files twice
change nothing, other files of the same source take the place of the first. Killed at any
moment, the graph is as before or complete.
"""

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from comity.errors import GraphMissingError, InputError, NotFoundError
from comity.graph import live as live_graph
from comity.graph.archives.shelf import clear, content_folder
from comity.graph.batch import REJECTS, STATEMENTS, Batch, Progress, content_key
from comity.graph.binding import bind
from comity.graph.decisions import meanings
from comity.graph.engine import Engine, select
from comity.graph.extracts import window_of
from comity.graph.home import Commit, GraphHome
from comity.graph.index.lines import rows_of_lines
from comity.graph.live import LiveGraph
from comity.graph.preparing import After, make_ready
from comity.graph.requests import request
from comity.graph.resolution import resolve, statements_of
from comity.graph.sources.catalogue import importer_named
from comity.graph.sources.files import SourceFile, look_through
from comity.graph.sources.importer import Importer, Origin
from comity.graph.sources.record import Record
from comity.graph.sources.shapes import SOURCES
from comity.graph.sources.world import World
from comity.graph.terms import node
from comity.graph.things import read_names
from comity.ontology.dates import parse_day
from comity.ontology.namespaces import Thing, id_of, thing_iri

# Above this share of rows that cannot be read a file is not what it should be.
REJECT_SHARE = 0.05
# Seconds for one answer of a public endpoint, waits after refusals included.
_PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A source that was imported, as the graph describes it."""

    source: str
    label: str
    version: str
    licence: str
    may_pass_on: bool
    retrieved: str
    coverage_start: str
    coverage_end: str
    rows: int
    rejected: int
    statements: int
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to.

    Attributes:
        source: id of the source.
        commit: the commit that holds it; None where the same files were there already.
        rows: rows of the files.
        statements: triples that they came to.
        rejected: rows that could not be read.
        rejects: the file that has their lines and reasons; None where there are none.
        resumed_at: row at which an import that was stopped went on; 0 for a new one.
        replaced: what other files of the source came to, whose place these took; else None.
    """

    source: str
    commit: Commit | None
    rows: int
    statements: int
    rejected: int
    rejects: Path | None
    resumed_at: int = 0
    replaced: Loaded | None = None


def import_files(
    home: GraphHome,
    name: str,
    paths: Sequence[Path],
    *,
    retrieved: str,
    who: str,
    mapping: Path | None = None,
    reject_share: float = REJECT_SHARE,
    as_archive: bool = False,
    told: Callable[[Progress], None] = lambda progress: None,
) -> Imported:
    """Imports files of one source as one batch.

    Args:
        home: the data directory.
        name: of the importer.
        paths: the files; which is which is told by their columns.
        retrieved: the day on which they were fetched.
        who: imports, for the log.
        mapping: what the columns mean, for the importer `table`.
        reject_share: share of unreadable rows above which the batch is refused.
        as_archive: whether acts go into an archive (`archives`) and not into the graph.
        told: called with the progress.

    Raises:
        NotFoundError: there is no such importer.
        DateError: `retrieved` is no day.
        DataError: a file has not the columns that are needed.
        InputError: too many rows could not be read, or a source of that id is in the graph
            that was not imported; nothing was written.
        GraphMissingError: nothing was built here yet.
        GraphLockedError: another process is writing here.
    """
    kind = importer_named(name, mapping)
    parse_day(retrieved)
    last = home.last_commit()
    if last is None:
        raise GraphMissingError(
            f"There is no graph in {home.folder} yet; run `comity build --data {home.folder}`."
        )
    files = _in_order(kind, [look_through(path, kind.forms) for path in paths])
    kind = kind.for_files(files)
    engine = home.engine()
    origin = kind.origin
    decided = meanings(engine, origin.source)
    content = content_key(files, kind.settings, decided, is_archive=as_archive)
    before = loaded(engine)
    _refuse_another(engine, origin.source, before)
    there = next((one for one in before if one.source == origin.source), None)
    if there and there.content_sha256 == content:
        return Imported(origin.source, None, there.rows, there.statements, there.rejected, None)
    # Locked from the beginning: two imports of one source would write the same files.
    live = LiveGraph(home.folder)
    try:
        importer = kind(World.of(engine, origin.source))
        folder = home.folder / "imports" / origin.source
        batch = Batch(folder, importer, files, told, is_archive=as_archive)
        batch.run()
        state = batch.state
        rejects = _kept_rejects(batch, home.folder / "imports" / f"{origin.source}.{REJECTS}")
        if state.rows and state.rejected / state.rows > reject_share:
            batch.clear()
            raise InputError(
                f"{state.rejected} of {state.rows} rows of {origin.source} cannot be read, more "
                f"than {reject_share:.0%}; nothing was written. The reasons are in {rejects}."
            )
        statements = state.statements
        shelf = home.folder / "archives"
        archived = None
        if batch.parts is not None:
            archived = batch.parts.gather(content_folder(shelf, origin.source, content))
        batch.describe(_description(origin, files, retrieved, batch, archived))
        why = f"import {name} from {', '.join(file.name for file in files)}"
        lines = live_graph.Batch(
            node(Thing.SOURCE, origin.source),
            batch.folder / STATEMENTS,
            state.statements,
            batch.sha256(),
        )
        windows = _windows(origin.source, [one.source for one in before])
        commit, after = _replace(live, lines, who, why, windows)
        # From its lines: to ask the graph for them takes ten times as long.
        rows = rows_of_lines(batch.folder / STATEMENTS, lines.graph.value)
        make_ready(home, {lines.graph.value: rows}, after)
        # Only now: until then readers are told of what was there before.
        clear(shelf, origin.source, keep=content if as_archive else "")
        batch.clear()
    finally:
        live.close()
    return Imported(
        source=origin.source,
        commit=commit,
        rows=state.rows,
        statements=statements,
        rejected=state.rejected,
        rejects=rejects,
        resumed_at=batch.resumed_at,
        replaced=there,
    )


def fetch_wikidata(
    home: GraphHome,
    endpoint: str,
    retrieved: str,
    *,
    told: Callable[[str], None] = lambda name: None,
) -> list[Path]:
    """Fetches what the importer `wikidata` reads into `imports/` of the data directory.

    Args:
        home: the data directory.
        endpoint: address that answers SPARQL over data in Wikidata's form.
        retrieved: the day of the fetch; files of the same day are not fetched again.
        told: called with the name of each file.

    Raises:
        DateError: `retrieved` is no day.
        BusyError: the endpoint stayed too busy; the same call goes on later.
        EngineError: the endpoint could not answer.
    """
    # Imported here: SPARQLWrapper is not needed to read files.
    from comity.graph.remote_server import Remote, RemoteServer
    from comity.graph.sources.wikidata_fetch import fetch

    parse_day(retrieved)
    world = World.of(home.engine(), importer_named("wikidata").origin.source)
    server = RemoteServer(Remote(endpoint, timeout=_PATIENCE))
    return fetch(server, world, home.folder / "imports", retrieved, told=told)


def drop_source(home: GraphHome, source: str, who: str) -> Commit:
    """Takes an imported source out of the graph, whole.

    Raises:
        NotFoundError: no imported source has that id.
        GraphLockedError: another process is writing here.
    """
    known = [one.source for one in loaded(home.engine())]
    if source not in known:
        names = ", ".join(known) or "none"
        raise NotFoundError(f"No imported source has the id '{source}'; imported: {names}.")
    live = LiveGraph(home.folder)
    try:
        gone = live_graph.Batch(node(Thing.SOURCE, source))
        commit, after = _replace(live, gone, who, f"drop {source}", _windows(source, known))
        make_ready(home, after=after)
    finally:
        live.close()
    (home.folder / "imports" / f"{source}.{REJECTS}").unlink(missing_ok=True)
    clear(home.folder / "archives", source)
    return commit


def commit_batch(home: GraphHome, source: str, file: Path, who: str, why: str) -> Commit:
    """Lets a file of N-Quads take the place of all that the graph of a source holds.

    Args:
        home: the data directory.
        source: id of the source, in whose graph all quads stand.
        file: the quads.
        who: writes, for the log.
        why: for what reason, for the log.

    Raises:
        GraphLockedError: another process is writing here.
    """
    with file.open("rb") as lines:
        size = sum(1 for _ in lines)
        lines.seek(0)
        digest = hashlib.file_digest(lines, "sha256").hexdigest()
    live = LiveGraph(home.folder)
    try:
        batch = live_graph.Batch(node(Thing.SOURCE, source), file, size, digest)
        commit, _ = _replace(live, batch, who, why)
    finally:
        live.close()
    return commit


def loaded(engine: Engine) -> list[Loaded]:
    """The sources that were imported, by id."""
    rows = engine.select(bind(request("imported"), {})).texts()
    return [
        Loaded(
            source=id_of(row["source"]),
            label=row["label"],
            version=row.get("version", ""),
            licence=row.get("licence", ""),
            may_pass_on=row["passed"] == "true",
            retrieved=row.get("retrieved", ""),
            coverage_start=row.get("coverage_start", ""),
            coverage_end=row.get("coverage_end", ""),
            rows=int(row["rows"]),
            rejected=int(row["rejected"]),
            statements=int(row["statements"]),
            content_sha256=row["content"],
        )
        for row in rows
    ]


def _refuse_another(engine: Engine, source: str, before: Sequence[Loaded]) -> None:
    """A batch takes the place of all that its graph holds, so that must be its own."""
    iri = thing_iri(Thing.SOURCE, source)
    if source not in {one.source for one in before} and iri in read_names(engine, [iri]):
        raise InputError(
            f"The graph has a source {source} that was not imported; give this one another name or "
            "version. Nothing was written."
        )


def _windows(source: str, known: Collection[str]) -> list[live_graph.Batch]:
    """The days of an archive that are in the graph, which name what only its graph describes."""
    window = window_of(source)
    return [live_graph.Batch(node(Thing.SOURCE, window))] if window in known else []


def _replace(
    live: LiveGraph,
    batch: live_graph.Batch,
    who: str,
    why: str,
    gone: Iterable[live_graph.Batch] = (),
) -> tuple[Commit, After | None]:
    """Makes a batch visible together with what it changes in the resolved view.

    Args:
        live: the graph.
        batch: what comes.
        who: writes, for the log.
        why: for what reason, for the log.
        gone: what cannot stay beside it.

    Returns:
        The commit, and what it changed; None for the first commit of all.
    """
    ask = partial(select, live.store)
    before = live.last
    touched = statements_of(ask, batch.graph)
    for one in gone:
        live.stage_batch(who, why, one)
    commit = live.stage_batch(who, why, batch)
    touched |= statements_of(ask, batch.graph)
    change = resolve(ask, touched)
    if change:
        live.stage(who, "resolve: which statement is taken where sources differ", change)
    live.publish()
    live.drop_old_snapshots()
    return commit, After(before.version, touched.bodies) if before else None


def _in_order(kind: type[Importer], files: Sequence[SourceFile]) -> list[SourceFile]:
    """Files in the order of the importer's forms; what other files need comes first."""
    order = [form.name for form in kind.forms]
    return sorted(files, key=lambda file: (order.index(file.form.name), file.name))


def _kept_rejects(batch: Batch, path: Path) -> Path | None:
    path.unlink(missing_ok=True)
    if not batch.state.rejected:
        return None
    shutil.copyfile(batch.folder / REJECTS, path)
    return path


def _description(
    origin: Origin,
    files: Sequence[SourceFile],
    retrieved: str,
    batch: Batch,
    archived: int | None,
) -> Record:
    state = batch.state
    texts: dict[str, Sequence[str]] = {
        "label": [origin.label],
        "kind": ["dataset"],
        "url": [origin.url],
        "publisher": [origin.publisher],
        "retrieved": [retrieved],
        "licence": [origin.licence],
        "version": [origin.version],
        "may_pass_on": ["true" if origin.may_pass_on else "false"],
        "importer": [origin.name],
        "files": [f"{file.name} {file.sha256}" for file in files],
        "content_sha256": [state.key],
        "rows": [str(state.rows)],
        "rejected": [str(state.rejected)],
        "statements": [str(state.statements)],
        "archived": [] if archived is None else [str(archived)],
        "coverage_start": [origin.coverage_start],
        "coverage_end": [origin.coverage_end],
        "note": [origin.note],
    }
    values = {name: tuple(found) for name, found in texts.items() if any(found)}
    return Record(SOURCES, origin.source, values, "", 0, origin.source)
