"""`comity decide --suggest`, run as a person runs it: what is near, and many decisions at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from comity.graph.build import build
from comity.graph.decisions import decisions
from comity.graph.home import GraphHome

MAPPING = """
source: {name: sheet, label: Sheet, publisher: Me, licence: CC0, may_pass_on: true}
rows: membership
fields:
  organisation: {value: csto}
  member: {column: Who, by: name}
  role: {value: member}
"""


def comity(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COMITY_")}
    command = Path(sys.executable).with_name("comity")
    return subprocess.run(
        [str(command), *map(str, arguments)], capture_output=True, text=True, env=environment
    )


@pytest.mark.slow
def test_names_are_listed_recorded_and_then_followed(tmp_path: Path, data_folder: Path) -> None:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    mapping, sheet = tmp_path / "map.yaml", tmp_path / "sheet.csv"
    mapping.write_text(MAPPING)
    sheet.write_text("Who\nArmenia\nArmenya\n")
    bring = (
        *("import", "table", sheet, "--mapping", mapping, "--retrieved", "2026-11-25"),
        *("--rejects", "0.9", "--data", home.folder),
    )
    assert "(1 rejected)" in comity(*bring).stdout
    suggest = ("decide", "--suggest", "--data", home.folder)
    listed = comity(*suggest).stdout
    assert "comity decide Armenya --is arm --in sheet --why REASON" in listed
    assert "refused" in listed
    assert decisions(home.engine()) == []
    refused = comity(*suggest, "--accept-above", "97")
    assert (refused.returncode, "need a reason" in refused.stderr) == (2, True)
    done = comity(*suggest, "--accept-above", "97", "--why", "as in Turkish lists", "--who", "m")
    assert "Recorded: 1 decision(s)" in done.stdout
    [one] = decisions(home.engine())
    assert (one.name, one.actor, one.source, one.who) == ("Armenya", "arm", "sheet", "m")
    again = comity(*bring).stdout
    assert "(0 rejected)" in again
    assert "In place of 2 rows of sheet" in again
    assert "nothing changed" in comity(*bring).stdout


@pytest.mark.parametrize(
    "arguments", [("--accept-above", "97"), ("Armenya", "--suggest"), ("--suggest", "--nobody")]
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = comity("decide", *arguments, "--data", tmp_path)
    assert (done.returncode, "goes with" in done.stderr) == (2, True)
