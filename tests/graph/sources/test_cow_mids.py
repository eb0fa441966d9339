"""Disputes: ends counted from durations, sides, a state on both, codes that pass on."""

from importers import ImportBench

DISPUTES = "dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur,hiact,hostlev,recip\n"
DYADS = (
    "dispnum,ccode1,ccode2,year,dispongoing,disponset,sidea1,sidea2,fatality1,fatality2,"
    "fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,hostlev2,orig1,orig2\n"
)


def dyad(dispute: int, one: int, other: int, year: int, side: int) -> str:
    """A row of directed dyads; `side` is 1 where the first state is on side A."""
    return f"{dispute},{one},{other},{year},1,1,{side},{1 - side},0,0,0,0,7,0,3,1,1,1\n"


def test_dispute_ends_between_two_days(bench: ImportBench) -> None:
    made = bench.run("cow-mids", disps=DISPUTES + "2,1902,7,6,1,0,178,208,7,3,0\n")
    assert made.rejects == ()
    # 178 days from 1 July 1902 end on 25 December, 208 from 31 July on 23 February 1903.
    fields = ("identifier", "prefLabel", "eventType", "startDate", "endDate", "endLatest", "note")
    assert made.table("Event", *fields) == [
        (
            *("cow-mids-5-0-2", "Militarised dispute 2 of COW, 1902", "dispute", "1902-07"),
            *("1902-12-25/1903-02-23", "1903-02-23"),
            "Highest level of hostility: display of force. Highest action: code 7. "
            "Fatalities: none. Outcome: code 6. Settlement: code 1. Reciprocated: no.",
        )
    ]


def test_part_of_each_state_comes_once_and_a_state_may_be_on_both_sides(
    bench: ImportBench,
) -> None:
    made = bench.run(
        "cow-mids",
        disps=DISPUTES + "258,1939,8,9,1,-9,0,2175,20,5,1\n",
        dirdisps=DYADS
        + dyad(258, 365, 375, 1939, 1)
        + dyad(258, 375, 365, 1939, 0)
        + dyad(258, 365, 375, 1940, 1)
        + dyad(258, 365, 255, 1941, 0),
    )
    assert made.rejects == ()
    assert made.table("Participation", "event", "participant", "participantRole") == [
        ("cow-mids-5-0-258", "fin", "side-b"),
        ("cow-mids-5-0-258", "sun", "side-a"),
        ("cow-mids-5-0-258", "sun", "side-b"),
    ]
    [(note,)] = made.table("Event", "note")
    assert "Fatalities: unknown." in note
    assert "level of hostility: war." in note


def test_code_that_passes_on_is_looked_up_in_the_month_of_the_start(bench: ImportBench) -> None:
    made = bench.run(
        "cow-mids",
        disps=DISPUTES
        + "1,1991,12,5,3,0,1,1,16,4,0\n3,1992,1,5,3,0,1,1,16,4,0\n5,2006,7,5,3,0,1,1,16,4,0\n",
        dirdisps=DYADS
        + dyad(1, 365, 2, 1991, 1)
        + dyad(3, 365, 2, 1992, 1)
        + dyad(5, 345, 2, 2006, 1),
    )
    assert made.table("Participation", "event", "participant") == [
        ("cow-mids-5-0-1", "sun"),
        ("cow-mids-5-0-3", "rus"),
        # Serbia has the code since June 2006.
        ("cow-mids-5-0-5", "srb"),
    ]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "cow-mids",
        disps=DISPUTES
        + "1,1991,-9,5,3,0,1,1,16,4,0\n2,1991,5,5,3,0,9,3,16,4,0\n3,1991,5,5,3,0,-9,NA,16,4,0\n"
        + "4,1991,5,5,3,0,1,1,16,4,0\n4,1991,5,5,3,0,1,1,16,4,0\n",
        dirdisps=DYADS
        + dyad(2, 2, 200, 1991, 1)
        + dyad(4, 999, 2, 1991, 1)
        + dyad(4, 2, 200, 1991, 1).replace(",1,0,0,0", ",1,1,0,0", 1)
        + dyad(4, 2, 200, 1991, 1).replace("1991", "NA"),
    )
    assert made.table("Event", "identifier") == [("cow-mids-5-0-4",)]
    assert made.table("Participation", "participant") == []
    assert made.rejects == (
        "disps.csv,2,the dispute 1 has no month of start",
        "disps.csv,3,the longest duration (3) is below the shortest (9)",
        "disps.csv,4,the durations are not whole numbers",
        "disps.csv,6,the dispute 4 came before",
        "dirdisps.csv,2,the list of disputes has no dispute 2",
        "dirdisps.csv,3,no state has the COW code 999 in 1991",
        "dirdisps.csv,4,the two states are not on different sides",
        "dirdisps.csv,5,'NA' is not a year",
    )
