"""Measures over HTTP: the list, one on a network of the graph, and what is refused."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyarrow.parquet as pq
import pytest

from comity.graph.measures.registry import measures
from comity.networking import network_options

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def client(client: httpx.Client) -> Iterator[httpx.Client]:
    """A client that waits, as other tests may keep both processors busy."""
    patience = {"prefer": "wait=60"}
    with httpx.Client(base_url=client.base_url, headers=patience, timeout=90) as patient:
        yield patient


# What measures of something else than stances need.
NEEDED: dict[str, dict[str, object]] = {
    "cascade": {"start": "arm", "relation": "obligation"},
    "ideal-points": {"relation": "vote"},
    "qap": {"relation": ["stance", "obligation"]},
    "what-if": {"remove": "treaty:cst", "relation": "obligation", "measures": "degree"},
}


def test_every_measure_is_listed_and_answers(client: httpx.Client) -> None:
    listed = client.get("/measures").json()
    assert listed["total"] == len(listed["items"]) >= 25
    common = {"as_of": "2022-09-22", "level": "state", "group": ["csto", "nato"]}
    for item in listed["items"]:
        query = {**common, **NEEDED.get(item["id"], {})}
        answer = client.get(item["url"], params=query)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        assert answer.json()["id"] == item["id"]
        page = (ROOT / item["page"]).read_text(encoding="utf-8")
        assert page.startswith(f"# {item['id']}\n\n**{item['title']}**")
    assert client.get("/measures/degree").status_code == 200


def test_frustration_counts_the_edges_it_names(client: httpx.Client) -> None:
    answer = client.get("/measures/frustration", params={"as_of": "any", "level": "state"}).json()
    result = answer["result"]
    assert result["proven"]
    assert result["value"] == result["lower_bound"] == len(result["edges"])
    assert all(edge["acts"] for edge in result["edges"])
    camps = [set(camp) for camp in result["camps"]]
    assert not camps[0] & camps[1]
    assert len(camps[0] | camps[1]) == answer["nodes"]


def test_a_group_is_the_members_that_the_organisation_has(client: httpx.Client) -> None:
    query = {"relation": ["stance", "vote"], "group": "csto", "as_of": "2022-09-30"}
    measured = client.get("/measures/cohesion", params=query).json()  # type: ignore[arg-type]
    (group,) = measured["result"]["groups"]
    day = {"as_of": "2022-09-30"}
    whole = client.get("/organisations/csto/cohesion", params=day).json()
    assert group.pop("members") == len(whole["members"]) == 6
    del group["group"]
    assert group == {name: whole[name] for name in group}
    assert measured["level"] == "state"


def test_csv_has_a_row_for_each_node(client: httpx.Client) -> None:
    query = {"as_of": "any", "level": "state"}
    nodes = client.get("/measures/degree", params=query).json()["nodes"]
    text = client.get("/measures/degree", params={**query, "format": "csv"}).text
    assert len(list(csv.DictReader(io.StringIO(text)))) == nodes


def test_what_is_not_known_is_refused(client: httpx.Client) -> None:
    assert client.get("/measures/nothing").status_code == 404
    assert client.get("/measures/triads", params={"rule": "most"}).status_code == 422
    assert client.get("/measures/triads", params={"seconds": 1}).status_code == 422
    assert client.get("/measures/degree", params={"level": ["state", "state"]}).status_code == 422
    assert client.get("/measures/degree", params={"weight": "decay"}).status_code == 422
    assert client.get("/measures/degree", params={"group": "nobody"}).status_code == 422
    answer = client.get("/measures/frustration", params={"seconds": "nan"})
    assert answer.status_code in (400, 422), answer.text


def test_a_long_measure_is_a_job_that_can_be_watched(client: httpx.Client) -> None:
    query = {"level": "state", "as_of": "2022-09-21", "seed": 11}
    begun = client.get("/measures/louvain", params=query, headers={"prefer": "respond-async"})
    assert begun.status_code == 202, begun.text
    where = begun.headers["location"]
    assert begun.json()["url"] == where
    events = client.get(f"{where}/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    last = events.text.strip().split("\n\n")[-1]
    assert last.startswith("event: done\ndata: ")
    told = json.loads(last.partition("data: ")[2])
    assert told["answer"]["id"] == "louvain"
    # Whoever asks again gets the same job, at once.
    again = client.get("/measures/louvain", params=query)
    assert again.status_code == 200
    assert again.json() == told["answer"] == client.get(where).json()["answer"]


def test_a_cancelled_job_ends_with_its_process(client: httpx.Client) -> None:
    query = {"as_of": "2022-09-20", "seconds": 25}
    begun = client.get("/measures/frustration", params=query, headers={"prefer": "respond-async"})
    job = begun.json()["url"]
    assert client.delete(job).json()["state"] == "cancelled"
    assert client.get(job).json()["state"] == "cancelled"
    assert client.get(f"{job}/events").text.startswith("event: cancelled")
    # Cancelling is no answer: who asks anew gets one.
    assert client.get("/measures/frustration", params=query).status_code == 200
    assert client.get("/jobs/nothing").status_code == 404


def test_the_acts_behind_a_value_are_named(client: httpx.Client) -> None:
    query = {"as_of": "2022-09-22", "level": "state"}
    one = client.get("/measures/degree", params={**query, "explain": "arm"}).json()
    network = client.get("/network", params=query).json()
    acts = {
        act
        for edge in network["edges"]
        if "arm" in (edge["subject"], edge["object"])
        for act in edge["acts"]
    }
    assert acts
    assert {act for tie in one["explained"] for act in tie["acts"]} == acts
    pair = client.get("/measures/degree", params={**query, "explain": ["arm", "aze"]}).json()
    ends = {(tie["source"], tie["target"]) for tie in pair["explained"]}
    assert ends == {("arm", "aze"), ("aze", "arm")}
    unknown = client.get("/measures/degree", params={**query, "explain": "jpn-nobody"})
    assert unknown.status_code == 400


def test_a_measure_under_every_sign_rule(client: httpx.Client) -> None:
    query = {"as_of": "2022-09-22", "level": "state"}
    spread = client.get("/measures/triads", params={**query, "all_rules": "true"}).json()
    assert spread["result"]["rules"] == ["sum", "any-negative", "reciprocal"]
    by_rule = [
        client.get("/measures/triads", params={**query, "rule": rule}).json()["result"]
        for rule in spread["result"]["rules"]
    ]
    values = {one["name"]: one["values"] for one in spread["result"]["spreads"] if not one["of"]}
    assert values["all_negative"] == [result["all_negative"] for result in by_rule]


def test_markdown_and_parquet(client: httpx.Client) -> None:
    query = {"as_of": "any", "level": "state"}
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/measures/degree", params={**query, "format": "csv"}).text)
        )
    )
    text = client.get("/measures/degree", params={**query, "format": "md"}).text
    assert text.splitlines()[1] == "| --- | --- | --- | --- | --- |"
    assert len(text.splitlines()) == len(rows) + 2
    body = client.get("/measures/degree", params={**query, "format": "parquet"}).content
    assert pq.read_table(io.BytesIO(body)).num_rows == len(rows)
    picture = client.get("/measures/frustration", params={**query, "format": "svg"})
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.startswith("<svg ")
    assert client.get("/measures/degree", params={**query, "format": "svg"}).status_code == 400


def test_each_measure_has_an_operation_with_its_options(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for item in client.get("/measures").json()["items"]:
        operation = paths[f"/measures/{item['id']}"]["get"]
        names = {one["name"] for one in operation["parameters"]}
        assert {one["name"] for one in item["parameters"]} <= names
        assert {"as_of", "relation", "level", "agreement", "explain", "group"} <= names


def test_options_of_measures_are_not_those_of_networks() -> None:
    network = {
        *network_options(),
        "group",
        "explain",
        "all_rules",
        "format",
        "edges",
        "out",
        "data",
    }
    for one in measures().values():
        assert not {parameter.name for parameter in one.parameters} & network, one.id


def test_panel_in_each_format_and_refusals(client: httpx.Client) -> None:
    query: dict[str, object] = {"since": "2022-09-12", "until": "2022-09-22", "every": "week"}
    states = {**query, "state": ["arm", "aze", "fra"]}
    answer = client.get("/panel", params=states).json()  # type: ignore[arg-type]
    # Three states have 3 * 2 directed pairs; the window has days of two weeks.
    assert answer["total"] == len(answer["items"]) == 12
    assert {item["period"] for item in answer["items"]} == {"2022-09-12", "2022-09-19"}
    as_csv = client.get("/panel", params={**states, "format": "csv"})  # type: ignore[dict-item]
    rows = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert [row["sender"] for row in rows] == [item["sender"] for item in answer["items"]]
    file = client.get("/panel", params={**states, "format": "parquet"})  # type: ignore[dict-item]
    assert pq.read_table(io.BytesIO(file.content)).num_rows == 12
    for wrong, says in (
        ({"every": "day"}, "rows, over 50000"),
        ({"state": "csto"}, "no state"),
        ({"until": "2021-01-01"}, "before since"),
    ):
        refused = client.get("/panel", params={**query, **wrong})  # type: ignore[arg-type,dict-item]
        assert refused.status_code == 422
        assert says in refused.json()["detail"]
