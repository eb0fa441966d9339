"""The graph on disk: commits, snapshots, the log, one writer beside readers."""

import gzip
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from comity.errors import GraphLockedError, GraphMissingError
from comity.graph.build import build
from comity.graph.home import Change, GraphHome
from comity.graph.live import Batch, LiveGraph


def quad(number: int) -> Quad:
    iri = NamedNode(f"https://example.org/{number}")
    return Quad(iri, iri, Literal(str(number)), iri)


def count(home: GraphHome) -> int:
    answer = home.engine().select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(next(answer.texts())["n"])


def test_graph_that_was_never_built_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GraphMissingError, match="comity build"):
        GraphHome(tmp_path / "none").engine()


def test_commit_is_seen_by_the_next_reader_and_kept(tmp_path: Path) -> None:
    home = GraphHome(tmp_path)
    first = home.commit("me", "begin", Change(add=(quad(1), quad(2))))
    second = home.commit("me", "mend", Change(add=(quad(3),), remove=(quad(1),)))
    assert first.version != second.version
    assert count(GraphHome(tmp_path)) == 2


def test_log_has_who_why_and_every_quad(tmp_path: Path) -> None:
    home = GraphHome(tmp_path)
    home.commit("ann", "first light", Change(add=(quad(1), quad(2))))
    home.commit("bob", "withdrawn", Change(add=(), remove=(quad(2),)))
    entry = json.loads((tmp_path / "log" / "2.json").read_text())
    assert (entry["who"], entry["why"], entry["added"], entry["removed"]) == (
        "bob",
        "withdrawn",
        0,
        1,
    )
    removed = gzip.decompress((tmp_path / "log" / "2.removed.nq.gz").read_bytes())
    assert removed.decode().strip() == f"{quad(2)} ."


def test_open_reader_keeps_its_version_while_another_is_written(tmp_path: Path) -> None:
    home = GraphHome(tmp_path)
    home.commit("me", "one", Change(add=(quad(1),)))
    reader = home.engine()
    for number in range(2, 6):
        home.commit("me", "more", Change(add=(quad(number),)))
    answer = reader.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert next(answer.texts())["n"] == "1"
    assert count(home) == 5


def test_old_snapshots_are_removed(tmp_path: Path) -> None:
    home = GraphHome(tmp_path)
    for number in range(7):
        home.commit("me", "more", Change(add=(quad(number),)))
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == ["4", "5", "6", "7"]


def test_notes_of_the_store_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(5):
        GraphHome(tmp_path).commit("test", "more", Change(add=(quad(number),)))
    assert len(list((tmp_path / "live").glob("LOG.old.*"))) <= 1


def test_second_writer_is_told_that_the_graph_is_locked(tmp_path: Path) -> None:
    home = GraphHome(tmp_path)
    home.commit("me", "one", Change(add=(quad(1),)))
    writer = Store(str(tmp_path / "live"))
    with pytest.raises(GraphLockedError, match="Another process is writing"):
        home.commit("me", "two", Change(add=(quad(2),)))
    del writer
    assert count(home) == 1


def test_building_twice_changes_nothing(tmp_path: Path, data_folder: Path) -> None:
    home = GraphHome(tmp_path / "g")
    first = build(home, folder=data_folder)
    assert build(home, folder=data_folder) == first


def test_building_changed_data_commits_the_difference_only(
    tmp_path: Path, data_folder: Path
) -> None:
    home = GraphHome(tmp_path / "g")
    build(home, folder=data_folder)
    path = data_folder / "states.csv"
    path.write_text(path.read_text().replace("Azerbaijan", "Republic"), encoding="utf-8")
    second = build(home, folder=data_folder)
    assert (second.added, second.removed) == (1, 1)


def published(folder: Path, name: str, size: int) -> Path:
    """Puts so many quads into a graph as one batch; the snapshot that readers then open."""
    file = folder / "batch.nq"
    graph = NamedNode(f"https://example.org/graph/{name}")
    file.write_text(
        "".join(
            f'<https://example.org/{name}/{number}> <https://example.org/p> "1" {graph} .\n'
            for number in range(size)
        )
    )
    live = LiveGraph(folder)
    commit = live.stage_batch("test", name, Batch(graph, file if size else None, size, name))
    live.publish()
    live.close()
    return folder / "snapshots" / str(commit.number)


def files_of(snapshot: Path) -> dict[int, int]:
    """Bytes of each data file, by inode: a file that two snapshots share has one."""
    return {file.stat().st_ino: file.stat().st_size for file in snapshot.glob("*.sst")}


def test_what_a_dropped_batch_took_on_disk_is_given_back(tmp_path: Path) -> None:
    published(tmp_path, "stays", 1_000)
    full = sum(files_of(published(tmp_path, "goes", 100_000)).values())
    left = sum(files_of(published(tmp_path, "goes", 0)).values())
    # The names of things stay in the store's dictionary.
    assert left < full / 4


def test_a_small_batch_leaves_the_files_of_a_large_one(tmp_path: Path) -> None:
    large = files_of(published(tmp_path, "large", 100_000))
    assert set(large) < set(files_of(published(tmp_path, "small", 1_000)))
    assert count(GraphHome(tmp_path)) == 101_000
