"""Ties added up from columns are those of the network, act by act."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from comity.errors import ParameterError
from comity.graph.engine import EmbeddedEngine
from comity.graph.index.counts import tie_arrays, tie_counts
from comity.graph.network import Level, NetworkQuery, Tie
from comity.graph.projection import project

WINDOWS = [
    (None, None),
    (date(2022, 9, 13), date(2022, 9, 14)),
    (date(1990, 1, 1), date(2021, 12, 31)),
    (date(1800, 1, 1), date(1800, 1, 2)),
]


@pytest.mark.parametrize("level", [Level.RECORDED, Level.STATE])
@pytest.mark.parametrize(("since", "until"), WINDOWS)
def test_counts_are_those_of_the_network(
    shipped_engine: EmbeddedEngine, level: Level, since: date | None, until: date | None
) -> None:
    ties: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in project(shipped_engine, NetworkQuery(level=level, since=since, until=until)).ties:
        ties[tie.subject.id, tie.object.thing.value, tie.object.id].append(tie)
    counts = tie_counts(tie_arrays(shipped_engine, level), since, until).table().to_pylist()
    assert counts == [added_up(key, group) for key, group in sorted(ties.items())]


def added_up(key: tuple[str, str, str], ties: list[Tie]) -> dict[str, object]:
    signs = [tie.sign for tie in ties if tie.sign is not None]
    return {
        **dict(zip(("subject", "object_type", "object"), key, strict=True)),
        "acts": len(ties),
        "positive": sum(sign > 0 for sign in signs),
        "neutral": sum(sign == 0 for sign in signs),
        "negative": sum(sign < 0 for sign in signs),
        "hundredths": round(sum(signs, Decimal()) * 100),
        "first": min(tie.first for tie in ties if tie.first),
        "last": max(tie.last for tie in ties if tie.last),
    }


def test_kinds_are_chosen(shipped_engine: EmbeddedEngine) -> None:
    counted = tie_counts(tie_arrays(shipped_engine), kinds=["condemn"]).table()
    acts = project(shipped_engine, NetworkQuery(kinds=("condemn",))).ties
    assert sum(counted["acts"].to_pylist()) == len(acts) > 5


def test_alliances_depend_on_the_day_and_are_refused(shipped_engine: EmbeddedEngine) -> None:
    with pytest.raises(ParameterError, match="recorded and state"):
        tie_arrays(shipped_engine, Level.ALLIANCE)
