"""Stories: what a file may say, where its numbers and documents come from, what is refused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.errors import DataError, NotFoundError
from comity.graph.engine import EmbeddedEngine
from comity.graph.stories.shelf import Stories
from comity.graph.stories.story import read_stories, shipped_stories
from comity.graph.stories.telling import tell

TREATY = "the-collective-security-treaty"
SEPTEMBER = "september-2022"


@pytest.fixture(scope="module")
def stories() -> Stories:
    return Stories()


def written(folder: Path, changes: Mapping[str, Any], step: Mapping[str, Any]) -> Path:
    """A folder with the treaty's story, changed as a whole and in its first step."""
    text = (shipped_stories() / f"{TREATY}.yaml").read_text(encoding="utf-8")
    values = yaml.safe_load(text)
    values |= changes
    values["steps"][0] |= step
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return folder


def faults(engine: EmbeddedEngine, folder: Path) -> str:
    with pytest.raises(DataError) as refused:
        tell(engine, read_stories(folder)[0])
    return str(refused.value)


def said(text: str, *cites: str) -> dict[str, Any]:
    return {"say": [{"text": text, "cites": list(cites)}], "numbers": {}}


def test_seats_of_the_treaty_are_counted_in_the_graph(
    shipped_engine: EmbeddedEngine, stories: Stories
) -> None:
    """Six signed in 1992, nine were parties at the end of 1993, six from 1999, seven members
    from 2006 to 2012, six since; FACTS of the treaty record, counted by hand."""
    steps = stories.told(shipped_engine, TREATY).steps
    assert "six states signed" in steps[0].text
    assert "nine states were parties" in steps[1].text
    assert "That left six parties" in steps[2].text
    assert "The same six states" in steps[3].text
    assert "seven members became six" in steps[4].text
    assert "one of six members" in steps[5].text


def test_the_first_counts_of_the_dead_are_those_reported(
    shipped_engine: EmbeddedEngine, stories: Stories
) -> None:
    told = stories.told(shipped_engine, SEPTEMBER).steps[1]
    assert "49 or more soldiers killed" in told.text
    assert "105 Armenian and 50 Azerbaijani soldiers" in told.text


def test_every_sentence_leads_to_a_document(
    shipped_engine: EmbeddedEngine, stories: Stories
) -> None:
    for story in stories.all():
        told = stories.told(shipped_engine, story.id)
        assert 5 <= len(told.steps) <= 9
        for step in told.steps:
            assert len(step.text.split()) <= 62
            for sentence in step.sentences:
                assert sentence.notes
                assert max(sentence.notes) <= len(told.documents)


def test_kazakhstan_is_not_among_the_silent(
    shipped_engine: EmbeddedEngine, stories: Stories
) -> None:
    """Of Belarus, Kazakhstan, Kyrgyzstan and Tajikistan only Kazakhstan's minister was found."""
    last = stories.told(shipped_engine, SEPTEMBER).steps[-1]
    assert "three have no statement of their own" in last.text


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (said("Something happened."), "cites nothing: Something happened."),
        (said("It happened.", "membership/cst-nobody"), "there is no membership/cst-nobody"),
        (said("It happened.", "stance/nobody-said-this"), "there is no act nobody-said-this"),
        (said("It happened.", "nonsense"), "nonsense is not type/id of a thing"),
        (
            said("Seven states signed.", "treaty/cst"),
            "writes a number (Seven) that should come from the graph",
        ),
        (said("There were 9 states.", "treaty/cst"), "writes a number (9)"),
        (said("There were {many}.", "treaty/cst"), "{many} is not among its numbers"),
        (said(" ".join(["word"] * 61), "treaty/cst"), "has 61 words; 60 at most"),
        ({"camera": ["usa"]}, "there is no actor usa in the view"),
        ({"highlight": ["arm-no-such-act"]}, "there is no act arm-no-such-act"),
        ({"lens": "warsaw-pact"}, "the lens warsaw-pact is not offered"),
        ({"numbers": {"signed": {"report": "none"}}}, "the number signed comes from"),
        ({"colour": "red"}, "has unknown fields: colour"),
        ({"date": "yesterday"}, "date is 'yesterday', not a day"),
    ],
)
def test_what_rests_on_nothing_is_refused(
    shipped_engine: EmbeddedEngine, tmp_path: Path, step: dict[str, Any], fault: str
) -> None:
    assert fault in faults(shipped_engine, written(tmp_path / "stories", {}, step))


def test_a_part_that_no_document_states_may_not_be_told(
    shipped_engine: EmbeddedEngine, tmp_path: Path, unsourced: str
) -> None:
    folder = written(tmp_path / "stories", {}, said("It is so.", f"membership/{unsourced}"))
    assert f"of membership/{unsourced}" in faults(shipped_engine, folder)


@pytest.fixture
def unsourced(shipped_engine: EmbeddedEngine) -> str:
    """A membership of which a part is from general knowledge."""
    rows = (Path(__file__).parents[2] / "data/seed/organisations/memberships.csv").read_text(
        encoding="utf-8"
    )
    header, *lines = rows.splitlines()
    at = header.split(",").index("unsourced_part")
    return next(line.split(",")[0] for line in lines if line.split(",")[at])


def test_days_years_and_articles_are_no_counts(
    shipped_engine: EmbeddedEngine, tmp_path: Path
) -> None:
    text = "On 2 April 1999 articles 2 and 4 were in force since 1994."
    folder = written(tmp_path / "stories", {"id": "own"}, said(text, "treaty/cst"))
    assert tell(shipped_engine, read_stories(folder)[0]).steps[0].text == text


def test_stories_of_the_data_directory_come_after_those_that_ship(
    shipped_engine: EmbeddedEngine, tmp_path: Path
) -> None:
    written(tmp_path / "stories", {"id": "own"}, {})
    assert [one.id for one in Stories(tmp_path).all()] == [SEPTEMBER, TREATY, "own"]
    with pytest.raises(NotFoundError, match="There is no story other; stories: september-2022"):
        Stories(tmp_path).told(shipped_engine, "other")


def test_two_stories_with_one_id_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "stories", {}, {})
    with pytest.raises(DataError, match="two stories have it"):
        Stories(tmp_path)
