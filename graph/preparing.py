"""What is worked out right after a graph was written, so that no reader waits for it.

All of it can be made again at any time: whoever finds it missing makes it.
"""

from collections.abc import Mapping

from comity.graph.directory import directory
from comity.graph.disagreement import disagreements
from comity.graph.home import GraphHome
from comity.graph.index.rows import Rows
from comity.graph.index.shelf import IndexShelf
from comity.graph.kept import carry_over


def make_ready(
    home: GraphHome, known: Mapping[str, Rows] | None = None, *, differs_as: str = ""
) -> None:
    """Makes the index of acts and the list of actors, and finds where sources differ.

    Args:
        home: the data directory.
        known: rows of the index that need not be read from the graph, by IRI of their graph.
        differs_as: an earlier version in which the sources differ as they do now, where that
            is known.
    """
    engine = home.engine()
    if differs_as:
        carry_over(home.folder, "disagreements", differs_as, engine.version)
    IndexShelf(home.folder).columns(engine, known)
    disagreements(engine)
    directory(engine)
