"""Names to actors: misspellings, old names, other scripts, and what is not near enough."""

import pytest

from comity.graph.engine import EmbeddedEngine
from comity.graph.resolve import Resolver


@pytest.fixture(scope="module")
def resolver(shipped_engine: EmbeddedEngine) -> Resolver:
    return Resolver(shipped_engine)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Blinkin", "antony-blinken"),
        ("Blinken", "antony-blinken"),
        ("Turkey", "tur"),
        ("Türkiye", "tur"),
        ("turkiye", "tur"),
        ("ARM", "arm"),
        ("Армения", "arm"),
        ("CSTO", "csto"),
        ("Collective Security Treaty Organisation", "csto"),
        ("Cavusoglu", "mevlut-cavusoglu"),
        ("Pashinyan", "nikol-pashinyan"),
        ("Ivory Coast", "civ"),
    ],
)
def test_name_finds_its_actor_first(resolver: Resolver, name: str, actor: str) -> None:
    assert resolver.candidates(name)[0].id == actor


@pytest.mark.parametrize("name", ["", "   ", "xqzzv", "…"])
def test_name_of_nobody_finds_nobody(resolver: Resolver, name: str) -> None:
    assert resolver.candidates(name) == []


def test_candidates_are_ranked_and_limited(resolver: Resolver) -> None:
    found = resolver.candidates("Guinea", 3)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len(found) == 3
    assert found[0].id == "gin"
