"""Archives as a whole: nothing is lost, nothing comes twice, nothing half-made is seen."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyoxigraph import RdfFormat, parse

from archived import SOURCE, Table
from comity.errors import InputError, NotFoundError
from comity.graph import batch
from comity.graph.archives.shelf import Shelf, archives, named
from comity.graph.archives.ties import TieQuery
from comity.graph.archives.window import materialise
from comity.graph.home import GraphHome
from comity.graph.importing import drop_source, loaded
from comity.graph.network import NetworkQuery
from comity.graph.projection import project
from comity.graph.soundness import soundness


def statements(home: GraphHome, graph: str) -> set[tuple[str, str, str]]:
    """The triples of a source's graph, but for what describes the source itself."""
    end = f"/source/{graph}"
    return {
        (quad.subject.value, quad.predicate.value, quad.object.value.replace(".window", ""))
        for piece in home.engine().dump()
        for quad in parse(piece, format=RdfFormat.N_QUADS)
        if quad.graph_name.value.endswith(end) and not quad.subject.value.endswith(end)
    }


def acts(triples: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    return {triple for triple in triples if "/stance/" in triple[0]}


def rows(shelf: Shelf) -> int:
    files = list(shelf.folder.rglob("*.parquet"))
    return sum(pq.read_metadata(path).num_rows for path in files)


def test_acts_go_into_the_archive_and_all_else_into_the_graph(
    home: GraphHome, shelf: Shelf, table: Table
) -> None:
    found = table.bring(as_archive=True)
    assert (found.rows, found.rejected) == (10, 1)
    [archive] = archives(home.engine())
    # Nine acts; one has two targets.
    assert (archive.source, archive.acts, rows(shelf)) == (SOURCE, 10, 10)
    there = statements(home, SOURCE)
    assert acts(there) == set()
    assert {subject.rpartition("/")[2] for subject, _, _ in there} == {"my-acts-1-2-the-quiet-ones"}
    [one] = loaded(home.engine())
    assert (one.rows, one.rejected, one.statements) == (10, 1, len(there))
    years = {path.parent.name for path in shelf.folder.rglob("*.parquet")}
    assert years == {"year=2013", "year=2014", "year=2015"}


def test_window_of_all_days_gives_the_acts_that_an_import_gives(
    home: GraphHome, shelf: Shelf, table: Table
) -> None:
    table.bring(as_archive=True)
    materialise(home, shelf, SOURCE, TieQuery(), "me")
    through_archive = acts(statements(home, f"{SOURCE}.window"))
    drop_source(home, f"{SOURCE}.window", "me")
    table.bring(as_archive=False)
    assert through_archive == acts(statements(home, SOURCE))
    assert len({subject for subject, _, _ in through_archive}) == 9


def test_window_is_of_some_days_and_sound(home: GraphHome, shelf: Shelf, table: Table) -> None:
    from datetime import date

    table.bring(as_archive=True)
    spring = TieQuery(since=date(2014, 1, 1), until=date(2014, 3, 31))
    materialise(home, shelf, SOURCE, spring, "me")
    held = {subject for subject, _, _ in acts(statements(home, f"{SOURCE}.window"))}
    assert len(held) == 2
    assert soundness(home.engine()).is_sound
    with pytest.raises(InputError, match=r"No act of my-acts-1\.2 is in that window"):
        materialise(home, shelf, SOURCE, TieQuery(since=date(2020, 1, 1)), "me")
    with pytest.raises(NotFoundError, match=r"archives: my-acts-1\.2"):
        materialise(home, shelf, "other", spring, "me")


@pytest.mark.parametrize("how", ["dropped", "imported", "added again"])
def test_a_window_goes_with_its_archive(
    home: GraphHome, shelf: Shelf, table: Table, how: str
) -> None:
    table.bring(as_archive=True)
    materialise(home, shelf, SOURCE, TieQuery(), "me")
    assert acts(statements(home, f"{SOURCE}.window"))
    if how == "dropped":
        drop_source(home, SOURCE, "me")
    elif how == "imported":
        table.bring(as_archive=False)
    else:
        table.file.write_text(table.file.read_text().replace("2014-03-05", "2014-03-06"))
        table.bring(as_archive=True)
    assert not statements(home, f"{SOURCE}.window")
    assert [one.source for one in loaded(home.engine())] == ([] if how == "dropped" else [SOURCE])
    assert soundness(home.engine()).is_sound


def test_same_file_changes_nothing_and_an_import_takes_its_place(
    home: GraphHome, shelf: Shelf, table: Table
) -> None:
    table.bring(as_archive=True)
    first = home.last_commit()
    assert table.bring(as_archive=True).commit is None
    assert home.last_commit() == first
    table.bring(as_archive=False)
    assert archives(home.engine()) == []
    assert not list(shelf.folder.glob("*/*"))
    table.bring(as_archive=True)
    drop_source(home, SOURCE, "me")
    assert not list(shelf.folder.glob("*/*"))
    with pytest.raises(NotFoundError, match="archives: none"):
        named(home.engine(), SOURCE)


def test_rows_that_are_gone_are_told(home: GraphHome, shelf: Shelf, table: Table) -> None:
    import shutil

    table.bring(as_archive=True)
    shutil.rmtree(shelf.folder)
    with pytest.raises(NotFoundError, match="add it again"):
        shelf.place(named(home.engine(), SOURCE))


def test_stopped_archive_goes_on_where_it_was(
    home: GraphHome, shelf: Shelf, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "CHECKPOINT", 3)
    whole = batch.Batch._read_row
    seen: list[int] = []

    def stop(self: batch.Batch, row: object) -> None:
        seen.append(1)
        if len(seen) == 8:
            raise KeyboardInterrupt
        whole(self, row)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(batch.Batch, "_read_row", stop)
        with pytest.raises(KeyboardInterrupt):
            table.bring(as_archive=True)
    assert archives(home.engine()) == []
    found = table.bring(as_archive=True)
    assert found.resumed_at == 6
    assert rows(shelf) == 10


def test_network_counts_archived_acts_beside_those_of_the_graph(
    home: GraphHome, shelf: Shelf, table: Table
) -> None:
    table.bring(as_archive=True)
    alone = project(home.engine(), NetworkQuery())
    [tie] = alone.ties
    assert (tie.kind, tie.count, tie.archives) == ("accuse", 1, ())
    both = project(home.engine(), NetworkQuery(archives=(SOURCE,)), shelf)
    accused = {
        (tie.subject.id, tie.object.id, tie.count, tie.sign, tie.archives)
        for tie in both.ties
        if tie.kind == "accuse"
    }
    # The archived one that judges the state and the fighting counts as a tie to the state.
    assert accused == {("arm", "aze", 1, -1, ()), ("arm", "aze", 2, -1, (SOURCE,))}
    graph = both.to_networkx()
    assert sum(values["count"] for _, _, values in graph.edges(data=True)) == 1 + 9
    # What is in the graph for some days is not counted twice.
    materialise(home, shelf, SOURCE, TieQuery(), "me")
    again = project(home.engine(), NetworkQuery(archives=(SOURCE,)), shelf)
    assert [tie.count for tie in again.ties] == [tie.count for tie in both.ties]
    with pytest.raises(NotFoundError, match="No archive is called 'other'"):
        project(home.engine(), NetworkQuery(archives=("other",)), shelf)


def test_shelf_refuses_settings_that_it_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="set it to duckdb or spark"):
        Shelf(tmp_path, {"COMITY_ARCHIVE_ENGINE": "oracle"})
    with pytest.raises(InputError, match="give MiB, 64 or more"):
        Shelf(tmp_path, {"COMITY_ARCHIVE_MEMORY": "little"}).connection()
