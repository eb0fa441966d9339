"""The shipped graph is sound, and an unsound one is found out."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from comity.graph.home import Change, GraphHome
from comity.graph.soundness import soundness


@pytest.mark.slow
def test_shipped_graph_has_disjoint_batches_and_keeps_every_shape(shipped_home: GraphHome) -> None:
    result = soundness(shipped_home.engine())
    assert result.quads == result.triples > 100_000
    assert result.violations == ()


def test_triple_in_two_graphs_and_broken_shape_are_found(tmp_path: Path) -> None:
    tenure = NamedNode("https://w3id.org/comity/id/tenure/x")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    kind = NamedNode("https://w3id.org/comity/ns#Tenure")
    name = NamedNode("http://purl.org/dc/terms/identifier")
    graphs = [NamedNode(f"https://w3id.org/comity/id/source/{one}") for one in ("a", "b")]
    quads = [Quad(tenure, rdf_type, kind, graph) for graph in graphs]
    quads.append(Quad(tenure, name, Literal("a > b < c"), graphs[0]))
    home = GraphHome(tmp_path)
    home.commit("test", "two graphs say the same", Change(add=tuple(quads)))
    result = soundness(home.engine())
    assert (result.quads, result.triples) == (3, 2)
    assert "tenure/x" in result.repeated[0]
    assert not result.is_sound
    assert any("tenure/x" in violation.node for violation in result.violations)
