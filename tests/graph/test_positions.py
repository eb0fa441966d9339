"""Positions of members: by arrays as by the network, act by act."""

from datetime import date

import numpy as np
import pytest

from comity.graph import positions as module
from comity.graph.engine import EmbeddedEngine
from comity.graph.positions import positions_of

CSTO = frozenset({"arm", "blr", "kaz", "kgz", "rus", "tjk"})
WINDOWS = [(None, date(2022, 9, 30)), (date(2022, 9, 13), date(2022, 9, 14))]


@pytest.mark.parametrize(("since", "until"), WINDOWS)
@pytest.mark.parametrize("holders", [CSTO, frozenset({"arm", "aze", "tur", "usa", "csto"})])
def test_arrays_and_network_come_to_the_same(
    shipped_engine: EmbeddedEngine,
    monkeypatch: pytest.MonkeyPatch,
    holders: frozenset[str],
    since: date | None,
    until: date,
) -> None:
    fast = positions_of(shipped_engine, holders, since, until)
    monkeypatch.setattr(module, "indexed_acts", lambda engine: None)
    slow = positions_of(shipped_engine, holders, since, until)
    one, other = fast.table(), slow.table()
    assert len(one.items) > 3
    assert (one.voters, one.items, one.days) == (other.voters, other.items, other.days)
    np.testing.assert_array_equal(one.positions, other.positions)
    for voter in one.voters:
        assert fast.acts_of(voter) == slow.acts_of(voter)
        assert fast.acts_of(voter)


def test_votes_are_for_against_or_between_and_absence_is_none(
    shipped_engine: EmbeddedEngine,
) -> None:
    found = positions_of(shipped_engine, CSTO, None, date(2022, 9, 30)).table()
    column = found.positions[:, found.items.index("unga-vote-64-296")]
    told = {
        voter: None if np.isnan(value) else int(value)
        for voter, value in zip(found.voters, column, strict=True)
    }
    # The vote of 2010-09-07 as the record of the General Assembly has it: Armenia and the Russian
    # Federation against, Kyrgyzstan abstained; see the rows of the shipped extract.
    assert (told["arm"], told["rus"], told["kgz"]) == (-1, -1, 0)


def test_nobody_acts_in_a_window_without_acts(shipped_engine: EmbeddedEngine) -> None:
    found = positions_of(shipped_engine, CSTO, date(1800, 1, 1), date(1800, 1, 2)).table()
    assert (found.voters, found.items, found.positions.shape) == ((), (), (0, 0))
