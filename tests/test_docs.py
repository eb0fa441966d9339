"""The documents say what is true: generated pages are current, every name is explained."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from comity.api.app import create_app
from comity.api.settings import Settings
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.graph.sources.shapes import TABLES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def generate() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "generate.py"))


def test_questions_page_is_what_the_files_say(
    generate: dict[str, Any], shipped_engine: EmbeddedEngine
) -> None:
    committed = (DOCS / "questions.md").read_text(encoding="utf-8")
    assert committed == generate["questions_page"](shipped_engine), "run `make docs` and commit"


def test_the_list_of_measures_is_what_the_code_says(
    generate: dict[str, Any], shipped_engine: EmbeddedEngine
) -> None:
    committed = (DOCS / "measure-list.md").read_text(encoding="utf-8")
    assert committed == generate["measures_page"](shipped_engine), "run `make docs` and commit"
    for part in ("Definition", "Formula", "Degenerate cases", "Reference"):
        entries = committed.split("\n### ")[1:]
        assert not [one.splitlines()[0] for one in entries if part not in one], part


def test_the_pictures_of_measures_are_those_of_their_examples(
    generate: dict[str, Any], shipped_engine: EmbeddedEngine
) -> None:
    page = (DOCS / "measure-list.md").read_text(encoding="utf-8")
    pictures = generate["measure_plots"](shipped_engine)
    assert len(pictures) == 4
    for name, picture in pictures.items():
        committed = (DOCS / name).read_text(encoding="utf-8")
        assert f"]({name})" in page
        # The last digits of places are another processor's; what is drawn is the same.
        assert _labels(committed) == _labels(picture), "run `make docs` and commit"


def _labels(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*[A-Za-z][^<]*)</text>", picture)


def test_openapi_is_what_the_service_is(generate: dict[str, Any]) -> None:
    committed = (DOCS / "openapi.json").read_text(encoding="utf-8")
    assert committed == generate["openapi"](), "run `make docs` and commit"


def test_operation_ids_are_unique_and_every_operation_is_explained() -> None:
    operations = [
        operation
        for methods in create_app().openapi()["paths"].values()
        for operation in methods.values()
    ]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) > 30
    assert {"listActors", "getActor", "listStances", "getNetwork", "querySparql"} <= set(names)
    for operation in operations:
        assert operation["description"], operation["operationId"]


def test_every_setting_is_on_the_page() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`COMITY_{name.upper()}`" in page, name


def test_every_table_and_column_is_on_the_page_of_the_format() -> None:
    page = (DOCS / "data-format.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)\.csv` \| (.*) \|$", page, re.MULTILINE))
    assert rows.keys() == TABLES.keys()
    inside_documents = {"acts", "reports", "claims", "casualty_reports", "observations"}
    only_documents = inside_documents | {"copy", "extent_read", "issued_note", "positions"}
    only_documents |= {"text_sha256", "text_length"}
    # An import writes these itself (docs/importing.md).
    only_documents |= {"version", "may_pass_on", "importer", "files", "content_sha256"}
    only_documents |= {"archived", "rows", "rejected", "statements"}
    for name, shape in TABLES.items():
        described = set(rows[name].split(", "))
        assert described <= shape.accepts(), name
        assert shape.accepts() - described <= only_documents, name


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def readme_commands() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^\$ (?:\.venv/bin/)?(comity .*)$", text, re.MULTILINE)


def test_readme_shows_a_session() -> None:
    assert len(readme_commands()) >= 4


@pytest.mark.parametrize("command", readme_commands())
def test_readme_command_answers_what_the_readme_shows(
    command: str, shipped_home: GraphHome, tmp_path: Path
) -> None:
    program, *arguments = shlex.split(command)
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        env=os.environ | {"COMITY_DATA": str(shipped_home.folder)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.partition(f"{command}\n")[2].partition("\n$ ")[0].partition("\n```")[0]
    printed = {line.strip() for line in done.stdout.splitlines()}
    for line in shown.splitlines():
        if line.strip() and line.strip() != "...":
            assert line.strip() in printed, line
