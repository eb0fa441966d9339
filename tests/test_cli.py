"""The command, run as a person runs it: in a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from comity.graph.home import GraphHome

COMITY = Path(sys.executable).with_name("comity")


def comity(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COMITY_")}
    return subprocess.run(
        [str(COMITY), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
    )


@pytest.fixture(scope="module")
def data(shipped_home: GraphHome) -> Path:
    return shipped_home.folder


def test_help_teaches_every_command() -> None:
    text = comity("--help").stdout
    for name in ("serve", "build", "ask", "show", "export", "validate", "resolve", "check"):
        assert name in text
        assert comity(name, "--help").returncode == 0


def test_question_is_answered_as_table_csv_and_json(data: Path) -> None:
    given = ("ask", "members-of", "--alliance", "csto", "--as-of", "2022-09-13", "--data", data)
    table = comity(*given)
    assert table.returncode == 0
    assert "Armenia (arm)" in table.stdout
    assert "6 row(s)" in table.stdout
    assert "Uzbekistan" not in table.stdout
    rows = json.loads(comity(*given, "--format", "json").stdout)
    assert {row["member"]["id"] for row in rows} == {"arm", "blr", "kaz", "kgz", "rus", "tjk"}
    lines = comity(*given, "--format", "csv").stdout.splitlines()
    assert len(lines) == 7
    assert lines[0].startswith("member,")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("ask", "members-off"), "members-of"),
        (("ask", "members-of", "--aliance", "csto"), "alliance"),
        (("ask", "members-of", "--alliance", "csto", "--as-of", "2022-02-30"), "2022-02-30"),
        (("ask", "members-of", "--alliance"), "needs a value"),
        (("ask", "members-of", "--alliance", "csto", "--format", "pdf"), "formats"),
        (("export", "--format", "xls"), "nq"),
        (("show", "--out", "network.doc"), ".html"),
        (("validate", "no-such-folder"), "nothing at"),
    ],
)
def test_fault_is_one_line_on_standard_error(
    data: Path, arguments: tuple[str, ...], word: str
) -> None:
    done = comity(*arguments, *(() if arguments[0] == "validate" else ("--data", data)))
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_panel_leaves_counts_empty_where_a_state_does_not_exist(data: Path) -> None:
    asked = ("panel", "--data", data, "--since", "2022-09-12", "--until", "2022-09-12")
    states = ("--state", "arm", "--state", "aze", "--state", "sun")
    found = comity(*asked, *states, "--every", "week", "--format", "json")
    rows = {(row["sender"], row["receiver"]): row for row in json.loads(found.stdout)}
    assert len(rows) == 6
    assert rows["aze", "arm"]["acts"] > 0
    assert rows["aze", "sun"]["acts"] is None
    refused = comity(*asked, *states, "--every", "fortnight")
    assert refused.returncode != 0
    assert "one of day, week, month, year" in refused.stderr
    refused = comity(*asked, *states, "--every", "week", "--format", "siena")
    assert "siena is no text: name where to write it with --out" in refused.stderr


def test_panel_becomes_matrices_for_r(data: Path, tmp_path: Path) -> None:
    comity(
        *("panel", "--data", data, "--since", "2022-09-12", "--until", "2022-09-22"),
        *("--every", "week", "--state", "arm", "--state", "fra", "--state", "sun"),
        *("--format", "siena", "--tie", "acts", "--out", tmp_path / "waves"),
    )
    # France is not named in the second week, and there is no Soviet Union.
    assert (tmp_path / "waves/wave-2022-09-19.txt").read_text() == "0 0 10\nNA 0 10\n10 10 0\n"


def test_directory_without_a_graph_says_what_to_do(tmp_path: Path) -> None:
    done = comity("resolve", "Blinkin", "--data", tmp_path)
    assert done.returncode == 1
    assert "comity build" in done.stderr


def test_questions_are_listed_and_explained() -> None:
    assert "members-of" in comity("ask").stdout
    explained = comity("ask", "members-of", "--help").stdout
    assert "--alliance" in explained
    assert "Example: comity ask members-of" in explained


def test_shipped_files_are_valid_and_faults_are_named(data_folder: Path) -> None:
    assert "no faults" in comity("validate").stdout
    path = data_folder / "memberships.csv"
    path.write_text(path.read_text().replace("csto,arm", "csto,arn"), encoding="utf-8")
    done = comity("validate", data_folder)
    assert done.returncode == 2
    assert "memberships.csv:2: member: no actor has the id 'arn'; did you mean arm?" in done.stderr


def test_graph_goes_out_and_rdf_is_checked(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.nq"
    assert comity("export", "--out", out, "--data", data).returncode == 0
    assert len(out.read_text().splitlines()) > 100_000
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix comity: <https://w3id.org/comity/ns#> .\n"
        "<https://w3id.org/comity/id/tenure/x> a comity:Tenure .\n",
        encoding="utf-8",
    )
    done = comity("validate", bad)
    assert done.returncode == 2
    assert "tenure/x" in done.stdout


class Served:
    """A `comity serve` process and what it printed before it answered."""

    def __init__(self, *arguments: object) -> None:
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [str(COMITY), "serve", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.lines: list[str] = []
        while not self.lines or not self.lines[-1].startswith("Try:"):
            line = self.process.stdout.readline()
            assert line, self.process.stderr.read() if self.process.stderr else ""
            self.lines.append(line.strip())
        self.address = re.findall(r"http://[\d.:]+", "\n".join(self.lines))[0]
        while True:
            try:
                httpx.get(f"{self.address}/health").raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.01)
        self.seconds = time.monotonic() - self.begun

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)
        return self.process.returncode


def test_serve_builds_first_keeps_the_graph_and_drains(tmp_path: Path) -> None:
    first = Served("--port", 0, "--data", tmp_path / "g")
    assert re.match(
        r"Comity [\d.]+: 2\d\d states, \d+ organisations, \d+ officials, \d+ acts from \d+ documents",
        first.lines[0],
    )
    version = httpx.get(f"{first.address}/version").json()
    # Reading commands work beside the running server.
    assert "Armenia" in comity("resolve", "Armenia", "--data", tmp_path / "g").stdout
    assert first.stop() in (0, -signal.SIGTERM)
    second = Served("--port", 0, "--data", tmp_path / "g")
    assert httpx.get(f"{second.address}/version").json() == version
    second.stop()


def test_disagreements_are_narrowed_by_side_source_and_kind(data: Path) -> None:
    ask = ("disagreements", "--data", data, "--format", "json", "--who", "aze")
    found = json.loads(comity(*ask, "--source", "cow-alliances-4-1").stdout)
    # 365 days to 15 May 1993, 132 more to 24 September.
    assert {
        (one["differs_on"], one["value"], one["other_value"], one["size"]) for one in found
    } == {
        ("start", "1993-09-24", "1992-05-15", 497),
        ("end", "1999-04-20", "..", 5004),
    }
    narrow = json.loads(comity(*ask, "--about", "cst", "--differs-on", "end").stdout)
    assert [one["size"] for one in narrow] == [5004]
    assert json.loads(comity(*ask, "--source", "unga-votes").stdout) == []


def test_busy_port_names_the_next_one(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = comity("serve", "--port", port, "--data", data)
    assert done.returncode == 2
    assert f"make serve PORT={port + 1}" in done.stderr


def test_a_network_without_a_day_is_that_of_today(data: Path) -> None:
    given = ("network", "--actor", "csto", "--relation", "membership", "--data", data)
    # Uzbekistan left in 2012.
    assert "uzb" not in comity(*given).stdout
    assert "uzb" in comity(*given, "--as-of", "any").stdout
