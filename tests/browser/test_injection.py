"""A graph whose every text tries to run a script: on every page and in every file it stays text."""

import json
import secrets
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, Quad

from browser.addresses import THINGS
from comity.graph.build import ontology_quads
from comity.graph.drawing.page import render_page
from comity.graph.home import GraphHome
from comity.graph.sources.seed import read_seed, shipped_folder
from comity.graph.stories.story import shipped_stories
from comity.graph.view import DEFAULT_QUERY

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]

# What ran in other programs: an image, an end of script, of a comment and of `noscript`, the
# letters "href" (pyvis), a template. The tag of an end comes in both cases.
RUN = "window.pwned=true"
PAYLOAD = (
    f"\"'><img src=x onerror={RUN}></script><SCRIPT>{RUN}</SCRIPT></noscript></title></textarea>"
    f"<svg onload={RUN}>--><a href=javascript:{RUN}>href</a>"
)
SEEN = f"<img src=x onerror={RUN}>"
TEMPLATE = "{{ 7*7 }}${7*7}"
# What is no text but a key, a day or a count of the forms of the data.
KEYS = {
    "identifier", "startDate", "endDate", "observedOn", "date", "issued", "signed", "inForce",
    "row", "codingRow", "extentRead", "sha256", "textSha256", "prefix", "suffix",
}  # fmt: skip
TEXTS = (
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
)
WORD = urllib.parse.quote(PAYLOAD, safe="")
# Pages whose data are hostile: each must show the text.
PAGES = (
    "/",
    "/?view=table",
    "/?select=arm~aze~stance~-1&view=picture",
    "/?select=tur&lens=csto",
    "/?actor=csto&depth=1&relation=membership&as_of=2022-09-13",
    "/?embed=1&select=arm",
    "/actors/arm?format=html",
    "/stories/hostile?format=html",
    "/stories/hostile?format=html&step=2&view=presenting",
    "/queries/events-without-reaction?actor=usa&format=html",
    *THINGS,
)
# Words of the reader that come back: in forms, in sentences about what is wrong with them.
ASKED = (
    f"/actors?format=html&q={WORD}",
    f"/posts?format=html&q={WORD}",
    f"/sources?format=html&q={WORD}",
    f"/queries/members-of?alliance=csto&as_of=2022-09-13&format=html&{WORD}=1",
    f"/queries/members-of?alliance={WORD}&format=html",
    f"/organisations/csto?format=html&as_of={WORD}",
    f"/compare?format=html&actor={WORD}",
    f"/actors/{WORD}?format=html",
    f"/stories/{WORD}?format=html",
    f"/?since={WORD}",
    f"/?actor={WORD}",
    f"/?select={WORD}&lens={WORD}&steps={WORD}",
    f"/sparql?{WORD}=1",
)


def hostile(quad: Quad) -> Quad:
    """The same statement with the payload in its text, or as its address."""
    text, name = quad.object, quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
    if not isinstance(text, Literal) or name in KEYS:
        return quad
    if name == "url":
        made = Literal(f"javascript:{RUN}", datatype=text.datatype)
    elif text.datatype.value not in TEXTS:
        return quad
    elif text.language:
        made = Literal(f"{text.value} {PAYLOAD} {TEMPLATE}", language=text.language)
    else:
        made = Literal(f"{text.value} {PAYLOAD} {TEMPLATE}")
    return Quad(quad.subject, quad.predicate, made, quad.graph_name)


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> GraphHome:
    home = GraphHome(tmp_path_factory.mktemp("hostile"))
    seed = read_seed(shipped_folder())
    home.replace("tests", "hostile", [*ontology_quads(), *map(hostile, seed.quads())])
    (home.folder / "stories").mkdir()
    story = yaml.safe_load((shipped_stories() / "september-2022.yaml").read_text(encoding="utf-8"))
    story["id"] = "hostile"
    for name in ("title", "summary"):
        story[name] += PAYLOAD
    for step in story["steps"]:
        step["heading"] += PAYLOAD
        step["notes"] = step.get("notes", "") + PAYLOAD
        # A step may have sixty words, and no numbers of its own.
        step["say"][-1]["text"] += PAYLOAD
    (home.folder / "stories" / "hostile.yaml").write_text(yaml.safe_dump(story), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def hostile_server(hostile_home: GraphHome) -> Iterator[str]:
    from comity.api.settings import Settings
    from server import running

    with running(Settings(data=hostile_home.folder, query_deadline=60)) as address:
        yield address


def harmless(page: Any) -> None:
    """Nothing ran, and no text became an element or an address to run."""
    page.mouse.move(500, 400)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src='x'], svg[onload], [onerror], noscript noscript").count() == 0
    assert page.locator("[href^='javascript'], [src^='javascript']").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_texts_of_the_graph_stay_texts(watch: Any, hostile_server: str, path: str) -> None:
    page = watch(hostile_server + path).page
    for summary in page.locator("main details:not(#filters, #export) > summary").all()[:6]:
        summary.click()
    harmless(page)
    shown = page.evaluate("document.body.innerText + document.title")
    assert SEEN in shown
    # A template is not read twice.
    assert "{{ 7*7 }}" in shown or "/stories" in path


@pytest.mark.parametrize("path", ASKED)
def test_words_of_the_reader_stay_words(browser: Any, hostile_server: str, path: str) -> None:
    page = browser.new_page()
    heard: list[str] = []
    page.on("console", lambda one: heard.append(one.text))
    page.on("dialog", lambda one: heard.append(one.message))
    page.on("request", lambda one: heard.append(one.url) if "127.0.0.1" not in one.url else None)
    answer = page.goto(hostile_server + path)
    page.wait_for_timeout(150)
    harmless(page)
    page.close()
    # An answer that says what is wrong is one line of the console, and nothing else is.
    wrong = [one for one in heard if not (answer.status >= 400 and "Failed to load" in one)]
    assert wrong == []


def test_every_card_of_the_explorer_stays_text(watch: Any, hostile_server: str) -> None:
    page = watch(f"{hostile_server}/").page
    page.evaluate(
        """() => {
          const { acts, nodes } = comity.data;
          for (const act of acts) comity.choose({ act: act.id });
          for (const node of nodes) comity.choose({ node: node.key });
          for (const edge of comity.visibleEdges()) {
            const key = comity.keyOf(edge.subject, edge.object);
            if (key) comity.choose({ edge: key });
          }
        }"""
    )
    harmless(page)
    page.locator("#find").fill(PAYLOAD)
    page.keyboard.press("Enter")
    page.locator("#filters summary").click()
    page.locator("#as-table").click()
    assert SEEN in page.locator("#act-rows").inner_text()
    harmless(page)


@pytest.mark.parametrize("kind", ["view", "story"])
def test_texts_stay_texts_in_files(
    watch: Any, hostile_home: GraphHome, hostile_server: str, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"{kind}.html"
    if kind == "view":
        nonce = secrets.token_urlsafe(16)
        text = render_page(hostile_home.engine(), DEFAULT_QUERY, served=False, nonce=nonce)
        path.write_text(text, encoding="utf-8")
    else:
        with urllib.request.urlopen(f"{hostile_server}/stories/hostile?format=file") as answer:
            path.write_bytes(answer.read())
    page = watch(path.as_uri()).page
    page.keyboard.press("ArrowRight")
    page.locator("#as-table").click()
    harmless(page)
    assert SEEN in page.evaluate("document.body.innerText")
    # Without scripts the rows are read by the browser itself.
    plain = watch(path.as_uri(), ready=False, java_script_enabled=False).page
    assert plain.locator("img, svg[onload]").count() == 0
    assert SEEN in plain.locator("body").inner_text()


def test_texts_stay_texts_in_pictures(watch: Any, hostile_server: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    with urllib.request.urlopen(f"{hostile_server}/picture?format=svg") as answer:
        path.write_bytes(answer.read())
    page = watch(path.as_uri(), ready=False).page
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('img, script, [onload], a').length") == 0
    assert SEEN in page.evaluate("document.documentElement.textContent")


def test_json_is_never_read_as_a_page(hostile_server: str) -> None:
    with urllib.request.urlopen(f"{hostile_server}/actors?limit=1") as answer:
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert SEEN in json.load(answer)["items"][0]["label"]
