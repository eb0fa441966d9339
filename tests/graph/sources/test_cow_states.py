"""Lists of states: codes with their days, one number of several states, states not known."""

from importers import ImportBench

DAYS = "cowcode,cowc,country_name,start,end,microstate\n"
PARTS = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
GW = "gwcode,gwc,country_name,start,end,microstate\n"
GW_DATES = "gwcode,stateabb,statename,startdate,enddate\n"
FIELDS = ("codeOf", "codeScheme", "notation", "startDate", "endDate")


def test_both_forms_say_the_same(bench: ImportBench) -> None:
    expected = [
        ("can", "cow-letters", "CAN", "1920-01-10", ".."),
        ("can", "cow-state", "20", "1920-01-10", ".."),
        ("usa", "cow-letters", "USA", "", ".."),
        ("usa", "cow-state", "2", "", ".."),
    ]
    days = bench.run(
        "cow-states",
        days=DAYS
        + "2,USA,United States of America,1816-01-01,9999-12-31,False\n"
        + "20,CAN,Canada,1920-01-10,9999-12-31,False\n",
    )
    parts = bench.run(
        "cow-states",
        parts=PARTS
        + "USA,2,United States of America,1816,1,1,2016,12,31,2016\n"
        + "CAN,20,Canada,1920,1,10,2016,12,31,2016\n",
    )
    assert days.table("CodeAssignment", *FIELDS) == expected
    assert parts.table("CodeAssignment", *FIELDS) == expected


def test_number_of_yugoslavia_is_split_among_its_states(bench: ImportBench) -> None:
    made = bench.run("cow-states", days=DAYS + "345,YUG,Yugoslavia,1944-10-20,9999-12-31,False\n")
    rows = [row for row in made.table("CodeAssignment", *FIELDS) if row[1] == "cow-state"]
    assert rows == [
        ("scg", "cow-state", "345", "1992-04-27", "2006-06-02"),
        ("srb", "cow-state", "345", "2006-06-03", ".."),
        ("yug", "cow-state", "345", "1944-10-20", "1992-04-26"),
    ]


def test_state_that_is_not_known_is_made_and_a_bad_day_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "cow-states",
        days=DAYS
        + "998,NOW,Nowhereland,1850-02-01,1860-03-04,False\n"
        + "2,USA,United States of America,1816-13-01,9999-12-31,False\n"
        + ",USA,United States of America,1816-01-01,9999-12-31,False\n",
    )
    assert made.table("State", "identifier", "prefLabel") == [
        ("cow-states-2016-nowhereland-998", "Nowhereland")
    ]
    assert made.table("CodeAssignment", *FIELDS[1:]) == [
        ("cow-letters", "NOW", "1850-02-01", "1860-03-04"),
        ("cow-state", "998", "1850-02-01", "1860-03-04"),
    ]
    assert [reject.split(",")[1] for reject in made.rejects] == ["3", "4"]


def test_gleditsch_and_ward_in_both_forms(bench: ImportBench) -> None:
    expected = [
        ("can", "gw-letters", "CAN", "1867-07-01", ".."),
        ("can", "gw-state", "20", "1867-07-01", ".."),
    ]
    days = bench.run("gw-states", days=GW + "20,CAN,Canada,1867-07-01,9999-12-31,False\n")
    dates = bench.run("gw-states", dates=GW_DATES + "20,CAN,Canada,1867-07-01,2017-12-31\n")
    assert days.table("CodeAssignment", *FIELDS) == expected
    assert dates.table("CodeAssignment", *FIELDS) == expected
