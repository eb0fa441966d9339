"""Decisions on names: on record with who, when and why; followed by imports; taken back."""

from pathlib import Path

import pytest

from comity.errors import InputError, NotFoundError
from comity.graph.build import build
from comity.graph.decisions import decide, decisions, withdraw
from comity.graph.home import GraphHome
from comity.graph.importing import import_files
from comity.graph.shape_guard import breaches
from comity.graph.sources.world import World

MAPPING = """
source: {name: sheet, label: Sheet, publisher: Me, licence: CC0, may_pass_on: true}
rows: membership
fields:
  organisation: {value: csto}
  member: {column: Who, by: name}
  role: {value: member}
"""


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


def test_import_follows_a_decision_and_its_withdrawal(home: GraphHome, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING)
    (tmp_path / "sheet.csv").write_text("Who\nArmenia\nArmenya\n")

    def members() -> set[str]:
        path = tmp_path / "sheet.csv"
        found = import_files(
            home, "table", [path], retrieved="2026-11-25", who="me",
            mapping=tmp_path / "map.yaml", reject_share=0.9,
        )  # fmt: skip
        text = found.rejects.read_text() if found.rejects else ""
        return {"Armenya" for line in text.splitlines() if "Armenya" in line}

    assert members() == {"Armenya"}
    decide(home, "Armenya", "arm", who="maria", why="as it is spelt in Turkish lists")
    assert members() == set()
    [one] = decisions(home.engine())
    assert (one.id, one.name, one.actor, one.who, one.counts) == (
        "armenya-1", "Armenya", "arm", "maria", True,
    )  # fmt: skip
    assert one.why == "as it is spelt in Turkish lists"
    # The same file and the same decisions twice change nothing.
    last = home.last_commit()
    members()
    assert home.last_commit() == last
    withdraw(home, "armenya-1", who="paul", why="a river is meant")
    assert members() == {"Armenya"}
    assert [(one.id, one.counts) for one in decisions(home.engine())] == [
        ("armenya-1", False), ("armenya-2", False),
    ]  # fmt: skip
    why = [one.why for one in home.log()]
    assert "decide on 'Armenya': a river is meant" in why


def test_decision_for_one_source_goes_before_that_for_all(home: GraphHome) -> None:
    decide(home, "Sakartvelo", "arm", who="me", why="for all")
    decide(home, "Sakartvelo", "aze", source="page-1", who="me", why="for one")
    decide(home, "ARMENIA", None, source="page-1", who="me", why="the ship of that name")
    one, other = World.of(home.engine(), "page-1"), World.of(home.engine(), "page-2")
    assert (one.by_name("sakartvelo"), other.by_name("sakartvelo")) == ("aze", "arm")
    assert (one.by_name("Armenia"), other.by_name("Armenia")) == (None, "arm")


def test_decisions_outlive_a_build_and_break_no_rule(home: GraphHome, data_folder: Path) -> None:
    from pyoxigraph import RdfFormat, Store

    from comity.graph.live import Change

    decide(home, "Armenya", "arm", who="me", why="so")
    withdraw(home, "armenya-1", who="me", why="no")
    states = data_folder / "states.csv"
    states.write_text(states.read_text().replace("Azerbaijan,", "Republic of Azerbaijan,"))
    build(home, folder=data_folder)
    assert len(decisions(home.engine())) == 2
    store = Store()
    store.load(b"".join(home.engine().dump()), format=RdfFormat.N_QUADS)
    assert breaches(store, Change(add=tuple(store))) == ()


def test_decision_that_cannot_be_is_refused(home: GraphHome) -> None:
    with pytest.raises(NotFoundError, match="no actor 'nowhere'"):
        decide(home, "X", "nowhere", who="me", why="so")
    with pytest.raises(NotFoundError, match="no source 'nothing'"):
        decide(home, "X", "arm", source="nothing", who="me", why="so")
    with pytest.raises(InputError, match="reason"):
        decide(home, "X", "arm", who="me", why=" ")
    with pytest.raises(NotFoundError, match="those that do: none"):
        withdraw(home, "x-1", who="me", why="so")
    assert decisions(home.engine()) == []
