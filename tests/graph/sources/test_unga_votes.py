"""Votes of the General Assembly: issues, roll calls, and who a code or a name means on a day."""

from importers import ImportBench

ISSUES = "rcid,short_name,issue\n"
CALLS = "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
VOTES = "rcid,country,country_code,vote\n"
FIRST = '3,1,0,1946-01-01,R/1/66,1,0,"AMENDMENTS, RULES OF PROCEDURE",TO ADOPT A CUBAN AMENDMENT\n'
BATCH = "unga-votes-2020-7eb7034"


def test_roll_call_is_an_event_about_its_issues_and_a_vote_an_act(bench: ImportBench) -> None:
    made = bench.run(
        "unga-votes",
        issues=ISSUES + "9075,co,Colonialism\n9075,hr,Human rights\n4001,hr,Human rights\n",
        calls=CALLS
        + FIRST
        + "9075,74,,2019-12-09,A/RES/74/17,,,,Black Sea\n"
        + "4001,51,1,1996-12-04,,0,1,Black Sea,Black Sea\n",
        votes=VOTES
        + "3,Cuba,CU,yes\n9075,Armenia,AM,no\n3,Canada,CA,no\n9075,Namibia,NA,abstain\n"
        + "4001,United States,US,absent\n",
    )
    assert made.rejects == ()
    assert made.table("Issue", "identifier", "prefLabel") == [
        (f"{BATCH}-co", "Colonialism"),
        (f"{BATCH}-hr", "Human rights"),
    ]
    fields = ("prefLabel", "eventType", "startDate", "endDate", "about", "note")
    assert made.table("Event", *fields) == [
        (
            "UN General Assembly roll call 4001: Black Sea",
            "vote",
            "1996-12-04",
            "1996-12-04",
            f"{BATCH}-hr",
            "Roll call 4001 of session 51. It was on a paragraph. "
            "Important in the reports of the Department of State of the United States.",
        ),
        (
            "UN General Assembly vote on A/RES/74/17",
            "vote",
            "2019-12-09",
            "2019-12-09",
            f"{BATCH}-co {BATCH}-hr",
            "Roll call 9075 of session 74. The file says: Black Sea",
        ),
        (
            "UN General Assembly vote on R/1/66: AMENDMENTS, RULES OF PROCEDURE",
            "vote",
            "1946-01-01",
            "1946-01-01",
            "",
            "Roll call 3 of session 1. It was on an amendment. "
            "The file says: TO ADOPT A CUBAN AMENDMENT",
        ),
    ]
    assert made.table("StanceAct", "about", "holder", "kind", "date", "sign", "evidence") == [
        (f"{BATCH}-3", "can", "vote-no", "1946-01-01", "", ""),
        (f"{BATCH}-3", "cub", "vote-yes", "1946-01-01", "", ""),
        (f"{BATCH}-4001", "usa", "absent", "1996-12-04", "", ""),
        (f"{BATCH}-9075", "arm", "vote-no", "2019-12-09", "", ""),
        (f"{BATCH}-9075", "nam", "abstain", "2019-12-09", "", ""),
    ]


def test_one_code_means_who_sat_there_on_the_day(bench: ImportBench) -> None:
    days = {
        "1": "1949-12-07",
        "2": "1949-12-08",
        "3": "1991-12-23",
        "4": "1991-12-24",
        "5": "1992-04-26",
        "6": "1992-04-27",
    }
    codes = {"1": "TW", "2": "TW", "3": "RU", "4": "RU", "5": "YU", "6": "YU"}
    made = bench.run(
        "unga-votes",
        calls=CALLS + "".join(f"{one},1,0,{day},R/1/{one},0,0,X,X\n" for one, day in days.items()),
        votes=VOTES + "".join(f"{one},Somebody,{code},yes\n" for one, code in codes.items()),
    )
    assert made.rejects == ()
    assert made.table("StanceAct", "date", "holder") == [
        ("1949-12-07", "chn"),
        ("1949-12-08", "twn"),
        ("1991-12-23", "sun"),
        ("1991-12-24", "rus"),
        ("1992-04-26", "yug"),
        ("1992-04-27", "scg"),
    ]


def test_state_without_a_code_is_found_by_its_name(bench: ImportBench) -> None:
    made = bench.run(
        "unga-votes",
        calls=CALLS + "1,28,0,1973-10-01,R/28/1,0,0,X,X\n",
        votes=VOTES + "1,Yemen Arab Republic,,yes\n1,Federal Republic of Germany,,no\n",
    )
    assert made.rejects == ()
    assert made.table("StanceAct", "holder", "kind") == [("deu", "vote-no"), ("yem", "vote-yes")]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "unga-votes",
        issues=ISSUES + "1,me,Palestinian conflict\n1,me,Palestinian conflict\n,hr,Human rights\n",
        calls=CALLS
        + "1,18,0,1963-12-03,R/18/1,0,0,X,X\n1,18,0,1963-12-04,R/18/1,0,0,X,X\n"
        + "2,60,0,12/3/2005,R/60/1,0,0,X,X\nx,60,0,2005-12-03,R/60/1,0,0,X,X\n"
        + "3,60,0,2005-12-03,R/60/1,0,0,X,X\n",
        votes=VOTES
        + "1,Zanzibar,,yes\n3,Yugoslavia,YU,yes\n2,Canada,CA,yes\n3,Canada,CA,9\n"
        + "3,Canada,CA,no\n3,Canada,CA,yes\n",
    )
    assert made.table("StanceAct", "holder", "kind") == [("can", "vote-no")]
    assert made.rejects == (
        "issues.csv,3,roll call 1 has the issue 'me' already",
        'issues.csv,4,"the roll call, the issue or its short name is missing"',
        "calls.csv,3,roll call 1 came before",
        "calls.csv,4,'12/3/2005' is not a day written YYYY-MM-DD",
        "calls.csv,5,'x' is not the number of a roll call",
        "votes.csv,2,no state of 1963-12-03 is called 'Zanzibar'",
        "votes.csv,3,no state has the code YU on 2005-12-03 (Yugoslavia)",
        "votes.csv,4,there is no roll call 2",
        "votes.csv,5,\"'9' is no vote (yes, no, abstain, absent)\"",
        "votes.csv,7,'can' has voted in roll call 3 already",
    )
