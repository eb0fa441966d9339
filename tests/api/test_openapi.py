"""The description of the service: one operation for each question, typed."""

from typing import Any

import httpx
import pytest

from comity.api.app import create_app
from comity.queries.catalogue import catalogue


@pytest.fixture(scope="module")
def served(live_server: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(f"{live_server}/openapi.json", timeout=30).json()
    return answer


def test_every_question_is_an_operation_of_its_own(served: dict[str, Any]) -> None:
    for one in catalogue().values():
        operation = served["paths"][f"/queries/{one.id}"]["get"]
        assert operation["operationId"].startswith("ask")
        assert one.question in operation["description"]
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert names == [*(parameter.name for parameter in one.parameters), "format"]
        rows = operation["responses"]["200"]["content"]["application/json"]["schema"]["allOf"]
        assert list(rows[1]["properties"]["items"]["items"]["properties"]) == list(one.columns)


def test_parameters_are_typed_with_values_defaults_and_examples(served: dict[str, Any]) -> None:
    operation = served["paths"]["/queries/members-of"]["get"]
    assert operation["operationId"] == "askMembersOf"
    assert operation["tags"] == ["questions: Alliances and memberships"]
    by_name = {parameter["name"]: parameter for parameter in operation["parameters"]}
    alliance = by_name["alliance"]["schema"]
    assert {"csto", "nato", "eu"} <= set(alliance["enum"])
    assert alliance["x-enumDescriptions"]["eu"] == "European Union"
    assert (alliance["default"], by_name["alliance"]["example"]) == ("csto", "csto")
    assert "observer" in by_name["role"]["schema"]["enum"]
    day = by_name["as_of"]["schema"]
    assert {"type": "string", "format": "date"} in day["anyOf"]
    assert day["default"] == "today"


def test_every_value_listed_is_taken(served: dict[str, Any], live_server: str) -> None:
    parameters = served["paths"]["/queries/members-of"]["get"]["parameters"]
    with httpx.Client(base_url=live_server, timeout=30) as client:
        for value in parameters[0]["schema"]["enum"][:25]:
            answer = client.get("/queries/members-of", params={"alliance": value})
            assert answer.status_code == 200, value


def test_description_without_a_graph_names_the_lists_only() -> None:
    paths = create_app().openapi()["paths"]
    alliance, role, *_ = paths["/queries/members-of"]["get"]["parameters"]
    assert alliance["schema"]["x-comity-choices"] == "organisations"
    assert "enum" not in alliance["schema"]
    assert "observer" in role["schema"]["enum"]


def test_page_of_operations_shows_questions_by_theme(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert "<h2>questions: Alliances and memberships</h2>" in page
    assert 'id="askMembersOf"' in page
    assert "permanent-member" in page
