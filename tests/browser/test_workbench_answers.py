"""Answers in the workbench: table, downloads, network, copies, faults and the way to stop."""

import csv
import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from browser.workbench import ACTOR, ID, TIES, column, expect_faults, run, status, write
from comity.api.settings import Settings
from comity.graph.home import GraphHome
from server import running

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_the_table_has_short_names_sorts_and_turns_pages(opened: Any) -> None:
    page = opened.page
    run(
        page,
        f"""SELECT ?who ?number {{ VALUES (?who ?number) {{
      (<{ACTOR}/rus> 10) (<{ACTOR}/arm> 9) (comity:StanceAct 100) (<https://example.org/x> UNDEF) }} }}""",
    )
    assert column(page, 1) == ["Russia", "Armenia", "comity:StanceAct", "https://example.org/x"]
    page.locator("th button", has_text="number").click()
    assert column(page, 2) == ["9", "10", "100", "–"]
    page.locator("th button", has_text="number").click()
    assert column(page, 2) == ["100", "10", "9", "–"]
    assert (
        page.locator("td a", has_text="example.org").get_attribute("rel") == "noopener noreferrer"
    )
    run(page, "SELECT ?n { { SELECT ?n { ?s comity:startDate ?n } LIMIT 230 } }")
    assert page.locator("#view tbody tr").count() == 100
    assert "Rows 1–100 of 230 rows" in page.locator(".pager").inner_text()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Rows 201–230 of 230 rows").wait_for()
    assert page.locator("#view tbody tr").count() == 30


def test_a_cut_answer_says_so(opened: Any) -> None:
    page = opened.page
    run(page, "SELECT * { ?s ?p ?o }")
    assert page.locator("#cut").inner_text() == (
        "Only the first 500 rows are here, and there are more: "
        "this server cuts answers after 500 rows."
    )
    run(page, "SELECT * { ?s ?p ?o } LIMIT 5")
    assert page.locator("#cut").count() == 0


def test_a_page_holds_ten_thousand_rows(watch: Any, shipped_home: GraphHome) -> None:
    with running(Settings(data=shipped_home.folder)) as address:
        page = watch(f"{address}/sparql").page
        run(page, "SELECT ?s { ?s ?p ?o }")
        assert "10,000 rows in" in status(page)
        assert page.locator("#cut").inner_text() == (
            "Only the first 10,000 rows are here, and there are more. "
            "A download has them all, as far as this server goes."
        )


def test_a_graph_is_shown_as_triples(opened: Any) -> None:
    page = opened.page
    run(
        page,
        f'CONSTRUCT {{ <{ACTOR}/arm> skos:note "a \\"b\\"\\nc \\u00e9"@en ; comity:sees <{ACTOR}/aze> }} WHERE {{}}',
    )
    assert "2 triples in" in status(page)
    assert set(column(page, 1)) == {"Armenia"}
    rows = dict(zip(column(page, 2), column(page, 3), strict=True))
    assert rows["comity:sees"] == "Azerbaijan"
    assert rows["skos:note"].replace("\n", " ").startswith('a "b" c é')
    page.get_by_role("tab", name="N-Triples").click()
    assert f"<{ACTOR}/aze> ." in page.locator(".raw").inner_text()


def test_json_is_shown_as_it_came(opened: Any) -> None:
    page = opened.page
    run(page, "SELECT ?x { VALUES ?x { 1 2 } }")
    page.get_by_role("tab", name="JSON").click()
    told = json.loads(page.locator(".raw").inner_text())
    assert [row["x"]["value"] for row in told["results"]["bindings"]] == ["1", "2"]


@pytest.mark.parametrize("name", ["CSV", "TSV", "JSON", "Parquet"])
def test_an_answer_is_downloaded(opened: Any, name: str) -> None:
    page = opened.page
    run(page, f"SELECT ?who ?n {{ VALUES (?who ?n) {{ (<{ACTOR}/arm> 1) (<{ACTOR}/aze> 2) }} }}")
    with page.expect_download() as waited:
        page.locator("#downloads").get_by_role("button", name=name, exact=True).click()
    file = waited.value
    assert file.suggested_filename == f"answer.{name.lower()}"
    data = Path(file.path()).read_bytes()
    if name == "CSV":
        rows = list(csv.reader(io.StringIO(data.decode())))
        assert rows == [["who", "n"], [f"{ACTOR}/arm", "1"], [f"{ACTOR}/aze", "2"]]
    elif name == "TSV":
        assert data.decode().splitlines()[1] == f"<{ACTOR}/arm>\t1"
    elif name == "JSON":
        assert len(json.loads(data)["results"]["bindings"]) == 2
    else:
        parquet = pytest.importorskip("pyarrow.parquet")
        assert parquet.read_table(io.BytesIO(data)).num_rows == 2


def test_an_answer_becomes_a_network_in_one_step(opened: Any, watch: Any) -> None:
    page = opened.page
    run(page, TIES)
    page.get_by_role("tab", name="Open as network").click()
    page.wait_for_selector("#view canvas")
    shown = page.evaluate("comity.picture()")
    assert {one["iri"] for one in shown["nodes"]} == {
        f"{ACTOR}/{one}" for one in ("arm", "aze", "tur")
    }
    edges = {(one["from"][-3:], one["to"][-3:]): one for one in shown["edges"]}
    assert {pair: (one["rows"], one["sign"]) for pair, one in edges.items()} == {
        ("arm", "aze"): (2, -1),
        ("aze", "arm"): (1, -1),
        ("tur", "aze"): (1, 1),
    }
    assert edges["arm", "aze"]["acts"] == [
        f"{ID}/stance/arm-accuse-2022-09-13",
        f"{ID}/stance/arm-accuse-2022-09-13-2",
    ]
    # A node leads to its page; the list says the same to those who see no picture.
    x, y = page.evaluate(
        """(iri) => { const at = comity.picture().onScreen(iri);
          const box = document.querySelector('.canvas').getBoundingClientRect();
          return [box.x + at.x, box.y + at.y]; }""",
        f"{ACTOR}/tur",
    )
    page.mouse.click(x, y)
    page.locator(".facts h3 a", has_text="Türkiye").wait_for()
    assert page.locator(".facts h3 a").get_attribute("href") == "/actors/tur"
    page.locator(".as-list summary").click()
    acts = page.locator(".as-list a[href='/stances/arm-accuse-2022-09-13-2']")
    assert acts.is_visible()
    # The same answer stands at the same places every time.
    again = watch(page.url).page
    again.wait_for_selector("#view canvas")
    assert again.evaluate("comity.picture().nodes") == shown["nodes"]


def test_triples_become_a_network_too(opened: Any) -> None:
    page = opened.page
    run(
        page,
        f"CONSTRUCT {{ <{ACTOR}/arm> comity:sees <{ACTOR}/aze> ; skos:note 'no end' }} WHERE {{}}",
    )
    page.get_by_role("tab", name="Open as network").click()
    page.wait_for_selector("#view canvas")
    shown = page.evaluate("comity.picture()")
    assert (len(shown["nodes"]), len(shown["edges"])) == (2, 1)


def test_no_network_without_two_ends(opened: Any) -> None:
    page = opened.page
    run(page, "SELECT ?x { VALUES ?x { 1 } }")
    tab = page.get_by_role("tab", name="Open as network")
    assert tab.is_disabled()
    assert "two columns" in tab.get_attribute("title")


def test_a_large_network_is_cut_in_words(opened: Any) -> None:
    page = opened.page
    # A star of 311: its middle and 310 others.
    values = " ".join(f"<{ACTOR}/x{number}>" for number in range(310))
    run(page, f"SELECT ?from ?to {{ VALUES ?to {{ {values} }} BIND(<{ACTOR}/arm> AS ?from) }}")
    page.get_by_role("tab", name="Open as network").click()
    page.wait_for_selector("#view canvas")
    assert (
        page.locator("#view .notice")
        .inner_text()
        .startswith("The answer names 311 things; the picture shows the 300 in most rows.")
    )
    assert len(page.evaluate("comity.picture().nodes")) == 300


AWKWARD = f"""# it's "quoted" \\ and `ticked` $HOME
SELECT ?who ("a 'b' \\"c\\" é" AS ?text) {{ VALUES ?who {{ <{ACTOR}/arm> <{ACTOR}/aze> }} }}"""


def copied(page: Any, way: str, text: str) -> str:
    write(page, text)
    page.locator("#copy-as").click()
    page.locator(f"[data-way={way}]").click()
    code: str = page.locator("#copy-text").input_value()
    page.locator("#copy .close").click()
    return code


@pytest.mark.parametrize(
    "text",
    [TIES, AWKWARD, "ASK { ?s ?p ?o }", f"CONSTRUCT {{ <{ACTOR}/arm> a comity:State }} WHERE {{}}"],
)
def test_copied_commands_run(opened: Any, text: str) -> None:
    page = opened.page
    shell = subprocess.run(
        ["bash", "-c", copied(page, "curl", text)], capture_output=True, text=True, check=False
    )
    assert shell.returncode == 0, shell.stderr
    program = subprocess.run(
        [sys.executable, "-c", copied(page, "Python", text)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert program.returncode == 0, program.stderr
    wanted = {TIES: "tur", AWKWARD: "a 'b' \"c\" é", "ASK { ?s ?p ?o }": "rue"}.get(text, "State")
    quoted = wanted.replace('"', '""')
    assert wanted in shell.stdout or quoted in shell.stdout
    assert wanted in program.stdout or wanted.replace("'", "\\'") in program.stdout
    assert "httr2" in copied(page, "R", text)


def test_a_long_query_can_be_stopped(opened: Any, live_server: str) -> None:
    page = opened.page
    write(page, FOREVER)
    page.locator("#run").click()
    page.get_by_text(re.compile(r"Running, 0\.[3-9] s")).wait_for()
    begun = time.monotonic()
    page.locator("#stop").click()
    page.get_by_text("You stopped the query.").wait_for()
    assert time.monotonic() - begun < 1
    assert status(page).startswith("Stopped after")
    assert page.locator("#stop").is_hidden()
    run(page, "ASK { ?s ?p ?o }")
    assert page.locator(".truth").inner_text() == "Yes"
    opened.faults[:] = [fault for fault in opened.faults if "ERR_ABORTED" not in fault]


def test_escape_stops_too(opened: Any) -> None:
    page = opened.page
    write(page, FOREVER)
    page.locator("#run").focus()
    page.keyboard.press("Control+Enter")
    page.locator("#stop").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("You stopped the query.").wait_for()


def test_the_deadline_is_told_in_words(watch: Any, shipped_home: GraphHome) -> None:
    with running(Settings(data=shipped_home.folder, query_deadline=2)) as address:
        opened = watch(f"{address}/sparql")
        page = opened.page
        write(page, FOREVER)
        page.locator("#run").click()
        problem = page.locator(".problem")
        problem.wait_for(timeout=30_000)
        assert "add a LIMIT" in problem.inner_text()
        expect_faults(opened, "504")


def test_a_fault_is_marked_at_its_line(opened: Any) -> None:
    page = opened.page
    write(page, "SELECT * WHERE {\n  ?s ?p ?o .\n  ?s ?p nonsense here .\n}")
    page.locator("#run").click()
    page.wait_for_selector(".line-fault")
    line = page.evaluate(
        """() => { let found = 0; comity.editor.eachLine((one) => {
          if (one.bgClass?.includes('line-fault')) found = comity.editor.getLineNumber(one) + 1; });
          return found; }"""
    )
    assert line == 3
    assert "line 3" in page.locator(".problem").inner_text()
    # The first change of the text takes the mark away.
    page.evaluate("comity.editor.focus()")
    page.keyboard.type("x")
    assert page.locator(".line-fault").count() == 0
    expect_faults(opened, "400")


def test_a_fault_is_marked_rightly_where_prefixes_are_added(opened: Any) -> None:
    page = opened.page
    write(page, "SELECT * WHERE {\n  ?s comity:kind ?o ;\n    skos:note nonsense here .\n}")
    page.locator("#run").click()
    page.wait_for_selector(".line-fault")
    assert "line 3" in page.locator(".problem").inner_text()
    expect_faults(opened, "400")
