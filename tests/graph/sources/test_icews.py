"""Coded events of ICEWS: kinds from codes, actors from names, states of the day."""

from importers import ImportBench

PUBLISHED = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
)
CSV = (
    "event_id,event_date,source_name,source_sectors,source_country,event_text,cameo_code,intensity,"
    "target_name,target_sectors,target_country,story_id,sentence_number,publisher,city,district,"
    "province,country,latitude,longitude,year,yearmonth\n"
)
Side = tuple[str, str, str]
ARMENIA: Side = ("Armenia", "NA", "Armenia")
MINISTRY: Side = ("Foreign Affairs (Armenia)", "Executive,Foreign Ministry,Government", "Armenia")
CITIZEN: Side = (
    "Citizen (Azerbaijan)",
    "General Population / Civilian / Social,Social",
    "Azerbaijan",
)
ACT = ("kind", "cameoCode", "holder", "target", "sign", "date", "note")


def published(
    number: str, day: str, source: Side, code: str, intensity: str, target: Side = ARMENIA
) -> str:
    """A row of the tab form, as a day's file has it."""
    return "\t".join(
        (
            *(number, day, *source, "a text", code, intensity, *target),
            *("47400351", "2", "A Bulletin", "Yerevan", "NA", "NA", "Armenia", "40.18", "44.51\n"),
        )
    )


def test_event_becomes_an_act_and_its_actors(bench: ImportBench) -> None:
    made = bench.run(
        "icews",
        day=PUBLISHED
        + published("32889836", "2018-06-01", MINISTRY, "040", "1", CITIZEN)
        + published("32889837", "2018-06-01", CITIZEN, "112", "-2", MINISTRY)
        + published("32889838", "2018-06-02", ARMENIA, "0256", "-0.3", CITIZEN),
    )
    assert made.rejects == ()
    ministry, citizen = "icews-foreign-affairs-armenia", "icews-citizen-azerbaijan"
    assert made.table("StanceAct", *ACT) == [
        ("accuse", "112", citizen, ministry, "-1.0", "2018-06-01", ""),
        ("consult", "040", ministry, citizen, "0.0", "2018-06-01", ""),
        ("urge-restraint", "0256", "arm", citizen, "0.0", "2018-06-02", ""),
    ]
    assert made.table("GovernmentBody", "prefLabel", "country", "note") == [
        ("Foreign Affairs (Armenia)", "arm", "")
    ]
    assert made.table("Group", "prefLabel", "country", "note") == [
        ("Citizen (Azerbaijan)", "aze", "")
    ]
    assert [row for (row,) in made.table("StanceAct", "identifier")] == [
        "icews-32889836",
        "icews-32889837",
        "icews-32889838",
    ]


def test_csv_form_has_empty_cells_and_decimal_intensities(bench: ImportBench) -> None:
    # With a mark at the beginning, as spreadsheets write it.
    made = bench.run(
        "icews",
        sample="\ufeff"
        + CSV
        + "32891065,2018-06-01,Nikol Pashinyan Junior,,Armenia,Express intent to cooperate,030,4.0,"
        "Azerbaijan,,Azerbaijan,47400359,2,A Bulletin,,,,Armenia,40.18,44.51,2018,201806\n",
    )
    assert made.rejects == ()
    assert made.table("StanceAct", *ACT) == [
        ("agree", "030", "icews-nikol-pashinyan-junior", "aze", "1.0", "2018-06-01", "")
    ]
    ((label, country, note),) = made.table("Group", "prefLabel", "country", "note")
    assert (label, country) == ("Nikol Pashinyan Junior", "arm")
    assert "does not say whether it is a person" in note


def test_state_is_that_of_the_day_or_the_row_is_refused(bench: ImportBench) -> None:
    union = ("Serbia and Montenegro", "NA", "Serbia and Montenegro")
    made = bench.run(
        "icews",
        years=PUBLISHED
        + published("1", "2006-06-02", union, "190", "-10")
        + published("2", "2006-06-03", union, "190", "-10")
        + published("3", "2018-06-01", ("Yugoslavia", "NA", "Yugoslavia"), "190", "-10")
        + published("4", "2018-06-01", ("Freedonia", "NA", "Freedonia"), "190", "-10"),
    )
    assert made.table("StanceAct", "holder", "target", "kind", "sign") == [
        ("scg", "arm", "use-force", "-1.0")
    ]
    assert made.rejects == (
        "years.csv,3,the graph has 'Serbia and Montenegro' for nobody or for several on 2006-06-03",
        "years.csv,4,the graph has 'Yugoslavia' for nobody or for several on 2018-06-01",
        "years.csv,5,no state of the graph is called 'Freedonia' on 2018-06-01",
    )
    assert made.table("Group", "prefLabel") == []


def test_country_of_a_group_is_that_of_the_day_where_it_is_met_first(bench: ImportBench) -> None:
    made = bench.run(
        "icews",
        years=PUBLISHED
        + published("1", "2018-06-01", ("Citizen (Yugoslavia)", "Social", "Yugoslavia"), "010", "0")
        + published("2", "2018-06-01", ("Media (Serbia)", "Media", "NA"), "010", "0"),
    )
    assert made.table("Group", "prefLabel", "country") == [
        ("Citizen (Yugoslavia)", ""),
        ("Media (Serbia)", "srb"),
    ]


def test_names_that_differ_in_more_than_accents_are_two_actors(bench: ImportBench) -> None:
    made = bench.run(
        "icews",
        names=PUBLISHED
        + published("1", "2018-06-01", ("Abdullah Gül", "NA", "Turkey"), "010", "0")
        + published("2", "2018-06-01", ("ABDULLAH GUL", "NA", "Turkey"), "010", "0")
        + published("3", "2018-06-01", ("Кто Abdullah Gul", "NA", "Turkey"), "010", "0"),
    )
    assert made.table("Group", "identifier", "prefLabel") == [
        ("icews-abdullah-gul", "Abdullah Gül"),
        ("icews-abdullah-gul-2", "Кто Abdullah Gul"),
    ]
    assert [row[0] for row in made.table("StanceAct", "holder")] == [
        "icews-abdullah-gul",
        "icews-abdullah-gul",
        "icews-abdullah-gul-2",
    ]


def test_other_intensity_than_the_score_of_the_code_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "icews",
        day=PUBLISHED
        + published("1", "2018-06-01", MINISTRY, "040", "-2")
        + published("2", "2018-06-01", MINISTRY, "040", "NA"),
    )
    assert made.table("StanceAct", "note") == [
        ("The file gives the intensity as -2, not 1.0.",),
        ("The file gives the intensity as none, not 1.0.",),
    ]


def test_row_that_cannot_be_read_is_told_and_makes_nothing(bench: ImportBench) -> None:
    made = bench.run(
        "icews",
        day=PUBLISHED
        + published("1", "2018-06-01", MINISTRY, "40", "1")
        + published("2", "2018-06-01", ("NA", "NA", "NA"), "040", "1")
        + published("3", "6/1/2018", MINISTRY, "040", "1")
        + published("x", "2018-06-01", MINISTRY, "040", "1")
        + published("4", "2018-06-01", MINISTRY, "040", "1", ("NA", "NA", "NA"))
        + published("5", "2018-06-01", MINISTRY, "040", "1", ("???", "NA", "NA"))
        + published("6", "2018-06-01", MINISTRY, "040", "1"),
    )
    assert len(made.table("StanceAct", "kind")) == 1
    assert made.table("GovernmentBody", "prefLabel") == [("Foreign Affairs (Armenia)",)]
    assert made.rejects == (
        "day.csv,2,'40' is not a CAMEO code",
        "day.csv,3,an actor has no name",
        "day.csv,4,\"'6/1/2018' is not an existing day; write it as YYYY-MM-DD, such as 2022-09-13.\"",
        "day.csv,5,'x' is not the number of an event",
        "day.csv,6,an actor has no name",
        "day.csv,7,'???' has no letters of which an id can be made",
    )
