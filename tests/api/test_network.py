"""The network over HTTP: the default is what the explorer shows, and every format writes out."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import httpx

EVENT = "attack-on-armenia-2022-09"


def test_default_network_is_the_first_view(client: httpx.Client) -> None:
    answer = client.get("/network").json()
    nodes = {node["id"]: node for node in answer["nodes"]}
    assert {"arm", "aze", "csto", "nato", "eu", "un", "osce", EVENT} <= nodes.keys()
    assert {state for state in ("blr", "kgz", "tjk") if nodes[state]["silent"]} == {
        "blr",
        "kgz",
        "tjk",
    }
    assert not nodes["kaz"]["silent"]
    assert {edge["relation"] for edge in answer["edges"]} == {"stance", "obligation"}
    assert (answer["since"], answer["until"], answer["level"]) == (
        "2022-09-12",
        "2022-09-22",
        "state",
    )


def test_every_edge_leads_to_acts_or_statements(client: httpx.Client) -> None:
    for edge in client.get("/network").json()["edges"]:
        assert edge["count"] == len(edge["acts"] or edge["statements"])
        if edge["relation"] == "stance":
            assert client.get(f"/stances/{edge['acts'][0]}").status_code == 200


def test_same_question_by_parameters_gives_the_default(client: httpx.Client) -> None:
    default = client.get("/network").json()
    actors = [node["id"] for node in default["nodes"] if node["id"] != EVENT]
    given = {
        "event": EVENT, "actor": actors, "depth": 0, "relation": ["stance", "obligation"],
        "since": "2022-09-12", "until": "2022-09-22", "as_of": "2022-09-13", "level": "state",
        "bundle": "sign",
        "treaty": ["cst", "rus-arm-1997", "rus-arm-2010", "tur-aze-2010", "shusha-2021", "rus-aze-2022"],
    }  # fmt: skip
    assert client.get("/network", params=given).json()["edges"] == default["edges"]


def test_ego_network_of_an_actor(client: httpx.Client) -> None:
    edges = client.get("/network", params={"actor": "rus", "depth": 1}).json()["edges"]
    assert edges
    assert all("rus" in (edge["subject"], edge["object"]) for edge in edges)


def test_kind_narrows_the_acts(client: httpx.Client) -> None:
    edges = client.get("/network", params={"event": EVENT, "kind": "support"}).json()["edges"]
    assert edges
    assert {edge["kind"] for edge in edges} == {"support"}


def test_exchange_formats_hold_the_same_edges(client: httpx.Client) -> None:
    edges = client.get("/network").json()["edges"]
    rows = list(csv.DictReader(io.StringIO(client.get("/network?format=csv").text)))
    assert len(rows) == len(edges)
    assert {"source", "target", "relation", "sign", "acts"} <= rows[0].keys()
    graphml = ET.fromstring(client.get("/network?format=graphml").content)
    assert len(graphml.findall(".//{*}edge")) == len(edges)
    gexf = ET.fromstring(client.get("/network?format=gexf").content)
    assert len(gexf.findall(".//{*}edge")) == len(edges)
    cytoscape = json.loads(client.get("/network?format=cytoscape").content)
    assert len(cytoscape["elements"]["edges"]) == len(edges)
