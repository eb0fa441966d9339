"""The dyad panel: which rows, what counts, and zero, missing and no state apart."""

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from comity.errors import InputError
from comity.graph.acts import read_acts
from comity.graph.dyads import Every
from comity.graph.engine import EmbeddedEngine
from comity.graph.measures.similarity import similarity
from comity.graph.network import Level, NetworkQuery
from comity.graph.panel import PanelQuery, panel, periods
from comity.graph.pledges import portfolios_alike
from comity.graph.projection import project
from comity.graph.spells import Spells
from comity.ontology.namespaces import Thing

STATES = ("arm", "aze", "fra", "rus", "sun")
WEEK = date(2022, 9, 12)
Rows = dict[tuple[str, str, date], dict[str, object]]


def rows_of(engine: EmbeddedEngine, query: PanelQuery) -> Rows:
    found = panel(engine, query).table.to_pylist()
    return {(row["sender"], row["receiver"], row["period"]): row for row in found}


@pytest.fixture(scope="module")
def weeks(shipped_engine: EmbeddedEngine) -> Rows:
    return rows_of(shipped_engine, PanelQuery(WEEK, date(2022, 9, 22), Every.WEEK, STATES))


def test_every_directed_pair_has_a_row_in_every_period(weeks: Rows) -> None:
    # Five states have 5 * 4 directed pairs; the window has days of two weeks.
    assert len(weeks) == 5 * 4 * 2
    assert {key[2] for key in weeks} == {WEEK, date(2022, 9, 19)}


def test_counts_are_those_of_a_plain_recount(weeks: Rows, shipped_engine: EmbeddedEngine) -> None:
    query = NetworkQuery(since=WEEK, until=date(2022, 9, 18), level=Level.STATE)
    expected = {
        act
        for tie in project(shipped_engine, query).ties
        if (tie.subject.id, tie.object.id, tie.object.thing) == ("aze", "arm", Thing.ACTOR)
        and tie.first == tie.last
        for act in tie.acts
    }
    row = weeks["aze", "arm", WEEK]
    assert expected
    assert row["acts"] == len(expected)
    kinds = [act.kind for act in read_acts(shipped_engine, expected)]
    assert row["kind_accuse"] == kinds.count("accuse")
    assert row["acts"] == sum(
        int(str(row[name])) for name in ("positive", "neutral", "negative", "unsigned")
    )


def test_zero_missing_and_no_state_are_three_things(weeks: Rows) -> None:
    zero = weeks["arm", "fra", WEEK]
    assert (zero["status"], zero["acts"], zero["kind_accuse"]) == ("observed", 0, 0)
    # No document names France in an act of the second week.
    missing = weeks["fra", "arm", date(2022, 9, 19)]
    assert (missing["status"], missing["acts"], missing["documents"]) == ("missing", None, 0)
    # The Soviet Union ended on 1991-12-25.
    gone = weeks["rus", "sun", WEEK]
    assert (gone["status"], gone["acts"], gone["owes_defence"]) == ("no-state", None, None)


def test_goldstein_of_no_coded_act_is_unknown_and_not_zero(weeks: Rows) -> None:
    row = weeks["arm", "fra", WEEK]
    assert (row["coded"], row["goldstein"]) == (0, None)


def test_obligation_and_alliance_flags_are_directed_and_dated(weeks: Rows) -> None:
    # Collective Security Treaty, article 4, and membership of the CSTO: Armenia and Russia.
    assert weeks["rus", "arm", WEEK]["owes_defence"] is True
    assert weeks["rus", "arm", WEEK]["allied"] is True
    assert weeks["arm", "aze", WEEK]["allied"] is False


def test_codes_are_those_of_the_year(shipped_engine: EmbeddedEngine) -> None:
    # COW: German Federal Republic 260 to 1990-10-02, Germany 255 from 1990-10-03;
    # 365 is the Soviet Union until 1991-12-25, Russia from the day after.
    query = PanelQuery(date(1989, 1, 1), date(1992, 1, 1), Every.YEAR, ("deu", "sun", "rus"))
    rows = rows_of(shipped_engine, query)
    found = {
        year: rows["deu", "sun", date(year, 1, 1)]["sender_cow"] for year in (1989, 1990, 1991)
    }
    assert found == {1989: "260", 1990: "255", 1991: "255"}
    assert rows["deu", "sun", date(1991, 1, 1)]["receiver_cow"] == "365"
    assert rows["deu", "rus", date(1992, 1, 1)]["receiver_cow"] == "365"
    assert rows["deu", "rus", date(1989, 1, 1)]["status"] == "no-state"
    # Both existed in 1991, but on no common day.
    assert rows["sun", "rus", date(1991, 1, 1)]["status"] == "no-state"


def test_act_that_may_fall_into_two_periods_counts_in_none_and_is_named(
    shipped_engine: EmbeddedEngine,
) -> None:
    query = PanelQuery(date(2022, 9, 12), date(2022, 9, 22), Every.DAY, ("arm", "aze"))
    found = panel(shipped_engine, query)
    network = project(
        shipped_engine, NetworkQuery(since=query.since, until=query.until, level=Level.STATE)
    )
    pair = {"arm", "aze"}
    astride = {
        tie.acts[0]
        for tie in network.ties
        if {tie.subject.id, tie.object.id} == pair and tie.first != tie.last
    }
    assert set(found.undated) == astride


def test_portfolios_worked_out_by_hand() -> None:
    # a owes b defence (3), b owes a consultation (1), each is its own ally (3):
    # a = (3, 3, 0), b = (1, 3, 0), c = (0, 0, 3); a and b are 2/3 apart in the mean.
    spells = SimpleNamespace(
        existing=lambda first, last: ["a", "b", "c"],
        owed_on=lambda day: [("a", "b", "defence"), ("b", "a", "consultation")],
    )
    alike = portfolios_alike(cast("Spells", spells), WEEK)
    # Chance expects 13/9 of the pooled ratings, 14/9 of each one's own.
    assert alike.of("a", "b") == pytest.approx((5 / 9, 7 / 13, 4 / 7))
    assert alike.of("b", "a") == alike.of("a", "b")
    assert alike.of("a", "nowhere") == (None, None, None)


def test_portfolios_of_all_are_those_of_each_pair(shipped_engine: EmbeddedEngine) -> None:
    spells = Spells(shipped_engine, (WEEK, WEEK))
    states = spells.existing(WEEK, WEEK)
    scale = {"defence": 3, "offence": 3, "neutrality": 2, "non-aggression": 2, "consultation": 1}
    rows = {one: {other: 3 if one == other else 0 for other in states} for one in states}
    for one, other, what in spells.owed_on(WEEK):
        if one in rows and other in rows:
            rows[one][other] = max(rows[one][other], scale[what])
    alike = portfolios_alike(spells, WEEK)
    for one, other in (("rus", "arm"), ("tur", "usa"), ("arm", "aze"), ("fra", "deu")):
        expected = similarity(rows[one], rows[other], lowest=0, highest=3)
        assert alike.of(one, other) == pytest.approx((expected.s, expected.pi, expected.kappa))


def test_votes_that_both_cast_and_how_many_were_alike(shipped_engine: EmbeddedEngine) -> None:
    # General Assembly 62/243 (2008): no by all three. 73/194 and 73/263 (2018): no by Armenia
    # and Russia, yes by the United States. Vetoes are votes of one of them only.
    years = PanelQuery(date(2008, 1, 1), date(2018, 12, 31), Every.YEAR, ("arm", "rus", "usa"))
    rows = rows_of(shipped_engine, years)

    def votes(one: str, other: str, year: int) -> tuple[object, object]:
        row = rows[one, other, date(year, 1, 1)]
        return row["votes"], row["votes_alike"]

    assert votes("rus", "usa", 2008) == (1, 1)
    assert votes("rus", "usa", 2018) == votes("usa", "rus", 2018) == (2, 0)
    assert votes("arm", "rus", 2018) == (2, 2)


def test_own_columns_join(shipped_engine: EmbeddedEngine) -> None:
    query = PanelQuery(WEEK, WEEK, Every.DAY, ("arm", "aze"))
    found = panel(shipped_engine, query, {"similarity": lambda one, other, day: 0.5})
    assert found.table["similarity"].to_pylist() == [0.5, 0.5]
    with pytest.raises(InputError, match="column 'acts'"):
        panel(shipped_engine, query, {"acts": lambda one, other, day: 0.5})


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (PanelQuery(date(2022, 2, 1), date(2022, 1, 1)), "is before since"),
        (PanelQuery(WEEK, WEEK, Every.DAY, ("csto", "arm")), "'csto' is no state"),
        (PanelQuery(date(1900, 1, 1), date(2022, 1, 1), Every.DAY), "rows, over"),
    ],
)
def test_bad_input_is_refused(shipped_engine: EmbeddedEngine, query: PanelQuery, says: str) -> None:
    with pytest.raises(InputError, match=says):
        panel(shipped_engine, query)


def test_weeks_begin_on_monday_and_leap_years_are_whole() -> None:
    # 2022-09-14 was a Wednesday.
    day = date(2022, 9, 14)
    assert list(periods(day, day, Every.WEEK)) == [(date(2022, 9, 12), date(2022, 9, 18))]
    leap = date(2024, 2, 29)
    assert list(periods(leap, leap, Every.MONTH)) == [(date(2024, 2, 1), leap)]
    assert list(periods(leap, leap, Every.YEAR)) == [(date(2024, 1, 1), date(2024, 12, 31))]
