"""Ways to look at the explorer: blocs, time, keys, presenting, frames, files, the address."""

import json
import re
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from comity.graph.drawing.notebook import View
from comity.graph.home import GraphHome

pytestmark = pytest.mark.browser

SEATS = "?actor=csto&depth=1&relation=membership&as_of=2022-09-13"
# Sizes of letters on the screen: those of the canvas times its scale.
LETTERS = """() => {
  const { width, height, text, line_text } = comity.data.canvases[comity.canvas()];
  const stage = document.getElementById('stage').getBoundingClientRect();
  return Math.min(text, line_text) * Math.min(stage.width / width, stage.height / height);
}"""


def asked(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def members(watched: Any) -> set[str]:
    return {edge["subject"] for edge in watched.edges()}


def test_memberships_are_read_at_the_right_handle(watch: Any, live_server: str) -> None:
    watched = watch(f"{live_server}/{SEATS}")
    page = watched.page
    six = {"arm", "blr", "kaz", "kgz", "rus", "tjk"}
    assert members(watched) == six
    assert not page.locator("#since").is_visible()
    # Uzbekistan took part from 2006 to 2012; a bar is a year.
    for _ in range(11):
        page.locator("#back").click()
    assert page.locator("#window").inner_text() == "31 Dec 2011"
    assert members(watched) == six | {"uzb"}
    assert "as_of=2011-12-31" in watched.query()
    answer = asked(f"{live_server}/network{watched.query()}")
    assert {edge["subject"] for edge in answer["edges"]} == six | {"uzb"}
    page.evaluate(
        "comity.choose({edge: comity.visibleEdges().find((e) => e.subject === 'uzb') && comity.keyOf('uzb', 'csto')})"
    )
    card = page.locator("#opened article").inner_text()
    assert "Uzbekistan" in card
    assert "2006" in card
    assert page.locator("#opened article a[href^='http']").count() >= 1


def test_graph_of_an_earlier_day_stays_in_every_address(watch: Any, live_server: str) -> None:
    day = datetime.now(UTC).date().isoformat()
    watched = watch(f"{live_server}/{SEATS}&known_at={day}")
    page = watched.page
    assert f"as it was known at {day}" in page.locator(".known-at").first.inner_text()
    page.locator("#back").click()
    assert f"known_at={day}" in watched.query()
    assert asked(f"{live_server}/network{watched.query()}")["known_at"] == day
    addresses = page.eval_on_selector_all(
        "[data-picture], [data-network], [data-way]", "all => all.map((one) => one.href)"
    )
    assert len(addresses) > 8
    assert all(f"known_at={day}" in one for one in addresses)
    page.locator("#known-now").click()
    page.wait_for_selector("html.js:not(.opening)")
    assert page.locator(".known-at").count() == 0
    assert "known_at" not in watched.query()
    assert "actor=csto" in watched.query()
    # The first view is the same one, and tells its day on a narrow page too.
    first = watch(f"{live_server}/?known_at={day}", size="phone").page
    assert first.evaluate("comity.data.event") == "event/attack-on-armenia-2022-09"
    assert first.locator("#table .known-at").is_visible()
    assert first.evaluate("location.search") == f"?known_at={day}"


def test_opening_act_is_shown_where_it_is_in_the_picture_only(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/").page
    assert page.locator("#opened h2").text_content() == "One of the statements"
    assert page.locator("#cast").is_hidden()
    # Armenia's appeal is of 14 September.
    page.locator("#until").evaluate(
        "one => { one.value = 0; one.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    assert page.locator("#opened h2").count() == 0
    assert page.locator("#cast").is_visible()
    seats = watch(f"{live_server}/{SEATS}").page
    assert seats.locator("#opened h2").count() == 0
    assert seats.locator("#cast").is_visible()


def test_one_bloc_at_a_time_is_coloured(watch: Any, live_server: str) -> None:
    watched = watch(f"{live_server}/")
    page = watched.page
    page.locator('.lens[value="nato"]').click()
    assert (
        page.locator("#lens-says").inner_text()
        == "4 members of NATO in this picture on 13 Sep 2022"
    )
    assert page.locator('.lens[aria-pressed="true"]').all_inner_texts() == ["NATO"]
    assert "lens=nato" in watched.query()
    assert asked(f"{live_server}/network{watched.query()}")["edges"]
    again = watch(f"{live_server}/{watched.query()}").page
    assert again.locator('.lens[aria-pressed="true"]').inner_text() == "NATO"


# The event up to the end of the year: the first view has too few signed pairs for camps.
AUTUMN = (
    "?event=attack-on-armenia-2022-09&level=state&bundle=sign&until=2022-12-31&as_of=2022-12-31"
)


def test_camps_are_offered_from_twenty_signed_pairs_and_shown_by_a_click(
    watch: Any, live_server: str
) -> None:
    few = watch(f"{live_server}/").page
    assert signed_pairs(few) < 20
    assert few.locator('.lens[value="camps"]').count() == 0
    watched = watch(f"{live_server}/{AUTUMN}")
    page = watched.page
    pairs = signed_pairs(page)
    assert pairs >= 20
    page.locator('.lens[value="camps"]').click()
    says = page.locator("#lens-says", has_text="Camps that fewest signed ties contradict")
    says.wait_for(timeout=60_000)
    assert f"(n = {pairs} signed pairs)" in says.inner_text()
    assert "lens=camps" in watched.query()
    # Armenia and Azerbaijan accuse each other: no best division puts them together.
    found = asked(f"{live_server}/measures/camps-certainty{AUTUMN}")["result"]["nodes"]
    camp = {one["node"]: one["camp"] for one in found}
    assert camp["arm"] != camp["aze"]
    sure = [one for one in found if one["part"] == 1 and one["certainty"] == "same"]
    assert f"{len(sure)} actors stand in the same camp" in says.inner_text()


def signed_pairs(page: Any) -> int:
    """Pairs whose signs do not add up to nothing, counted from the lines shown."""
    sums: dict[frozenset[str], float] = {}
    for edge in page.evaluate("comity.visibleEdges()"):
        if edge["relation"] == "stance" and edge["sign"] is not None:
            pair = frozenset((edge["subject"], edge["object"]))
            sums[pair] = sums.get(pair, 0) + edge["sign"] * edge["count"]
    return sum(1 for one in sums.values() if one)


def test_arrows_move_along_lines_and_escape_comes_back(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#opened h2").inner_text()
    page.keyboard.press("ArrowRight")
    line = page.locator("#opened h2").inner_text()
    assert first in line
    assert "→" in line
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "opened"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "stage"
    assert page.locator("#opened h2").inner_text() == line
    page.keyboard.press("Escape")
    assert page.locator("#story").is_visible()


def test_an_actor_outside_the_picture_shows_its_card(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/").page
    page.keyboard.press("/")
    page.keyboard.type("Iceland")
    page.keyboard.press("Enter")
    page.locator("#opened h2", has_text="Iceland").wait_for()
    assert "no line to it in this picture" in page.locator("#opened").inner_text()
    assert page.locator("#canvas canvas").is_visible()
    page.get_by_role("link", name="Show its own network").click()
    page.wait_for_selector("html.js:not(.opening)")
    assert page.locator("#scene-title").inner_text().startswith("Iceland")


def test_steps_around_an_actor_bring_more_lines_to_the_front(watch: Any, drawn_file: str) -> None:
    page = watch(f"{drawn_file}?select=grc").page
    in_front = "comity.inFront().length"
    one = page.evaluate(in_front)
    page.locator(".node-tools button", has_text="2").click()
    assert page.evaluate(in_front) > one
    assert "steps=2" in page.evaluate("location.search")


@pytest.mark.parametrize("size", ["desk", "wall"])
def test_letters_are_large_enough(watch: Any, live_server: str, size: str) -> None:
    assert watch(f"{live_server}/", size=size).page.evaluate(LETTERS) >= 12
    presenting = watch(f"{live_server}/?view=presenting", size=size).page
    assert presenting.evaluate(LETTERS) >= 18
    assert presenting.locator("#present").inner_text() == "Stop presenting"


def test_a_frame_keeps_title_date_credit_and_the_way_out(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/?embed=1&lens=csto").page
    assert page.locator("#scene-title").is_visible()
    assert "12–22 Sep 2022" in page.locator("#summary").inner_text()
    assert "CC BY 4.0" in page.locator("footer").inner_text()
    assert not page.locator("header").is_visible()
    assert not page.locator("#panel").is_visible()
    full = page.locator("#full-view").get_attribute("href")
    assert "embed" not in full
    assert "lens=csto" in full


def test_the_address_names_what_is_open(watch: Any, live_server: str) -> None:
    watched = watch(f"{live_server}/?select=tur")
    assert watched.page.locator("#opened h2").inner_text() == "Türkiye"
    watched.page.evaluate("comity.choose({edge: 'actor/arm|actor/aze|stance|-1'})")
    assert "select=arm%7Eaze%7Estance%7E-1" in watched.query()
    again = watch(f"{live_server}/{watched.query()}").page
    assert again.locator("#opened h2").inner_text() == "Armenia → Azerbaijan"


def test_export_offers_what_is_shown(watch: Any, live_server: str) -> None:
    page = watch(
        f"{live_server}/?kind=support&actor=tur&depth=1&level=state&bundle=sign&as_of=2022-09-22&lens=ots"
    ).page
    page.locator("#export summary").click()
    links = {
        link.get_attribute("data-picture")
        or link.get_attribute("data-network"): link.get_attribute("href")
        for link in page.locator("#export a").all()
    }
    assert set(links) == {
        "html",
        "png",
        "svg",
        "pdf",
        "json",
        "graphml",
        "gexf",
        "cytoscape",
        "csv",
    }
    assert "lens=ots" in links["png"]
    shown = page.evaluate("comity.visibleEdges().length")
    assert len(asked(links["json"])["edges"]) == shown
    with urllib.request.urlopen(live_server + links["png"]) as answer:
        assert answer.read(8) == b"\x89PNG\r\n\x1a\n"


def test_too_many_actors_are_said_and_narrowed(watch: Any, live_server: str) -> None:
    watched = watch(f"{live_server}/?relation=membership&as_of=2022-09-13&bundle=sign&nodes=300")
    says = watched.page.locator("main .left-out").inner_text()
    assert says.startswith("300 of ")
    assert "raise nodes= in the address (1500 at most)" in says
    # The table, which comes first on a telephone, says so too.
    assert watched.page.locator("#table .left-out").text_content() == says
    nodes = {end for edge in watched.edges() for end in (edge["subject"], edge["object"])}
    assert len(nodes) <= 300
    assert "nodes=300" in watched.query()
    answer = asked(f"{live_server}/network{watched.query()}")
    assert len(answer["edges"]) == len(watched.edges())


def test_a_picture_has_600_lines_where_nobody_asked_for_more_actors(
    watch: Any, live_server: str
) -> None:
    view = "/?relation=membership&as_of=2022-09-13&bundle=sign"
    watched = watch(live_server + view)
    shown = int(watched.page.locator("main .left-out").inner_text().split(" of ")[0])
    [kept] = map(int, re.findall(r"nodes=(\d+)", watched.query()))
    # Those of whom no line is left are not drawn.
    assert shown <= kept < 300
    drawn = {end for edge in watched.edges() for end in (edge["subject"], edge["object"])}
    assert len(drawn) == shown
    answer = asked(f"{live_server}/network{watched.query()}")
    assert len(answer["edges"]) == len(watched.edges()) <= 600
    one_more = asked(f"{live_server}/network{view[1:]}&nodes={kept + 1}")
    assert len(one_more["edges"]) > 600


def test_a_view_shows_itself_in_a_notebook(
    watch: Any, shipped_home: GraphHome, tmp_path: Path
) -> None:
    path = tmp_path / "notebook.html"
    shown = View(shipped_home.engine())._repr_html_()
    path.write_text(f"<!doctype html><title>n</title>{shown}", encoding="utf-8")
    frame = watch(path.as_uri(), ready=False).page.frame_locator("iframe")
    frame.locator("#canvas canvas").wait_for()
    assert frame.locator("#scene-title").inner_text().startswith("Armenia–Azerbaijan")
    assert "CC BY 4.0" in frame.locator("footer").inner_text()
