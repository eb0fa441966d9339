"""Measures over HTTP: the list, one on a network of the graph, and what is refused."""

import csv
import io

import httpx


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
