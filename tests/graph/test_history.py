"""The graph as it was at an earlier time, made again from the log of changes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from comity.errors import ParameterError
from comity.graph.build import build
from comity.graph.history import engine_known_at, moment_of
from comity.graph.home import Change, GraphHome
from comity.graph.importing import drop_source, import_files
from comity.graph.index.acts import chosen_acts
from comity.graph.terms import node, term
from comity.ontology.namespaces import Thing
from importers import COW_HEADER, CST

DAYS = {1: "2026-01-01", 2: "2026-02-01", 3: "2026-03-01", 4: "2026-04-01"}


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> tuple[GraphHome, dict[int, bytes]]:
    (data_folder / "codes.csv").write_text(
        "actor,scheme,code,start_date,end_date,sources\narm,cow-state,371,1991-12-26,..,page-1\n"
    )
    home = GraphHome(tmp_path / "graph")
    whole: dict[int, bytes] = {}

    def keep() -> None:
        commit = home.last_commit()
        assert commit is not None
        whole[commit.number] = b"".join(home.engine().dump())

    build(home, folder=data_folder)
    keep()
    path = tmp_path / "cow.csv"
    path.write_text(COW_HEADER + CST.format(code=371, name="Armenia"))
    import_files(home, "cow-alliances", [path], retrieved="2026-11-25", who="me")
    keep()
    [act] = chosen_acts(home.engine())
    quad = Quad(
        node(Thing.STANCE, act.id), term("condition"), Literal("if"), node(Thing.SOURCE, "x")
    )
    home.commit("me", "add", Change(add=(quad,)))
    keep()
    drop_source(home, "cow-alliances-4.1", "me")
    keep()
    for number, day in DAYS.items():
        entry = home.folder / "log" / f"{number}.json"
        entry.write_text(
            json.dumps(json.loads(entry.read_text()) | {"when": f"{day}T12:00:00+00:00"})
        )
    return home, whole


def test_graph_of_each_commit_comes_back_whole(home: tuple[GraphHome, dict[int, bytes]]) -> None:
    graph, whole = home
    assert sorted(whole) == [1, 2, 3, 4]
    for number, day in DAYS.items():
        engine = engine_known_at(graph, moment_of(day))
        assert b"".join(engine.dump()) == whole[number]
        assert engine.version.startswith(f"{number}-")
        assert len(chosen_acts(engine)) == 1
    assert b"".join(engine_known_at(graph, moment_of("2026-02-01T11:59:59Z")).dump()) == whole[1]


def test_time_before_the_log_is_refused(home: tuple[GraphHome, dict[int, bytes]]) -> None:
    with pytest.raises(ParameterError, match=r"begins on 2026-01-01T12:00:00\+00:00"):
        engine_known_at(home[0], datetime(2025, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "2026-02-01T12:00:00"])
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(ParameterError, match="give now, a day, or a moment with its zone"):
        moment_of(text)
