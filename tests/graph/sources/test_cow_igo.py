"""Memberships of organisations by years: names, successions, open ends."""

from importers import ImportBench

NAMES = (
    "ioname,orgname,longorgname,sdate,deaddate,dead,ionum,igocode,political,social,economic,"
    "first_year,last_year\n"
)
SPELLS = "igo,ccode,state,status,first_year,last_year,right_censored\n"


def test_known_organisation_is_found_and_another_is_made(bench: ImportBench) -> None:
    made = bench.run(
        "cow-igo",
        names=NAMES
        + "NATO,North Atlantic Treaty Org,North Atlantic Treaty Organization (NATO),1949,,0,"
        "3,,1,0,0,1949,2014\n"
        + "PED,Dev. Pole,P\x99le europ\x8een de d\x8eveloppement (PED),1985,1995,1,1,,0,0,1,1985,1995\n",
        spells=SPELLS + "nato,2,usa,1,1949,2014,1\nped,220,france,3,1985,1995,0\n",
    )
    assert made.rejects == ()
    fields = ("organisation", "member", "role", "startDate", "endDate", "endState")
    assert made.table("Membership", *fields) == [
        ("cow-igo-3-ped", "fra", "observer", "1985", "1995", "ended"),
        ("nato", "usa", "member", "1949", "..", "not-covered"),
    ]
    assert made.table("InternationalOrganisation", "prefLabel", "startDate", "endDate") == [
        ("Pôle européen de développement", "1985", "1995")
    ]


def test_code_that_passes_on_is_split_and_a_year_of_it_means_who_goes_on(
    bench: ImportBench,
) -> None:
    made = bench.run(
        "cow-igo",
        spells=SPELLS
        + "un,365,russia,1,1945,2014,1\ncis,365,russia,1,1991,2014,1\nabc,365,russia,2,1950,1991,0\n",
    )
    assert made.table("Membership", "organisation", "member", "role", "startDate", "endDate") == [
        ("cis", "rus", "member", "1991", ".."),
        ("cow-igo-3-abc", "sun", "associate", "1950", "1991"),
        ("un", "rus", "member", "1991-12-26", ".."),
        ("un", "sun", "member", "1945", "1991-12-25"),
    ]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "cow-igo",
        spells=SPELLS
        + "un,2,usa,1,1945,2014,1\nun,2,usa,1,1945,2014,1\nun,998,nowhere,1,1945,2014,1\n"
        + "un,2,usa,9,1946,2014,1\nun,2,usa,1,NA,2014,1\nun,2,usa,1,1950,1949,0\n",
    )
    assert len(made.table("Membership", "member")) == 1
    assert made.rejects == (
        "spells.csv,3," + '"the same state, organisation, status and first year came before"',
        "spells.csv,4,no state has the COW code 998 (nowhere)",
        "spells.csv,5,\"'9' is no status of a membership (1, 2 or 3)\"",
        "spells.csv,6,'NA' is not a year",
        "spells.csv,7,it ends (1949) before it starts (1950)",
    )
