"""Who led a state, as pages and two data sets have it: days that differ, and other people."""

from pathlib import Path

import pytest

from comity.graph.build import build
from comity.graph.disagreement import disagreements
from comity.graph.home import GraphHome
from comity.graph.importing import import_files
from comity.ontology.namespaces import id_of

ARCHIGOS = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"
REIGN = (
    "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender,"
    "militarycareer,l_month,l_year,,,codedby,notes\n"
)


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    """Azerbaijan with a president whose name data sets misspell, and since when he rules."""
    codes = "".join(
        f"aze,{scheme},{code},1991-12-26,..,page-1\n"
        for scheme, code in (("gw-state", 373), ("cow-state", 373), ("iso-3166-1-alpha3", "AZE"))
    )
    files = {
        "codes": f"actor,scheme,code,start_date,end_date,sources\n{codes}",
        "people": "id,label,hidden_labels,country,sources\n"
        "ilham-aliyev,Ilham Aliyev,Ilhma Aliyev,aze,page-1\n",
        "posts": "id,label,office,body,sources\npresident,President,head-of-state,aze,page-1\n"
        "effective,Effective leader,effective-leader,aze,page-1\n",
        "tenures": "id,person,post,start_date,end_date,sources\n"
        "one,ilham-aliyev,president,2003-10-31,..,page-1\n"
        "two,ilham-aliyev,effective,2003-10-15,..,page-1\n",
    }
    for name, text in files.items():
        (data_folder / f"{name}.csv").write_text(text)
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


def told(
    home: GraphHome, folder: Path, archigos: list[str], reign: list[str]
) -> list[tuple[object, ...]]:
    """What is told to differ once both lists are imported."""
    rows = {
        "archigos": ARCHIGOS
        + "".join(f"A-{at},373,a{at},{row},R,R,R\n" for at, row in enumerate(archigos)),
        "reign": REIGN + "".join(f"AZE,373,r{at},{row},,,,\n" for at, row in enumerate(reign)),
    }
    for name, text in rows.items():
        path = folder / f"{name}.csv"
        path.write_text(text)
        import_files(home, name, [path], retrieved="2026-11-25", who="me")
    return [
        (
            id_of(one.about), id_of(one.who), one.differs_on, one.value, one.source,
            one.other_value, one.other_source, one.size,
        )
        for one in disagreements(home.engine())
    ]  # fmt: skip


def test_days_of_one_leader_in_three_sources(home: GraphHome, tmp_path: Path) -> None:
    # From 4 August 2003 there are 72 days to 15 October, 88 to the 31st, and 58 to the first
    # day of the month in which REIGN has the father leave. Nobody's open end differs.
    found = told(
        home,
        tmp_path,
        ["H. Aliyev,1923,M,1993-06-24,2003-08-04", "Ilhma Aliyev,1961,M,2003-08-04,2015-12-31"],
        [
            "H. Aliyev,24,6,1993,10,2003,1923,1,0,10,1993",
            "Ilhma Aliyev,15,10,2003,,,1961,1,0,10,2003",
        ],
    )
    archigos, reign = "archigos-4.1", "reign-3-21"
    assert found == [
        ("aze", "archigos-4-1-a0", "end", "2003-08-04", archigos, "2003-10", reign, 58),
        ("aze", "ilham-aliyev", "start", "2003-08-04", archigos, "2003-10-15", reign, 72),
        ("aze", "ilham-aliyev", "start", "2003-10-31", "page-1", "2003-08-04", archigos, 88),
        ("aze", "ilham-aliyev", "start", "2003-10-31", "page-1", "2003-10-15", reign, 16),
        ("aze", "ilham-aliyev", "start", "2003-10-15", "page-1", "2003-08-04", archigos, 72),
    ]


def test_head_of_state_is_compared_with_the_same_office_elsewhere(
    home: GraphHome, tmp_path: Path
) -> None:
    states, heads = tmp_path / "states.csv", tmp_path / "heads.csv"
    states.write_text("code,item\nAZE,http://www.wikidata.org/entity/Q227\n")
    item = "http://www.wikidata.org/entity/"
    heads.write_text(
        "kind,statement,subject,subject_label,object,object_label,office,of,of_label,"
        "start,start_precision,end,end_precision\n"
        # 31 October 2003 on the page: a day less, and an end that the page does not have.
        f"position,{item}statement/a,{item}Q1,Ilham Aliyev,{item}Q2,President,head-of-state,"
        f"{item}Q227,,2003-10-30T00:00:00Z,11,2020-01-01T00:00:00Z,11\n"
        f"position,{item}statement/b,{item}Q1,Ilham Aliyev,{item}Q3,Prime Minister,"
        f"head-of-government,{item}Q227,,2003-08-04T00:00:00Z,11,2003-11-04T00:00:00Z,11\n"
    )
    import_files(home, "wikidata", [states, heads], retrieved="2026-11-25", who="me")
    found = [
        (one.differs_on, one.value, one.other_value, one.size)
        for one in disagreements(home.engine())
    ]
    assert ("start", "2003-10-31", "2003-10-30", 1) in found
    # The other office is compared with the effective leader only: 4 August to 15 October.
    assert ("start", "2003-10-31", "2003-08-04", 88) not in found


def test_one_who_has_another_name_in_the_other_list_is_told_once(
    home: GraphHome, tmp_path: Path
) -> None:
    # 10 January to 6 March 1992 are 57 days; 7 June to 1 September 1992 are 87. The page, which
    # lists only whom it speaks of, does not miss anybody.
    found = told(
        home,
        tmp_path,
        ["Mutalibov,1938,M,1992-01-10,1992-03-06"],
        ["Mammadov,10,1,1992,3,1992,1938,1,0,,", "Elchibey,7,6,1992,9,1992,1938,1,0,,"],
    )
    archigos, reign = "archigos-4.1", "reign-3-21"
    assert found == [
        ("aze", "archigos-4-1-a0", "holder", "Mutalibov", archigos, "Mammadov", reign, 57),
        ("aze", "reign-3-21-r1", "holder", "Elchibey", reign, "", archigos, 87),
    ]


@pytest.mark.parametrize(
    ("name", "day", "differs_on"),
    [
        # One surname within 31 days is one person; later, or with another surname, it is not.
        ("Abulfaz Elchibey", 20, ["start"]),
        ('"Elçibəy, Abulfaz"', 7, ["holder"]),
        ('"Elchibey, Abulfaz"', 20, ["start"]),
        ("Elchibey", 7, []),
    ],
)
def test_surname_with_a_near_start_is_one_person(
    home: GraphHome, tmp_path: Path, name: str, day: int, differs_on: list[str]
) -> None:
    found = told(
        home,
        tmp_path,
        ["Elchibey,1938,M,1992-06-07,1993-06-24"],
        [f"{name},{day},6,1992,6,1993,1938,1,0,,"],
    )
    assert [row[2] for row in found] == differs_on


def test_days_that_the_other_list_does_not_cover_are_not_missed(
    home: GraphHome, tmp_path: Path
) -> None:
    # Archigos ends in 2015.
    found = told(
        home,
        tmp_path,
        ["Ilhma Aliyev,1961,M,2003-10-31,2015-12-31"],
        ["Ilhma Aliyev,31,10,2003,,,1961,1,0,,", "Somebody,1,2,2016,,,1961,1,0,,"],
    )
    assert [row for row in found if row[2] == "holder"] == []
