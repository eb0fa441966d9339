"""Whom a name means where importers find actors by name: decisions, days, doubts."""

from datetime import date

import pytest

from comity.graph.sources.icews import Icews
from comity.graph.sources.importer import RowError
from comity.graph.sources.world import World

DAY = date(2018, 6, 1)
WORLD = World(
    names={"georgia": ("geo",), "congress": ("inc", "us-congress"), "union": ("old", "new")},
    lifetimes={
        "geo": (date(1991, 4, 9), date(9999, 12, 31)),
        "old": (date(1922, 12, 30), date(1991, 12, 25)),
        "new": (date(1991, 12, 26), date(9999, 12, 31)),
    },
)


def decided(meaning: str) -> World:
    return World(names=WORLD.names, lifetimes=WORLD.lifetimes, decided={"georgia": meaning})


def test_decision_goes_before_the_graph_on_every_day() -> None:
    importer = Icews(decided("us-georgia"))
    assert importer.found("Georgia", DAY) == "us-georgia"
    assert importer.found("Georgia", date(1900, 1, 1)) == "us-georgia"


def test_name_that_is_decided_to_be_nobody_becomes_an_actor() -> None:
    assert Icews(decided("")).found("Georgia", DAY) == ""


def test_name_of_two_actors_is_refused() -> None:
    with pytest.raises(RowError, match="nobody or for several"):
        Icews(WORLD).found("Congress", DAY)


def test_name_passes_from_one_state_to_another() -> None:
    importer = Icews(WORLD)
    days = (date(1991, 12, 25), date(1991, 12, 26), date(1991, 12, 25))
    assert [importer.found("Union", day) for day in days] == ["old", "new", "old"]


def test_state_is_not_found_before_it_was_there_though_it_was_found_later() -> None:
    importer = Icews(WORLD)
    assert importer.found("Georgia", DAY) == "geo"
    with pytest.raises(RowError, match="nobody or for several on 1991-04-08"):
        importer.found("Georgia", date(1991, 4, 8))
