"""Vetoes of the Security Council: US dates, several vetoes of one draft, several votes of one number."""

from importers import ImportBench

HEADER = (
    "year,date,month,draft,meeting_record,agenda_item,crisis_topic,region,member_veto1,"
    "member_veto2,member_veto3,single_veto,multiple_vetoes,China,France,Russia,USSR,USA,UK,"
    "russia_china,usa_uk,usa_france,usa_france_uk,france_uk\r\n"
)
# The flags by member are wrong in the file itself: these do not count.
FLAGS = ",0,0,0,0,0,0,0,0,0,0,0,0,0\r\n"
SPAIN = "1946,6/26/1946,6,S/PV.49,S/PV.49,The Spanish question,Spain,Western Europe,USSR,," + FLAGS
BATCH = "unsc-vetoes-2022-661c527"


def test_draft_is_an_event_and_each_veto_an_act_against_it(bench: ImportBench) -> None:
    made = bench.run(
        "unsc-vetoes",
        vetoes=HEADER
        + SPAIN
        + SPAIN
        + "1976,10/19/1976,10,S/12211,S/PV.1963,The situation in Namibia,Namibia,Southern Africa,"
        + "France,UK,USA"
        + FLAGS
        + '2020,7/7/2020,7,S/2020/654,"S/2020/661\r\nS/2020/657",Humanitarian access to Syria,'
        + "Syria,Middle East,Russia,China,"
        + FLAGS,
    )
    assert made.rejects == ()
    said = "Not adopted because of a veto. On the agenda as: "
    assert made.table("Event", "identifier", "prefLabel", "eventType", "startDate", "note") == [
        (
            f"{BATCH}-s-12211",
            "UN Security Council vote on S/12211 (Namibia)",
            "vote",
            "1976-10-19",
            said + "The situation in Namibia. Record: S/PV.1963.",
        ),
        (
            f"{BATCH}-s-2020-654",
            "UN Security Council vote on S/2020/654 (Syria)",
            "vote",
            "2020-07-07",
            said + "Humanitarian access to Syria. Record: S/2020/661 and S/2020/657.",
        ),
        (
            f"{BATCH}-s-pv-49",
            "UN Security Council vote on S/PV.49 (Spain)",
            "vote",
            "1946-06-26",
            said + "The Spanish question. Record: S/PV.49.",
        ),
        (
            f"{BATCH}-s-pv-49-2",
            "UN Security Council vote on S/PV.49 (Spain)",
            "vote",
            "1946-06-26",
            said + "The Spanish question. Record: S/PV.49.",
        ),
    ]
    assert made.table("StanceAct", "about", "holder", "kind", "venue", "date") == [
        (f"{BATCH}-s-12211", "fra", "vote-no", "unsc", "1976-10-19"),
        (f"{BATCH}-s-12211", "gbr", "vote-no", "unsc", "1976-10-19"),
        (f"{BATCH}-s-12211", "usa", "vote-no", "unsc", "1976-10-19"),
        (f"{BATCH}-s-2020-654", "chn", "vote-no", "unsc", "2020-07-07"),
        (f"{BATCH}-s-2020-654", "rus", "vote-no", "unsc", "2020-07-07"),
        (f"{BATCH}-s-pv-49", "sun", "vote-no", "unsc", "1946-06-26"),
        (f"{BATCH}-s-pv-49-2", "sun", "vote-no", "unsc", "1946-06-26"),
    ]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    def row(day: str, draft: str, who: str) -> str:
        return f"1955,{day},1,{draft},S/PV.1,Item,Topic,Region,{who},,{FLAGS}"

    made = bench.run(
        "unsc-vetoes",
        vetoes=HEADER
        + row("10/24/1971", "S/1", "China")
        + row("10/25/1971", "S/1", "China")
        + row("12/25/1991", "S/2", "USSR")
        + row("12/26/1991", "S/2", "USSR")
        + row("1991-12-26", "S/3", "USA")
        + row("2/30/1990", "S/3", "USA")
        + row("2/3/1990", "", "USA")
        + row("2/3/1990", "S/3", ""),
    )
    assert made.table("StanceAct", "identifier", "holder") == [
        (f"{BATCH}-s-1-chn", "chn"),
        (f"{BATCH}-s-2-sun", "sun"),
    ]
    assert made.rejects == (
        "vetoes.csv,2,until 1971-10-25 the seat of China was the Republic of China's",
        "vetoes.csv,5,no state of 1991-12-26 is called 'USSR'",
        "vetoes.csv,6,'1991-12-26' is not a date written month/day/year",
        "vetoes.csv,7,'2/30/1990' is not a day",
        "vetoes.csv,8,the draft has no number",
        "vetoes.csv,9,nobody is named who vetoed",
    )
