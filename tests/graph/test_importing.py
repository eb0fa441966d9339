"""Imports as a whole: idempotent, atomic, resumable; nothing is lost and nothing is swallowed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from comity.errors import DataError, DateError, GraphLockedError, InputError, NotFoundError
from comity.graph.build import build
from comity.graph.engine import EmbeddedEngine
from comity.graph.export import export_graph, withheld
from comity.graph.home import GraphHome
from comity.graph.importing import Imported, drop_source, import_files, loaded
from comity.graph.live import LiveGraph
from comity.graph.resolution import RESOLUTION
from comity.graph.sources.catalogue import importer_named, importer_names
from comity.graph.sources.cow_alliances import CowAlliances
from comity.graph.sources.world import World
from comity.graph.things import read_names
from comity.ontology.namespaces import Thing, thing_iri
from importers import COW_HEADER as HEADER
from importers import CST

DAY = "2026-11-25"


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    """A tiny graph with two states whose COW codes are known."""
    (data_folder / "codes.csv").write_text(
        "actor,scheme,code,start_date,end_date,sources\n"
        "arm,cow-state,371,1991-12-26,..,page-1\naze,cow-state,373,1991-12-26,..,page-1\n"
    )
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


def written(path: Path, *rows: tuple[int, str], tail: str = "") -> Path:
    path.write_text(HEADER + "".join(CST.format(code=c, name=n) for c, n in rows) + tail)
    return path


def imported(home: GraphHome, *paths: Path, **more: float) -> Imported:
    return import_files(home, "cow-alliances", paths, retrieved=DAY, who="me", **more)  # type: ignore[arg-type]


def lines(home: GraphHome, source: str = "cow-alliances-4.1") -> set[str]:
    """The statements of a source's graph."""
    text = b"".join(home.engine().dump()).decode().splitlines()
    return {line for line in text if line.endswith(f"/source/{source}> .")}


def many(path: Path, count: int) -> Path:
    """A file of treaties with one known party each."""
    row = CST.format(code=371, name="Armenia").removeprefix("350,")
    path.write_text(HEADER + "".join(f"{1000 + number},{row}" for number in range(count)))
    return path


BOTH = ((371, "Armenia"), (373, "Azerbaijan"))


def test_batch_is_one_commit_with_who_and_why_and_describes_itself(
    home: GraphHome, tmp_path: Path
) -> None:
    before = lines(home, "page-1")
    imported(home, written(tmp_path / "one.csv", *BOTH))
    last = list(home.log())[-1]
    assert (last.number, last.who, last.why) == (2, "me", "import cow-alliances from one.csv")
    assert last.added == len(lines(home))
    [found] = loaded(home.engine())
    assert (found.source, found.version, found.rows, found.rejected) == (
        "cow-alliances-4.1", "4.1", 2, 0,
    )  # fmt: skip
    assert (found.retrieved, found.coverage_end, found.may_pass_on) == (DAY, "2012-12-31", False)
    assert lines(home, "page-1") == before


def test_same_file_twice_changes_nothing(home: GraphHome, tmp_path: Path) -> None:
    imported(home, written(tmp_path / "one.csv", *BOTH))
    first = home.last_commit()
    imported(home, written(tmp_path / "other-name.csv", *BOTH))
    assert home.last_commit() == first


def test_other_file_of_a_source_takes_the_place_of_the_first(
    home: GraphHome, tmp_path: Path
) -> None:
    assert imported(home, written(tmp_path / "one.csv", *BOTH)).replaced is None
    second = imported(home, written(tmp_path / "two.csv", BOTH[0]))
    assert second.replaced is not None
    assert (second.replaced.rows, second.rows) == (2, 1)
    text = "\n".join(lines(home))
    assert "/actor/arm>" in text
    assert "/actor/aze>" not in text
    whole = b"".join(home.engine().dump()).splitlines()
    assert len(whole) == len(set(whole))


def test_source_that_was_not_imported_is_not_replaced(tmp_path: Path, data_folder: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "source: {name: page-1, label: X, publisher: X, licence: CC0, may_pass_on: true}\n"
        "rows: membership\n"
        "fields: {organisation: Body, member: State, role: {value: member}}\n"
    )
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Body,State\ncsto,aze\n")
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    first = home.last_commit()
    with pytest.raises(InputError, match="has a source page-1 that was not imported"):
        import_files(home, "table", [sheet], retrieved=DAY, who="me", mapping=mapping)
    assert home.last_commit() == first


def test_no_importer_has_the_source_of_shipped_statements(shipped_engine: EmbeddedEngine) -> None:
    sources = {importer_named(name).origin.source for name in importer_names()}
    iris = [thing_iri(Thing.SOURCE, source) for source in sources]
    assert read_names(shipped_engine, iris) == {}


def test_dropped_source_leaves_the_graph_as_it_was(home: GraphHome, tmp_path: Path) -> None:
    before = b"".join(home.engine().dump())
    imported(home, written(tmp_path / "one.csv", *BOTH, tail="bad row\n"), reject_share=0.9)
    assert drop_source(home, "cow-alliances-4.1", "me").removed > 20
    assert b"".join(home.engine().dump()) == before
    assert loaded(home.engine()) == []
    assert list((home.folder / "imports").iterdir()) == []
    with pytest.raises(NotFoundError, match="imported: none"):
        drop_source(home, "cow-alliances-4.1", "me")


def test_log_has_every_statement_that_came_and_went(home: GraphHome, tmp_path: Path) -> None:
    import gzip

    imported(home, written(tmp_path / "one.csv", *BOTH))
    there = lines(home)
    drop_source(home, "cow-alliances-4.1", "me")
    for name in ("2.nq.gz", "3.removed.nq.gz"):
        with gzip.open(home.folder / "log" / name) as file:
            assert {f"{quad} ." for quad in parse(file, format=RdfFormat.N_QUADS)} == there


def test_rejects_are_told_with_line_and_reason_and_too_many_refuse_the_batch(
    home: GraphHome, tmp_path: Path
) -> None:
    path = written(tmp_path / "one.csv", *BOTH, (998, "Nowhere"), tail="a,b\n")
    with pytest.raises(InputError, match=r"2 of 4 rows .* more than 5%"):
        imported(home, path)
    rejects = home.folder / "imports" / "cow-alliances-4.1.rejects.csv"
    assert rejects.read_text().splitlines() == [
        "file,line,reason",
        "one.csv,4,no state has the COW code 998 (Nowhere)",
        "one.csv,5,2 cells under 23 columns",
    ]
    assert lines(home) == set()
    imported(home, path, reject_share=0.5)
    assert "/actor/arm>" in "\n".join(lines(home))
    assert rejects.is_file()


@pytest.mark.parametrize(
    ("name", "text", "error", "said"),
    [
        ("cow-alliance", HEADER, NotFoundError, "importers: .*cow-alliances"),
        ("cow-alliances", "a,b\n1,2\n", DataError, "version4id"),
        ("cow-alliances", "", DataError, "version4id"),
    ],
)
def test_what_cannot_be_imported_is_told(
    home: GraphHome, tmp_path: Path, name: str, text: str, error: type[Exception], said: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(error, match=said):
        import_files(home, name, [path], retrieved=DAY, who="me")
    with pytest.raises(DateError):
        import_files(home, "cow-alliances", [path], retrieved="today", who="me")


def test_import_beside_another_writer_is_refused(home: GraphHome, tmp_path: Path) -> None:
    live = LiveGraph(home.folder)
    try:
        with pytest.raises(GraphLockedError):
            imported(home, written(tmp_path / "one.csv", *BOTH))
    finally:
        live.close()


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig", "utf-8"])
def test_encodings_and_line_ends_make_no_difference(
    home: GraphHome, tmp_path: Path, encoding: str
) -> None:
    row = CST.format(code=371, name="Armenia").replace("350,", "900,").replace("Type I", "Zoné")
    path = tmp_path / "one.csv"
    path.write_bytes((HEADER + row).replace("\n", "\r\n").encode(encoding))
    imported(home, path)
    assert "Defense Pact of 1992" in "\n".join(lines(home))


def test_killed_import_leaves_the_graph_as_it_was_and_goes_on_where_it_was(
    home: GraphHome, tmp_path: Path
) -> None:
    """Killed with -9 at many moments; at last it is complete, once, and equal to one in one go."""
    path = many(tmp_path / "many.csv", 400)
    # A row that cannot be read, between the last checkpoint before a kill and the kill.
    text = path.read_text().splitlines(keepends=True)
    path.write_text("".join((*text[:262], "bad\n", *text[262:])))
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys, time\n"
        "from pathlib import Path\n"
        "from comity.graph import batch\n"
        "from comity.graph.home import GraphHome\n"
        "from comity.graph.importing import import_files\n"
        "batch.CHECKPOINT, batch._TOLD_EVERY = 50, 10\n"
        "def told(progress):\n"
        "    print(progress.rows, flush=True)\n"
        "    time.sleep(0.02)\n"
        "found = import_files(GraphHome(Path(sys.argv[1])), 'cow-alliances', [Path(sys.argv[2])],\n"
        "    retrieved='2026-11-25', who='me', told=told)\n"
        "print('resumed', found.resumed_at, flush=True)\n"
    )
    before = b"".join(home.engine().dump())
    resumed = []
    for wanted in (120, 270, 10**6):
        running = subprocess.Popen(
            [sys.executable, script, home.folder, path], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("resumed"):
                resumed.append(int(line.split()[1]))
            elif int(line) >= wanted:
                os.kill(running.pid, signal.SIGKILL)
                break
        running.communicate()
        if wanted < 10**6:
            assert b"".join(home.engine().dump()) == before
            # What a killed process had written after its last checkpoint does not count.
            for name in ("statements.nq", "rejects.csv"):
                with (home.folder / "imports" / "cow-alliances-4.1" / name).open("ab") as file:
                    file.write(b"half a li")
    assert resumed == [250]
    rejects = home.folder / "imports" / "cow-alliances-4.1.rejects.csv"
    assert rejects.read_text().splitlines() == [
        "file,line,reason",
        "many.csv,263,1 cells under 23 columns",
    ]
    assert list(home.log())[-1].added == len(lines(home))
    assert len(list(home.log())) == 2
    found = lines(home)
    drop_source(home, "cow-alliances-4.1", "me")
    imported(home, path)
    assert lines(home) == found


def test_killed_while_the_graph_is_written_leaves_the_old_or_the_new(
    home: GraphHome, tmp_path: Path
) -> None:
    path = many(tmp_path / "many.csv", 600)
    before = b"".join(home.engine().dump())
    imported(home, path)
    after = b"".join(home.engine().dump())
    drop_source(home, "cow-alliances-4.1", "me")
    script = (
        "import sys; from pathlib import Path; from comity.graph.home import GraphHome;"
        "from comity.graph.importing import import_files;"
        "import_files(GraphHome(Path(sys.argv[1])), 'cow-alliances', [Path(sys.argv[2])],"
        " retrieved='2026-11-25', who='me', told=lambda p: print('read', flush=True))"
    )
    seen = set()
    for pause in (0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32):
        running = subprocess.Popen(
            [sys.executable, "-c", script, home.folder, path], stdout=subprocess.PIPE
        )
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(pause)
        running.kill()
        running.communicate()
        found = b"".join(home.engine().dump())
        assert found in (before, after)
        seen.add(found == after)
        if found == after:
            drop_source(home, "cow-alliances-4.1", "me")
    assert False in seen


def test_build_keeps_imported_sources_and_judges_anew_what_gives_way(
    home: GraphHome, tmp_path: Path, data_folder: Path
) -> None:
    imported(home, written(tmp_path / "one.csv", *BOTH))
    there = lines(home)
    (data_folder / "treaties.csv").write_text(
        "id,label,signed,codes,sources\ncst,CST,1992-05-15,cow-alliance:350,page-1\n"
    )
    (data_folder / "parties.csv").write_text(
        "id,treaty,member,role,start_date,end_date,sources\n"
        "cst-arm,cst,arm,party,1992-05-15,..,page-1\n"
    )
    build(home, folder=data_folder)
    assert lines(home) == there
    path = written(tmp_path / "one.csv", *BOTH, tail="\n")
    path.write_text(path.read_text().replace("Armenia", "ARMENIA"))
    imported(home, path)
    assert lines(home, RESOLUTION) == {
        "<https://w3id.org/comity/id/membership/cow-alliances-4-1-350-arm-1> "
        "<https://w3id.org/comity/ns#alternativeTo> "
        "<https://w3id.org/comity/id/membership/cst-arm> "
        "<https://w3id.org/comity/id/source/comity-resolution> ."
    }
    drop_source(home, "cow-alliances-4.1", "me")
    assert lines(home, RESOLUTION) == set()


def test_export_leaves_out_what_may_not_be_passed_on_and_says_so(
    home: GraphHome, tmp_path: Path
) -> None:
    before = b"".join(export_graph(home.engine(), "nq"))
    imported(home, written(tmp_path / "one.csv", *BOTH))
    engine = home.engine()
    assert withheld(engine) == ("cow-alliances-4.1",)
    first, _, rest = b"".join(export_graph(engine, "nq")).partition(b"\n")
    assert first == b"# Left out, since they may not be passed on: cow-alliances-4.1"
    assert rest == before
    head, *things = b"".join(export_graph(engine, "jsonl")).splitlines()
    assert json.loads(head) == {"left_out": ["cow-alliances-4.1"]}
    assert not any(b"cow-alliances-4.1" in thing for thing in things)
    whole = b"".join(export_graph(engine, "nq", everything=True))
    assert whole == b"".join(engine.dump())
    assert b"cow-alliances-4.1" in whole


def test_importer_says_what_it_is() -> None:
    assert CowAlliances.origin.source == "cow-alliances-4.1"
    assert CowAlliances.origin.slug == "cow-alliances-4-1"


def test_names_and_codes_of_imported_sources_do_not_count(home: GraphHome, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(
        "source: {name: sheet, label: Sheet, publisher: Me, licence: CC0, may_pass_on: true}\n"
        "rows: membership\n"
        "fields:\n"
        "  organisation: {column: Body, by: name, make: international-organisation}\n"
        "  member: {value: arm}\n"
        "  role: {value: member}\n"
    )
    for rows in ("New League\n", "New League\nNew League\n"):
        path = tmp_path / "sheet.csv"
        path.write_text("Body\n" + rows)
        found = import_files(
            home, "table", [path], retrieved=DAY, who="me", mapping=tmp_path / "map.yaml"
        )
        # The league is made again, not named as it stood in the batch that is replaced.
        assert found.rejected == 0
        assert sum('prefLabel> "New League"' in line for line in lines(home, "sheet")) == 1
    assert World.of(home.engine(), "another").by_name("New League") is None
