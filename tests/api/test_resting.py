"""What rests on a source that was imported: acts by day, everything else by IRI."""

from collections.abc import Iterator

import httpx
import pytest

from archived import SOURCE, shipped_with_acts
from comity.api.settings import Settings
from comity.graph.importing import import_files
from importers import COW_HEADER, CST
from server import running


@pytest.fixture(scope="module")
def importing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with a treaty of COW's and an analyst's acts."""
    folder = tmp_path_factory.mktemp("imported")
    home = shipped_with_acts(folder, as_archive=False)
    parties = folder / "alliances.csv"
    rows = (CST.format(code=code, name=name) for code, name in ((371, "Armenia"), (365, "Russia")))
    parties.write_text(COW_HEADER + "".join(rows))
    import_files(home, "cow-alliances", [parties], retrieved="2026-11-25", who="me")
    with (
        running(Settings(data=home.folder)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def test_an_import_lists_what_is_no_act_then_acts_by_day(importing: httpx.Client) -> None:
    found = importing.get(f"/sources/{SOURCE}/statements").json()
    acts = importing.get(f"/stances?source={SOURCE}").json()
    days = [one["date"] for one in acts["items"]]
    # Of the ten rows the one of Nobody is of no known kind.
    assert days == [
        "2013-12-31", "2014-01-01", "2014-03-05", "2014-07-01", "2014-07-01", "2014-07-02",
        "2015-01-31", "2015-02", "2015-04-01",
    ]  # fmt: skip
    [group, *rest] = found["items"]
    assert (group["label"], group["type"]) == ("The Quiet Ones", "group")
    assert [one["id"] for one in rest] == [one["id"] for one in acts["items"]]
    assert found["total"] == 10


def test_pages_of_an_import_go_on_where_the_last_one_ended(importing: httpx.Client) -> None:
    whole = importing.get(f"/sources/{SOURCE}/statements").json()["items"]
    asked: str | None = f"/sources/{SOURCE}/statements?limit=2"
    seen = []
    while asked:
        answer = importing.get(asked).json()
        seen.extend(answer["items"])
        asked = answer["next"]
    assert seen == whole


def test_the_page_of_an_import_says_what_stands_in_its_graph(importing: httpx.Client) -> None:
    found = importing.get("/sources/cow-alliances-4.1/statements").json()
    kinds = sorted(one["type"] for one in found["items"])
    # Each of the two parties owes the other defence; the treaty is the graph's own.
    assert kinds == ["membership", "membership", "obligation", "obligation"]
    page = importing.get(f"/sources/{SOURCE}?format=html").text
    assert "What it says: 9 acts" in page
    assert "10 statements in all" in page


def test_what_others_rest_on_an_import_is_listed_too(importing: httpx.Client) -> None:
    # The shipped graph quotes rows of COW's alliances under a source of its own.
    quoted = importing.get("/sources/cow-alliances-4-1/statements").json()
    assert quoted["total"] > 0
    imported = importing.get("/sources/cow-alliances-4.1/statements").json()["items"]
    assert not {one["id"] for one in quoted["items"]} & {one["id"] for one in imported}
