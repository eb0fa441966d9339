"""Cohesion of an organisation in the shipped graph, against its acts read one by one."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from comity.errors import InputError
from comity.graph.acts import read_acts
from comity.graph.cohesion import organisation_cohesion
from comity.graph.engine import EmbeddedEngine
from comity.graph.measuring import Measured, MeasureQuery, measured
from comity.graph.network import Level, NetworkQuery, Relation
from comity.graph.projection import project
from comity.ontology.namespaces import THINGS
from comity.ontology.terms import turtle

ID = "https://w3id.org/comity/id/"
MEMBERSHIP = """
t:membership-{who} a c:Membership ; c:organisation a:pact ; c:member a:{who} ; c:role r:{role} ;
    c:startEarliest "2000-01-01"^^x:date ; c:startLatest "{surely}"^^x:date ;
    c:endEarliest "{end}"^^x:date ; c:endLatest "{end}"^^x:date .
"""
VOTE = """
s:{who}-{what} a c:StanceAct ; c:holder a:{who} ; c:kind k:{kind} ; c:target a:{what} ;
    c:dateEarliest "2022-09-13"^^x:date ; c:dateLatest "2022-09-13"^^x:date .
"""
DAY = date(2022, 9, 30)
BOTH = (Relation.STANCE, Relation.VOTE)


def test_members_and_positions_are_those_of_the_day(shipped_engine: EmbeddedEngine) -> None:
    found = organisation_cohesion(shipped_engine, "csto", DAY, common=1)
    assert found.members == ("arm", "blr", "kaz", "kgz", "rus", "tjk")
    assert found.uncertain == ()
    # Counted again from all ties of the graph: who acted with a sign, or abstained, toward what.
    ties = project(shipped_engine, NetworkQuery(relations=BOTH, as_of=DAY, level=Level.STATE)).ties
    cells = {
        (tie.subject.id, tie.object.id)
        for tie in ties
        if tie.subject.id in found.members and tie.sign is not None
    }
    items = {item for _, item in cells}
    assert found.cohesion.items == len(items)
    assert found.cohesion.filled == pytest.approx(len(cells) / (6 * len(items)))
    speaking = {member for member, _ in cells}
    assert found.cohesion.without_position == tuple(sorted(set(found.members) - speaking))


def test_too_few_cells_are_hidden(shipped_engine: EmbeddedEngine) -> None:
    found = organisation_cohesion(shipped_engine, "nato", DAY).cohesion
    assert found.members == 30
    assert (found.rice, found.agreement_index, found.pairs) == (None, None, ())
    assert "30%" in str(found.hidden_because)


def test_discordant_pair_names_the_acts_on_which_it_differs(shipped_engine: EmbeddedEngine) -> None:
    found = organisation_cohesion(shipped_engine, "csto", DAY)
    pair = found.cohesion.most_discordant
    assert pair is not None
    assert (pair.source, pair.target) == ("arm", "kgz")
    assert len(found.differences) == round(pair.n * (1 - pair.agreement))
    # A vote on which they differ, as the acts say it.
    (one,) = (one for one in found.differences if one.item == "unga-vote-64-296")
    acts = read_acts(shipped_engine, (*one.source_acts, *one.target_acts))
    assert sorted((act.holder, act.kind) for act in acts) == [
        ("arm", "vote-no"),
        ("kgz", "abstain"),
    ]


def test_window_and_day(shipped_engine: EmbeddedEngine) -> None:
    early = organisation_cohesion(shipped_engine, "csto", DAY, until=date(1990, 1, 1))
    assert (early.cohesion.items, early.cohesion.filled) == (0, None)
    assert early.cohesion.hidden_because
    with pytest.raises(InputError, match="No member of 'csto' is recorded on 1900-01-01"):
        organisation_cohesion(shipped_engine, "csto", date(1900, 1, 1))
    with pytest.raises(InputError, match="is after until"):
        organisation_cohesion(shipped_engine, "csto", DAY, since=DAY, until=date(2022, 9, 1))


@pytest.fixture(scope="module")
def pact() -> EmbeddedEngine:
    """A pact of ann, bob, cem and fay; dov may be in it, eve is no more, gus never was."""
    lines = [
        f"@prefix {name}: <{iri}> ."
        for name, iri in (
            ("a", f"{ID}actor/"),
            ("c", "https://w3id.org/comity/ns#"),
            ("k", f"{ID}kind/"),
            ("r", f"{ID}role/"),
            ("s", f"{ID}stance/"),
            ("t", f"{ID}thing/"),
            ("x", "http://www.w3.org/2001/XMLSchema#"),
        )
    ]
    sure, open_end = "2000-01-01", "9999-12-31"
    for who, role, surely, end in (
        ("ann", "member", sure, open_end),
        ("bob", "member", sure, open_end),
        ("cem", "member", sure, open_end),
        ("dov", "member", "2022-12-31", open_end),
        ("eve", "member", sure, "2022-08-31"),
        ("fay", "elected-member", sure, open_end),
        ("gus", "candidate", sure, open_end),
    ):
        lines.append(MEMBERSHIP.format(who=who, role=role, surely=surely, end=end))
    for who, what, kind in (
        ("ann", "text", "vote-yes"),
        ("ann", "other", "vote-no"),
        ("bob", "text", "vote-yes"),
        ("bob", "other", "vote-yes"),
        ("eve", "text", "vote-no"),
        ("gus", "text", "vote-no"),
    ):
        lines.append(VOTE.format(who=who, what=what, kind=kind))
    store = Store()
    for graph, text in (("case", "\n".join(lines)), ("schemes", turtle("schemes.ttl"))):
        store.load(text, format=RdfFormat.TURTLE, to_graph=NamedNode(f"{THINGS}source/{graph}"))
    return EmbeddedEngine.of(store, "1")


def test_members_without_a_tie_count_in_both_ways_to_ask(pact: EmbeddedEngine) -> None:
    whole = organisation_cohesion(pact, "pact", DAY, common=1)
    assert (whole.members, whole.uncertain) == (("ann", "bob", "cem", "fay"), ("dov",))
    (group,) = _measured(pact, "cohesion", common=1).result["groups"]
    for found in (group, asdict(whole.cohesion)):
        assert (found["members"], found["items"], found["n"]) == (4, 2, 2)
        # ann and bob filled four of eight cells.
        assert found["filled"] == 0.5
        assert found["without_position"] == ("cem", "fay")
        # text: both for it; other: one for, one against.
        assert found["rice"] == pytest.approx((1 + 0) / 2)
        assert found["agreement_index"] == pytest.approx((1 + 1 / 4) / 2)
        assert found["pairs_filled"] == pytest.approx(1 / 6)


def test_a_group_is_all_its_members_in_every_measure(pact: EmbeddedEngine) -> None:
    found = _measured(pact, "e-i")
    # Members are friends with what they voted for, which is in no group: no tie counts.
    assert (found.result["n"], found.result["value"]) == (4, None)
    # Four members, eve, gus and the two texts.
    assert found.nodes == 8
    degrees = {row["node"]: row["positive"] for row in _measured(pact, "degree").table}
    friends = {"ann": 1, "bob": 2, "cem": 0, "fay": 0}
    assert degrees == friends | {"eve": 0, "gus": 0, "text": 2, "other": 1}
    assert "dov" not in degrees


def test_a_group_of_alliances_that_are_nodes_is_refused(pact: EmbeddedEngine) -> None:
    network = NetworkQuery(
        relations=(Relation.VOTE,), as_of=DAY, level=Level.ALLIANCE, alliances=("pact",)
    )
    with pytest.raises(InputError, match="contradict"):
        measured(pact, Path(), MeasureQuery("e-i", network, groups=("pact",)))


def _measured(engine: EmbeddedEngine, measure: str, **parameters: int) -> Measured:
    network = NetworkQuery(relations=(Relation.VOTE,), as_of=DAY, level=Level.STATE)
    given = tuple(parameters.items())
    return measured(engine, Path(), MeasureQuery(measure, network, given, groups=("pact",)))
