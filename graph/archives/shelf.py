"""What archives there are, and where they lie.

    archives/SOURCE/CONTENT/year=YYYY/*.parquet

in the data directory. The graph says which content is the right one, so an archive changes
in the same moment as the graph that describes it; what else lies there is left over.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.errors import NotFoundError
from comity.graph.archives.engines import ArchiveEngine, Connection, archive_engine
from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.ontology.namespaces import id_of

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive as the graph describes it.

    Attributes:
        source: id of its source.
        label: for people.
        acts: how many rows it has; one for each tie of an act.
        content: first digits of the hash of what it was made from.
        licence: as its owner states it.
        may_pass_on: whether the licence lets others have it.
        coverage_start: first day that the source covers; empty when unknown.
        coverage_end: last day that the source covers; empty when unknown.
    """

    source: str
    label: str
    acts: int
    content: str
    licence: str
    may_pass_on: bool
    coverage_start: str
    coverage_end: str


def archives(engine: Engine) -> list[Archive]:
    """The archives that the graph describes, by id."""
    return [
        Archive(
            source=id_of(row["source"]),
            label=row["label"],
            acts=int(row["acts"]),
            content=row["content"][:_SHOWN],
            licence=row.get("licence", ""),
            may_pass_on=row["passed"] == "true",
            coverage_start=row.get("coverage_start", ""),
            coverage_end=row.get("coverage_end", ""),
        )
        for row in engine.select(bind(request("archives"), {})).texts()
    ]


class Shelf:
    """The archives of a data directory, to be opened.

    Args:
        data: the data directory.
        environ: variables by name; see `engines`.

    Raises:
        InputError: a variable is wrong.
    """

    def __init__(self, data: Path, environ: Mapping[str, str]) -> None:
        self.folder = data / "archives"
        self.engine: ArchiveEngine = archive_engine(environ)
        self._environ = environ

    def connection(self) -> Connection:
        """Opens the engine; close it after use."""
        return Connection(self.engine, self.folder, self._environ)

    def place(self, archive: Archive) -> Path:
        """The folder of an archive's rows.

        Raises:
            NotFoundError: it is not there.
        """
        place = content_folder(self.folder, archive.source, archive.content)
        if not place.is_dir():
            raise NotFoundError(
                f"The rows of the archive {archive.source} are not in {self.folder}; add it again."
            )
        return place


def named(engine: Engine, source: str) -> Archive:
    """The archive of a source.

    Raises:
        NotFoundError: there is none.
    """
    found = {archive.source: archive for archive in archives(engine)}
    if source not in found:
        names = ", ".join(found) or "none"
        raise NotFoundError(f"No archive is called '{source}'; archives: {names}.")
    return found[source]


def content_folder(shelf: Path, source: str, content: str) -> Path:
    """Where the rows made from some content lie.

    Args:
        shelf: `archives/` of the data directory.
        source: id of the source.
        content: hash of what they were made from.
    """
    return shelf / source / content[:_SHOWN]


def clear(shelf: Path, source: str, keep: str = "") -> None:
    """Removes the rows of a source, but for those of one content."""
    folder = shelf / source
    kept = content_folder(shelf, source, keep) if keep else None
    for place in folder.glob("*"):
        if place != kept:
            shutil.rmtree(place, ignore_errors=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
