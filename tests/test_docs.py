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
from comity.graph.measures.registry import measures
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


@pytest.fixture(scope="module")
def measure_pages(generate: dict[str, Any], shipped_engine: EmbeddedEngine) -> dict[str, str]:
    found: dict[str, str] = generate["measure_pages"](shipped_engine)
    return found


def test_the_pages_of_measures_are_what_the_code_says(measure_pages: dict[str, str]) -> None:
    committed = {
        path.name: path.read_text(encoding="utf-8") for path in (DOCS / "measures").glob("*.md")
    }
    assert committed == measure_pages, "run `make docs` and commit"


def test_every_measure_has_a_page_with_all_that_belongs_on_it(
    measure_pages: dict[str, str],
) -> None:
    assert {ROOT / one.page for one in measures().values()} == {
        DOCS / "measures" / name for name in measure_pages if name != "README.md"
    }
    parts = ("Definition:", "Formula:", "Degenerate cases:", "Reference:")
    for one in measures().values():
        page = measure_pages[f"{one.id}.md"]
        command = f"    comity measure {one.id} "
        for part in (*parts, one.title, "## Result\n\n* `", "## Example", command):
            assert part in page, f"{one.id}: {part}"
        for parameter in one.parameters:
            assert f"* `{parameter.name}` (" in page, f"{one.id}: {parameter.name}"
        assert f"[{one.id}]({one.id}.md)" in measure_pages["README.md"]


@pytest.mark.parametrize("name", ["triads", "e-i", "cascade"])
def test_the_example_of_a_measure_runs_as_it_stands(name: str, shipped_home: GraphHome) -> None:
    page = (DOCS / "measures" / f"{name}.md").read_text(encoding="utf-8")
    example = page.partition("## Example\n\n")[2]
    command, _, shown = example.partition("\n\n")
    program, *arguments = shlex.split(command)
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments, "--format", "md"],
        env=os.environ | {"COMITY_DATA": str(shipped_home.folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^\| .*\|$", shown, re.MULTILINE)[1:3]
    assert len(rows) == 2
    for row in rows:
        # As far as the page is wide.
        assert row.removesuffix(" |") in done.stdout


def test_the_pictures_of_measures_are_those_of_their_examples(
    generate: dict[str, Any], shipped_engine: EmbeddedEngine, measure_pages: dict[str, str]
) -> None:
    pictures = generate["measure_plots"](shipped_engine)
    assert len(pictures) == 4
    for name, picture in pictures.items():
        committed = (DOCS / "measures" / name).read_text(encoding="utf-8")
        assert f"]({name})" in measure_pages[name.replace(".svg", ".md")]
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
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
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
