"""Questions over HTTP: one file is an answer in JSON and CSV, a form, and its bound text."""

import csv
import io

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
    assert "permanent-member" in names["role"]["choices"]
    assert {"member", "role", "status"} <= members["columns"].keys()


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
    text = client.get(
        "/queries/members-of", params=CSTO, headers={"Accept": "application/sparql-query"}
    ).text
    # The text stands alone: any engine answers it with the same rows.
    assert len(shipped_engine.select(text).rows) == 6


def test_page_without_parameters_is_the_form_with_the_defaults(client: httpx.Client) -> None:
    page = client.get("/queries/members-of", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'name="alliance" value="csto"' in page.text
    assert "<option>observer</option>" in page.text


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
