"""Sources side by side: what differs, by how much, and what a source does not cover."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from comity.graph import disagreement
from comity.graph.binding import bind
from comity.graph.build import build
from comity.graph.disagreement import Disagreement, disagreements
from comity.graph.home import Change, GraphHome
from comity.graph.importing import drop_source, import_files
from comity.graph.requests import request
from comity.graph.resolution import Statement, by_pair, gives_way, rank_of, ranking, resolve
from comity.ontology.namespaces import id_of
from importers import COW_HEADER, CST

REPORT = """
casualty_reports:
  - {id: dead-1, event: fight, side: arm, measure: killed, group: military, as_at: "2022-09-14",
     best: 50, evidence: {speech: summary, summary: A figure}}
  - {id: dead-2, event: fight, side: arm, measure: killed, group: military, as_at: "2022-09-14",
     low: 60, high: 71, evidence: {speech: summary, summary: A figure}}
  - {id: dead-3, event: fight, side: arm, measure: killed, group: military, as_at: "2022-09-15",
     best: 105, evidence: {speech: summary, summary: A figure}}
"""


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    """Armenia and Azerbaijan in a treaty, as pages have it; COW has it otherwise."""
    (data_folder / "codes.csv").write_text(
        "actor,scheme,code,start_date,end_date,sources\n"
        "arm,cow-state,371,1991-12-26,..,page-1\naze,cow-state,373,1991-12-26,..,page-1\n"
        "arm,gw-state,371,1991-12-26,..,page-1\n"
        "geo,cow-state,372,1991-12-26,..,page-1\n"
    )
    states = data_folder / "states.csv"
    states.write_text(states.read_text() + "geo,Georgia,1991-12-26,..,page-1\n")
    (data_folder / "treaties.csv").write_text(
        "id,label,signed,codes,sources\ncst,CST,1992-05-15,cow-alliance:350,page-1\n"
    )
    (data_folder / "parties.csv").write_text(
        "id,treaty,member,role,start_date,end_date,sources\n"
        "cst-arm,cst,arm,party,1992-05-15,..,page-1\n"
        "cst-aze,cst,aze,party,1993-09-24,1999-04-20,page-1\n"
        "cst-geo,cst,geo,party,2012-12-31,..,page-1\n"
    )
    paper = data_folder / "documents" / "paper-1.yaml"
    paper.write_text(paper.read_text() + REPORT)
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    path = tmp_path / "cow.csv"
    path.write_text(
        COW_HEADER + CST.format(code=371, name="Armenia") + CST.format(code=373, name="Azerbaijan")
    )
    import_files(home, "cow-alliances", [path], retrieved="2026-11-25", who="me")
    return home


def test_marks_after_each_import_are_those_of_the_whole_graph(
    home: GraphHome, tmp_path: Path
) -> None:
    def marks() -> int:
        select = home.engine().select
        assert not resolve(select), "an import left marks as they should not be"
        return len(select(bind(request("alternatives"), {})).rows)

    # Armenia and Azerbaijan of COW give way to the pages; without Azerbaijan, Armenia only.
    assert marks() == 2
    path = tmp_path / "cow.csv"
    path.write_text(COW_HEADER + CST.format(code=371, name="Armenia"))
    import_files(home, "cow-alliances", [path], retrieved="2026-11-25", who="me")
    assert marks() == 1
    drop_source(home, "cow-alliances-4.1", "me")
    assert marks() == 0


def told(found: list[Disagreement]) -> list[tuple[object, ...]]:
    return [
        (
            id_of(one.about), id_of(one.who), one.differs_on, one.value, one.other_value,
            one.other_source, one.size, one.covered_to,
        )
        for one in found
    ]  # fmt: skip


def test_dates_members_and_figures_on_which_sources_differ(home: GraphHome) -> None:
    # 1993-09-24 is 497 days after 1992-05-15; 2012-12-31, to which COW still has Azerbaijan as
    # a party, is 5004 days after 1999-04-20. An open end in COW says nothing about later days,
    # so there is no difference on Armenia. Georgia is missing on the one day that COW covers.
    assert told(disagreements(home.engine())) == [
        ("fight", "arm", "figure", "50", "60-71", "paper-1", 10, "2022-09-14"),
        ("cst", "aze", "end", "1999-04-20", "..", "cow-alliances-4.1", 5004, "2012-12-31"),
        ("cst", "aze", "start", "1993-09-24", "1992-05-15", "cow-alliances-4.1", 497, "2012-12-31"),
        ("cst", "geo", "member", "2012-12-31/..", "", "cow-alliances-4.1", 1, "2012-12-31"),
    ]


def test_rows_that_follow_each_other_are_one_membership(home: GraphHome, tmp_path: Path) -> None:
    # The same membership as before, in two rows of one day after the other.
    row = CST.format(code=373, name="Azerbaijan")
    early = row.replace("15,5,1992,,,,0", "15,5,1992,31,12,1995,0")
    late = row.replace("15,5,1992,,,,0", "1,1,1996,,,,0")
    path = tmp_path / "two.csv"
    path.write_text(COW_HEADER + CST.format(code=371, name="Armenia") + early + late)
    import_files(home, "cow-alliances", [path], retrieved="2026-11-25", who="me")
    ends = [row for row in told(disagreements(home.engine())) if row[2] == "end"]
    assert ends == [
        ("cst", "aze", "end", "1999-04-20", "..", "cow-alliances-4.1", 5004, "2012-12-31")
    ]


@pytest.mark.parametrize(
    ("role", "other", "same"),
    [
        ("member", "elected-member", True),
        ("party", "member", True),
        ("observer", "member", False),
        ("associate", "observer", False),
    ],
)
def test_role_that_is_a_kind_of_the_other_is_no_difference(
    tmp_path: Path, data_folder: Path, role: str, other: str, same: bool
) -> None:
    (data_folder / "memberships.csv").write_text(
        "id,organisation,member,role,start_date,end_date,alternative_to,sources\n"
        f"one,csto,arm,{role},2002-10-07,..,,page-1\n"
        f"two,csto,arm,{other},2002-10-07,..,one,page-1\n"
    )
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    found = told(disagreements(home.engine()))
    assert found == ([] if same else [("csto", "arm", "role", role, other, "page-1", None, "")])


def test_only_a_better_ranked_source_is_given_way_to() -> None:
    def statement(source: str, start: int, end: int) -> Statement:
        days = (date(start, 1, 1), date(start, 1, 1), date(end, 1, 1), date(end, 1, 1))
        return Statement(f"{source}-{start}", source, "nato", "arm", "member", "", "", days)

    page, other = statement("a-page", 1990, 2000), statement("b-page", 1995, 2005)
    cow, igo = statement("cow-alliances-4.1", 1999, 2003), statement("cow-igo-3", 2004, 2010)
    late = statement("cow-igo-3", 2020, 2021)
    [group] = by_pair([late, cow, igo, other, page])
    assert [(one.iri, better.iri) for one, better in gives_way(group)] == [
        # Not the pages to each other, nor what no other may overlap.
        (igo.iri, other.iri),
        (cow.iri, page.iri),
    ]


def test_ranking_has_a_reason_for_each_rank_and_pages_come_first() -> None:
    ranks = [one.rank for one in ranking()]
    assert ranks == sorted(set(ranks))
    assert all(len(one.reason) > 20 for one in ranking())
    assert rank_of("some-page").rank == 1
    assert rank_of("cow-alliances-4-1").rank == rank_of("cow-alliances-4.1").rank > 1


def test_disagreements_are_worked_out_once_for_a_version(
    home: GraphHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = disagreements(home.engine())
    assert found

    def refuse(*given: object) -> object:
        raise AssertionError("worked out again")

    monkeypatch.setattr(disagreement, "read_statements", refuse)
    assert disagreements(home.engine()) == found
    home.commit(
        "me",
        "try",
        Change(
            add=(
                Quad(
                    NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NamedNode("urn:d")
                ),
            )
        ),
    )
    with pytest.raises(AssertionError, match="again"):
        disagreements(home.engine())


def test_import_without_anything_to_compare_leaves_the_disagreements(
    home: GraphHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = disagreements(home.engine())
    (tmp_path / "votes.csv").write_text("rcid,country,country_code,vote\n3,Armenia,,yes\n")
    (tmp_path / "calls.csv").write_text(
        "rcid,session,importantvote,date,unres,amend,para,short,descr\n3,50,0,1996-12-04,,0,0,A,A\n"
    )
    files = [tmp_path / "calls.csv", tmp_path / "votes.csv"]

    def refuse(*given: object) -> object:
        raise AssertionError("worked out again")

    monkeypatch.setattr(disagreement, "read_statements", refuse)
    import_files(home, "unga-votes", files, retrieved="2026-11-25", who="me")
    assert disagreements(home.engine()) == found
    drop_source(home, "unga-votes-2020-7eb7034", "me")
    assert disagreements(home.engine()) == found
    with pytest.raises(AssertionError, match="again"):
        drop_source(home, "cow-alliances-4.1", "me")


def test_after_each_import_they_are_those_of_the_whole_graph(
    home: GraphHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an import did not touch is carried over; all of it together is as read anew."""
    read: list[int] = []
    whole = disagreement.read_statements

    def reading(select: object, bodies: frozenset[str] = frozenset()) -> list[Statement]:
        found = whole(select, bodies)  # type: ignore[arg-type]
        read.append(len(found))
        return found

    monkeypatch.setattr(disagreement, "read_statements", reading)

    def anew() -> list[Disagreement]:
        shutil.rmtree(home.folder / "kept")
        return disagreements(home.engine())

    leaders = tmp_path / "leaders.csv"
    leaders.write_text(
        "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"
        "ARM-1998,371,8223-1,Kocharian,1954,M,1998-02-03,2008-04-09,Regular,Regular,Regular\n"
    )
    cow = tmp_path / "cow.csv"
    changes: list[Callable[[], object]] = [
        lambda: import_files(home, "archigos", [leaders], retrieved="2026-11-25", who="me"),
        lambda: import_files(home, "cow-alliances", [cow], retrieved="2026-11-25", who="me"),
        lambda: drop_source(home, "archigos-4.1", "me"),
        lambda: drop_source(home, "cow-alliances-4.1", "me"),
    ]
    cow.write_text(COW_HEADER + CST.format(code=371, name="Armenia"))
    numbers = []
    for change in changes:
        read.clear()
        change()
        after = disagreements(home.engine())
        carried = sum(read)
        read.clear()
        assert after == anew()
        assert carried < sum(read)
        numbers.append(len(after))
    # The first import brings nothing that differs, the second takes Azerbaijan's dates away.
    assert numbers[0] > numbers[1] > 0
