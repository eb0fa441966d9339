"""Answers that are worked out once for a version of a graph, and kept in its data directory.

    kept/VERSION/NAME.json

Owns the files, and when they go. They can be made again at any time.
"""

import errno
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any

from comity.graph.engine import EmbeddedEngine, Engine

Rows = list[dict[str, Any]]
FOLDER = "kept"

# Readers come at once, just after a start; one works an answer out, which may need another.
_MAKING = RLock()


def carry_over(data: Path, name: str, before: str, now: str) -> None:
    """Lets an answer that was kept for one version hold for another, which does not change it.

    Args:
        data: the data directory.
        name: of the answer.
        before: the one version.
        now: the other.
    """
    place = data / FOLDER / now
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        (data / FOLDER / before / f"{name}.json").rename(place / f"{name}.json")


def is_kept(data: Path, name: str, version: str) -> bool:
    """Whether an answer is kept for a version of the graph in a data directory."""
    return (data / FOLDER / version / f"{name}.json").is_file()


def kept_as(data: Path, name: str, version: str) -> Rows | None:
    """An answer as it was kept for a version; None where it is not.

    Args:
        data: the data directory.
        name: of the answer.
        version: of the graph.
    """
    try:
        return json.loads((data / FOLDER / version / f"{name}.json").read_bytes())  # type: ignore[no-any-return]
    except (OSError, ValueError):
        return None


def kept(engine: Engine, name: str, make: Callable[[], Rows]) -> Rows:
    """What was worked out for this version of the graph, else what is worked out now.

    Args:
        engine: the graph; one without a data directory keeps nothing.
        name: of the answer.
        make: works it out, as JSON can hold it.
    """
    data = engine.data_folder() if isinstance(engine, EmbeddedEngine) else None
    if data is None:
        return make()
    version = engine.version
    known = kept_as(data, name, version)
    if known is not None:
        return known
    with _MAKING:
        # Whoever waited for this finds what the other has made.
        known = kept_as(data, name, version)
        if known is not None:
            return known
        rows = make()
        _keep(data / FOLDER / version / f"{name}.json", rows)
    return rows


def _keep(file: Path, rows: Rows) -> None:
    """Writes an answer, and removes what was kept for earlier versions."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Another process may write the same.
        beside = file.with_suffix(f".{os.getpid()}.new")
        beside.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        beside.rename(file)
        for other in file.parent.parent.iterdir():
            # A reader of an earlier graph leaves alone what a newer one has just got ready.
            if other != file.parent and _number(other) <= _number(file.parent):
                shutil.rmtree(other, ignore_errors=True)
    except OSError as fault:
        # A reader that may not write works it out each time; so does one whose folder another
        # process removed just now, since the graph has changed.
        if fault.errno != errno.ENOENT and not may_not_write(fault):
            raise


def _number(folder: Path) -> int:
    """Number of the commit whose version names a folder."""
    return int(folder.name.partition("-")[0])


def may_not_write(fault: OSError) -> bool:
    """Whether a fault says that this process may only read here: no right, or a read-only disk."""
    return fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
