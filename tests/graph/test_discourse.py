"""Congruence, conflict, subtract, what counts once, normalisations; worked out by hand."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comity.errors import InputError
from comity.graph import discourse
from comity.graph.engine import EmbeddedEngine
from comity.graph.network import (
    Agreement,
    End,
    Level,
    Network,
    NetworkQuery,
    Normalisation,
    Once,
    Relation,
    Tie,
    Weighing,
)
from comity.graph.projection import project
from comity.graph.things import Thing
from comity.graph.weighing import weighed
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


Found = dict[tuple[str, str], Tie]


def agreeing(
    network: Network,
    agreement: Agreement = Agreement.SUBTRACT,
    once: Once = Once.WINDOW,
    **how: Any,
) -> Found:
    """The ties of agreement of a network, by the ids of their ends."""
    query = NetworkQuery(weighing=Weighing(agreement=agreement, once=once, **how))
    documents = {act.id: act.sources for act in network.acts}
    found = weighed(network.ties, query, documents)
    return {(tie.subject.id, tie.object.id): tie for tie in found}


def test_congruence_is_the_same_sign_on_the_same_thing() -> None:
    found = agreeing(SMALL, Agreement.CONGRUENCE)
    assert set(found) == {("a", "b")}
    # x, once in the window; every act behind it is named.
    tie = found["a", "b"]
    assert (tie.weight, tie.sign, tie.acts, tie.count) == (1.0, 1, ("a1", "a2", "b1"), 3)
    assert (tie.first, tie.last) == (date(2022, 9, 1), date(2022, 9, 2))


def test_conflict_is_opposite_signs() -> None:
    found = agreeing(SMALL, Agreement.CONFLICT)
    assert {pair: (tie.acts, tie.sign) for pair, tie in found.items()} == {
        ("a", "b"): (("a3", "b2"), -1),
        ("a", "c"): (("a4", "c1"), -1),
    }


def test_subtract_keeps_a_pair_that_agrees_as_often_as_it_differs() -> None:
    found = agreeing(SMALL, Agreement.SUBTRACT)
    assert {pair: (tie.weight, tie.sign) for pair, tie in found.items()} == {
        ("a", "b"): (0.0, 0),
        ("a", "c"): (-1.0, -1),
    }
    assert found["a", "b"].acts == ("a1", "a2", "a3", "b1", "b2")


def test_what_counts_once() -> None:
    # a is for x on the 1st and 2nd (Thursday and Friday of one week), b on the 1st.
    weights = {
        once: agreeing(SMALL, Agreement.CONGRUENCE, once=once)["a", "b"].weight for once in Once
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
    found = agreeing(SMALL, Agreement.CONGRUENCE, normalisation=normalisation)
    assert found["a", "b"].weight == pytest.approx(expected)


def test_minimum_exposure_and_minimum_acts() -> None:
    assert set(agreeing(SMALL, minimum_exposure=2)) == {("a", "b")}
    assert set(agreeing(SMALL, minimum_acts=3)) == {("a", "b")}
    assert agreeing(SMALL, minimum_acts=6) == {}


def test_nothing_is_an_empty_network() -> None:
    assert agreeing(network()) == {}


def test_too_many_pairs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discourse, "_MOST_PAIRS", 1)
    with pytest.raises(InputError, match="narrow the window"):
        agreeing(SMALL)


def test_the_shipped_graph_against_a_naive_count(shipped_engine: EmbeddedEngine) -> None:
    projected = project(shipped_engine, NetworkQuery(level=Level.STATE))
    how = Weighing(agreement=Agreement.SUBTRACT, once=Once.WINDOW)
    found = project(shipped_engine, NetworkQuery(level=Level.STATE, weighing=how))
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
        frozenset((tie.subject.id, tie.object.id)): tie.weight for tie in found.ties
    } == expected
    assert {act.id for act in found.acts} == {act for tie in found.ties for act in tie.acts}


def test_an_act_in_several_documents_is_one_act(shipped_engine: EmbeddedEngine) -> None:
    projected = project(shipped_engine, NetworkQuery())
    documents = {act.id: len(act.sources) for act in projected.acts}
    several = next(tie for tie in projected.ties if tie.sign and documents[tie.acts[0]] > 1)
    other = End(Type.ACTOR, "somebody-else")
    alone = replace(projected, ties=(several, said_like(several, other)))
    pair = (several.subject.id, other.id)
    assert agreeing(alone, once=Once.ACT)[pair].weight == 1.0
    assert agreeing(alone, once=Once.DOCUMENT)[pair].weight == documents[several.acts[0]]


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
