"""Evidence of what has no words: the row of a data set, and what instruments saw."""

import hashlib
from collections.abc import Iterator

import httpx
import pytest

from archived import ROWS, SOURCE, shipped_with_acts
from comity.api.settings import Settings
from comity.graph.importing import import_files
from importers import COW_HEADER, CST
from server import running

EVENT = "attack-on-armenia-2022-09"
NEAR = f"""
near:
  - event: {EVENT}
    box: [45.0, 39.0, 46.6, 40.4]
    days: [2022-09-12, 2022-09-14]
"""
FIRES = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
    "version,bright_ti5,frp,daynight\n"
)
FIRE = "39.84012,45.66731,331.4,0.42,0.61,2022-09-13,{time},N,VIIRS,n,2.0NRT,290.1,4.7,N\n"
# Backwards, so that the order of the file is not that of the day.
ALL_FIRES = FIRES + "".join(
    FIRE.format(time=f"{one // 60:02}{one % 60:02}") for one in range(119, -1, -1)
)


@pytest.fixture(scope="module")
def importing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with a treaty of COW's, an analyst's acts and 120 fires."""
    folder = tmp_path_factory.mktemp("rows")
    home = shipped_with_acts(folder, as_archive=False)
    parties, fires, near = (folder / name for name in ("parties.csv", "fires.csv", "near.yaml"))
    parties.write_text(COW_HEADER + CST.format(code=371, name="Armenia"))
    fires.write_text(ALL_FIRES)
    near.write_text(NEAR)
    import_files(home, "cow-alliances", [parties], retrieved="2026-11-25", who="me")
    import_files(home, "firms", [fires], retrieved="2026-11-25", who="me", mapping=near)
    with (
        running(Settings(data=home.folder)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def sum_of(text: str) -> str:
    """SHA-256 sum of a file with that text."""
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_imported_act_has_its_row_for_evidence_and_no_quote(importing: httpx.Client) -> None:
    [act] = importing.get(f"/stances?source={SOURCE}&kind=praise").json()["items"]
    [piece] = act["evidence"]
    assert piece["row"] == {
        "file": "acts.csv",
        "sha256": sum_of(ROWS.replace("fight", EVENT)),
        "number": 2,
    }
    assert (piece["source"]["id"], piece["speech"]) == (SOURCE, "row")
    assert {piece[name] for name in ("words", "passage", "summary")} == {None}
    assert act["quote"] is None


def test_the_page_of_an_imported_act_names_document_and_row(importing: httpx.Client) -> None:
    [act] = importing.get(f"/stances?source={SOURCE}&kind=praise").json()["items"]
    page = importing.get(f"/stances/{act['id']}?format=html").text
    assert "Row 2 of acts.csv" in page
    assert f"/sources/{SOURCE}" in page
    assert "a row of a data set, not a quotation" in page


def test_the_explorer_cites_the_row_of_a_vote(importing: httpx.Client) -> None:
    # A shipped vote: its data set tells no file, so the digits of the file stand for it.
    vote = importing.get("/stances/sun-vote-no-1946-02-16").json()
    [piece] = vote["evidence"]
    assert piece["row"] == {"file": None, "sha256": "d6b65d698d8f", "number": 1}
    page = importing.get("/?actor=sun&until=1946-12-31&view=table").text
    assert "Row 1 of the file whose SHA-256 begins with d6b65d698d8f" in page
    assert "World Politics Data Lab, vetoes" in page


def test_an_act_with_words_has_no_row(importing: httpx.Client) -> None:
    acts = importing.get("/stances?source=seed-article").json()["items"]
    assert acts
    assert all(piece["row"] is None for act in acts for piece in act["evidence"])


def test_an_imported_membership_names_its_row(importing: httpx.Client) -> None:
    found = importing.get("/treaties/cst/parties?source=cow-alliances-4.1").json()["items"]
    [party] = found
    assert party["row"]["file"] == "parties.csv"
    assert party["row"]["number"] == 1
    assert "Row 1 of parties.csv" in importing.get(f"/memberships/{party['id']}?format=html").text


def test_an_event_has_the_first_hundred_observations_in_order(importing: httpx.Client) -> None:
    event = importing.get(f"/events/{EVENT}").json()
    # With the one of the article, which is of two days and has no time of day.
    assert event["observation_count"] == 121
    times = [one["time"] for one in event["observations"]]
    assert times[:3] == [None, "00:00Z", "00:01Z"]
    assert len(times) == 100
    fire = event["observations"][1]
    assert (fire["latitude"], fire["longitude"], fire["radiative_power"]) == (
        39.84012,
        45.66731,
        4.7,
    )
    assert [piece["row"]["number"] for piece in fire["evidence"]] == [120]
    page = importing.get(f"/events/{EVENT}?format=html").text
    assert "The first 100 of 121." in page
    assert "at 39.84012, 45.66731" in page
    assert "00:01 UTC" in page


def test_all_observations_are_listed_page_by_page(importing: httpx.Client) -> None:
    asked: str | None = f"/events/{EVENT}/observations?limit=50"
    seen = []
    while asked:
        answer = importing.get(asked).json()
        assert answer["total"] == 121
        seen.extend(one["time"] for one in answer["items"])
        asked = answer["next"]
    assert seen == [None, *(f"{one // 60:02}:{one % 60:02}Z" for one in range(120))]


def test_a_source_tells_its_files(importing: httpx.Client) -> None:
    wanted = {"name": "fires.csv", "sha256": sum_of(ALL_FIRES)}
    assert importing.get("/sources/firms").json()["files"] == [wanted]
    assert wanted["sha256"] in importing.get("/sources/firms?format=html").text
    assert importing.get("/sources/seed-article").json()["files"] == []


def test_observations_of_no_event_are_refused(importing: httpx.Client) -> None:
    answer = importing.get("/events/nothing/observations")
    assert answer.status_code == 404
