"""`known_at`: answers of the graph as it was, and a plain refusal where workers answer."""

import json
from pathlib import Path
from typing import Any

import httpx
from pyoxigraph import Literal, NamedNode, Quad

from comity.api.settings import Settings
from comity.graph.build import build
from comity.graph.home import Change, GraphHome
from comity.graph.index.acts import chosen_acts
from comity.graph.terms import node, term
from comity.ontology.namespaces import Thing
from server import running

WHEN = {1: "2026-01-01T12:00:00+00:00", 2: "2026-02-01T12:00:00+00:00"}


def ends(answer: Any) -> set[str]:
    return {edge["object"] for edge in answer["edges"]}


def test_answers_are_those_of_the_time_asked_for(tmp_path: Path, data_folder: Path) -> None:
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    [act] = chosen_acts(home.engine())
    iri, graph = node(Thing.STANCE, act.id), node(Thing.SOURCE, "later")
    target = Quad(iri, term("target"), node(Thing.ACTOR, "csto"), graph)
    label = Quad(
        node(Thing.ACTOR, act.holder),
        NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"),
        Literal("Hayastan", language="en"),
        graph,
    )
    home.commit("me", "later", Change(add=(target, label)))
    for number, when in WHEN.items():
        entry = home.folder / "log" / f"{number}.json"
        entry.write_text(json.dumps(json.loads(entry.read_text()) | {"when": when}))
    with running(Settings(data=home.folder)) as address, httpx.Client(base_url=address) as client:

        def get(path: str) -> Any:
            answer = client.get(path)
            assert answer.status_code == 200, answer.text
            return answer.json()

        everything = "/network?relation=stance&as_of=any"
        now, then = get(everything), get(f"{everything}&known_at=2026-01-15")
        assert ends(now) - ends(then) == {"csto"}
        assert (now["known_at"], then["known_at"]) == ("now", "2026-01-15")
        assert now["graph_version"] != then["graph_version"]
        assert get("/stances?target=csto")["total"] == 1
        past = get("/stances?target=csto&known_at=2026-01-15T00:00:00Z")
        assert (past["total"], past["known_at"]) == (0, "2026-01-15T00:00:00Z")
        assert (
            get("/resolve?name=Hayastan&known_at=2026-01-15")["items"]
            != get("/resolve?name=Hayastan")["items"]
        )
        page = client.get("/?relation=stance&as_of=any&known_at=2026-01-15").text
        assert "The graph as it was known at 2026-01-15" in page
        assert "as it was known" not in client.get("/?relation=stance&as_of=any").text
        before = client.get("/stances?known_at=2025-12-31")
        assert (before.status_code, "begins on 2026-01-01" in before.text) == (422, True)
        odd = client.get("/actors?known_at=soon")
        assert (odd.status_code, "a moment with its zone" in odd.text) == (422, True)
        measure = "/measures/degree?relation=stance&as_of=any"
        now, then = get(measure), get(f"{measure}&known_at=2026-01-15")
        assert {row["node"] for row in now["result"]["degrees"]} >= {"csto"}
        assert "csto" not in {row["node"] for row in then["result"]["degrees"]}
        assert (now["known_at"], then["known_at"]) == ("now", "2026-01-15")
        assert get(measure)["result"] == now["result"]
        panel = "/panel?since=2022-01-01&until=2022-12-31"
        assert get(f"{panel}&known_at=2026-01-15")["known_at"] == "2026-01-15"
        assert client.get(f"{panel}&known_at=2025-12-31").status_code == 422
        refused = client.get("/queries/members-of?known_at=2026-01-15")
        assert (refused.status_code, "does not" in refused.text) == (422, True)
