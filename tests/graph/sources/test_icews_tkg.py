"""Benchmarks made of ICEWS: names, numbers, and three versions side by side."""

import hashlib

import pytest

from importers import ImportBench

HEADER = "date,source,relation,target,split\r\n"
ACT = ("kind", "cameoCode", "holder", "target", "sign", "date")


def test_relation_is_the_name_of_a_code_and_line_ends_do_not_matter(bench: ImportBench) -> None:
    text = (
        HEADER
        + '2014-01-01,Police (Armenia),"Arrest, detain, or charge with legal action",'
        + "Women (Armenia),train\r\n"
        + "2014-01-02,Azerbaijan,FIGHT WITH ARTILLERY AND TANKS,Armenia,valid\r\n"
        + "2014-12-31,Armenia,find guilty or liable (legally),Police (Armenia),test\r\n"
    )
    made = bench.run("icews-tkg-14", events=text)
    assert made.rejects == ()
    police, women = "icews-tkg-14-police-armenia", "icews-tkg-14-women-armenia"
    assert made.table("StanceAct", *ACT) == [
        ("coerce", "173", police, women, "-1.0", "2014-01-01"),
        ("condemn", "116", "arm", police, "-1.0", "2014-12-31"),
        ("use-force", "194", "aze", "arm", "-1.0", "2014-01-02"),
    ]
    assert made.table("GovernmentBody", "prefLabel", "country") == [("Police (Armenia)", "arm")]
    assert made.table("Group", "prefLabel", "country") == [("Women (Armenia)", "arm")]
    digits = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert made.table("StanceAct", "identifier", "row") == [
        (f"icews-tkg-14-{digits}-{number}", f"{digits}:{number}") for number in (1, 2, 3)
    ]


def test_act_is_few_statements(bench: ImportBench) -> None:
    made = bench.run(
        "icews-tkg-14", events=HEADER + "2014-01-02,Azerbaijan,Consult,Armenia,valid\r\n"
    )
    assert len(made.quads) <= 13


def test_numbers_are_read_with_the_lists(bench: ImportBench) -> None:
    made = bench.run(
        "icews-tkg-05-15",
        a_facts="1\t0\t0\t2005-01-01\n0\t1\t1\t2015-12-31\n0\t0\t7\t2010-01-01\n0\t9\t1\t2010-01-01\n",
        entities="id,entity\n0,Azerbaijan\n1,Citizen (Armenia)\n",
        relations="id,relation\n0,Provide aid\n1,Yield\n2,Relate to\n",
    )
    citizen = "icews-tkg-05-15-citizen-armenia"
    assert made.table("StanceAct", *ACT) == [
        ("aid", "070", citizen, "aze", "1.0", "2005-01-01"),
        ("yield", "080", "aze", citizen, "1.0", "2015-12-31"),
    ]
    assert made.rejects == (
        "relations.csv,4,no CAMEO code is called 'Relate to'",
        "a_facts.csv,3,'7' is not in the list of entities",
        "a_facts.csv,4,'9' is not in the list of relations",
    )


def test_count_is_no_day(bench: ImportBench) -> None:
    made = bench.run(
        "icews-tkg-18",
        entities="id,entity\n0,Azerbaijan\n1,Armenia\n",
        facts="0\t0\t1\t24\n",
        relations="id,relation\n0,Consult\n",
    )
    assert made.table("StanceAct", "kind") == []
    assert made.rejects == (
        "facts.csv,1,'24' is a count and no day; it does not say of what nor from when",
    )


@pytest.mark.parametrize(
    ("version", "first", "last", "outside"),
    [
        ("14", "2014-01-01", "2014-12-31", "2015-01-01"),
        ("05-15", "2005-01-01", "2015-12-31", "2004-12-31"),
        ("18", "2018-01-01", "2018-10-31", "2018-11-01"),
    ],
)
def test_version_takes_its_own_years_only(
    bench: ImportBench, version: str, first: str, last: str, outside: str
) -> None:
    rows = (f"{day},Armenia,Consult,Georgia,test\r\n" for day in (first, last, outside))
    made = bench.run(f"icews-tkg-{version}", events=HEADER + "".join(rows))
    assert made.table("StanceAct", "date", "source") == [
        (first, f"icews-tkg-{version}"),
        (last, f"icews-tkg-{version}"),
    ]
    assert made.rejects == (f"events.csv,4,{outside} is not within {first} and {last}",)


@pytest.mark.parametrize(
    ("days", "version"),
    [
        (("2014-01-01", "2014-12-31"), "14"),
        (("2018-01-01", "2018-10-31"), "18"),
        (("2011-10-07", "2014-05-01"), "05-15"),
    ],
)
def test_version_is_told_by_the_days(
    bench: ImportBench, days: tuple[str, str], version: str
) -> None:
    rows = (f"{day},Armenia,Consult,Georgia,test\r\n" for day in days)
    made = bench.run("icews-tkg", events=HEADER + "".join(rows))
    assert made.rejects == ()
    assert made.table("StanceAct", "source") == [(f"icews-tkg-{version}",)] * 2


def test_state_of_another_day_or_another_name_is_refused(bench: ImportBench) -> None:
    made = bench.run(
        "icews-tkg-05-15",
        events=HEADER
        + "2006-06-02,Serbia and Montenegro,Consult,Armenia,train\r\n"
        + "2006-06-03,Serbia and Montenegro,Consult,Armenia,train\r\n"
        + "2010-01-01,Armenia,Consult,Democratic Republic of Congo,train\r\n"
        + "2010-01-01,Armenia,Consult with,Georgia,train\r\n"
        + "2010-01-01,Democratic Republic of Congo,Consult,Armenia,train\r\n",
    )
    assert made.table("StanceAct", "holder", "target") == [
        ("arm", "cod"), ("cod", "arm"), ("scg", "arm"),
    ]  # fmt: skip
    assert made.rejects == (
        "events.csv,3,the graph has 'Serbia and Montenegro' for nobody or for several on "
        "2006-06-03",
        "events.csv,5,no CAMEO code is called 'Consult with'",
    )
