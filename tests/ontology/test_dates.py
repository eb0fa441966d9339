"""EDTF texts become plain day bounds; both ends are inclusive."""

from datetime import date

import pytest

from comity.errors import DateError
from comity.ontology.dates import (
    FIRST_DAY,
    LAST_DAY,
    EndState,
    Precision,
    parse_day,
    parse_moment,
    parse_validity,
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-09-13", date(2022, 9, 13), date(2022, 9, 13)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2022-09-13/2022-09-15", date(2022, 9, 13), date(2022, 9, 15)),
        ("2022-09-14~", date(2022, 9, 14), date(2022, 9, 14)),
    ],
)
def test_moment_has_the_days_it_can_mean(text: str, earliest: date, latest: date) -> None:
    moment = parse_moment(text)
    assert (moment.earliest, moment.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["2020-02-30", "2022-13", "13.9.2022", "yesterday", "2022-09-15/2022-09-13", ""]
)
def test_moment_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_moment(text)


@pytest.mark.parametrize("text", ["2022-9-13", "20220913", "2022-09", "2021-02-29", "today"])
def test_day_takes_only_existing_days(text: str) -> None:
    with pytest.raises(DateError, match="YYYY-MM-DD"):
        parse_day(text)


def test_validity_holds_on_both_ends_and_not_beside_them() -> None:
    held = parse_validity("1973-01-01", "2020-01-31")
    assert held.certain_on(date(1973, 1, 1))
    assert held.certain_on(date(2020, 1, 31))
    assert not held.possible_on(date(2020, 2, 1))
    assert not held.possible_on(date(1972, 12, 31))
    assert held.end_state is EndState.ENDED


def test_validity_with_a_month_is_uncertain_within_it() -> None:
    held = parse_validity("2018-05", "..")
    assert held.possible_on(date(2018, 5, 1))
    assert not held.certain_on(date(2018, 5, 30))
    assert held.certain_on(date(2018, 5, 31))
    assert held.start_precision is Precision.MONTH


def test_open_end_of_a_covered_source_is_never_today() -> None:
    held = parse_validity("1992-05-15", "..", coverage_end="2012-12-31")
    assert held.end_state is EndState.NOT_COVERED
    assert held.certain_on(date(2012, 12, 31))
    assert not held.certain_on(date(2013, 1, 1))
    assert held.possible_on(date(2022, 9, 13))


def test_open_and_unknown_ends_are_two_things() -> None:
    assert parse_validity("1992", "..").end_state is EndState.OPEN
    unknown = parse_validity("1992", "")
    assert unknown.end_state is EndState.UNKNOWN
    assert not unknown.certain_on(date(1993, 1, 1))
    assert unknown.possible_on(date(1993, 1, 1))


def test_observed_day_is_certain_and_the_rest_is_possible() -> None:
    seen = parse_validity("", "", observed="2022-09-13/2022-09-18")
    assert seen.certain_on(date(2022, 9, 13))
    assert seen.certain_on(date(2022, 9, 18))
    assert not seen.certain_on(date(2022, 9, 19))
    assert seen.possible_on(date(2022, 9, 19))
    assert (seen.start_earliest, seen.end_latest) == (FIRST_DAY, LAST_DAY)


def test_observed_year_says_only_that_it_held_in_it() -> None:
    seen = parse_validity("", "..", observed="2020", coverage_end="2020")
    assert seen.start_latest == date(2020, 12, 31)
    assert seen.end_earliest == date(2020, 1, 1)
    assert not seen.certain_on(date(2020, 6, 1))


def test_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(DateError, match="before it starts"):
        parse_validity("2022-09-13", "2022-09-12")
    with pytest.raises(DateError, match="start cannot be open"):
        parse_validity("..", "2022")
