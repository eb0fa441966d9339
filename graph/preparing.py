"""What is worked out right after a graph was written, so that no reader waits for it.

All of it can be made again at any time: whoever finds it missing makes it.
"""

from collections.abc import Mapping

from comity.graph.disagreement import disagreements
from comity.graph.home import GraphHome
from comity.graph.index.rows import Rows
from comity.graph.index.shelf import IndexShelf


def make_ready(home: GraphHome, known: Mapping[str, Rows] | None = None) -> None:
    """Makes the index of acts, and finds where sources differ.

    Args:
        home: the data directory.
        known: rows of the index that need not be read from the graph, by IRI of their graph.
    """
    engine = home.engine()
    IndexShelf(home.folder).columns(engine, known)
    disagreements(engine)
