"""The explorer in a real browser, as a file and as served by the api."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comity.graph.drawing import page as page_module
from comity.graph.drawing.layout import Layouts
from comity.graph.drawing.page import write_page
from comity.graph.drawing.scene import Scene, load_scene
from comity.graph.home import GraphHome
from comity.graph.view import DEFAULT_QUERY, OPENING_ACT

pytestmark = pytest.mark.browser

ACCUSES = "actor/arm|actor/aze|stance|-1"
PAYLOADS = (
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    '"><svg onload=window.pwned=1>',
    "href <a href=javascript:window.pwned=1>x</a>",
    "{{ 7*7 }}<!--",
)


@pytest.fixture(params=["file", "served"])
def address(request: pytest.FixtureRequest, drawn_file: str) -> str:
    if request.param == "file":
        return drawn_file
    return str(request.getfixturevalue("live_server")) + "/"


@pytest.fixture(scope="module")
def scene(shipped_home: GraphHome) -> Scene:
    return load_scene(shipped_home.engine(), DEFAULT_QUERY)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_quietly_with_the_story(watch: Any, address: str, size: str, scheme: str) -> None:
    page = watch(address, size=size, scheme=scheme).page
    if size == "phone":
        # The list comes first, the picture on request.
        assert page.locator("tr[data-act]").first.is_visible()
        assert not page.locator("#stage").is_visible()
        assert fits(page)
        page.locator("#as-table").click()
    assert page.locator("#story h2").inner_text() == "Who stood with whom, and who said so."
    assert page.locator(f'#opened article[data-act="{OPENING_ACT}"]').is_visible()
    assert re.fullmatch(
        r"\d+ documents coded; nothing recorded does not mean nothing said\. "
        r"Comity, data CC BY 4\.0",
        page.locator("footer p").first.inner_text(),
    )
    assert fits(page)
    # The canvas has been painted: more than the ground colour is on it.
    painted = page.evaluate(
        """() => {
          const canvas = document.querySelector('#canvas canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let drawn = 0;
          for (let i = 3; i < data.length; i += 4) drawn += data[i] > 0 ? 1 : 0;
          return drawn / (data.length / 4);
        }"""
    )
    assert painted > 0.03


def fits(page: Any) -> bool:
    """Whether nothing makes the page wider than the window."""
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return bool(wide == inner)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_no_text_runs_out_of_its_element(watch: Any, drawn_file: str, size: str) -> None:
    page = watch(drawn_file, size=size).page
    page.evaluate(f"comity.choose({{edge: '{ACCUSES}'}})")
    overflowing = page.evaluate(
        """() => [...document.querySelectorAll('h1,h2,h3,p,dd,dt,button,code,blockquote,li,label,span')]
          .filter((one) => one.offsetParent && !one.closest('.unseen, #table, .paper, .days'))
          .filter((one) => getComputedStyle(one).display !== 'inline')
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.tagName + ' ' + one.textContent.slice(0, 40))"""
    )
    assert overflowing == []


def test_bars_stay_inside_their_strip(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.bar')].filter((bar) => bar.closest('.column'))
          .filter((bar) => bar.getBoundingClientRect().top < bar.closest('.column').getBoundingClientRect().top - 0.5)
          .length"""
    )
    assert outside == 0
    assert page.locator("#bars .day").count() == 11


def test_the_picture_fills_the_stage(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    box = page.locator("#stage").bounding_box()
    assert box["height"] > 560
    assert box["width"] > 1000


def test_a_click_on_a_line_opens_the_words(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    # The label of the line lies on it; the payload says where.
    x, y = page.evaluate(
        """(key) => {
          const [x, y] = comity.data.ties.find((tie) => tie.key === key).wide.box;
          const { width, height } = comity.data.canvases.wide;
          const stage = document.getElementById('stage').getBoundingClientRect();
          const scale = Math.min(stage.width / width, stage.height / height);
          return [stage.x + stage.width / 2 + (x - width / 2) * scale,
                  stage.y + stage.height / 2 + (y - height / 2) * scale];
        }""",
        ACCUSES,
    )
    page.mouse.click(x, y)
    page.wait_for_selector("#story", state="hidden")
    heading = page.locator("#opened h2").inner_text()
    assert heading == "Armenia → Azerbaijan"
    edge = page.evaluate(
        "comity.visibleEdges().find((e) => e.subject === 'arm' && e.object === 'aze' && e.sign === -1)"
    )
    assert page.locator("#opened article.card").count() == edge["count"]
    assert page.locator("#opened blockquote").first.inner_text().startswith("“")
    facts = page.locator("#opened article").first.inner_text()
    assert "Nikol Pashinyan, Prime Minister of Armenia" in facts
    assert "13 Sep 2022" in facts
    assert page.locator("#opened article a[href^='http']").first.is_visible()


def test_the_first_picture_answers_before_the_canvas_is_drawn(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/", ready=False, without="**/vis-network.min.js").page
    # Set at the beginning of the script that ends with a page that answers.
    page.wait_for_selector("html.js")
    # Where the whole picture puts Türkiye, by its label in the SVG of the server.
    page.locator(".paper text", has_text="Türkiye").click()
    assert page.locator("#opened h2").inner_text() == "Türkiye"
    page.locator(".paper text", has_text="accuses ×10").click()
    assert page.locator("#opened h2").inner_text() == "Azerbaijan → Armenia"
    assert page.locator("#canvas canvas").count() == 0


def test_the_canvas_stands_where_the_first_picture_stood(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    assert not page.locator(".paper").is_visible()
    canvas = page.locator("#canvas canvas").bounding_box()
    page.evaluate(
        "document.documentElement.classList.add('opening');"
        "document.documentElement.classList.remove('drawn')"
    )
    still = page.locator(".paper svg").bounding_box()
    # A canvas has whole pixels only.
    assert all(abs(still[name] - canvas[name]) < 1 for name in canvas)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_act_is_one_row(watch: Any, address: str, size: str) -> None:
    page = watch(address, size=size).page
    rows = page.eval_on_selector_all("tr[data-act]", "all => all.map((one) => one.dataset.act)")
    acts = page.evaluate("comity.data.acts.map((act) => act.id)")
    assert sorted(rows) == sorted(acts)
    assert len(set(rows)) == len(rows)
    assert page.locator("tr[data-statement]").count() == len(page.evaluate("comity.data.pledges"))
    assert page.locator("noscript.rows").count() == 0


def test_quotation_marks_only_around_words(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    for name, css in (("passage", ".passage"), ("summary", ".summary")):
        act = page.evaluate(f"comity.data.acts.find((act) => act.quotes[0].{name}).id")
        page.evaluate("(act) => comity.choose({act})", act)
        block = page.locator(f"#opened article {css}").first
        assert "“" not in block.locator("p").first.inner_text()[:1]
        assert block.locator(".tag").is_visible()
    unnamed = page.evaluate("comity.data.acts.find((act) => !act.speaker_known).id")
    page.evaluate("(act) => comity.choose({act})", unnamed)
    assert "speaker not named" in page.locator("#opened article").inner_text()
    told = page.evaluate("comity.data.acts.find((act) => act.quotes[0].told_by.length).id")
    page.evaluate("(act) => comity.choose({act})", told)
    assert "As told by" in page.locator("#opened article").inner_text()


def test_a_vote_is_cited_by_row_and_data_set(watch: Any, live_server: str) -> None:
    page = watch(f"{live_server}/?actor=sun&until=1946-12-31&select=sun-vote-no-1946-02-16").page
    card = page.locator("#opened article")
    assert "Row 1 of the file whose SHA-256 begins with d6b65d698d8f" in card.inner_text()
    assert "World Politics Data Lab" in card.locator("a[href^='https://github.com/']").inner_text()
    assert card.locator("blockquote").count() == 0


def test_rows_of_the_twin_open_the_same_cards(watch: Any, address: str) -> None:
    page = watch(address).page
    page.locator("#as-table").click()
    row = page.locator("tr[data-act]").nth(4)
    row.locator("a.row").focus()
    page.keyboard.press("Enter")
    assert page.locator(f'#opened article[data-act="{row.get_attribute("data-act")}"]').is_visible()
    pledge = page.locator("tr[data-statement]").first
    pledge.locator("a.row").click()
    assert page.locator("#opened article.pledge").first.is_visible()
    assert page.locator("#as-table").inner_text() == "Picture"


def test_play_steps_one_act_at_a_time(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    total = len(page.evaluate("comity.data.acts"))
    page.locator("#follow").click()
    assert page.locator("#opened h2").inner_text() == f"Act 1 of {total}"
    assert page.locator("#play").inner_text() == "Pause"
    page.locator("#play").click()
    for number in (2, 3, 4):
        page.locator("#on").click()
        assert page.locator("#opened h2").inner_text() == f"Act {number} of {total}"
        assert page.locator("#opened article").count() == 1
    shown = page.locator("#opened article").get_attribute("data-act")
    assert shown == page.evaluate("comity.data.acts[3].id")
    page.locator("#back").click()
    assert page.locator("#count").inner_text() == f"Act 3 of {total}"


def test_play_goes_on_by_itself(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    page.locator("#play").click()
    page.get_by_text(re.compile(r"^Act 2 of \d+$")).first.wait_for(timeout=9000)


def test_the_keyboard_reaches_everything(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    page.locator("#on").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("#count").inner_text().startswith("Act 2 of")
    assert "Act 2 of" in page.locator("#live").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#story").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("turkiye")
    page.keyboard.press("Enter")
    assert page.locator("#opened h2").inner_text() == "Türkiye"
    page.keyboard.press("Escape")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"as-table", "theme", "stage", "play", "since", "until", "follow"} <= reached


def test_a_silent_actor_says_so(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file).page
    page.evaluate("comity.choose({node: 'actor/blr'})")
    assert re.search(
        r"no recorded act in these sources \(\d+ documents cover this actor\)",
        page.locator("#opened").inner_text(),
    )


def test_the_theme_button_says_what_it_does(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file, scheme="dark").page
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.locator("#theme").inner_text() == "Light colours"
    page.locator("#theme").click()
    assert page.locator("#theme").inner_text() == "Dark colours"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_date_handles_and_kinds_change_the_lines(watch: Any, drawn_file: str) -> None:
    watched = watch(drawn_file)
    page = watched.page
    everything = watched.edges()
    page.locator("#since").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    later = watched.edges()
    assert sum(edge["count"] for edge in later) < sum(edge["count"] for edge in everything)
    assert page.locator("#window").inner_text() == "17–22 Sep 2022"
    page.locator("#filters summary").click()
    page.locator("#filter-form .reset").click()
    assert watched.edges() == everything
    page.locator('#filter-form input[value="accuse"]').uncheck()
    edge = next(
        one
        for one in watched.edges()
        if (one["subject"], one["object"], one["sign"]) == ("arm", "aze", -1)
    )
    assert (edge["count"], edge["label"]) == (1, "condemns")


def test_one_relation_always_stays_on(watch: Any, drawn_file: str) -> None:
    watched = watch(drawn_file)
    page = watched.page
    page.locator("#filters summary").click()
    page.locator('#filter-form input[value="stance"]').click()
    assert {edge["relation"] for edge in watched.edges()} == {"obligation"}
    page.locator('#filter-form input[value="obligation"]').click()
    assert {edge["relation"] for edge in watched.edges()} == {"obligation"}
    assert page.locator("#count").inner_text() == "0 acts"


def test_a_file_reads_its_address(watch: Any, drawn_file: str) -> None:
    watched = watch(f"{drawn_file}?kind=support&relation=stance")
    assert {edge["label"].split()[0] for edge in watched.edges()} == {"supports"}
    named = watch(f"{drawn_file}#act-{OPENING_ACT}").page
    assert named.locator(f'#opened article[data-act="{OPENING_ACT}"]').is_visible()
    assert named.locator("#story").is_hidden()


def test_without_scripts_there_is_a_picture_and_a_table(watch: Any, drawn_file: str) -> None:
    page = watch(drawn_file, ready=False, java_script_enabled=False).page
    assert page.locator(".paper svg").is_visible()
    assert page.locator("tr[data-act]").first.is_visible()
    assert not page.locator("#play").is_visible()


@pytest.mark.parametrize("text", PAYLOADS)
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_texts_are_never_markup(
    watch: Any,
    shipped_home: GraphHome,
    scene: Scene,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    size: str,
) -> None:
    document = replace(scene.cards[0].quotes[0].document, label=text, publisher=text, issued=text)
    quote = replace(
        scene.cards[0].quotes[0],
        words=text,
        passage="",
        note=text,
        lang=text,
        told_by=(text,),
        document=document,
    )
    cards = tuple(
        replace(
            card, holder=text, verb=text, speakers=(text,), post=text, post_of=text, toward=(text,),
            to=(text,), about=(text,), claims=(text,), requested=text, condition=text, venue=text,
            confidence=text, modality=text, note=text, date=text, quotes=(quote, quote),
        )
        for card in scene.cards
    )  # fmt: skip
    pledges = tuple(
        replace(
            one,
            treaty=text,
            article=text,
            paraphrase=text,
            obligor=text,
            note=text,
            documents=(document,),
        )
        for one in scene.pledges
    )
    figures = tuple(
        replace(one, side=text, reporter=text, authority=text, number=text) for one in scene.figures
    )
    nodes = tuple(replace(one, label=text) for one in scene.wide.nodes)
    ties = tuple(replace(one, label=text) for one in scene.wide.ties)
    things = {
        end: replace(
            thing,
            properties={
                **thing.properties,
                "skos:prefLabel": (_Text(text),),
                "skos:altLabel": (_Text(text),),
            },
        )
        for end, thing in scene.network.nodes.items()
    }
    hostile = replace(
        scene,
        cards=cards,
        pledges=pledges,
        figures=figures,
        layouts=Layouts(
            *(
                replace(scene.wide, nodes=nodes, ties=ties, canvas=one.canvas)
                for one in scene.layouts
            )
        ),
        network=replace(scene.network, nodes=things),
        event=replace(
            scene.event, properties={**scene.event.properties, "skos:prefLabel": (_Text(text),)}
        ),
    )
    monkeypatch.setattr(page_module, "scene_of", lambda *_: hostile)
    path = tmp_path / "hostile.html"
    write_page(shipped_home.engine(), DEFAULT_QUERY, path)
    page = watch(path.as_uri(), size=size).page
    for choice in (
        f"{{edge: '{ACCUSES}'}}",
        "{node: 'actor/rus'}",
        "{node: comity.data.event}",
        f"{{act: '{OPENING_ACT}'}}",
    ):
        page.evaluate(f"comity.choose({choice})")
        page.wait_for_timeout(20)
    assert text in page.locator("#opened").inner_text()
    page.locator("#as-table").click()
    page.mouse.move(300, 300)
    page.wait_for_timeout(50)
    assert page.evaluate("window.pwned") is None
    assert page.locator("#opened img, #table img, #table script, aside svg").count() == 0


class _Text:
    """A literal as far as a label is concerned."""

    def __init__(self, value: str) -> None:
        self.value = value


def test_contrast_is_enough_in_both_themes(watch: Any, drawn_file: str) -> None:
    for scheme in ("light", "dark"):
        page = watch(drawn_file, scheme=scheme).page
        colours = page.evaluate(
            """() => Object.fromEntries(['ground', 'soft', 'text', 'quiet', 'accent', 'plus', 'minus', 'half', 'zero', 'none', 'pledge', 'event']
              .map((name) => [name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()]))"""
        )
        for name in ("text", "quiet", "accent", "plus", "minus", "half", "zero", "none", "pledge"):
            assert contrast(colours[name], colours["ground"]) >= 4.5, (scheme, name)
        assert contrast(colours["quiet"], colours["soft"]) >= 4.5
        assert contrast(colours["text"], colours["event"]) >= 4.5


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
