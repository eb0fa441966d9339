"""Networks and measures on the command line, as a person runs them."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.graph.build import build
from comity.graph.exchange import read
from comity.graph.home import GraphHome

COMITY = Path(sys.executable).with_name("comity")
TRIBES = Path(__file__).parent / "graph" / "measures" / "tribes.csv"
ATTACK = ("--event", "attack-on-armenia-2022-09", "--level", "state")


def comity(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(COMITY), *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def data(shipped_home: GraphHome) -> Path:
    return shipped_home.folder


def test_the_list_of_measures_tells_where_their_pages_are() -> None:
    listed = comity("measure", "list").stdout
    assert " docs/measures/pn.md" in listed
    assert "Page: docs/measures/pn.md" in comity("measure", "pn", "--help").stdout


def test_a_network_is_written_for_other_programs(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "attack.gexf"
    done = comity("network", *ATTACK, "--format", "gexf", "--out", path, "--data", data)
    assert done.returncode == 0, done.stderr
    graph = read(path.read_bytes(), "gexf")
    assert {"arm", "aze", "tur"} <= set(graph)
    assert f"{len(graph)} nodes and {graph.number_of_edges()} ties" in done.stdout
    rows = csv.DictReader(io.StringIO(comity("network", *ATTACK, "--data", data).stdout))
    assert len(list(rows)) == graph.number_of_edges()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--level", "stat"), "one of recorded, state, alliance"),
        (("--actor", "nobody"), "not in the graph"),
        (("--kind", "shout"), "one of"),
        (("--depth", "far"), "a number"),
        (("--levels", "state"), "no option --levels; options: --event"),
        (("--weight", "decay"), "go together"),
        (("--level", "state", "--level", "state"), "takes one value"),
        (("--format", "parquet"), "name a file with --out"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    data: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = comity("network", *arguments, "--data", data)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_frustration_index_of_a_network_of_ones_own() -> None:
    done = comity("measure", "frustration", "--edges", TRIBES, "--format", "json")
    found = json.loads(done.stdout)
    # Seven in both published copies of Read's tribes.
    assert (found["value"], found["lower_bound"], found["proven"]) == (7, 7, True)
    assert len(found["edges"]) == 7
    assert len(found["camps"]) == 2


def test_a_value_is_explained_by_acts(data: Path) -> None:
    given = ("measure", "degree", *ATTACK, "--explain", "tur", "--format", "json", "--data", data)
    found = json.loads(comity(*given).stdout)
    assert found["explained"]
    assert all("tur" in (tie["source"], tie["target"]) for tie in found["explained"])
    assert all(tie["acts"] for tie in found["explained"])


def test_a_network_of_ones_own_is_explained_by_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("source,target,weight,acts\na,b,2,x|y\nb,c,-1,z\nc,d,1,\n", encoding="utf-8")
    given = ("measure", "degree", "--edges", path, "--format", "json")
    one = json.loads(comity(*given, "--explain", "b").stdout)["explained"]
    assert [(tie["source"], tie["target"], tie["sign"], tie["acts"]) for tie in one] == [
        ("a", "b", 2, ["x", "y"]),
        ("b", "c", -1, ["z"]),
    ]
    pair = json.loads(comity(*given, "--explain", "b", "--explain", "c").stdout)["explained"]
    assert [tie["acts"] for tie in pair] == [["z"]]
    assert "nobody is not in this network" in comity(*given, "--explain", "nobody").stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--group", "csto"), "source_group"),
        (("--event", "attack-on-armenia-2022-09"), "--event chooses from the graph"),
        (("--rule", "sum", "--all-rules"), "contradict"),
        (("--seconds", "1"), "degree has no parameter seconds"),
    ],
)
def test_options_that_do_not_go_with_a_file_are_refused(
    arguments: tuple[str, ...], words: str
) -> None:
    done = comity("measure", "degree", "--edges", TRIBES, *arguments)
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_an_unknown_option_names_those_there_are(data: Path) -> None:
    done = comity("measure", "triads", "--lvel", "state", "--data", data)
    assert done.returncode == 2
    assert "no option --lvel; options of triads: --rule; of every network: --event," in done.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"source,target,weight\na,b,NaN\n", "edges.csv: The edge a - b has 'NaN'"),
        (b"source;target;sign\na;b;1\n", "give source, target and sign"),
        (b"source,target,sign\n\xe9,b,1\n", "not in UTF-8"),
        (b"source,target,sign,sign\na,b,1,-1\n", "the column 'sign' twice"),
        (b"source,target,sign\na,b," + b"1" * 200_000 + b"\n", "cannot be read as a network"),
    ],
)
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, text: bytes, words: str) -> None:
    path = tmp_path / "edges.csv"
    path.write_bytes(text)
    done = comity("measure", "frustration", "--edges", path)
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_groups_are_members_on_the_last_day(data: Path) -> None:
    given = ("measure", "e-i", *ATTACK, "--as-of", "2022-09-22", "--data", data, "--format", "csv")
    done = comity(*given, "--group", "csto", "--group", "nato")
    assert done.returncode == 0, done.stderr
    named = {row["node"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert {"arm", "rus", "kaz", "tur", "usa"} <= named
    # In neither that day.
    assert not {"aze", "geo", "irn"} & named
    alone = comity(*given)
    assert alone.returncode != 0
    assert "group" in alone.stderr
    nobody = comity(*given, "--group", "csto", "--group", "arm")
    assert "Nobody surely was a member of 'arm' on 2022-09-22" in nobody.stderr


def test_members_of_a_group_are_counted_as_for_the_organisation(data: Path) -> None:
    given = ("--relation", "stance", "--relation", "vote", "--as-of", "2022-09-30")
    done = comity(
        "measure", "cohesion", *given, "--group", "csto", "--data", data, "--format", "csv"
    )
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    # Six members, whoever of their officials and ministries spoke; 50 things, 90 of 300 cells.
    assert (row["members"], row["items"], float(row["filled"])) == ("6", "50", 0.3)


def test_every_sign_rule_at_once_and_files(data: Path, tmp_path: Path) -> None:
    done = comity("measure", "triads", "--edges", TRIBES, "--all-rules", "--format", "md")
    assert "| of | name | sum | any-negative | reciprocal | spread |" in done.stdout
    path = tmp_path / "degree.parquet"
    written = comity("measure", "degree", "--edges", TRIBES, "--format", "parquet", "--out", path)
    assert written.returncode == 0, written.stderr
    assert path.read_bytes()[:4] == b"PAR1"


def test_result_without_rows_still_has_its_columns(tmp_path: Path) -> None:
    # Two camps without an edge against them.
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target,sign\na,b,1\nb,c,-1\n")

    def printed(format: str) -> str:
        return comity("measure", "frustration", "--edges", edges, "--format", format).stdout

    assert printed("csv") == '"source","target","sign","acts"\n'
    assert printed("md") == "| source | target | sign | acts |\n| --- | --- | --- | --- |\n"
    refused = comity("measure", "degree", "--edges", edges, "--known-at", "2026-01-01")
    assert "--known-at chooses from the graph" in refused.stderr


def test_measure_and_panel_know_what_was_known_then(tmp_path: Path, data_folder: Path) -> None:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    of_arm = ("measure", "degree", "--as-of", "any", "--format", "csv", "--data", home.folder)
    now = comity(*of_arm).stdout
    assert now.startswith('"node","positive"')
    assert comity(*of_arm, "--known-at", "now").stdout == now
    soon = datetime.now(UTC).isoformat()
    assert comity(*of_arm, "--known-at", soon).stdout == now
    days = ("panel", "--since", "2022-01-01", "--until", "2022-12-31", "--data", home.folder)
    assert comity(*days, "--known-at", soon).stdout == comity(*days).stdout
    for command in (of_arm, days):
        early = comity(*command, "--known-at", "2020-01-01")
        assert (early.returncode != 0, "log of changes begins on" in early.stderr) == (True, True)
