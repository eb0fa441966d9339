"""Names in imports that are near an actor: listed with what records them, recorded in bulk."""

from pathlib import Path

import pytest

from comity.errors import InputError
from comity.graph.build import build
from comity.graph.decisions import decide, decide_all, decisions, withdraw
from comity.graph.home import GraphHome
from comity.graph.importing import import_files
from comity.graph.shape_guard import breaches
from comity.graph.suggesting import suggestions

MAPPING = """
source: {name: sheet, label: Sheet, publisher: Me, licence: CC0, may_pass_on: true}
rows: membership
fields:
  organisation: {value: csto}
  member: {column: Who, by: name%s}
  role: {value: member}
"""
WHO = "Who\nArmenia\nРеспублика Армения\nArmenya\nAzerbaidzhan\nAustria\n"


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


def bring(home: GraphHome, make: str = "", rejects: float = 0.9) -> str:
    folder = home.folder.parent
    (folder / "map.yaml").write_text(MAPPING % make)
    sheet = folder / "sheet.csv"
    sheet.write_text(WHO)
    found = import_files(
        home, "table", [sheet], retrieved="2026-11-25", who="me",
        mapping=folder / "map.yaml", reject_share=rejects,
    )  # fmt: skip
    return found.rejects.read_text() if found.rejects else ""


def test_refused_names_are_put_to_people_and_taken_in_bulk(home: GraphHome) -> None:
    assert bring(home).count("nothing is called") == 4
    found = suggestions(home)
    assert {(one.name, one.source, one.actor, one.was_made) for one in found} == {
        ("Республика Армения", "sheet", "arm", False),
        ("Armenya", "sheet", "arm", False),
        ("Azerbaidzhan", "sheet", "aze", False),
    }
    assert suggestions(home, "other") == []
    assert [one.name for one in suggestions(home, "sheet", 97)] == ["Armenya", "Azerbaidzhan"]
    assert "comity decide Armenya --is arm --in sheet --why REASON" in {
        one.command for one in found
    }
    decide_all(
        home, [(one.name, one.actor, one.scope) for one in found], who="maria", why="read each"
    )
    known = decisions(home.engine())
    assert [one.source for one in known] == ["sheet"] * 3
    assert {(one.who, one.why, one.counts) for one in known} == {("maria", "read each", True)}
    assert suggestions(home) == []
    assert bring(home).count("nothing is called") == 1
    withdraw(home, next(one.id for one in known if one.name == "Armenya"), who="p", why="a river")
    assert bring(home).count("nothing is called") == 2
    assert [one.name for one in suggestions(home)] == ["Armenya"]


def test_names_made_anew_are_put_to_people_until_somebody_decides(home: GraphHome) -> None:
    assert "'Республика Армения' has no letters" in bring(home, ", make: state")
    found = suggestions(home)
    assert {(one.name, one.actor, one.was_made) for one in found} == {
        ("Республика Армения", "arm", False),
        ("Armenya", "arm", True),
        ("Azerbaidzhan", "aze", True),
    }
    decide(home, "Armenya", None, source="sheet", who="me", why="a river")
    assert {one.name for one in suggestions(home)} == {"Республика Армения", "Azerbaidzhan"}


def test_batch_that_was_refused_as_a_whole_is_decided_on_for_all(home: GraphHome) -> None:
    with pytest.raises(InputError, match="nothing was written"):
        bring(home, rejects=0.05)
    assert {(one.source, one.in_graph, one.scope) for one in suggestions(home)} == {
        ("sheet", False, "")
    }


def test_many_decisions_break_no_rule_and_need_a_reason(home: GraphHome) -> None:
    from pyoxigraph import RdfFormat, Store

    from comity.graph.live import Change

    with pytest.raises(InputError, match="reason"):
        decide_all(home, [("A", "arm", "")], who="me", why=" ")
    decide_all(home, [("A", "arm", ""), ("A", "aze", "")], who="me", why="so")
    assert [one.id for one in decisions(home.engine())] == ["a-1", "a-2"]
    store = Store()
    store.load(b"".join(home.engine().dump()), format=RdfFormat.N_QUADS)
    assert breaches(store, Change(add=tuple(store))) == ()
