"""Networks written for other programs and read back lose nothing."""

import xml.etree.ElementTree as ET
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import InputError
from comity.graph.engine import EmbeddedEngine
from comity.graph.exchange import FORMATS, read, written
from comity.graph.network import Level, NetworkQuery, Relation, Weighing, Weight
from comity.graph.projection import project

Graph = nx.MultiDiGraph

# What XML can hold; a carriage return becomes a line feed in it (XML 1.0, section 2.11).
_TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufffe\uffff"),
    max_size=12,
)
_IDS = st.from_regex(r"[a-z]{1,4}(-[0-9]{1,3})?", fullmatch=True)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)
_DAYS = st.dates().map(lambda day: day.isoformat()) | st.just("")


@st.composite
def networks(draw: st.DrawFn) -> Any:
    graph: Any = Graph()
    for node in draw(st.lists(_IDS, max_size=6, unique=True)):
        graph.add_node(
            node,
            type="actor",
            label=draw(_TEXTS),
            iri=f"https://example.org/{node}",
            documents=draw(st.integers(0, 9)),
        )
    nodes = sorted(graph)
    for _ in range(draw(st.integers(0, 8)) if nodes else 0):
        values: dict[str, Any] = {
            "relation": draw(st.sampled_from(["stance", "membership"])),
            "kind": draw(_TEXTS),
            "count": draw(st.integers(1, 10**6)),
            "acts": "|".join(draw(st.lists(_IDS, max_size=3))),
            "archives": "",
            "first": draw(_DAYS),
            "last": draw(_DAYS),
        }
        if draw(st.booleans()):
            values["sign"] = draw(_NUMBERS)
            values["weight"] = draw(_NUMBERS)
        graph.add_edge(draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes)), **values)
    return graph


def content(graph: Any) -> tuple[dict[str, Any], list[Any]]:
    edges = sorted(
        (source, target, sorted(values.items())) for source, target, values in graph.edges.data()
    )
    return dict(graph.nodes.data()), edges


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=networks())
def test_any_network_comes_back_whole(form: str, graph: Any) -> None:
    assert content(read(written(graph, form), form)) == content(graph)


@pytest.mark.parametrize("form", FORMATS)
def test_the_shipped_network_comes_back_whole(form: str, shipped_engine: EmbeddedEngine) -> None:
    relations = (Relation.STANCE, Relation.MEMBERSHIP, Relation.OBLIGATION, Relation.TENURE)
    query = NetworkQuery(
        relations=relations,
        level=Level.STATE,
        actors=("arm", "aze"),
        weighing=Weighing(weight=Weight.MEAN),
    )
    graph = project(shipped_engine, query).to_networkx()
    assert graph.number_of_edges() > 100
    assert content(read(written(graph, form), form)) == content(graph)


def test_an_edge_of_a_gexf_file_lives_from_its_first_act_to_its_last() -> None:
    graph: Any = Graph()
    graph.add_edge("a", "b", relation="stance", first="2022-09-13", last="2022-09-20")
    tree = ET.fromstring(written(graph, "gexf"))
    space = {"g": tree.tag[1:].partition("}")[0]}
    found = tree.find("g:graph", space)
    assert found is not None
    assert found.get("mode") == "dynamic"
    assert found.get("timeformat") == "date"
    edge = found.find("g:edges/g:edge", space)
    assert edge is not None
    assert (edge.get("start"), edge.get("end")) == ("2022-09-13", "2022-09-20")


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_no_network_is_refused(form: str) -> None:
    with pytest.raises(InputError, match=f"no network in the format {form}"):
        read(b"<nothing", form)
