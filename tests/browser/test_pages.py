"""Pages of things in a real browser: quiet, in their width, and text that stays text."""

from typing import Any

import pytest

from comity.api.pages import render

pytestmark = pytest.mark.browser

PAGES = (
    "/actors?format=html",
    "/actors/rus?format=html",
    "/actors/arm?format=html",
    "/organisations/csto?format=html&as_of=2022-09-22",
    "/treaties/cst?format=html&as_of=2022-09-13",
    "/events/attack-on-armenia-2022-09?format=html",
    "/sources/seed-article?format=html",
    "/stances/arm-appeal-for-help-2022-09-14?format=html",
    "/claims/claim-azerbaijan-attacked-2022-09-13?format=html",
    "/memberships/csto-uzb?format=html",
    "/compare?format=html",
    "/stories?format=html",
)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_quiet_and_keep_their_width(
    watch: Any, live_server: str, path: str, size: str
) -> None:
    page = watch(live_server + path, size=size).page
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide == inner
    assert page.locator("h1").count() == 1
    assert page.locator("footer").inner_text().endswith("data CC BY 4.0")
    # No address of the graph is shown as it is.
    assert "w3id.org" not in page.locator("main").inner_text()


def test_a_row_opens_to_words_and_document(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/actors/arm?format=html").page
    row = page.locator("#given details.act", has_text="We have asked for help, including military")
    assert not row.locator("blockquote").is_visible()
    row.locator("summary").click()
    assert row.locator("blockquote").inner_text().startswith("“We have asked for help")
    assert row.locator("blockquote").get_attribute("lang") == "en"
    assert "14 Sep 2022" in row.inner_text()
    assert "Nikol Pashinyan" in row.locator("dl").inner_text()
    row.get_by_role("link", name="This act").click()
    assert page.locator("h1").inner_text().startswith("Armenia")


def test_picture_of_the_ties_has_the_colours_of_the_page(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/actors/arm?format=html").page
    page.locator("figure.picture").scroll_into_view_if_needed()

    def becomes(dark: bool) -> bool:
        # The browser chooses the picture a moment after the colours.
        for _ in range(50):
            found = page.locator("figure.picture img").evaluate("one => one.currentSrc")
            if found and ("theme=dark" in found) == dark:
                return True
            page.wait_for_timeout(100)
        return False

    assert becomes(False)
    page.locator("#theme").click()
    assert becomes(True)
    page.locator("#theme").click()
    assert becomes(False)


def test_what_rests_on_an_event_leads_to_it(watch: Any, live_server: str) -> None:
    # Belarus sat in the session of the organisation; no act of its own is recorded.
    page = watch(f"{live_server}/events/attack-on-armenia-2022-09?format=html").page
    row = page.locator("#obligations tr", has_text="Belarus").filter(has_text="Art. 4")
    row.get_by_role("link", name="Session of the CSTO").click()
    assert "Session of the CSTO" in page.locator("h1").inner_text()


def test_without_scripts_everything_can_be_read(watch: Any, live_server: str) -> None:
    page = watch(
        f"{live_server}/organisations/csto?format=html", ready=False, java_script_enabled=False
    ).page
    assert page.locator("#members details").first.is_visible()
    assert page.locator("svg.spans").first.is_visible()
    assert not page.locator("[data-copy]").first.is_visible()


HOSTILE = '"><img src=x onerror=window.pwned=1></script><script>window.pwned=1</script>{{ 7*7 }}'


def test_texts_are_never_markup(watch: Any, live_server: str) -> None:
    source = {
        "id": "s", "label": HOSTILE, "url": "javascript:window.pwned=1", "publisher": HOSTILE,
        "issued": HOSTILE, "retrieved": HOSTILE, "licence": HOSTILE,
    }  # fmt: skip
    piece = {
        "source": source, "speech": "direct", "words": HOSTILE, "passage": None, "summary": None,
        "lang": "en", "told_by": [], "note": HOSTILE,
    }  # fmt: skip
    someone = {"id": "x", "label": HOSTILE, "type": HOSTILE, "iri": "", "url": None}
    item = {
        "id": "x", "label": HOSTILE, "holder": someone, "speaker": [someone], "post": someone,
        "on_behalf_of": someone, "targets": [someone], "addressees": [someone], "about": [someone],
        "condition": HOSTILE, "venue": someone, "confidence": HOSTILE, "note": HOSTILE,
        "evidence": [piece, {**piece, "words": None, "passage": HOSTILE}], "sources": [source],
        "date": "2022-09-13", "url": "/stances/x", "verb": HOSTILE, "style": "plus", "mark": "+",
        "toward": [someone],
    }  # fmt: skip
    text = render(
        "act.html", item=item, section="Events", linked="{}", as_of=HOSTILE, curl=HOSTILE,
        graph_version=HOSTILE,
    )  # fmt: skip
    # Put into a page of the server, so that its sheets and scripts are there.
    page = watch(f"{live_server}/stories?format=html").page
    page.set_content(text)
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main script:not([type])").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert HOSTILE in page.locator("h1").inner_text()
