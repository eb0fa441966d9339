"""Every page for those who see, hear or point otherwise: axe-core, reflow, targets, contrast."""

from pathlib import Path
from typing import Any

import pytest

from browser.addresses import THINGS
from browser.conftest import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]

# https://github.com/dequelabs/axe-core, from npm, for tests only.
AXE = Path(__file__).parents[2] / "api/workbench/node_modules/axe-core/axe.min.js"
PAGES = (
    "/",
    "/?view=table",
    "/?view=picture&select=arm~aze~stance~-1",
    "/?lens=csto&view=picture",
    "/?actor=csto&depth=1&relation=membership&as_of=2022-09-13",
    "/?embed=1",
    "/stories/september-2022?format=html",
    "/stories/the-collective-security-treaty?format=html&step=2",
    "/actors/irn?format=html",
    "/queries?format=html",
    "/sparql",
    "/docs",
    "file",
    *THINGS,
)
# Targets of 24 pixels, but for links within a sentence, as WCAG 2.2, 2.5.8 has it.
SMALL = """() => [...document.querySelectorAll('button, input, select, summary, nav a')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.unseen, .skip'))
  .filter((one) => one.type !== 'range' && one.type !== 'hidden' && one.type !== 'checkbox')
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 23.5 || box.height < 23.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


def violations(page: Any, *rules: str) -> list[str]:
    """What axe-core finds by these rules, or by all, each with the first place."""
    # Evaluated by the test, so that the page's policy stays what it is.
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['help']} ({len(one['nodes'])}) {one['nodes'][0]['html'][:160]}"
        f" {one['nodes'][0].get('failureSummary', '')[:200]}"
        for one in found["violations"]
    ]


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_use_it(
    watch: Any, live_server: str, drawn_file: str, path: str, size: str
) -> None:
    address = drawn_file if path == "file" else live_server + path
    page = watch(address, size=size).page
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    # Only colours differ in the dark.
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(50)
    assert violations(page, "color-contrast") == []
    # Twice as large on a desk, on the narrowest telephone: nothing leaves the page's width.
    width, height = SIZES["zoomed" if size == "desk" else "narrowest"]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(50)
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= inner


@pytest.mark.parametrize(
    "path", ["/", "/stories/september-2022?format=html", "/actors/irn?format=html"]
)
def test_forced_colours_and_less_motion_are_quiet(watch: Any, live_server: str, path: str) -> None:
    page = watch(live_server + path, forced_colors="active", reduced_motion="reduce").page
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.locator("h1").first.is_visible()


def test_paper_is_light_and_names_its_documents(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/", scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    ground = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--ground')"
    )
    assert ground.strip() == "#ffffff"
    assert page.locator(".paper svg").is_visible()
    assert not page.locator("#stage").is_visible()
    note = page.locator("tr[data-act] .note-number").first.inner_text()
    assert note == "[1]"
    first = page.locator("ol.notes li").first
    assert first.is_visible()
    for format in ("A4", "Letter"):
        assert page.pdf(format=format).startswith(b"%PDF")
