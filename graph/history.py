"""What was known at an earlier time: the graph made again from the log of changes.

    known/N/     the graph as commit N left it, read-only, made when it is first asked for

in the data directory. Owns which commit was the newest at a moment, and the replay. It can be
taken away at any time.
"""

import gzip
import os
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO, cast
from uuid import uuid4

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from comity.errors import ParameterError
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import Commit, GraphHome
from comity.graph.live import graphs_named

_KEPT = 3


def moment_of(text: str) -> datetime:
    """The moment that a text names: with its zone, or the end of a day in UTC.

    Raises:
        ParameterError: it names none.

    Examples:
        >>> moment_of("2022-09-13").isoformat(timespec="seconds")
        '2022-09-13T23:59:59+00:00'
    """
    try:
        if "T" not in text:
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ParameterError(
            f"known_at is '{text}'; give now, a day, or a moment with its zone.",
            parameter="known_at",
            got=text,
            expected="now, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ",
        )
    return moment


def known_at(home: GraphHome, moment: datetime) -> Commit:
    """The newest commit of a moment.

    Args:
        home: the data directory.
        moment: with a time zone.

    Raises:
        ParameterError: the log begins later.
    """
    found = None
    first = ""
    for commit in home.log():
        first = first or commit.when
        if datetime.fromisoformat(commit.when) <= moment:
            found = commit
    if found is None:
        raise ParameterError(
            f"The log of changes begins on {first}; ask for that time or a later one.",
            parameter="known_at",
            got=moment.isoformat(),
            expected=f"{first} or later",
        )
    return found


def engine_known_at(home: GraphHome, moment: datetime) -> EmbeddedEngine:
    """The graph as it was at a moment, made again from the log where it is not the newest.

    Raises:
        ParameterError: the log begins later.
        GraphMissingError: nothing was built yet.
    """
    commit = known_at(home, moment)
    if commit == home.last_commit():
        return home.engine()
    return EmbeddedEngine(restored(home, commit), commit.version)


def restored(home: GraphHome, commit: Commit) -> Path:
    """The graph as a commit left it, in a directory to be opened read-only."""
    place = home.folder / "known" / str(commit.number)
    if place.is_dir():
        os.utime(place)
        return place
    beside = place.with_name(f"{commit.number}.{uuid4().hex}.new")
    beside.mkdir(parents=True)
    store = Store(str(beside))
    for number in range(1, commit.number + 1):
        _replay(store, home.folder / "log", number)
    store.flush()
    del store
    try:
        beside.rename(place)
    except OSError:
        # Another process was quicker.
        shutil.rmtree(beside)
    others = sorted(place.parent.glob("[0-9]*"), key=lambda path: path.stat().st_mtime)
    for old in others[:-_KEPT]:
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return place


def _lines(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path))


def _replay(store: Store, log: Path, number: int) -> None:
    """Does again what one commit did."""
    created, dropped = graphs_named(log / f"{number}.json")
    for name in created:
        store.add_graph(NamedNode(name))
    removed = log / f"{number}.removed.nq.gz"
    if removed.is_file():
        with _lines(removed) as lines:
            for quad in parse(input=lines, format=RdfFormat.N_QUADS):
                store.remove(quad)
    for name in dropped:
        store.remove_graph(NamedNode(name))
    added = log / f"{number}.nq.gz"
    if added.is_file():
        with _lines(added) as lines:
            store.bulk_load(input=lines, format=RdfFormat.N_QUADS)
