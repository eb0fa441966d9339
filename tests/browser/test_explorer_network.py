"""What the explorer shows is what `/network` answers to its address, line for line and act for act."""

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def answered(live_server: str, query: str) -> list[tuple[Any, ...]]:
    with urllib.request.urlopen(f"{live_server}/network{query}") as answer:
        return comparable(json.load(answer)["edges"])


def comparable(edges: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    rows = [
        (e["subject"], e["object"], e["relation"], signed(e["sign"]), e["count"], tuple(e["acts"]))
        for e in edges
    ]
    return sorted(rows)


def signed(sign: float | None) -> str:
    return "none" if sign is None else f"{float(sign):g}"


STEPS: dict[str, Callable[[Any], None]] = {
    "nothing": lambda page: None,
    "a later start": lambda page: (
        page.locator("#since").focus(),
        page.keyboard.press("ArrowRight"),
    ),
    "an earlier end": lambda page: (
        page.locator("#until").focus(),
        page.keyboard.press("PageDown"),
    ),
    "one kind less": lambda page: page.locator('#filter-form input[value="accuse"]').evaluate(
        "(e) => e.click()"
    ),
    "for and against": lambda page: (
        page.locator(".pair button").nth(1).evaluate("(e) => e.click()")
    ),
    "no obligations": lambda page: page.locator('#filter-form input[value="obligation"]').evaluate(
        "(e) => e.click()"
    ),
    "no statements": lambda page: page.locator('#filter-form input[value="stance"]').evaluate(
        "(e) => e.click()"
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_network_answers_what_is_shown(watch: Any, live_server: str, step: str) -> None:
    watched = watch(f"{live_server}/")
    STEPS[step](watched.page)
    watched.page.wait_for_timeout(50)
    query = watched.query()
    assert (query == "") == (step == "nothing")
    assert answered(live_server, query) == comparable(watched.edges())
    # And the address brings the same lines back.
    again = watch(f"{live_server}/{query}")
    assert comparable(again.edges()) == comparable(watched.edges())
    assert again.query() == query


@pytest.mark.parametrize(
    "query",
    [
        "?event=attack-on-armenia-2022-09&actor=tur&depth=1&level=state&bundle=kind&as_of=2022-09-13&since=2022-09-13&until=2022-09-14",
        "?event=attack-on-armenia-2022-09&level=recorded&bundle=none&as_of=2022-09-13&kind=condemn",
        "?actor=csto&depth=1&relation=membership&as_of=2022-09-13",
        "?event=attack-on-armenia-2022-09&level=alliance&alliance=csto&alliance=nato&bundle=sign&until=2022-09-22",
        "?event=attack-on-armenia-2022-09&level=state&bundle=pair&until=2022-09-22",
        "?actor=arm&actor=aze&depth=1&relation=vote&relation=stance&level=state&bundle=sign&as_of=2022-09-22",
    ],
)
def test_other_queries_show_what_network_answers(watch: Any, live_server: str, query: str) -> None:
    watched = watch(f"{live_server}/{query}")
    assert answered(live_server, query) == comparable(watched.edges())
    assert answered(live_server, watched.query()) == comparable(watched.edges())
