"""Every page for those who see, hear or point otherwise: axe-core, reflow, targets, contrast."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]

# https://github.com/dequelabs/axe-core, from npm, for tests only.
AXE = Path(__file__).parents[2] / "api/workbench/node_modules/axe-core/axe.min.js"
PAGES = (
    "/",
    "/?view=table",
    "/?view=picture&select=arm~aze~stance~-1",
    "/?lens=csto&view=picture",
    "/?embed=1",
    "/stories/september-2022?format=html",
    "/stories/the-collective-security-treaty?format=html&step=2",
    "/stories?format=html",
    "/actors?format=html",
    "/posts?format=html",
    "/events?format=html",
    "/actors/irn?format=html",
    "/actors/antony-blinken?format=html",
    "/posts/arm-prime-minister?format=html",
    "/stances/arm-appeal-for-help-2022-09-14?format=html",
    "/claims/claim-azerbaijan-attacked-2022-09-13?format=html",
    "/memberships/csto-uzb?format=html",
    "/organisations/csto?format=html&as_of=2022-09-22",
    "/treaties/cst?format=html&as_of=2022-09-13",
    "/events/attack-on-armenia-2022-09?format=html",
    "/sources/tass-world-1506687?format=html",
    "/compare?format=html",
    "/queries?format=html",
    "/queries/members-of?alliance=csto&as_of=2022-09-13&format=html",
    "/docs",
    "/sparql",
)
# Targets of 24 pixels, but for links within a sentence, as WCAG 2.2, 2.5.8 has it.
SMALL = """() => [...document.querySelectorAll('button, input, select, summary, nav a')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.unseen, .skip'))
  .filter((one) => one.type !== 'range' && one.type !== 'hidden' && one.type !== 'checkbox')
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 23.5 || box.height < 23.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


@pytest.mark.parametrize(
    ("size", "scheme"), [("desk", "light"), ("desk", "dark"), ("phone", "light")]
)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(watch: Any, live_server: str, path: str, size: str, scheme: str) -> None:
    page = watch(live_server + path, size=size, scheme=scheme).page
    assert violations(page) == []


@pytest.mark.parametrize("size", ["desk", "phone", "narrowest"])
def test_a_file_is_as_good_as_a_page(watch: Any, drawn_file: str, size: str) -> None:
    page = watch(drawn_file, size=size).page
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= inner


def violations(page: Any) -> list[str]:
    """What axe-core finds, each with the first place."""
    # Evaluated by the test, so that the page's policy stays what it is.
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['help']} ({len(one['nodes'])}) {one['nodes'][0]['html'][:160]}"
        f" {one['nodes'][0].get('failureSummary', '')[:200]}"
        for one in found["violations"]
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", ["narrowest", "zoomed"])
def test_pages_reflow(watch: Any, live_server: str, path: str, size: str) -> None:
    page = watch(live_server + path, size=size).page
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= inner


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_targets_can_be_hit(watch: Any, live_server: str, path: str, size: str) -> None:
    assert watch(live_server + path, size=size).page.evaluate(SMALL) == []


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
