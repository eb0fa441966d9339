"""Questions over HTTP: one file is an answer in JSON and CSV, a form, and its bound text."""

import csv
import html
import io
import re
from urllib.parse import unquote

import httpx
import pytest

from comity.graph.engine import EmbeddedEngine
from comity.queries.catalogue import catalogue

CSTO = {"alliance": "csto", "as_of": "2022-09-13"}


def test_catalogue_lists_every_question_with_parameters_and_columns(client: httpx.Client) -> None:
    answer = client.get("/queries").json()
    assert {item["id"] for item in answer["items"]} == set(catalogue())
    members = next(item for item in answer["items"] if item["id"] == "members-of")
    names = {parameter["name"]: parameter for parameter in members["parameters"]}
    assert (names["alliance"]["default"], names["role"]["required"]) == ("csto", False)
    assert {"value": "permanent-member", "label": "permanent member"} in names["role"]["choices"]
    bodies = {one["value"]: one["label"] for one in names["alliance"]["choices"]}
    assert bodies["csto"] == "Collective Security Treaty Organization"
    assert "arm" not in bodies
    assert {"member", "role", "status"} <= members["columns"].keys()


def test_catalogue_is_searched_by_words(client: httpx.Client) -> None:
    def found(q: str) -> set[str]:
        return {item["id"] for item in client.get("/queries", params={"q": q}).json()["items"]}

    assert "members-of" in found("Members DATE")
    assert "casualty-figures" not in found("members date")
    assert found("no-such-word") == set()
    page = client.get("/queries", params={"q": "casualty", "format": "html"}).text
    assert "/queries/casualty-figures?" in page
    assert "/queries/members-of?" not in page
    none = client.get("/queries", params={"q": "<b>", "format": "html"}).text
    assert "No question has all the words “&lt;b&gt;”" in none


def test_answer_names_things_by_id_label_and_address(client: httpx.Client) -> None:
    answer = client.get("/queries/members-of", params=CSTO).json()
    assert answer["total"] == len(answer["items"]) == 6
    assert answer["parameters"]["as_of"] == ["2022-09-13"]
    member = answer["items"][0]["member"]
    assert (member["id"], member["label"], member["type"]) == ("arm", "Armenia", "state")
    assert client.get(member["url"]).status_code == 200


def test_csv_and_bound_text(client: httpx.Client, shipped_engine: EmbeddedEngine) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/queries/members-of", params=CSTO | {"format": "csv"}).text)
        )
    )
    assert {row["member"] for row in rows} == {"arm", "blr", "kaz", "kgz", "rus", "tjk"}
    assert rows[0]["member_label"] == "Armenia"
    text = client.get(
        "/queries/members-of", params=CSTO, headers={"Accept": "application/sparql-query"}
    ).text
    # The text stands alone: any engine answers it with the same rows.
    assert len(shipped_engine.select(text).rows) == 6


@pytest.mark.parametrize(
    ("accept", "kind", "beginning"),
    [
        ("text/csv", "text/csv", b"member,member_label,"),
        ("text/tab-separated-values", "text/tab-separated-values", b"member\tmember_label\t"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet", b"PAR1"),
        ("text/markdown", "text/markdown", b"| member | role |"),
        ("application/json", "application/json", b"{"),
        ("*/*", "application/json", b"{"),
    ],
)
def test_answer_comes_in_the_format_accepted(
    client: httpx.Client, accept: str, kind: str, beginning: bytes
) -> None:
    answer = client.get("/queries/members-of", params=CSTO, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.content.startswith(beginning)


@pytest.mark.parametrize(
    ("given", "word", "near"),
    [
        ({"alliance": "cstoo"}, "no organisation with the id 'cstoo'", "csto"),
        ({"alliance": "arm"}, "Armenia (arm) is a state, not an organisation", None),
        ({"role": "membr"}, "role must be one of", "member"),
        ({"as_of": "2022-02-30"}, "2022-02-30", None),
        ({"aliance": "csto"}, "no parameter 'aliance'", "alliance"),
    ],
)
def test_wrong_value_answers_422_with_the_nearest(
    client: httpx.Client, given: dict[str, str], word: str, near: str | None
) -> None:
    answer = client.get("/queries/members-of", params=given)
    assert answer.status_code == 422
    assert word in answer.json()["detail"]
    assert answer.json().get("did_you_mean") == near


def test_page_without_parameters_is_the_form_with_the_defaults(client: httpx.Client) -> None:
    page = client.get("/queries/members-of", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert (
        '<option value="csto" selected>Collective Security Treaty Organization</option>'
    ) in page.text
    assert '<option value="observer">observer</option>' in page.text
    assert 'name="as_of" type="date" value=""' in page.text


def test_page_leads_to_files_that_say_the_same(client: httpx.Client) -> None:
    page = client.get(
        "/queries/members-of", params={"alliance": "csto"}, headers={"Accept": "text/html"}
    ).text
    links = [html.unescape(link) for link in re.findall(r'href="(\?[^"]+)"', page)]
    formats = {link.rpartition("=")[2]: link for link in links}
    assert formats.keys() == {"csv", "tsv", "json", "parquet", "md", "sparql"}
    # The day is in the address, so that it answers the same tomorrow.
    assert re.search(r"as_of=\d{4}-\d\d-\d\d", formats["csv"])
    for link in formats.values():
        assert client.get(f"/queries/members-of{link}").status_code == 200
    (query,) = re.findall(r'href="/sparql#query=([^"]+)"', page)
    assert unquote(query) == client.get(f"/queries/members-of{formats['sparql']}").text


def test_page_shows_rows_the_same_elsewhere_and_faults(client: httpx.Client) -> None:
    html = {"Accept": "text/html"}
    page = client.get("/queries/members-of", params=CSTO | {"role": ""}, headers=html).text
    assert '<a href="/actors/arm">Armenia</a>' in page
    assert "comity ask members-of --alliance csto" in page
    assert "format=csv" in page
    wrong = client.get("/queries/members-of", params={"alliance": "cstoo"}, headers=html)
    assert wrong.status_code == 422
    assert "cstoo" in wrong.text
    none = client.get(
        "/queries/members-of", params={"alliance": "csto", "as_of": "1990-01-01"}, headers=html
    )
    assert "No recorded statement in these sources" in none.text


def test_text_of_a_user_is_escaped_on_a_page(client: httpx.Client) -> None:
    bad = "<script>alert(1)</script>"
    page = client.get("/queries/members-of", params={"alliance": bad, "format": "html"})
    assert bad not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("identifier", sorted(catalogue()))
def test_every_question_is_linked_with_an_example_that_answers(
    client: httpx.Client, identifier: str
) -> None:
    example = catalogue()[identifier].example
    answer = client.get(f"/queries/{identifier}", params=dict(example))
    assert answer.status_code == 200
    assert answer.json()["total"] > 0
