"""`comity ask`: formats, files, and what it refuses."""

import csv
import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest

from comity.graph.home import GraphHome

COMITY = str(Path(sys.executable).with_name("comity"))
CSTO = ("ask", "members-of", "--alliance", "csto", "--as-of", "2022-09-13")


@pytest.fixture
def environment(shipped_home: GraphHome) -> dict[str, str]:
    return os.environ | {"COMITY_DATA": str(shipped_home.folder)}


def run(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMITY, *map(str, arguments)], env=environment, capture_output=True, check=False
    )


def test_file_is_written_in_every_format(environment: dict[str, str], tmp_path: Path) -> None:
    for name in ("csv", "tsv", "json", "md", "parquet"):
        path = tmp_path / f"members.{name}"
        done = run(environment, *CSTO, "--format", name, "--out", path)
        assert done.returncode == 0, done.stderr
        assert b"Wrote" in done.stdout
        assert path.stat().st_size > 100
    table = pyarrow.parquet.read_table(tmp_path / "members.parquet")
    assert table.column("member_label").to_pylist()[0] == "Armenia"
    assert (tmp_path / "members.md").read_text().count("\n") == 8


def test_columns_are_chosen(environment: dict[str, str]) -> None:
    done = run(environment, *CSTO, "--format", "csv", "--columns", "role, member")
    rows = list(csv.reader(io.StringIO(done.stdout.decode())))
    assert rows[:2] == [["role", "member", "member_label"], ["member", "arm", "Armenia"]]
    wrong = run(environment, *CSTO, "--columns", "membr")
    assert wrong.returncode == 2
    assert b"no column 'membr'" in wrong.stderr
    assert b"Did you mean member?" in wrong.stderr


def test_parquet_goes_to_a_pipe_and_never_to_a_terminal(environment: dict[str, str]) -> None:
    piped = run(environment, *CSTO, "--format", "parquet")
    assert piped.stdout[:4] == piped.stdout[-4:] == b"PAR1"
    terminal, end = pty.openpty()
    done = subprocess.run(
        [COMITY, *CSTO, "--format", "parquet"], env=environment, stdout=end, stderr=subprocess.PIPE
    )
    os.close(end)
    os.close(terminal)
    assert done.returncode == 2
    assert b"--out" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--alliance", "cstoo"), (b"no organisation", b"Did you mean csto?")),
        (("--alliance", "arm"), (b"Armenia (arm) is a state, not an organisation",)),
        (("--role", "membr"), (b"role must be one of", b"Did you mean member?")),
        (("--format", "pdf"), (b"table, csv, tsv, json, parquet, md",)),
        (("--out", "x.txt"), (b"--format",)),
    ],
)
def test_fault_is_named_with_the_remedy(
    environment: dict[str, str], arguments: tuple[str, ...], words: tuple[bytes, ...]
) -> None:
    done = run(environment, "ask", "members-of", *arguments)
    assert done.returncode == 2
    for word in words:
        assert word in done.stderr


def test_explanation_names_values_columns_and_an_example(environment: dict[str, str]) -> None:
    text = run(environment, "ask", "members-of", "--help").stdout.decode()
    assert "one of associate, candidate" in text
    assert "csto" in text
    assert "source_count" in text
    assert "Example: comity ask members-of --alliance csto --as-of 2022-09-13" in text
