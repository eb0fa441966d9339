"""A translated interface: every word of it comes from the file that the operator names.

The translation is made here: each message stands between ⟦ and ⟧, its places kept.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from comity.graph.home import GraphHome

pytestmark = pytest.mark.browser

POT = Path(__file__).parents[2] / "graph" / "drawing" / "locale" / "comity.pot"
COMITY = str(Path(sys.executable).with_name("comity"))
# What the interface says itself, here and now; what the graph says stands in between.
SEEN = """() => {
  const data = '#scene-title, #opened h2 *, .opening, .told *, #lens-choice *, .dots *, a.number, .grid *, .field *, .question *, #question-list *, #view table *';
  const named = 'button, thead th, legend, nav a, dt, caption, h2, label > span.unseen, .lede, .hint, .skip, footer p';
  const kept = (one) => !one.matches(data);
  const texts = [...document.querySelectorAll(named)].filter(kept).map((one) => one.textContent);
  for (const name of ['aria-label', 'aria-roledescription', 'placeholder', 'title', 'alt'])
    for (const one of document.querySelectorAll(`body [${name}]`)) if (kept(one)) texts.push(one.getAttribute(name));
  return texts.map((text) => text.trim()).filter((text) => /\\p{L}{2}/u.test(text));
}"""
# Names, which are the same in every language.
NAMES = {"Comity", "SPARQL", "JSON", "CSV", "TSV", "Parquet", "N-Triples", "curl", "Python"}
# On each page what the graph says where the interface could.
DATA = {
    "/": {"Armenia–Azerbaijan border fighting, September 2022"},
    "/?actor=irn&depth=1&level=state&bundle=sign": set(),
    "/stories/september-2022?format=html": {
        "September 2022: who was asked, who answered",
        "Armenia–Azerbaijan border fighting, September 2022",
    },
    "/actors/irn?format=html": set(),
    "/organisations/csto?format=html": set(),
    "/treaties/cst?format=html": set(),
    "/events/attack-on-armenia-2022-09?format=html": set(),
    "/compare?actor=csto&from=2012-01-01&to=2022-09-22&format=html": set(),
    "/memberships/csto-uzb?format=html": set(),
    "/stories?format=html": set(),
    "/actors?format=html": set(),
    "/sparql": set(),
}


@pytest.fixture(scope="module")
def translation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with POT.open("rb") as file:
        template = read_po(file)
    made = Catalog(locale="fr_CA")
    for message in template:
        if not message.id:
            continue
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        # As many forms as the language has; the last one for all others.
        more = forms[-1:] * (made.num_plurals - len(forms)) if len(forms) > 1 else ()
        marked = tuple(f"⟦{form}⟧" for form in (*forms, *more))
        made.add(message.id, marked if len(marked) > 1 else marked[0])
    path: Path = tmp_path_factory.mktemp("words") / "comity.mo"
    with path.open("wb") as out:
        write_mo(out, made)
    return path


@pytest.fixture(scope="module")
def translated(shipped_home: GraphHome, translation: Path) -> Iterator[str]:
    """Address of a server of its own process, which speaks one language."""
    with subprocess.Popen(
        [COMITY, "serve", "--port", "0", "--data", str(shipped_home.folder)],
        env=os.environ | {"COMITY_TRANSLATION": str(translation)},
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        told = iter(serving.stdout or ())
        address = next(found[1] for line in told if (found := re.match(r"Open (\S+)", line)))
        with httpx.Client(timeout=60) as client:
            # The socket listens before the address is told; the answer waits for the start.
            client.get(f"{address}/health").raise_for_status()
        yield address
        serving.terminate()


def unsaid(page: Any) -> set[str]:
    """What the interface shows without a message in it."""
    texts = page.evaluate(SEEN)
    assert len([one for one in texts if "⟦" in one]) > 5
    return {one for one in texts if "⟦" not in one} - NAMES


@pytest.mark.parametrize("path", DATA)
def test_page_is_translated(watch: Any, translated: str, path: str) -> None:
    page = watch(f"{translated}{path}", ready=path != "/sparql").page
    page.wait_for_selector("html.js")
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    assert page.title().startswith("⟦") or path in DATA
    assert unsaid(page) - DATA[path] == set()


def test_what_the_explorer_opens_and_says_is_translated(watch: Any, translated: str) -> None:
    page = watch(f"{translated}/").page
    page.click("#filters summary")
    assert page.inner_text("#filter-form legend").startswith("⟦")
    page.keyboard.press("Escape")
    page.click("#on")
    acts = re.fullmatch(r"⟦Act 1 of (\d+)⟧", page.inner_text("#count"))
    assert acts is not None
    assert "⟦" in page.inner_text("#opened h2")
    assert unsaid(page) - DATA["/"] == set()
    page.click("#as-table")
    assert page.inner_text("#as-table") == "⟦Picture⟧"
    assert f"⟦{acts[1]} of {acts[1]} acts⟧" in page.inner_text("#table-count")
    assert page.inner_text("#summary").startswith("⟦12–22 ⟦⟦Sep⟧ 2022⟧⟧ · ")


def test_answer_of_the_workbench_is_translated(watch: Any, translated: str, bundle: None) -> None:
    page = watch(f"{translated}/sparql", ready=False).page
    page.wait_for_selector("html.js")
    page.click("#run")
    page.wait_for_selector("#view table")
    assert re.match(r"⟦[\d,]+ rows⟧ ⟦in [\d.]+ s⟧", page.inner_text("#status"))
    assert unsaid(page) == set()


@pytest.mark.parametrize("name", ["view.html", "view.svg"])
def test_file_is_translated(
    watch: Any, translation: Path, shipped_home: GraphHome, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    subprocess.run(
        [COMITY, "show", "--data", str(shipped_home.folder), "--out", str(path)],
        env=os.environ | {"COMITY_TRANSLATION": str(translation)},
        check=True,
        capture_output=True,
    )
    assert "⟦no recorded act⟧" in path.read_text(encoding="utf-8")
    if name == "view.html":
        page = watch(path.as_uri()).page
        assert page.evaluate("document.documentElement.lang") == "fr-CA"
        assert unsaid(page) - DATA["/"] == set()


@pytest.mark.parametrize("path", ["/", "/actors/irn?format=html", "/sparql"])
def test_english_page_carries_no_words(client: httpx.Client, path: str) -> None:
    text = client.get(path, headers={"accept": "text/html"}).text
    assert '<html lang="en">' in text
    assert 'id="words"' not in text


def test_translation_that_is_none_stops_the_start(shipped_home: GraphHome, tmp_path: Path) -> None:
    path = tmp_path / "comity.mo"
    path.write_text("msgid", encoding="utf-8")
    for command in (["serve", "--port", "0"], ["show", "--out", str(tmp_path / "view.svg")]):
        done = subprocess.run(
            [COMITY, *command, "--data", str(shipped_home.folder)],
            env=os.environ | {"COMITY_TRANSLATION": str(path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode != 0
        assert "is no .mo file" in done.stderr
        assert "Traceback" not in done.stderr
