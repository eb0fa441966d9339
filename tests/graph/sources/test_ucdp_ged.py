"""Events of violence: sides, civilians, days that are not exact, figures out of order."""

from importers import ImportBench

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,"
    "date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob,lon,lat\n"
)
ROW = (
    "{id},0,2009,1,Clear,{type},314,314,Uganda: Government,688,688,{dyad},90,{a_id},{a},488,"
    '{b_id},{b},-1,"BBC, ""x""",,,,,{where},{town},remote,{adm_1},,137213,'
    "Central African Republic,482,Africa,{clarity},{exact},{start}T00:00:00,{end}T00:00:00,"
    "0,{deaths},0,0,{best},{high},{low},{gwno},,26.486881,5.399784\n"
)
FIGHT = {
    "id": "36210", "type": "1", "dyad": "Government of Uganda - LRA", "a_id": "90",
    "a": "Government of Uganda", "b_id": "488", "b": "LRA", "where": "2", "town": "Obo town",
    "adm_1": "Haut-Mbomou province", "clarity": "1", "exact": "1", "start": "2009-02-20",
    "end": "2009-02-20", "deaths": "3", "best": "3", "high": "5", "low": "2", "gwno": "500",
}  # fmt: skip
CIVILIANS = FIGHT | {
    "id": "36300", "type": "3", "dyad": "LRA - Civilians", "a_id": "488", "a": "LRA", "b_id": "1",
    "b": "Civilians", "gwno": "",
}  # fmt: skip
REPORT = ("event", "side", "measure", "group", "low", "best", "high", "date", "note")


def rows(*given: dict[str, str]) -> str:
    return HEADER + "".join(ROW.format(**one) for one in given)


def test_fight_of_a_state_and_a_group(bench: ImportBench) -> None:
    made = bench.run("ucdp-ged", events=rows(FIGHT))
    assert made.rejects == ()
    fields = ("eventType", "prefLabel", "place", "latitude", "longitude", "startDate", "endDate")
    assert made.table("Event", *fields) == [
        (
            *("fighting", "Government of Uganda - LRA, Obo town, 2009-02-20"),
            "Obo town, Haut-Mbomou province, Central African Republic",
            *("5.399784", "26.486881", "2009-02-20", "2009-02-20"),
        )
    ]
    event = "ucdp-ged-23-1-36210"
    assert made.table("Participation", "event", "participant", "participantRole") == [
        (event, "ucdp-ged-23-1-actor-488", "party"),
        (event, "uga", "party"),
    ]
    assert made.table("ArmedGroup", "identifier", "prefLabel") == [
        ("ucdp-ged-23-1-actor-488", "LRA")
    ]
    deaths = "Of the best figure 0 on side A, 3 on side B, 0 civilians and 0 unknown."
    assert made.table("CasualtyReport", *REPORT) == [
        (
            *(event, "ucdp-ged-23-1-actor-488 uga", "killed", "all", "2", "3", "5"),
            *("2009-02-20", deaths),
        )
    ]


def test_civilians_stand_in_the_report_only(bench: ImportBench) -> None:
    made = bench.run("ucdp-ged", events=rows(CIVILIANS))
    assert made.table("Event", "eventType") == [("one-sided-violence",)]
    assert made.table("Participation", "participant") == [("ucdp-ged-23-1-actor-488",)]
    civilians = "ucdp-ged-23-1-civilians-central-african-republic"
    assert made.table("CasualtyReport", "side") == [(f"ucdp-ged-23-1-actor-488 {civilians}",)]
    assert made.table("Group", "identifier", "prefLabel") == [
        (civilians, "Civilians, Central African Republic")
    ]


def test_rough_day_is_between_two_days_and_what_is_rough_is_noted(bench: ImportBench) -> None:
    rough = {"exact": "5", "start": "2009-08-07", "end": "2009-09-10", "clarity": "2", "where": "6"}
    made = bench.run("ucdp-ged", events=rows(FIGHT | rough))
    fields = ("startDate", "endDate", "startEarliest", "endLatest", "note")
    days = "2009-08-07/2009-09-10"
    assert made.table("Event", *fields) == [
        (
            *(days, days, "2009-08-07", "2009-09-10"),
            "Several events told as one; the place is known roughly.",
        )
    ]


def test_fight_over_several_days_that_are_known_has_both(bench: ImportBench) -> None:
    made = bench.run("ucdp-ged", events=rows(FIGHT | {"end": "2009-02-22"}))
    assert made.table("Event", "startDate", "endDate") == [("2009-02-20", "2009-02-22")]


def test_government_is_a_state_by_name_where_the_code_is_missing(bench: ImportBench) -> None:
    several = {"a_id": "7738", "a": '"MLCJ, RPRC"', "b": "Government of Uganda", "gwno": ""}
    made = bench.run("ucdp-ged", events=rows(FIGHT | several))
    assert made.table("Participation", "participant") == [
        ("ucdp-ged-23-1-actor-7738",),
        ("uga",),
    ]
    assert made.table("ArmedGroup", "prefLabel") == [("MLCJ, RPRC",)]


def test_columns_as_published_are_read_too(bench: ImportBench) -> None:
    text = rows(FIGHT).replace(",lon,lat\n", ",longitude,latitude\n")
    made = bench.run("ucdp-ged", events=text)
    assert made.table("Event", "latitude", "longitude") == [("5.399784", "26.486881")]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "ucdp-ged",
        events=rows(
            FIGHT | {"high": "2"},
            FIGHT | {"type": "4"},
            FIGHT | {"end": "2009-02-19"},
            FIGHT | {"a": "Government of Freedonia", "gwno": "999"},
            FIGHT | {"start": "2009-02-30"},
            FIGHT | {"best": "3.5"},
        )
        + rows(FIGHT | {"id": "1"}).removeprefix(HEADER).replace(",5.399784", ",95.4")
        + rows(FIGHT).removeprefix(HEADER),
    )
    # What was refused does not spoil what comes later.
    assert made.table("Event", "identifier") == [("ucdp-ged-23-1-36210",)]
    assert made.table("ArmedGroup", "identifier") == [("ucdp-ged-23-1-actor-488",)]
    day = "'2009-02-30' is not an existing day; write it as YYYY-MM-DD, such as 2022-09-13."
    assert made.rejects == (
        'events.csv,2,"the figures are out of order: low 2, best 3, high 2"',
        "events.csv,3,\"'4' is no type of violence (1, 2 or 3)\"",
        "events.csv,4,it ends (2009-02-19) before it starts (2009-02-20)",
        "events.csv,5,no state is called 'Freedonia' or has the code '999' on 2009-02-20",
        f'events.csv,6,"{day}"',
        'events.csv,7,"low, best and high are not all whole numbers"',
        "events.csv,8,a latitude of 95.4 cannot be",
    )
