"""Measures over HTTP: the list, one on a network of the graph, and what is refused."""

import csv
import io

import httpx
import pytest

from comity.api.routers.measures import refuse_too_large
from comity.errors import TooLargeError


def test_every_measure_is_listed_and_answers(client: httpx.Client) -> None:
    listed = client.get("/measures").json()
    assert listed["total"] == len(listed["items"]) >= 10
    for item in listed["items"]:
        answer = client.get(f"/measures/{item['id']}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["id"] == item["id"]


def test_frustration_counts_the_edges_it_names(client: httpx.Client) -> None:
    answer = client.get("/measures/frustration", params={"as_of": "any", "level": "state"}).json()
    result = answer["result"]
    assert result["proven"]
    assert result["value"] == result["lower_bound"] == len(result["edges"])
    assert all(edge["acts"] for edge in result["edges"])
    camps = [set(camp) for camp in result["camps"]]
    assert not camps[0] & camps[1]
    assert len(camps[0] | camps[1]) == answer["nodes"]


def test_csv_has_a_row_for_each_node(client: httpx.Client) -> None:
    query = {"as_of": "any", "level": "state"}
    nodes = client.get("/measures/degree", params=query).json()["nodes"]
    text = client.get("/measures/degree", params={**query, "format": "csv"}).text
    assert len(list(csv.DictReader(io.StringIO(text)))) == nodes


def test_what_is_not_known_is_refused(client: httpx.Client) -> None:
    assert client.get("/measures/nothing").status_code == 404
    assert client.get("/measures/triads", params={"rule": "most"}).status_code == 422
    assert client.get("/measures/triads", params={"seconds": 1}).status_code == 422
    assert client.get("/measures/frustration", params={"seconds": "nan"}).status_code == 422


def test_a_network_too_large_for_a_request_is_refused_with_its_size() -> None:
    refuse_too_large(1000, 10_000)
    with pytest.raises(TooLargeError, match="5000 actors and 50000 ties"):
        refuse_too_large(5000, 50_000)
