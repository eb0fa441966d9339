"""Leaders from a day to a month: Latin-1, columns without a name, one id for two men."""

from importers import ImportBench

HEADER = (
    "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender,"
    "militarycareer,l_month,l_year,,,codedby,notes\n"
)
TENURE = ("person", "post", "startDate", "endDate", "endState", "acting")


def test_start_by_day_end_by_month_and_no_end_in_march_2021(bench: ImportBench) -> None:
    # The notes have a letter in Latin-1, which no UTF-8 text has.
    text = (
        HEADER
        + "AZE,373,A2.9-5770,H. Aliyev,24,6,1993,10,2003,1923,1,0,10,1993,,,,\n"
        + "AZE,373,A2.9-5773,Ilhma Aliyev,15,10,2003,,,1961,1,0,10,2003,,,,\n"
        + "HAI,41,cb-41-2,Evans Paul (acting),8,2,2016,2,2016,1955,1,0,,,1960,,cb,Pr\xe9val\n"
    )
    made = bench.run("reign", leaders=text.encode("latin-1"))
    assert made.rejects == ()
    aze, hti = "reign-3-21-aze-effective-leader", "reign-3-21-hti-effective-leader"
    assert made.table("Tenure", *TENURE) == [
        ("ilham-aliyev", aze, "2003-10-15", "..", "not-covered", ""),
        ("reign-3-21-a2-9-5770", aze, "1993-06-24", "2003-10", "ended", ""),
        ("reign-3-21-cb-41-2", hti, "2016-02-08", "2016-02", "ended", "true"),
    ]
    assert made.table("Person", "prefLabel", "note") == [
        ("Evans Paul", "Born in 1955."),
        ("H. Aliyev", "Born in 1923."),
    ]


def test_one_id_of_two_men_makes_two_people(bench: ImportBench) -> None:
    made = bench.run(
        "reign",
        leaders=HEADER
        + "ICE,395,A2.9-6199,Thors,20,11,1959,9,1961,1892,1,0,10,1959,,,,\n"
        + "ICE,395,A2.9-6199,Benediktsson,8,9,1961,12,1961,1908,1,0,,,,,,\n"
        + "ICE,395,A2.9-6199,Thors,1,1,1962,11,1963,1892,1,0,10,1959,,,,\n",
    )
    assert made.table("Tenure", "person", "startDate") == [
        ("reign-3-21-a2-9-6199", "1959-11-20"),
        ("reign-3-21-a2-9-6199", "1962-01-01"),
        ("reign-3-21-a2-9-6199-benediktsson", "1961-09-08"),
    ]
    assert made.table("Person", "prefLabel") == [("Benediktsson",), ("Thors",)]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "reign",
        leaders=HEADER
        + "AZE,373,A-1,Mutalibov,,,,3,1992,1938,1,0,,,,,,\n"
        + "AZE,373,A-2,Elchibey,7,6,1992,6,1991,1938,1,0,,,,,,\n"
        + "ZZZ,998,A-3,Nobody,1,1,2000,1,2001,1950,1,0,,,,,,\n"
        + "AZE,373,A-4,Heydar,x,6,1993,1,2001,1950,1,0,,,,,,\n"
        + "AZE,373,A-5,Too few\n",
    )
    assert made.table("Tenure", "person") == []
    assert made.rejects == (
        "leaders.csv,2,the row has no start",
        "leaders.csv,3,it ends (1991-06) before it starts (1992-06-07)",
        "leaders.csv,4,no state has the code 998 (cow-state) from 2000-01-01",
        "leaders.csv,5,'1993-6-x' is not a date",
        "leaders.csv,6,4 cells under 18 columns",
    )
