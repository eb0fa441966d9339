"""Answers that are worked out once: by many readers at once, and by readers who may not write."""

import errno
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from comity.graph.build import build
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import Change, GraphHome
from comity.graph.kept import kept, kept_as

C = NamedNode("https://c.example/")
ANSWER = [{"name": f"row {number}"} for number in range(20_000)]


@pytest.fixture
def engine(tmp_path: Path, data_folder: Path) -> EmbeddedEngine:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home.engine()


def test_readers_who_come_at_once_get_one_answer_that_was_worked_out_once(
    engine: EmbeddedEngine,
) -> None:
    calls: list[int] = []

    def make() -> list[dict[str, str]]:
        calls.append(1)
        time.sleep(0.05)
        return ANSWER

    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _: kept(engine, "rows", make), range(8)))
    assert found == [ANSWER] * 8
    assert len(calls) == 1
    folder = engine.data_folder() / "kept" / engine.version  # type: ignore[operator]
    assert not list(folder.glob("*.new"))
    assert json.loads((folder / "rows.json").read_bytes()) == ANSWER


def test_one_answer_may_need_another(engine: EmbeddedEngine) -> None:
    inner = [{"name": "inner"}]
    assert kept(engine, "outer", lambda: kept(engine, "inner", lambda: inner)) == inner


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOENT])
def test_a_reader_who_may_not_write_is_answered(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """So is one whose folder went since the graph has changed: ENOENT."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_text", refuse)
    assert kept(engine, "rows", lambda: ANSWER) == ANSWER


def test_a_failure_is_no_answer(engine: EmbeddedEngine) -> None:
    def fail() -> list[dict[str, str]]:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        kept(engine, "rows", fail)
    assert kept(engine, "rows", lambda: ANSWER) == ANSWER


def test_a_reader_of_an_earlier_graph_leaves_alone_what_the_newer_one_has(
    engine: EmbeddedEngine,
) -> None:
    home = GraphHome(engine.data_folder())  # type: ignore[arg-type]
    home.commit("me", "try", Change(add=(Quad(C, C, C, C),)))
    newer = home.engine()
    kept(newer, "rows", lambda: [{"name": "new"}])
    kept(engine, "rows", lambda: ANSWER)
    assert kept_as(home.folder, "rows", newer.version) == [{"name": "new"}]
    kept(newer, "more", lambda: ANSWER)
    assert kept_as(home.folder, "rows", engine.version) is None
