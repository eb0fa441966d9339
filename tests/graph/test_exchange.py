"""Networks written for other programs and read back lose nothing."""

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comity.errors import InputError
from comity.graph.acts import read_acts
from comity.graph.engine import EmbeddedEngine
from comity.graph.exchange import FORMATS, read, written
from comity.graph.network import Level, NetworkQuery, Relation, Weighing, Weight
from comity.graph.projection import project
from comity.graph.things import read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

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


_QUERIES = st.builds(
    NetworkQuery,
    relations=st.lists(
        st.sampled_from([Relation.STANCE, Relation.VOTE, Relation.MEMBERSHIP, Relation.OBLIGATION]),
        min_size=1,
        unique=True,
    ).map(tuple),
    event=st.sampled_from([None, "attack-on-armenia-2022-09"]),
    actors=st.sampled_from([(), ("arm",), ("rus", "tur")]),
    level=st.sampled_from([Level.RECORDED, Level.STATE]),
    since=st.dates(date(2008, 1, 1), date(2022, 9, 16)),
    until=st.dates(date(2022, 9, 16), date(2022, 12, 31)),
    as_of=st.just(date(2022, 9, 16)),
    bundle=st.booleans(),
)


@settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    # To shrink a case takes minutes, as each projects the whole graph.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(query=_QUERIES, form=st.sampled_from(sorted(FORMATS)))
def test_a_file_leads_back_to_the_statements_of_the_graph(
    shipped_engine: EmbeddedEngine, query: NetworkQuery, form: str
) -> None:
    network = project(shipped_engine, query)
    graph = read(written(network.to_networkx(), form), form)
    told = (Relation.STANCE.value, Relation.VOTE.value)
    acts: set[str] = set()
    others: set[str] = set()
    for _, _, edge in graph.edges(data=True):
        named = set(edge["acts"].split("|"))
        assert named
        (acts if edge["relation"] in told else others).update(named)
    assert acts == {act for tie in network.ties for act in tie.acts}
    assert others == {one for tie in network.ties for one in tie.statements}
    assert _holding(shipped_engine, others) == others
    found = {act.id: act for act in read_acts(shipped_engine, acts)}
    assert found.keys() == acts
    for source, _, edge in graph.edges(data=True):
        if edge["relation"] in told:
            # Of several acts in one edge it names the most frequent kind.
            assert edge["kind"] in {found[name].kind for name in edge["acts"].split("|")}
        for name in edge["acts"].split("|") if edge["relation"] in told else ():
            act = found[name]
            assert edge["first"] <= act.latest.isoformat()
            assert act.earliest.isoformat() <= edge["last"]
            # Rolled up to states, a source is who was spoken for.
            assert query.level is Level.STATE or source == act.holder


def _holding(engine: EmbeddedEngine, ids: set[str]) -> set[str]:
    """Those of the ids that are memberships or obligations with two ends in the graph."""
    iris = [thing_iri(kind, one) for kind in (Type.MEMBERSHIP, Type.OBLIGATION) for one in ids]
    # A party is a member of a treaty.
    one, other = ("member", "obligor"), ("organisation", "treaty", "beneficiary")
    return {
        thing.id
        for thing in read_things(engine, iris).values()
        if any(map(thing.id_of, one)) and any(map(thing.id_of, other))
    }
