"""The line of a number over the years: where it stands, and when there is none."""

from comity.api.views.trends import trend_of


def test_line_breaks_where_a_year_is_missing_and_stands_at_its_number() -> None:
    numbers = [(2001, 0.0), (2002, 1.0), (2004, 0.5), (2005, 0.5), (2011, 0.25)]
    found = trend_of([(year, value, f"{year}: {value}") for year, value in numbers])
    assert found is not None
    first, top = found.dots[0], found.dots[1]
    # Of 700 wide, 36 are words and 20 are left free: 644 for ten years. 1 stands at 14, 0 at 140.
    assert (first.x, first.y) == (36.0, 140.0)
    assert (top.x, top.y) == (100.4, 14.0)
    assert found.runs == ("36.0,140.0 100.4,14.0", "229.2,77.0 293.6,77.0")
    assert [year for _, year in found.ticks] == list(range(2001, 2012))


def test_four_years_are_no_trend() -> None:
    assert trend_of([(year, 0.5, "") for year in range(2001, 2005)]) is None
    assert trend_of([]) is None
