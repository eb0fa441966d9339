"""What is worked out right after a graph was written, so that no reader waits for it.

All of it can be made again at any time: whoever finds it missing makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.graph.directory import ACTORS, directory
from comity.graph.disagreement import carry_forward, disagreements
from comity.graph.home import Commit, GraphHome
from comity.graph.index.rows import Rows
from comity.graph.index.shelf import IndexShelf
from comity.graph.kept import is_kept


@dataclass(frozen=True, slots=True)
class After:
    """A change of the graph.

    Attributes:
        version: of the graph before it.
        bodies: IRIs of what the statements are about that came or went, and that sources are
            compared by.
    """

    version: str
    bodies: frozenset[str]


def make_ready(
    home: GraphHome, known: Mapping[str, Rows] | None = None, after: After | None = None
) -> None:
    """Makes the index of acts and the list of actors, and finds where sources differ.

    Args:
        home: the data directory.
        known: rows of the index that need not be read from the graph, by IRI of their graph.
        after: the change by which the graph is another than before, where that is known; only
            what it touched is then compared anew.
    """
    engine = home.engine()
    if after is not None:
        carry_forward(engine, home.folder, after.version, after.bodies)
    IndexShelf(home.folder).columns(engine, known)
    disagreements(engine)
    directory(engine)


def is_ready(home: GraphHome, commit: Commit) -> bool:
    """Whether `make_ready` is through with a commit: the list of actors comes last."""
    return is_kept(home.folder, ACTORS, commit.version)
