"""Leaders dated to the day: surnames, one person twice, successions, the end of the data."""

from importers import ImportBench

HEADER = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"
ALIYEV = (
    "AZE-1993,373,8223e7cd-1e42-11e4-b4cd-db5882bf8def,H. Aliyev,1923,M,1993-06-24,2003-08-04,"
    "Regular,Retired Due to Ill Health,Regular\n"
    "AZE-2003,373,8223e7ce-1e42-11e4-b4cd-db5882bf8def,Ilhma Aliyev,1961,M,2003-08-04,2015-12-31,"
    "Regular,Still in Office,Still in Office\n"
)
CLEVELAND = "34fb1558-3bbd-11e5-afeb-eb6f07f9fec7"
TENURE = ("person", "post", "startDate", "endDate", "endState", "note")


def test_misspelt_full_name_is_known_and_the_end_of_the_data_is_no_end(bench: ImportBench) -> None:
    made = bench.run("archigos", leaders=HEADER + ALIYEV)
    assert made.rejects == ()
    heydar = "archigos-4-1-8223e7cd-1e42-11e4-b4cd-db5882bf8def"
    post = "archigos-4-1-aze-effective-leader"
    assert made.table("Tenure", *TENURE) == [
        (
            *(heydar, post, "1993-06-24", "2003-08-04", "ended"),
            "Entry: Regular. Exit: Retired Due to Ill Health (Regular).",
        ),
        ("ilham-aliyev", post, "2003-08-04", "..", "not-covered", "Entry: Regular."),
    ]
    assert made.table("Person", "identifier", "prefLabel", "country", "note") == [
        (heydar, "H. Aliyev", "aze", "Born in 1923.")
    ]
    assert made.table("Post", "identifier", "prefLabel", "office", "body") == [
        (post, "Effective leader of Azerbaijan", "effective-leader", "aze")
    ]


def test_one_person_in_office_twice_is_made_once(bench: ImportBench) -> None:
    made = bench.run(
        "archigos",
        leaders=HEADER
        + f"USA-1885,2,{CLEVELAND},Cleveland,1837,M,1885-03-04,1889-03-04,Regular,Regular,Regular\n"
        + f"USA-1893,2,{CLEVELAND},Cleveland,1837,M,1893-03-04,1897-03-04,Regular,Regular,Regular\n",
    )
    assert made.table("Person", "prefLabel") == [("Cleveland",)]
    assert made.table("Tenure", "person", "startDate", "endDate") == [
        (f"archigos-4-1-{CLEVELAND}", "1885-03-04", "1889-03-04"),
        (f"archigos-4-1-{CLEVELAND}", "1893-03-04", "1897-03-04"),
    ]


def test_tenure_is_split_where_the_code_passes_to_another_state(bench: ImportBench) -> None:
    made = bench.run(
        "archigos",
        leaders=HEADER
        + "RUS-1917,365,822047ff-1e42-11e4-b4cd-db5882bf8def,Lenin,1870,M,1917-11-07,1923-03-10,"
        + "Irregular,Natural Death,Regular\n",
    )
    assert made.table("Tenure", "post", "startDate", "endDate") == [
        ("archigos-4-1-rus-effective-leader", "1917-11-07", "1922-12-29"),
        ("archigos-4-1-sun-effective-leader", "1922-12-30", "1923-03-10"),
    ]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    row = "X-1,{code},{id},{name},1900,M,{start},{end},Regular,Regular,Regular\n"
    good = {"code": "2", "id": "a1", "name": "Hayes", "start": "1877-03-04", "end": "1881-03-04"}
    bad = (
        {"code": "999"}, {"name": "..."}, {"end": "1870-01-01"}, {"start": ""},
        {"start": "1877-02-30"},
    )  # fmt: skip
    made = bench.run("archigos", leaders=HEADER + "".join(row.format(**good | one) for one in bad))
    assert made.table("Tenure", "person") == []
    missing = "is not an existing day; write it as YYYY-MM-DD, such as 2022-09-13."
    assert made.rejects == (
        "leaders.csv,2,no state has the code 999 (gw-state) from 1877-03-04",
        "leaders.csv,3,the leader has no name",
        "leaders.csv,4,it ends (1870-01-01) before it starts (1877-03-04)",
        f"leaders.csv,5,\"'' {missing}\"",
        f"leaders.csv,6,\"'1877-02-30' {missing}\"",
    )


def test_name_of_a_person_of_another_state_means_somebody_else(bench: ImportBench) -> None:
    # Of Azerbaijan in the graph; the row has him in Georgia.
    row = ALIYEV.splitlines(keepends=True)[1].replace("AZE-2003,373", "GRG-2003,372")
    made = bench.run("archigos", leaders=HEADER + row)
    assert made.table("Tenure", "person") == [
        ("archigos-4-1-8223e7ce-1e42-11e4-b4cd-db5882bf8def",)
    ]
