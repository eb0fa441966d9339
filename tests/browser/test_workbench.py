"""The SPARQL workbench in a real browser: the page, its questions, editor and keyboard."""

import csv
import io
import json
import re
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from browser.test_explorer import contrast
from browser.workbench import (
    ACTOR,
    ID,
    MEMBERS,
    TIES,
    column,
    expect_faults,
    run,
    status,
    until,
    write,
)
from comity.api.routers import workbench
from comity.api.settings import Settings
from comity.graph.build import build
from comity.graph.home import GraphHome
from server import running

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]

SEED = Path(__file__).parents[2] / "data" / "seed"
WORKBENCH = Path(__file__).parents[2] / "api" / "workbench" / "src"
PAYLOADS = (
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    "'><svg onload=window.pwned=1>",
)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_quietly_and_keeps_inside(
    watch: Any, live_server: str, size: str, scheme: str
) -> None:
    page = watch(f"{live_server}/sparql", size=size, scheme=scheme).page
    with urllib.request.urlopen(f"{live_server}/queries") as answer:
        total = json.load(answer)["total"]
    page.get_by_text(f"{total} questions").wait_for()
    assert page.locator("#editor .CodeMirror").is_visible()
    page.locator("#run").click()
    page.wait_for_selector("#view table")
    page.locator("#tab-network").click()
    page.wait_for_selector("#view canvas")
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide == inner
    ground, text = page.evaluate(
        "['--ground', '--text'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))"
    )
    assert (ground.strip() < text.strip()) == (scheme == "dark")


def test_colours_can_be_read_in_both_themes(watch: Any, live_server: str) -> None:
    names = ("text", "quiet", "accent", "word", "variable", "iri", "string", "comment", "fault")
    for scheme in ("light", "dark"):
        page = watch(f"{live_server}/sparql", scheme=scheme).page
        colours = page.evaluate(
            """(names) => Object.fromEntries(names.map((name) =>
              [name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()]))""",
            [*names, "ground", "soft"],
        )
        for name in names:
            assert contrast(colours[name], colours["ground"]) >= 4.5, (scheme, name)
        assert contrast(colours["quiet"], colours["soft"]) >= 4.5


def test_the_policy_allows_no_inline_script_or_style(live_server: str) -> None:
    asked = urllib.request.Request(f"{live_server}/sparql", headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked) as answer:
        policy = answer.headers["content-security-policy"]
        page = answer.read().decode()
    assert "unsafe" not in policy
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= set(
        policy.split("; ")
    )
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)


def test_a_question_is_asked_by_its_form(opened: Any) -> None:
    page = opened.page
    page.locator("#question-search").fill("members of an organisation on a date")
    page.locator("#question-members-of > summary").click()
    form = page.locator("#question-members-of form")
    form.locator("[name=alliance]").fill("csto")
    form.locator("[name=as_of]").fill("2022-09-13")
    form.get_by_role("button", name="Run").click()
    page.wait_for_selector("#view table")
    assert column(page, 1) == MEMBERS
    assert "6 rows in" in status(page)
    assert page.locator("#about").inner_text() == "Members of an organisation on a date"
    text = page.evaluate("comity.editor.getValue()")
    assert f"VALUES ?alliance {{ <{ACTOR}/csto> }}" in text
    # What a column means stands on its head.
    assert page.locator("th:has-text('member')").first.get_attribute("title")
    link = page.locator("#view td a", has_text="Armenia")
    assert link.get_attribute("href") == "/actors/arm"


def test_a_question_can_be_put_into_the_editor_only(opened: Any) -> None:
    page = opened.page
    page.locator("#question-members-of > summary").click()
    page.locator("#question-members-of").get_by_role("button", name="Put into").click()
    until(page, "comity.editor.getValue().includes('comity:organisation')")
    assert status(page) == "Nothing run yet."
    assert page.evaluate("comity.editor.hasFocus()")


def test_a_wrong_value_is_told_at_its_form(opened: Any) -> None:
    page = opened.page
    page.locator("#question-members-of > summary").click()
    form = page.locator("#question-members-of form")
    form.locator("[name=alliance]").fill("cstoo")
    form.get_by_role("button", name="Run").click()
    form.locator(".fault").wait_for()
    assert "cstoo" in form.locator(".fault").inner_text()
    expect_faults(opened, "422")


@pytest.mark.parametrize(
    ("question", "name", "typed", "label", "bound"),
    [
        ("members-of", "alliance", "Collective", "Collective Security Treaty Organization", "csto"),
        ("memberships-of", "state", "Kazakh", "Kazakhstan", "kaz"),
    ],
)
def test_a_thing_is_given_by_its_name(
    opened: Any, question: str, name: str, typed: str, label: str, bound: str
) -> None:
    page = opened.page
    page.locator(f"#question-{question} > summary").click()
    field = page.locator(f"#question-{question} [name={name}]")
    field.fill("")
    field.press_sequentially(typed, delay=20)
    page.wait_for_selector(
        f'#question-{question} datalist option[value="{label}"]', state="attached"
    )
    field.fill(label)
    page.locator(f"#question-{question}").get_by_role("button", name="Put into").click()
    until(page, "(iri) => comity.editor.getValue().includes(iri)", f"<{ACTOR}/{bound}>")


@pytest.fixture
def awaiting(opened: Any) -> tuple[Any, Callable[[], None]]:
    """A field that begins with an id whose name is asked for, and what lets the name come."""
    page = opened.page
    held: list[Any] = []
    page.route("**/workbench/names", lambda route: held.append(route))
    page.locator("#question-memberships-of > summary").click()
    field = page.locator("#question-memberships-of [name=state]")
    field.wait_for()

    def come() -> None:
        with page.expect_response("**/workbench/names"):
            held[0].continue_()
        page.wait_for_timeout(100)

    return field, come


def shows(field: Any, value: str) -> None:
    """Waits until the field has a value."""
    state = "document.querySelector('#question-memberships-of [name=state]').value"
    until(field.page, f"(value) => {state} === value", value)


def test_the_id_that_a_field_begins_with_becomes_a_name(awaiting: Any) -> None:
    field, come = awaiting
    assert field.input_value() == "arm"
    come()
    shows(field, "Armenia")


def test_a_name_that_comes_late_leaves_alone_what_is_being_written(awaiting: Any) -> None:
    field, come = awaiting
    field.select_text()
    come()
    # What was selected still is: the first letter takes its place.
    field.page.keyboard.press("Delete")
    field.press_sequentially("Kazakh", delay=20)
    field.page.wait_for_selector(
        '#question-memberships-of datalist option[value="Kazakhstan"]', state="attached"
    )
    assert field.input_value() == "Kazakh"


def test_a_field_that_is_left_as_it_was_shows_the_name(awaiting: Any) -> None:
    field, come = awaiting
    field.focus()
    come()
    assert field.input_value() == "arm"
    field.press("Tab")
    shows(field, "Armenia")


def test_a_fixed_list_is_a_choice(opened: Any) -> None:
    page = opened.page
    page.locator("#question-members-of > summary").click()
    role = page.locator("#question-members-of select[name=role]")
    # The form comes when it is opened.
    role.wait_for(state="attached")
    values = role.locator("option").evaluate_all("(all) => all.map((one) => one.value)")
    assert values[0] == ""
    assert {"member", "observer"} <= set(values)


def test_search_keeps_what_has_all_words(opened: Any) -> None:
    page = opened.page
    page.wait_for_selector(".question")
    page.locator("#question-search").fill("post holder")
    titles = page.locator(".question > summary").all_inner_texts()
    assert "Holders of a post on a date" in titles
    assert "Members of an organisation on a date" not in titles
    page.locator("#question-search").fill("zzzz")
    assert "No question has these words" in page.locator("#question-list").inner_text()


def test_text_is_run_by_key_and_kept_in_the_address(opened: Any, watch: Any) -> None:
    page = opened.page
    write(
        page, f"SELECT ?label {{ <{ACTOR}/arm> skos:prefLabel ?label FILTER(LANG(?label) = 'en') }}"
    )
    page.evaluate("comity.editor.focus()")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#view table")
    assert column(page, 1) == ["Armeniaen"] or column(page, 1) == ["Armenia"]
    assert re.match(r"1 row in 0\.\d\d s$", status(page))
    assert "?query=" not in page.url
    again = watch(page.url).page
    again.wait_for_selector("#view table")
    assert again.evaluate("comity.editor.getValue()") == page.evaluate("comity.editor.getValue()")
    # A text that was not run yet is only shown.
    write(page, "ASK { ?s ?p ?o }")
    until(page, "location.hash.includes('ASK') && !location.hash.includes('view=')")
    third = watch(page.url).page
    third.wait_for_timeout(300)
    assert status(third) == "Nothing run yet."


def test_back_brings_the_query_before(opened: Any) -> None:
    page = opened.page
    run(page, "ASK { ?s a comity:State }")
    assert page.locator(".truth").inner_text() == "Yes"
    run(page, "ASK { ?s a comity:NoSuchClass }")
    assert page.locator(".truth").inner_text() == "No"
    page.go_back()
    until(page, "document.querySelector('.truth')?.textContent === 'Yes'")


def type_in(page: Any, before: str, typed: str, after: str = " }") -> None:
    """Types as a person does, with the cursor between two texts."""
    write(page, before + after)
    page.evaluate(
        "([at]) => { comity.editor.focus(); comity.editor.setCursor(comity.editor.posFromIndex(at)); }",
        [len(before)],
    )
    page.keyboard.type(typed, delay=25)
    page.wait_for_selector(".CodeMirror-hint")
    page.wait_for_timeout(400)


def offered(page: Any) -> list[str]:
    found: list[str] = page.locator(".CodeMirror-hint .offer-name").all_inner_texts()
    return found


def test_a_term_is_completed_where_it_fits(opened: Any) -> None:
    page = opened.page
    page.wait_for_load_state("networkidle")
    type_in(page, "SELECT * { ?act ", "hol")
    assert offered(page)[0] == "comity:holder"
    assert "The actor whose stance the act is." in page.locator(".offer").first.inner_text()
    page.keyboard.press("Enter")
    # The server knows the prefix: no line is added for it.
    assert page.evaluate("comity.editor.getValue()") == "SELECT * { ?act comity:holder }"
    assert page.locator(".parseErrorIcon").count() == 1  # the triple has no object yet
    type_in(page, "SELECT * { ?act a ", "stance")
    assert offered(page)[0] == "comity:StanceAct"
    page.keyboard.press("Enter")
    assert page.locator(".parseErrorIcon").count() == 0
    type_in(page, "SELECT * { ?act comity:kind ", "con")
    kinds = offered(page)
    assert "condemn" in kinds
    assert "comity:Condition" not in kinds
    page.keyboard.press("Escape")
    type_in(page, "SELECT * { ?act comity:kind ", "condem")
    page.keyboard.press("Enter")
    assert f"comity:kind <{ID}/kind/condemn>" in page.evaluate("comity.editor.getValue()")


# What may stand at the end of a text that is being written.
PLACES = {
    "SELECT ?x ": "none",
    "SELECT (COUNT(": "none",
    "SELECT * { ": "subject",
    "SELECT * { ?s ": "predicate",
    "SELECT * { ?s a ": "object",
    "SELECT * { ?s a comity:Actor ; ": "predicate",
    "SELECT * { ?s a comity:Actor . ": "subject",
    "SELECT * { ?s comity:sees <a> , ": "object",
    "SELECT * { ?s comity:about/": "predicate",
    "SELECT * { ?s comity:about/comity:partOf* ": "object",
    "SELECT * { ?s (comity:a|^comity:b)+ ": "object",
    "SELECT * { ?s ?p [ ": "predicate",
    "SELECT * { FILTER(?x = ": "any",
    "SELECT * { ?s ?p ?o FILTER(?x = 1) ": "done",
    "SELECT * { FILTER NOT EXISTS { ": "subject",
    "SELECT * { VALUES ?x { ": "any",
    "SELECT * { VALUES (?x ?y) { (": "any",
    "SELECT * { VALUES ?x { <a> } ": "subject",
    'SELECT * { BIND(IRI("x") AS ?y) ?s ': "predicate",
    'SELECT * { ?s ?p "a . b ; {" ; ': "predicate",
    "SELECT * { ?s ?p <http://x#y> . # { ; \n ": "subject",
    'SELECT * { ?s comity:date "2022-01-01"^^xsd:date ; ': "predicate",
    "SELECT * { ?s ?p ?o } ORDER BY ": "none",
    "CONSTRUCT { ?s ": "predicate",
}


def test_the_place_in_a_text_is_known(watch: Any) -> None:
    page = watch("about:blank", ready=False).page
    source = (WORKBENCH / "position.js").read_text(encoding="utf-8").replace("export ", "")
    page.add_script_tag(content=f"{source}\nwindow.position = position;")
    found = {text: page.evaluate("(text) => position(text).slot", text) for text in PLACES}
    assert found == PLACES


@pytest.mark.parametrize(
    ("before", "typed", "label", "iri"),
    [
        ("SELECT * { ?act comity:holder ", "Armen", "Armenia", "arm"),
        ("SELECT * { ?act comity:target ", "European Uni", "European Union", "eu"),
        ("SELECT * { VALUES ?who { ", "Kazakh", "Kazakhstan", "kaz"),
        ("SELECT * { ?act comity:holder ", "Azerbaidjan", "Azerbaijan", "aze"),
    ],
)
def test_an_actor_is_completed_by_name(
    opened: Any, before: str, typed: str, label: str, iri: str
) -> None:
    page = opened.page
    page.wait_for_load_state("networkidle")
    type_in(page, before, typed)
    until(page, "(label) => document.querySelector('.offer-name')?.textContent === label", label)
    page.keyboard.press("Enter")
    assert page.evaluate("comity.editor.getValue()") == f"{before}<{ACTOR}/{iri}> }}"


def test_nothing_is_offered_in_strings_comments_and_variables(opened: Any) -> None:
    page = opened.page
    page.wait_for_load_state("networkidle")
    for text in ('SELECT * { ?s ?p "hol', "SELECT * { # hol", "SELECT * { ?hol", "PREFIX hol"):
        write(page, text)
        page.evaluate("comity.editor.focus(); comity.editor.execCommand('goDocEnd')")
        page.keyboard.type("der", delay=25)
        page.wait_for_timeout(350)
        assert page.locator(".CodeMirror-hints .offer").count() == 0, text


@pytest.fixture
def hostile_server(tmp_path: Path) -> Iterator[str]:
    """The shipped data, but two states have markup for a name."""
    folder = tmp_path / "seed"
    shutil.copytree(SEED, folder)
    states = folder / "states" / "states.csv"
    rows = list(csv.DictReader(io.StringIO(states.read_text(encoding="utf-8"))))
    for row in rows:
        row["label"] = {"arm": PAYLOADS[0], "aze": PAYLOADS[1]}.get(row["id"], row["label"])
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    states.write_text(text.getvalue(), encoding="utf-8")
    home = GraphHome(tmp_path / "hostile")
    build(home, folder=folder)
    with running(Settings(data=home.folder)) as address:
        yield address


def test_texts_of_the_data_are_never_markup(watch: Any, hostile_server: str) -> None:
    watched = watch(f"{hostile_server}/sparql")
    page = watched.page
    literals = " ".join(json.dumps(one) for one in PAYLOADS)
    run(
        page,
        f"""SELECT ?who ?whom ?text ?link {{ VALUES ?text {{ {literals} }}
      VALUES (?who ?whom) {{ (<{ACTOR}/arm> <{ACTOR}/aze>) }}
      BIND(IRI("javascript:window.pwned=1") AS ?link) }}""",
    )
    assert column(page, 1) == [PAYLOADS[0]] * 3
    assert column(page, 3) == list(PAYLOADS)
    assert (
        page.locator(
            "#view td img, #view td script, #view td svg, #view a[href^=javascript]"
        ).count()
        == 0
    )
    page.get_by_role("tab", name="JSON").click()
    page.get_by_role("tab", name="Open as network").click()
    page.wait_for_selector("#view canvas")
    page.locator(".as-list summary").click()
    assert PAYLOADS[0] in page.locator(".as-list").inner_text()
    type_in(page, "SELECT * { ?act comity:holder ", "img")
    page.keyboard.press("Escape")
    # The text of an address is no markup either.
    refused = watch(f"{hostile_server}/sparql#query={quote(PAYLOADS[1])}&view=table")
    again = refused.page
    again.wait_for_selector(".problem")
    expect_faults(refused, "400")
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert again.evaluate("window.pwned") is None


def test_the_keyboard_reaches_everything(opened: Any) -> None:
    page = opened.page
    page.wait_for_selector(".question")
    run(page, TIES)
    page.evaluate("document.activeElement.blur(); document.body.focus()")
    reached = set()
    for _ in range(130):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.id || document.activeElement.closest('[id]')?.id || document.activeElement.tagName"
            )
        )
    assert {
        "question-search",
        "question-members-of",
        "editor",
        "copy-as",
        "run",
        "tab-table",
        "downloads",
        "theme",
    } <= reached
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("comity.editor.hasFocus()")
    page.locator("#tab-table").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#view canvas")
    assert page.evaluate("document.activeElement.id") == "tab-network"


def test_everything_that_is_used_has_a_name(opened: Any) -> None:
    page = opened.page
    run(page, TIES)
    page.locator("#question-members-of > summary").click()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, a[href], [role=tabpanel]')]
          .filter((one) => one.offsetParent && !one.closest('.CodeMirror'))
          .filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.getAttribute('aria-labelledby')
            || one.labels?.[0]?.textContent.trim()))
          .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert nameless == []
    assert page.locator(".CodeMirror textarea").get_attribute("aria-label") == "SPARQL query"


def test_nothing_is_kept_in_the_browser(opened: Any) -> None:
    page = opened.page
    run(page, "ASK { ?s ?p ?o }")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_without_the_bundle_there_is_a_plain_form(
    watch: Any, live_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "is_built", lambda: False)
    page = watch(f"{live_server}/sparql", ready=False, java_script_enabled=False).page
    assert "Node.js" in page.locator("main").inner_text()
    page.locator("textarea").fill("SELECT ?x { VALUES ?x { 7 } }")
    page.locator("select").select_option("json")
    page.get_by_role("button", name="Run").click()
    page.wait_for_load_state()
    assert '"7"' in page.locator("body").inner_text()
