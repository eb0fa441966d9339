"""Pages and JSON at one address, and what pages of things say."""

import re
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
THINGS = (
    "/actors",
    "/organisations",
    "/treaties",
    "/posts",
    "/events",
    "/sources",
    "/stories",
    "/actors/arm",
    "/actors/antony-blinken",
    "/organisations/csto",
    "/treaties/cst",
    "/events/attack-on-armenia-2022-09",
    "/sources/seed-article",
    "/stances/arm-appeal-for-help-2022-09-14",
    "/claims/claim-azerbaijan-attacked-2022-09-13",
    "/memberships/csto-uzb",
    "/posts/arm-prime-minister",
    "/tenures/nikol-pashinyan-arm-prime-minister-3",
)


@pytest.fixture(scope="module")
def client(live_server: str) -> Any:
    with httpx.Client(base_url=live_server, timeout=60) as found:
        yield found


class _Text(HTMLParser):
    """The text of a page, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(client: httpx.Client, path: str) -> str:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    found = _Text()
    found.feed(answer.text)
    assert len(found.ids) == len(set(found.ids))
    return " ".join(" ".join(found.words).split())


@pytest.mark.parametrize("path", THINGS)
def test_a_browser_gets_a_page_and_others_get_json(client: httpx.Client, path: str) -> None:
    assert read(client, path)
    for accept in ("*/*", "application/json"):
        answer = client.get(path, headers={"accept": accept})
        assert answer.headers["content-type"] == "application/json"
    assert client.get(f"{path}?format=json", headers=BROWSER).json()
    assert "text/html" in client.get(f"{path}?format=html").headers["content-type"]


def test_members_of_a_body_are_those_of_the_day(client: httpx.Client) -> None:
    then = read(client, "/organisations/csto?as_of=2011-01-01")
    assert "16 Aug 2006 – 19 Dec 2012 Uzbekistan member" in then
    now = read(client, "/organisations/csto?as_of=2022-09-13").split("Who came and who left")[0]
    assert "Uzbekistan" not in now


def test_an_event_sets_figures_side_by_side_and_names_silence(client: httpx.Client) -> None:
    page = read(client, "/events/attack-on-armenia-2022-09")
    assert "never added up" in page
    assert "49 or more" in page
    assert "no recorded act in these sources" in page
    assert "Not triggered" in page
    # The other side of the claim stands beside it.
    assert "Azerbaijan began: it attacked Armenia from 00:05 on 13 September 2022." in page
    assert "Armenia began: Armenian groups mined supply roads" in page


def test_a_treaty_says_what_it_asks_for_and_who_left(client: httpx.Client) -> None:
    page = read(client, "/treaties/cst?as_of=2022-09-13")
    assert "§ defence" in page
    assert "mandatory" in page
    assert "Azerbaijan: 1993-09-24 to 1999-04-20" in page


def test_two_days_are_compared(client: httpx.Client) -> None:
    query = {"actor": "csto", "from": "2012-01-01", "to": "2022-09-22"}
    found = client.get("/compare", params=query).json()
    assert [one["member"]["id"] for one in found["members"]["left"]] == ["uzb"]
    assert found["members"]["came"] == []
    assert len(found["members"]["stayed"]) == 6
    asked = next(t for t in found["ties"] if t["subject"]["id"] == "kaz")
    assert asked["before"] is None
    page = read(client, "/compare?actor=csto&from=2012-01-01&to=2022-09-22")
    assert "Only on 1 Jan 2012" in page
    assert "Uzbekistan" in page


def test_a_document_says_when_its_address_leads_away(client: httpx.Client) -> None:
    known = read(client, "/sources/tass-world-1506687")
    assert "open source (leaves this machine)" in known
    assert "not known" in read(client, "/sources/seed-article")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/actors/nobody", 404), ("/actors/arm?as_off=2022-09-13", 422), ("/compare?from=x", 422)],
)
def test_what_cannot_be_shown_is_refused(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_post_names_who_held_it(client: httpx.Client) -> None:
    found = read(client, "/posts/arm-prime-minister")
    assert "Prime Minister of Armenia" in found
    assert "Nikol Pashinyan" in found
    # His first term began on 8 May 2018.
    assert "8 May 2018" in found


def test_a_statement_leads_to_the_one_that_it_contradicts(client: httpx.Client) -> None:
    page = client.get("/memberships/eu-fra-1952", headers=BROWSER).text
    (href,) = re.findall(r'href="([^"]*/memberships/eu-fra)"', page)
    assert client.get(href).json()["id"] == "eu-fra"


def test_posts_are_listed_with_their_body(client: httpx.Client) -> None:
    text = read(client, "/posts?q=prime")
    assert "Prime Minister of Armenia head of government · Armenia" in text
    assert "Ambassador" not in text


def test_trend_of_cohesion_has_a_dot_for_each_year_with_items(client: httpx.Client) -> None:
    found = client.get("/organisations/csto/cohesion?as_of=2022-09-22").json()
    years = [one["year"] for one in found["years"]]
    page = client.get("/organisations/csto?as_of=2022-09-22", headers=BROWSER).text
    drawn = re.findall(r"<title>(\d{4}): [\d.]+ over \d+ items?</title>", page)
    assert [int(year) for year in drawn] == years
    assert len(years) >= 5
    # Below 30 % nothing is said, so there is no trend either.
    assert (
        "Agreement by year"
        not in client.get("/organisations/nato?as_of=2022-09-22", headers=BROWSER).text
    )
