"""Congruence, conflict, subtract, what counts once, normalisations; worked out by hand."""

import math
from datetime import date
from decimal import Decimal

import pytest

from comity.errors import InputError
from comity.graph import discourse
from comity.graph.discourse import Agreement, Normalisation, Once, agreement_network
from comity.graph.engine import EmbeddedEngine
from comity.graph.projection import (
    Bundle,
    End,
    Level,
    Network,
    NetworkQuery,
    Relation,
    Tie,
    bundled,
    project,
)
from comity.graph.things import Thing
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri


def said(act: str, who: str, what: str, sign: str | None, day: int = 1) -> Tie:
    when = date(2022, 9, day)
    return Tie(
        subject=End(Type.ACTOR, who),
        object=End(Type.EVENT, what),
        relation=Relation.STANCE,
        kind="support",
        sign=None if sign is None else Decimal(sign),
        count=1,
        acts=(act,),
        statements=(),
        kinds=(("support", 1),),
        first=when,
        last=when,
    )


def network(*ties: Tie) -> Network:
    ends = {end for tie in ties for end in (tie.subject, tie.object)}
    nodes = {end: Thing(thing_iri(end.thing, end.id), {}) for end in ends}
    return Network(NetworkQuery(), nodes, ties, (), {}, frozenset())


# a: for x (twice), for y, against z. b: for x, against y. c: for z, and a remark of no side.
SMALL = network(
    said("a1", "a", "x", "0.5", 1),
    said("a2", "a", "x", "1", 2),
    said("a3", "a", "y", "1"),
    said("a4", "a", "z", "-1"),
    said("b1", "b", "x", "1"),
    said("b2", "b", "y", "-0.5"),
    said("c1", "c", "z", "1"),
    said("c2", "c", "x", "0"),
    said("c3", "c", "y", None),
)


def test_congruence_is_the_same_sign_on_the_same_thing() -> None:
    graph = agreement_network(SMALL, Agreement.CONGRUENCE)
    assert set(graph.edges) == {("a", "b")}
    # x, once in the window; every act behind it is named.
    assert graph.edges["a", "b"] == {"weight": 1.0, "shared": 1, "acts": "a1|a2|b1"}


def test_conflict_is_opposite_signs() -> None:
    graph = agreement_network(SMALL, Agreement.CONFLICT)
    assert {(*edge, graph.edges[edge]["acts"]) for edge in graph.edges} == {
        ("a", "b", "a3|b2"),
        ("a", "c", "a4|c1"),
    }


def test_subtract_keeps_a_pair_that_agrees_as_often_as_it_differs() -> None:
    graph = agreement_network(SMALL, Agreement.SUBTRACT)
    weights = {edge: graph.edges[edge]["weight"] for edge in graph.edges}
    assert weights == {("a", "b"): 0.0, ("a", "c"): -1.0}
    assert graph.edges["a", "b"]["acts"] == "a1|a2|a3|b1|b2"
    assert graph.nodes["c"]["exposure"] == 1


def test_what_counts_once() -> None:
    # a is for x on the 1st and 2nd (Thursday and Friday of one week), b on the 1st.
    weights = {
        once: agreement_network(SMALL, Agreement.CONGRUENCE, once=once).edges["a", "b"]["weight"]
        for once in Once
    }
    assert weights == {
        Once.ACT: 2.0,
        Once.DOCUMENT: 2.0,  # no document is known: each act is its own
        Once.DAY: 2.0,
        Once.WEEK: 1.0,
        Once.MONTH: 1.0,
        Once.WINDOW: 1.0,
    }


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [
        # a has 3 positions, b has 2, one is common.
        (Normalisation.NONE, 1.0),
        (Normalisation.ACTIVITY, 1 / 2.5),
        (Normalisation.JACCARD, 1 / (3 + 2 - 1)),
        (Normalisation.COSINE, 1 / math.sqrt(6)),
    ],
)
def test_normalisations(normalisation: Normalisation, expected: float) -> None:
    graph = agreement_network(SMALL, Agreement.CONGRUENCE, normalisation=normalisation)
    assert graph.edges["a", "b"]["weight"] == pytest.approx(expected)


def test_minimum_exposure_and_minimum_acts() -> None:
    assert set(agreement_network(SMALL, minimum_exposure=2)) == {"a", "b"}
    assert set(agreement_network(SMALL, minimum_acts=3).edges) == {("a", "b")}
    assert set(agreement_network(SMALL, minimum_acts=6).edges) == set()


def test_nothing_is_an_empty_network() -> None:
    assert len(agreement_network(network())) == 0


def test_bad_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="1 or more"):
        agreement_network(SMALL, minimum_acts=0)
    with pytest.raises(InputError, match="without a bundle"):
        agreement_network(bundled(SMALL, Bundle.SIGN))
    monkeypatch.setattr(discourse, "_MOST_PAIRS", 1)
    with pytest.raises(InputError, match="narrow the window"):
        agreement_network(SMALL)


def test_the_shipped_graph_against_a_naive_count(shipped_engine: EmbeddedEngine) -> None:
    projected = project(shipped_engine, NetworkQuery(level=Level.STATE))
    graph = agreement_network(projected, Agreement.SUBTRACT)
    signs = {
        (tie.subject.id, tie.object, tie.sign > 0)
        for tie in projected.ties
        if tie.relation is Relation.STANCE and tie.sign
    }
    expected: dict[frozenset[str], int] = {}
    for one, thing, side in signs:
        for other, same, other_side in signs:
            if one < other and thing == same:
                pair = frozenset((one, other))
                expected[pair] = expected.get(pair, 0) + (1 if side == other_side else -1)
    assert expected
    assert {
        frozenset((one, other)): data["weight"] for one, other, data in graph.edges(data=True)
    } == expected


def test_an_act_in_several_documents_is_one_act(shipped_engine: EmbeddedEngine) -> None:
    projected = project(shipped_engine, NetworkQuery())
    documents = {act.id: len(act.sources) for act in projected.acts}
    several = next(tie for tie in projected.ties if tie.sign and documents[tie.acts[0]] > 1)
    other = End(Type.ACTOR, "somebody-else")
    alone = Network(
        query=projected.query,
        nodes={**projected.nodes, other: Thing(thing_iri(Type.ACTOR, other.id), {})},
        ties=(several, said_like(several, other)),
        acts=projected.acts,
        statements={},
        silent=frozenset(),
    )
    count = documents[several.acts[0]]
    pair = (several.subject.id, other.id)
    by_act = agreement_network(alone, once=Once.ACT)
    by_document = agreement_network(alone, once=Once.DOCUMENT)
    assert by_act.edges[pair]["weight"] == 1.0
    assert by_document.edges[pair]["weight"] == float(count)


def said_like(tie: Tie, who: End) -> Tie:
    return Tie(
        subject=who,
        object=tie.object,
        relation=tie.relation,
        kind=tie.kind,
        sign=tie.sign,
        count=1,
        acts=("another",),
        statements=(),
        kinds=tie.kinds,
        first=tie.first,
        last=tie.last,
    )
