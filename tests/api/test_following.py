"""A server that is read only while another process imports beside it."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, Quad

from comity.api.settings import Settings
from comity.graph.build import build
from comity.graph.following import Follower
from comity.graph.home import KEPT_SNAPSHOTS, Change, Commit, GraphHome
from comity.graph.importing import drop_source, import_files
from comity.graph.preparing import make_ready
from comity.graph.terms import node, term
from comity.ontology.namespaces import Thing
from importers import COW_HEADER, CST
from server import running

SOURCE = "cow-alliances-4.1"
WHAT = "SELECT ?o { <https://w3id.org/comity/id/source/paper-1> rdfs:comment ?o }"


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    (data_folder / "codes.csv").write_text(
        "actor,scheme,code,start_date,end_date,sources\narm,cow-state,371,1991-12-26,..,page-1\n",
        encoding="utf-8",
    )
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


@pytest.fixture
def client(home: GraphHome) -> Iterator[httpx.Client]:
    settings = Settings(data=home.folder, workers=1, spare_workers=0)
    with (
        running(settings) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def soon(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.1)


def remark(number: int) -> Change:
    """A change of one statement."""
    graph = node(Thing.SOURCE, "paper-1")
    return Change(add=(Quad(graph, term("rdfs:comment"), Literal(f"remark {number}"), graph),))


def test_an_import_beside_a_server_is_seen_without_a_new_start(
    home: GraphHome, client: httpx.Client, tmp_path: Path
) -> None:
    before = client.get("/actors")
    assert client.get(f"/sources/{SOURCE}").status_code == 404
    file = tmp_path / "alliance_v4.1_by_member.csv"
    file.write_text(COW_HEADER + CST.format(code=371, name="Armenia"), encoding="utf-8")
    import_files(home, "cow-alliances", [file], retrieved="2026-11-28", who="me")
    soon(lambda: client.get(f"/sources/{SOURCE}").status_code == 200)
    query = f"ASK {{ <https://w3id.org/comity/id/source/{SOURCE}> ?p ?o }}"
    assert client.get("/sparql", params={"query": query}).json()["boolean"]
    assert client.get("/actors").headers["etag"] != before.headers["etag"]
    drop_source(home, SOURCE, "me")
    soon(lambda: client.get(f"/sources/{SOURCE}").status_code == 404)


def test_a_server_goes_on_when_the_snapshot_it_began_with_is_gone(
    home: GraphHome, client: httpx.Client
) -> None:
    for number in range(KEPT_SNAPSHOTS + 1):
        home.commit("me", "try", remark(number))
    make_ready(home)
    assert not home.snapshot(Commit(1, "", "", "", "", 0, 0)).exists()

    def remarks() -> int:
        answer = client.get("/sparql", params={"query": WHAT})
        assert answer.status_code == 200, answer.text
        return len(answer.json()["results"]["bindings"])

    soon(lambda: remarks() == KEPT_SNAPSHOTS + 1)


def test_a_commit_is_told_of_when_what_follows_it_is_worked_out(home: GraphHome) -> None:
    async def follow(patience: float) -> list[str]:
        known = home.last_commit()
        assert known is not None
        told: list[str] = []
        follower = Follower(
            home, known, lambda one: told.append(one.why), every=0.01, patience=patience
        )
        follower.start()
        await asyncio.to_thread(home.commit, "me", "first", remark(1))
        await asyncio.sleep(0.3)
        if patience > 1:
            assert told == []
            await asyncio.to_thread(make_ready, home)
        async with asyncio.timeout(30):
            while not told:
                await asyncio.sleep(0.05)
        await follower.close()
        return told

    assert asyncio.run(follow(60)) == ["first"]
    home.commit("me", "take back", Change(remove=remark(1).add))
    # Nobody makes it ready, so it is told of after a while.
    assert asyncio.run(follow(0.1)) == ["first"]


def test_a_failure_to_look_is_not_lost(home: GraphHome) -> None:
    async def follow() -> None:
        known = home.last_commit()
        assert known is not None
        follower = Follower(home, known, lambda one: None, every=0.01)
        follower.start()
        for entry in (home.folder / "log").glob("*.json"):
            entry.write_text("{", encoding="utf-8")
        await asyncio.sleep(1.0)
        await follower.close()

    with pytest.raises(ValueError, match="Expecting"):
        asyncio.run(follow())
