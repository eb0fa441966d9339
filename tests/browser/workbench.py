"""What the tests of the workbench share: writing into the editor, running, reading the page."""

from typing import Any

ID = "https://w3id.org/comity/id"
ACTOR = f"{ID}/actor"
MEMBERS = ["Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan"]
# Four statements: Armenia twice the same way to Azerbaijan, once back, once to Türkiye.
TIES = f"""SELECT ?subject ?object ?relation ?sign ?act {{ VALUES (?subject ?object ?relation ?sign ?act) {{
  (<{ACTOR}/arm> <{ACTOR}/aze> "accuses" -1 <{ID}/stance/arm-accuse-2022-09-13>)
  (<{ACTOR}/arm> <{ACTOR}/aze> "accuses" -1 <{ID}/stance/arm-accuse-2022-09-13-2>)
  (<{ACTOR}/aze> <{ACTOR}/arm> "accuses" -1 <{ID}/stance/aze-accuse-2022-09-13>)
  (<{ACTOR}/tur> <{ACTOR}/aze> "supports" 1 <{ID}/stance/tur-support-2022-09-13>)
}} }}"""


def write(page: Any, text: str) -> None:
    page.evaluate("(text) => comity.editor.setValue(text)", text)


def run(page: Any, text: str) -> None:
    write(page, text)
    page.locator("#run").click()
    page.locator("#stop").wait_for(state="hidden")
    page.wait_for_selector("#result:not([aria-busy])")


def until(page: Any, expression: str, given: Any = None) -> None:
    """Waits until an expression is true; the page's policy allows no other way of waiting."""
    for _ in range(100):
        if page.evaluate(expression, given):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def status(page: Any) -> str:
    return str(page.locator("#status").inner_text())


def column(page: Any, number: int) -> list[str]:
    found: list[str] = page.locator(f"#view tbody tr td:nth-child({number + 1})").all_inner_texts()
    return found


def expect_faults(watched: Any, *fragments: str) -> None:
    """Takes out what a test provoked; fails where it did not come."""
    for fragment in fragments:
        assert any(fragment in fault for fault in watched.faults), (fragment, watched.faults)
    watched.faults[:] = [
        fault for fault in watched.faults if not any(fragment in fault for fragment in fragments)
    ]
