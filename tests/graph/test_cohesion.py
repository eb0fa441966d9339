"""Cohesion of an organisation in the shipped graph, against its acts read one by one."""

from datetime import date

import pytest

from comity.errors import InputError
from comity.graph.acts import read_acts
from comity.graph.cohesion import organisation_cohesion
from comity.graph.engine import EmbeddedEngine
from comity.graph.network import Level, NetworkQuery, Relation
from comity.graph.projection import project

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
