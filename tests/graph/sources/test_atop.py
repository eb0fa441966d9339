"""Dyad-years of duties: runs of years, gaps, successions, order."""

from importers import ImportBench

HEADER = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
FIELDS = ("obligationType", "obligor", "beneficiary", "startDate", "endDate", "endState")


def test_years_in_a_row_are_one_obligation_and_a_gap_makes_two(bench: ImportBench) -> None:
    made = bench.run(
        "atop",
        years=HEADER
        + "2,20,1942,1,1,0,0,0\n2,20,1943,1,0,0,0,0\n2,20,1945,1,0,0,0,0\n"
        + "2,20,2017,0,0,0,1,0\n2,20,2018,0,0,0,1,0\n20,2,1942,0,0,0,0,1\n",
    )
    assert made.rejects == ()
    assert made.table("Obligation", *FIELDS, "treaty") == [
        ("consultation", "can", "usa", "1942", "1942", "ended", ""),
        ("defence", "usa", "can", "1942", "1943", "ended", ""),
        ("defence", "usa", "can", "1945", "1945", "ended", ""),
        ("non-aggression", "usa", "can", "2017", "..", "not-covered", ""),
        ("offence", "usa", "can", "1942", "1942", "ended", ""),
    ]


def test_obligation_across_a_succession_is_split(bench: ImportBench) -> None:
    made = bench.run(
        "atop",
        years=HEADER + "".join(f"365,710,{year},0,0,0,1,0\n" for year in range(1989, 1994)),
    )
    assert made.table("Obligation", *FIELDS[1:5]) == [
        ("rus", "chn", "1991-12-26", "1993"),
        ("sun", "chn", "1989", "1991-12-25"),
    ]


def test_row_out_of_order_or_of_nobody_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "atop",
        years=HEADER
        + "2,20,1943,1,0,0,0,0\n2,20,1942,1,0,0,0,0\n2,998,1942,1,0,0,0,0\n"
        + "20,20,1950,1,0,0,0,0\n20,200,1950,NA,0,0,0,0\n20,200,x,1,0,0,0,0\n",
    )
    assert made.table("Obligation", *FIELDS[:4]) == [("defence", "usa", "can", "1943")]
    assert made.rejects == (
        'years.csv,3,"rows must come in the order ccode1, ccode2, year"',
        "years.csv,4,no state has the COW code 998 in 1942",
        "years.csv,5,a state owes nothing to itself",
        "years.csv,6,a pledge is neither 0 nor 1",
        "years.csv,7,a code or the year is no number",
    )
