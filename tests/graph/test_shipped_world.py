"""What ships beside the crisis: vetoes, votes of the General Assembly, members of 2020.

Expected numbers come from the records of the United Nations and from the lists themselves.
"""

import re
from collections import Counter

import pytest

from comity.graph.sources.record import Record
from comity.graph.sources.seed import Seed, read_seed, shipped_folder


@pytest.fixture(scope="module")
def seed() -> Seed:
    return read_seed(shipped_folder())


def acts_of(seed: Seed, source: str) -> list[Record]:
    return [one for one in seed.records if one.shape.name == "acts" and one.home == source]


def test_each_veto_is_an_act_of_who_held_the_seat(seed: Seed) -> None:
    vetoes = acts_of(seed, "unsc-vetoes-2022")
    assert Counter(act.one("holder") for act in vetoes) == {
        "sun": 90,
        "usa": 82,
        "rus": 31,
        "gbr": 29,
        "chn": 17,
        "fra": 16,
    }
    assert len({act.one("about") for act in vetoes}) == 214
    assert {(act.one("kind"), act.one("venue")) for act in vetoes} == {("vote-no", "unsc")}
    days = {
        who: sorted(act.one("date") for act in vetoes if act.one("holder") == who)
        for who in ("chn", "rus", "sun")
    }
    assert days["chn"][0] == "1972-08-25"  # the admission of Bangladesh
    assert days["sun"][-1] < "1991-12-25" < days["rus"][0]


def test_votes_are_those_of_the_record(seed: Seed) -> None:
    votes: dict[str, dict[str, str]] = {}
    for act in acts_of(seed, "unga-votes-2020"):
        votes.setdefault(act.one("about"), {})[act.one("holder")] = act.one("kind")
    assert len(votes) == 10
    ukraine = votes["unga-vote-68-262"]
    assert {who for who, kind in ukraine.items() if kind == "vote-no"} == {"arm", "blr", "rus"}
    assert {who for who, kind in ukraine.items() if kind == "abstain"} == {
        *("chn", "ind", "kaz", "pak", "uzb"),
    }
    # They took no part.
    assert not {"irn", "isr", "kgz", "tjk", "tkm"} & ukraine.keys()
    karabakh = votes["unga-vote-62-243"]
    against = {who for who, kind in karabakh.items() if kind == "vote-no"}
    assert against == {"arm", "fra", "ind", "rus", "usa"}


def test_vote_names_its_row(seed: Seed) -> None:
    for source in ("unsc-vetoes-2022", "unga-votes-2020"):
        rows = [act.one("locator") for act in acts_of(seed, source)]
        assert all(re.fullmatch(r"[0-9a-f]{12}:[1-9]\d*", row) for row in rows)
        assert len({row.partition(":")[0] for row in rows}) == 1


def test_list_that_is_whole_has_as_many_members_as_it_states(seed: Seed) -> None:
    full = Counter(
        one.one("organisation")
        for one in seed.records
        if one.shape.name == "memberships"
        and one.file.startswith("world/")
        and one.one("role") in ("member", "participating-state")
    )
    lists = [one for one in seed.records if one.shape.name == "coverage"]
    told = {one.one("organisation"): one for one in lists if one.file.startswith("world/")}
    assert len(told) == 91
    assert full.keys() == told.keys()
    for name, one in told.items():
        whole = full[name] == int(one.one("stated_count"))
        assert whole == (one.one("complete") == "true"), name
    assert full["east-african-development-bank"] == 4
    assert full["nordic-investment-bank"] == 8
