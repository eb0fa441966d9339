"""A graph of four triples for tests that write."""

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from comity.graph.home import Change, GraphHome

DATASET = """
@prefix e: <http://e/> .
e:a e:in "default" .
e:g1 { e:a e:in "g1" . e:b e:in "g1" }
e:g2 { e:a e:in "g2" }
"""


def written_home(folder: Path) -> GraphHome:
    """A data directory with one triple in the default graph and three in named ones."""
    home = GraphHome(folder)
    quads = tuple(parse(DATASET, format=RdfFormat.TRIG))
    home.commit("test", "begin", Change(quads))
    return home
