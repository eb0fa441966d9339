"""The index on disk: as the graph is, read again where it has changed, and only there."""

import errno
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from comity.graph.acts import BareAct, read_acts
from comity.graph.build import build
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import Change, GraphHome
from comity.graph.index import shelf as shelf_module
from comity.graph.index.acts import chosen_acts, indexed_acts
from comity.graph.index.lines import rows_of_lines
from comity.graph.index.rows import read_rows
from comity.graph.index.shelf import IndexShelf
from comity.graph.terms import node, term
from comity.ontology.namespaces import Thing

ACT = node(Thing.STANCE, "arm-accuse-2022-09-13")
GRAPH = node(Thing.SOURCE, "paper-1")


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


def test_acts_of_the_index_are_those_of_the_graph(shipped_engine: EmbeddedEngine) -> None:
    found = chosen_acts(shipped_engine)
    told = read_acts(shipped_engine, [act.id for act in found])
    names = [field.name for field in fields(BareAct)]
    assert len(found) > 600
    assert [[getattr(one, name) for name in names] for one in found] == [
        [getattr(one, name) for name in names] for one in told
    ]


def test_what_changes_is_read_again_and_nothing_else(
    home: GraphHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = IndexShelf(home.folder)
    [act] = chosen_acts(home.engine())
    read: list[set[str]] = []

    def reading(engine: EmbeddedEngine, graphs: frozenset[str] = frozenset()) -> object:
        read.append(set(graphs))
        return read_rows(engine, graphs)

    monkeypatch.setattr(shelf_module, "read_rows", reading)
    graph = node(Thing.SOURCE, "elsewhere")
    iri = node(Thing.STANCE, act.id)
    target = Quad(iri, term("addressee"), node(Thing.ACTOR, "bel"), graph)
    home.commit("me", "try", Change(add=(target,)))
    assert chosen_acts(home.engine())[0].addressees == (*act.addressees, "bel")
    home.commit("me", "take back", Change(remove=(target,)))
    assert chosen_acts(home.engine()) == [act]
    assert read == [{graph.value}, {graph.value}]
    assert shelf.differences(home.engine()) == []


def test_difference_from_the_graph_is_told_and_mended(home: GraphHome) -> None:
    shelf = IndexShelf(home.folder)
    engine = home.engine()
    shelf.columns(engine)
    [act] = chosen_acts(engine)
    iri = node(Thing.STANCE, act.id)
    sign = Quad(iri, term("sign"), Literal("0.25"), node(Thing.SOURCE, "paper-1"))
    commit = home.commit("me", "behind the log", Change(add=(sign,)))
    entry = home.folder / "log" / f"{commit.number}.json"
    entry.write_text(entry.read_text().replace(sign.graph_name.value, "https://example.org/other"))  # type: ignore[union-attr]
    [told] = shelf.differences(home.engine())
    assert told == f"The index differs from the graph {sign.graph_name.value}; run `comity index`."  # type: ignore[union-attr]
    shelf.rebuild(home.engine())
    assert shelf.differences(home.engine()) == []


def test_rows_of_lines_are_those_of_the_graph(
    shipped_engine: EmbeddedEngine, tmp_path: Path
) -> None:
    graph = node(Thing.SOURCE, "seed-article")
    lines = b"".join(shipped_engine.dump())
    mine = [line for line in lines.splitlines(True) if line.endswith(f" {graph} .\n".encode())]
    (tmp_path / "lines.nq").write_bytes(b"".join(mine))
    asked = read_rows(shipped_engine, [graph.value])
    assert asked.acts.num_rows > 10
    assert rows_of_lines(tmp_path / "lines.nq", graph.value).is_as(asked)


def test_graph_without_a_name_has_no_index(home: GraphHome) -> None:
    home.commit(
        "me",
        "no graph",
        Change(add=(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")),)),
    )
    assert indexed_acts(home.engine()) is None
    assert len(chosen_acts(home.engine())) == 1


def test_index_that_cannot_be_read_is_made_anew(home: GraphHome) -> None:
    shelf = IndexShelf(home.folder)
    shelf.columns(home.engine())
    for path in shelf.folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"nonsense")
    assert len(chosen_acts(home.engine())) == 1


def test_readers_who_come_at_once_make_what_is_missing_once(
    home: GraphHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = home.engine()
    before = chosen_acts(engine)
    shutil.rmtree(home.folder / "index")
    calls: list[int] = []

    def reading(*args: object) -> object:
        calls.append(1)
        time.sleep(0.05)
        return read_rows(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf_module, "read_rows", reading)
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _: IndexShelf(home.folder).columns(engine), range(8)))
    assert len(calls) == 1
    assert {len(one) for one in found} == {len(before)}
    assert chosen_acts(home.engine()) == before


def test_a_reader_on_a_disk_that_is_read_only_reads_the_graph(
    home: GraphHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = chosen_acts(home.engine())
    shutil.rmtree(home.folder / "index")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert chosen_acts(home.engine()) == before
