"""Stories in a real browser: steps, keys, notes, paper, and texts that stay text."""

import json
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comity.graph.drawing.files import story_file
from comity.graph.home import GraphHome
from comity.graph.stories.shelf import Stories
from comity.graph.stories.telling import ToldStory

pytestmark = pytest.mark.browser

STORY = "/stories/september-2022?format=html"
PAYLOADS = (
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    "href <a href=javascript:window.pwned=1>x</a>",
)


def heading(page: Any) -> str:
    return str(page.locator("#step-heading").inner_text())


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("story", ["september-2022", "the-collective-security-treaty"])
def test_arrows_lead_through_every_step(
    watch: Any, live_server: str, story: str, size: str
) -> None:
    with urllib.request.urlopen(f"{live_server}/stories/{story}") as answer:
        told = json.load(answer)
    watched = watch(f"{live_server}/stories/{story}?format=html", size=size)
    page = watched.page
    for number, step in enumerate(told["steps"], 1):
        assert heading(page) == step["heading"]
        assert page.evaluate("location.search") == f"?step={number}"
        assert watched.edges()
        shown = {act for edge in watched.edges() for act in edge["acts"]}
        acts = {
            act
            for act in step["highlight"]
            if act in page.evaluate("comity.data.acts.map((a) => a.id)")
        }
        assert acts <= shown
        wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide == inner
        page.keyboard.press("ArrowRight")
    assert heading(page) == told["steps"][-1]["heading"]


def test_the_address_opens_a_step(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}{STORY}&step=4").page
    assert heading(page) == "What Russia and the CSTO answered"
    assert page.locator('.lens[aria-pressed="true"]').inner_text() == "CSTO"
    page.locator(".dot").nth(1).click()
    assert heading(page) == "Counting the dead"
    assert page.locator(".dot[aria-current]").count() == 1


def test_sentences_lead_to_documents_and_notes_are_for_the_presenter(
    watch: Any, live_server: str
) -> None:
    page = watch(f"{live_server}{STORY}").page
    first = page.locator("#step-text sup a").first
    note = first.inner_text()
    assert first.get_attribute("href") == f"#document-{note}"
    assert page.locator(f"#document-{note}").inner_text()
    assert not page.locator("#step-notes").is_visible()
    page.keyboard.press("n")
    assert page.locator("#step-notes").is_visible()


def test_on_paper_each_step_has_its_page(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}{STORY}").page
    page.emulate_media(media="print")
    assert page.locator(".told article").count() == 7
    assert page.locator(".told article svg").first.is_visible()
    assert not page.locator("main").is_visible()
    breaks = page.locator(".told article").first.evaluate("(e) => getComputedStyle(e).breakAfter")
    assert breaks == "page"


def test_without_scripts_the_story_can_be_read(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}{STORY}", ready=False, java_script_enabled=False).page
    assert page.locator(".told article h3").all_inner_texts()[0] == "1. 13 September: two accounts"
    assert page.locator(".told svg").first.is_visible()


@pytest.mark.parametrize("text", PAYLOADS)
def test_texts_of_a_story_are_never_markup(
    watch: Any, shipped_home: GraphHome, tmp_path: Path, text: str
) -> None:
    engine = shipped_home.engine()
    told = Stories().told(engine, "september-2022")
    path = tmp_path / "story.html"
    path.write_bytes(story_file(engine, hostile(told, text), "html"))
    page = watch(path.as_uri()).page
    for _ in told.steps:
        assert heading(page) == text
        page.keyboard.press("n")
        page.keyboard.press("ArrowRight")
    assert text in page.locator("#step-text").inner_text()
    assert page.evaluate("window.pwned") is None
    assert page.locator("#story img, .told img, .told script").count() == 0
    assert story_file(engine, hostile(told, text), "pdf").startswith(b"%PDF")


def hostile(told: ToldStory, text: str) -> ToldStory:
    """The story with a text in every field that its author writes."""
    steps = tuple(
        replace(
            one,
            step=replace(one.step, heading=text, notes=text),
            sentences=tuple(replace(each, text=text) for each in one.sentences),
        )
        for one in told.steps
    )
    documents = tuple(replace(one, label=text, publisher=text, url="") for one in told.documents)
    story = replace(told.story, title=text, summary=text)
    return replace(told, story=story, steps=steps, documents=documents)
