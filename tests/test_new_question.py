"""Adding one file adds all of a question: command, address, operation, page, example."""

import csv
import io
import os
import runpy
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from comity.api.settings import Settings
from comity.errors import InputError
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome
from comity.queries.catalogue import catalogue, themes
from comity.queries.examples import example_quads
from server import running

DOCS = Path(__file__).parent.parent / "docs"
FILE = """\
# title: Bodies that begin with a letter
# question: Which of two bodies was meant?
# keywords: [initial, letter]
# parameters:
#   body: {type: organisation, choices: two-bodies, meaning: the body}
#   as_of: {type: date, default: today, meaning: the day}
# columns:
#   body: the body
#   day: the day
# example: {body: csto, as_of: 2022-09-13}
SELECT ?body ?day WHERE {
  VALUES ?body { <https://w3id.org/comity/id/actor/csto> }
  VALUES ?as_of { "2022-09-13"^^xsd:date }
  ?body a comity:Actor .
  BIND(?as_of AS ?day)
}
"""
CHOICES = """\
SELECT ?value ?label WHERE {
  ?value a comity:Alliance ;
    skos:prefLabel ?label .
  FILTER(STRENDS(STR(?value), "/csto") || STRENDS(STR(?value), "/nato"))
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one question in a theme of its own, and the list it takes values from."""
    place = tmp_path_factory.mktemp("questions")
    for name, text in (("word-play/initials.rq", FILE), ("choices/two-bodies.rq", CHOICES)):
        (place / name).parent.mkdir()
        (place / name).write_text(text, encoding="utf-8")
    return place


def test_catalogue_and_themes_have_it_beside_the_shipped_ones(folder: Path) -> None:
    found = catalogue(folder)
    assert found.keys() - catalogue().keys() == {"initials"}
    assert themes(found)["word-play"] == "Word play"
    assert list(found)[-1] == "initials"


def test_command_answers_explains_and_lists_it(folder: Path, shipped_home: GraphHome) -> None:
    def comity(*arguments: str) -> str:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("comity")), "ask", *arguments],
            env=os.environ | {"COMITY_DATA": str(shipped_home.folder)},
            capture_output=True,
            text=True,
        )
        return done.stdout + done.stderr

    here = ("--questions", str(folder))
    assert "Which of two bodies was meant?" in comity(*here)
    assert "one of csto, nato" in comity("initials", "--help", *here)
    body = comity("initials", "--body", "nato", "--as-of", "2022-09-13", "--format", "csv", *here)
    assert list(csv.DictReader(io.StringIO(body))) == [
        {"body": "nato", "body_label": "North Atlantic Treaty Organization", "day": "2022-09-13"}
    ]
    assert "2 two-bodies that body takes: csto, nato" in comity("initials", "--body", "weu", *here)
    assert "no question 'initials'" in comity("initials")


def test_service_lists_describes_and_answers_it(folder: Path, shipped_home: GraphHome) -> None:
    with (
        running(Settings(data=shipped_home.folder, questions=folder)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        items = {item["id"]: item for item in client.get("/queries").json()["items"]}
        assert items["initials"]["parameters"][0]["choices"] == [
            {"value": "csto", "label": "Collective Security Treaty Organization"},
            {"value": "nato", "label": "North Atlantic Treaty Organization"},
        ]
        operation = client.get("/openapi.json").json()["paths"]["/queries/initials"]["get"]
        assert operation["operationId"] == "askInitials"
        assert operation["tags"] == ["questions: Word play"]
        assert operation["parameters"][0]["schema"]["enum"] == ["csto", "nato"]
        assert "Which of two bodies was meant?" in client.get("/docs").text
        answer = client.get("/queries/initials", params={"body": "csto", "as_of": "2022-09-13"})
        assert answer.json()["items"][0]["day"] == "2022-09-13"
        # Without the parameter it needs, a program is told so and a person gets the form.
        bare = client.get("/queries/initials")
        assert bare.status_code == 422
        assert "This question needs body" in bare.json()["detail"]
        page = client.get("/queries/initials", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert '<option value="nato">North Atlantic Treaty Organization</option>' in page.text
        assert "Show the example" in page.text


def test_graph_and_documents_have_it(folder: Path, shipped_engine: EmbeddedEngine) -> None:
    quads = list(example_quads(catalogue(folder).values()))
    about = {
        quad.predicate.value.rpartition("#")[2]: quad.object.value
        for quad in quads
        if quad.subject.value.endswith("/question/initials")
    }
    assert about["comment"] == "Which of two bodies was meant?"
    assert shipped_engine.select(about["select"]).rows
    page = runpy.run_path(str(DOCS / "generate.py"))["questions_page"](
        shipped_engine, {"initials": catalogue(folder)["initials"]}
    )
    assert "comity ask initials --body csto --as-of 2022-09-13" in page
    assert "one of `csto`, `nato`" in page
    assert "| 2022-09-13 |" in page


def test_folder_with_a_fault_is_refused_with_a_sentence(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        catalogue(tmp_path / "none")
    (tmp_path / "alliances").mkdir()
    (tmp_path / "alliances" / "members-of.rq").write_text(FILE.replace("two-bodies", "events"))
    with pytest.raises(InputError, match="two questions 'members-of'"):
        catalogue(tmp_path)
