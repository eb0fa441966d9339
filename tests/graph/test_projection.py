"""From acts to ties: whom an act ties to whom, roll-up, bundling, obligations."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import networkx as nx
import pytest

from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.graph.network import Bundle, End, Level, Network, NetworkQuery, Relation, Tie
from comity.graph.projection import project
from comity.ontology.namespaces import Thing

EVENT = "attack-on-armenia-2022-09"


def ties(network: Network, subject: str, obj: str, relation: Relation) -> Iterator[Tie]:
    for tie in network.ties:
        if (tie.subject.id, tie.object.id, tie.relation) == (subject, obj, relation):
            yield tie


@pytest.fixture(scope="module")
def recorded(shipped_engine: EmbeddedEngine) -> Network:
    return project(shipped_engine, NetworkQuery(event=EVENT))


def test_request_to_russia_about_armenia_is_a_tie_to_russia_only(recorded: Network) -> None:
    asks = [
        tie
        for tie in recorded.ties
        if tie.kind == "ask" and tie.subject.id == "usa" and tie.acts[0].startswith("usa-ask")
    ]
    assert asks
    assert {tie.object.id for tie in asks} == {"rus"}


def test_concern_without_a_target_is_a_tie_to_the_event(recorded: Network) -> None:
    found = {
        tie.object
        for tie in recorded.ties
        if tie.subject.id == "un" and tie.kind == "express-concern"
    }
    assert {(end.thing, end.id) for end in found} == {(Thing.EVENT, EVENT)}


def test_only_an_actor_target_is_signed(recorded: Network) -> None:
    for tie in recorded.ties:
        if tie.object.thing is Thing.EVENT:
            assert tie.sign is None or tie.sign == 0, tie
    signed = next(ties(recorded, "grc", "aze", Relation.STANCE))
    assert signed.sign == -1


def test_every_act_about_the_event_is_behind_a_tie(
    recorded: Network, shipped_engine: EmbeddedEngine
) -> None:
    behind = {act for tie in recorded.ties for act in tie.acts}
    assert {act.id for act in recorded.acts} == behind


def test_act_toward_a_body_of_its_own_is_a_tie_to_the_event(
    shipped_engine: EmbeddedEngine,
) -> None:
    network = project(shipped_engine, NetworkQuery(event=EVENT, level=Level.STATE))
    behind = {act for tie in network.ties for act in tie.acts}
    recorded = project(shipped_engine, NetworkQuery(event=EVENT))
    assert behind == {act for tie in recorded.ties for act in tie.acts}
    assert all(tie.subject != tie.object for tie in network.ties)


def test_bundling_by_sign_loses_no_act(shipped_engine: EmbeddedEngine, recorded: Network) -> None:
    bundled = project(shipped_engine, NetworkQuery(event=EVENT, bundle=Bundle.SIGN))
    single = sorted((tie.subject, tie.object, tie.acts[0]) for tie in recorded.ties)
    spread = sorted((tie.subject, tie.object, act) for tie in bundled.ties for act in tie.acts)
    assert spread == single
    marks = [(tie.subject, tie.object, tie.sign) for tie in bundled.ties]
    assert len(marks) == len(set(marks))
    assert all(tie.count == len(tie.acts) for tie in bundled.ties)


def test_organs_and_officials_roll_up_at_level_state_but_parties_do_not(
    shipped_engine: EmbeddedEngine,
) -> None:
    query = NetworkQuery(level=Level.STATE, until=date(2022, 9, 30))
    subjects = {tie.subject.id for tie in project(shipped_engine, query).ties}
    assert "georgian-dream" in subjects
    assert "antony-blinken" not in subjects  # spoke for the United States
    assert not {one for one in subjects if one.endswith("-ministry-of-defence")}


def test_obligations_are_those_owed_to_the_parties_of_the_event(
    shipped_engine: EmbeddedEngine,
) -> None:
    query = NetworkQuery(event=EVENT, relations=(Relation.OBLIGATION,), as_of=date(2022, 9, 13))
    network = project(shipped_engine, query)
    assert {tie.object.id for tie in network.ties} == {"arm", "aze"}
    defence = {
        (tie.subject.id, tie.object.id)
        for tie in network.ties
        if tie.kind == "defence"
        and network.statements[tie.statements[0]].text("mandatory") != "false"
    }
    assert defence == {
        *((state, "arm") for state in ("blr", "kaz", "kgz", "rus", "tjk")),
        ("tur", "aze"),
    }


def test_obligation_ends_with_the_party_that_leaves(shipped_engine: EmbeddedEngine) -> None:
    def bound(day: date) -> set[str]:
        query = NetworkQuery(
            relations=(Relation.OBLIGATION,), treaties=("cst",), as_of=day, actors=("uzb",)
        )
        return {tie.object.id for tie in project(shipped_engine, query).ties}

    assert "arm" in bound(date(1999, 4, 1))
    assert bound(date(1999, 4, 21)) == set()


def test_memberships_are_ties_on_their_day(shipped_engine: EmbeddedEngine) -> None:
    def members(day: date) -> set[str]:
        query = NetworkQuery(relations=(Relation.MEMBERSHIP,), actors=("coe",), as_of=day)
        return {tie.subject.id for tie in project(shipped_engine, query).ties}

    assert "rus" in members(date(2022, 3, 15))
    assert "rus" not in members(date(2022, 3, 16))


def test_tenures_tie_their_holders_to_the_body_on_their_days(
    shipped_engine: EmbeddedEngine,
) -> None:
    def held(day: date) -> set[tuple[str, str]]:
        query = NetworkQuery(relations=(Relation.TENURE,), actors=("arm",), as_of=day)
        return {(tie.subject.id, tie.kind) for tie in project(shipped_engine, query).ties}

    # The decree that made Ararat Mirzoyan foreign minister is of 19 August 2021.
    office = ("ararat-mirzoyan", "arm-foreign-minister")
    assert office in held(date(2022, 9, 13))
    assert office in held(date(2021, 8, 19))
    assert office not in held(date(2021, 8, 18))


@pytest.mark.parametrize("relation", [Relation.MEMBERSHIP, Relation.OBLIGATION])
def test_statements_of_an_actor_are_those_of_all_that_touch_it(
    shipped_home: GraphHome, relation: Relation
) -> None:
    # Asked of a graph just opened, for the one actor; then all are read, and looked through.
    query = NetworkQuery(relations=(relation,), actors=("kgz",), as_of=date(2022, 9, 13))
    engine = shipped_home.engine()
    alone = project(engine, query)
    every = project(engine, replace(query, actors=()))
    again = project(engine, query)
    assert alone.ties == again.ties
    assert set(alone.ties) == {
        tie for tie in every.ties if "kgz" in (tie.subject.id, tie.object.id)
    }
    assert all(thing.class_name for thing in alone.statements.values())
    assert alone.statements == again.statements


def test_depth_0_keeps_to_the_actors_asked_for(shipped_engine: EmbeddedEngine) -> None:
    actors = ("arm", "aze", "tur", "blr")
    network = project(shipped_engine, NetworkQuery(event=EVENT, actors=actors, depth=0))
    ends = {end.id for tie in network.ties for end in (tie.subject, tie.object)}
    assert ends <= {*actors, EVENT}
    assert network.silent == {"blr"}


def test_window_is_inclusive_on_both_days(shipped_engine: EmbeddedEngine) -> None:
    query = NetworkQuery(since=date(2022, 9, 16), until=date(2022, 9, 16))
    network = project(shipped_engine, query)
    assert network.acts
    for act in network.acts:
        assert act.earliest <= date(2022, 9, 16) <= act.latest


def test_networkx_graph_keeps_parallel_ties_and_writes_out(recorded: Network) -> None:
    graph = recorded.to_networkx()
    assert graph.number_of_edges() == len(recorded.ties)
    assert graph.number_of_edges("arm", "aze") > 1
    assert len(list(nx.generate_graphml(graph))) > len(recorded.ties)
    assert len(list(nx.generate_gexf(graph))) > len(recorded.ties)
    signs = {edge.get("sign", "none") for _, _, edge in graph.edges(data=True)}
    assert signs == {-1.0, -0.5, 0.0, 1.0, "none"}


def test_nothing_that_matches_gives_an_empty_network(shipped_engine: EmbeddedEngine) -> None:
    query = NetworkQuery(event=EVENT, until=date(2020, 1, 1))
    network = project(shipped_engine, query)
    assert (network.ties, network.acts, network.nodes) == ((), (), {})


@pytest.mark.parametrize("level", [Level.RECORDED, Level.STATE])
def test_network_of_an_actor_is_its_part_of_the_network_of_everybody(
    shipped_engine: EmbeddedEngine, level: Level
) -> None:
    everybody = project(shipped_engine, NetworkQuery(level=level))
    russia = End(Thing.ACTOR, "rus")
    expected = [tie for tie in everybody.ties if russia in (tie.subject, tie.object)]
    found = project(shipped_engine, NetworkQuery(actors=("rus",), level=level))
    assert list(found.ties) == expected
    assert {tie.subject == russia for tie in expected} == {True, False}


def test_network_of_an_actor_has_what_was_done_on_its_behalf_and_by_its_organs(
    shipped_engine: EmbeddedEngine,
) -> None:
    found = project(shipped_engine, NetworkQuery(actors=("usa",), level=Level.STATE))
    assert {act.holder for act in found.acts} - {"usa"}


def test_without_a_day_statements_of_every_day_are_ties(
    shipped_engine: EmbeddedEngine,
) -> None:
    seats = NetworkQuery(actors=("csto",), relations=(Relation.MEMBERSHIP,))
    ever = {tie.subject.id for tie in project(shipped_engine, seats).ties}
    then = project(shipped_engine, replace(seats, as_of=date(2022, 9, 13))).ties
    # Uzbekistan took part from 2006 to 2012.
    assert ever - {tie.subject.id for tie in then} == {"uzb"}
