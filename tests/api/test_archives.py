"""Archives over HTTP: their ties, the acts behind a tie, the network that joins them."""

import csv
import io
from collections.abc import Iterator

import httpx
import pyarrow.parquet as pq
import pytest

from archived import SOURCE, shipped_with_acts
from comity.api import routers
from comity.api.settings import Settings
from server import running


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server over the shipped graph with an archive."""
    folder = tmp_path_factory.mktemp("archived")
    home = shipped_with_acts(folder, as_archive=True)
    with (
        running(Settings(data=home.folder, query_deadline=2)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def test_archives_are_listed_with_licence_and_addresses(archived: httpx.Client) -> None:
    answer = archived.get("/archives").json()
    [one] = answer["items"]
    assert (one["id"], one["rows"], one["licence"], one["may_be_passed_on"]) == (
        SOURCE, 10, "CC0", True,
    )  # fmt: skip
    assert archived.get(one["ties"]).status_code == 200
    assert archived.get(one["source"]).json()["label"] == "My acts"
    assert archived.get(f"/archives/{SOURCE}").json() == one
    missing = archived.get("/archives/other")
    assert missing.status_code == 404
    assert missing.json()["detail"].startswith("No archive is called 'other'")


def test_ties_lead_to_the_rows_behind_them(archived: httpx.Client) -> None:
    answer = archived.get(f"/archives/{SOURCE}/ties?by=year&minimum=2").json()
    [tie] = answer["items"]
    assert (tie["holder"], tie["object"], tie["period"], tie["acts"], tie["sum"]) == (
        "arm", "aze", 2014, 4, -0.5,
    )  # fmt: skip
    acts = archived.get(
        f"/archives/{SOURCE}/acts?holder=arm&object=aze&since=2014-01-01&until=2014-12-31"
    ).json()
    assert acts["total"] == 4
    assert [(one["day"], one["kind"]) for one in acts["items"]] == [
        ("2014-01-01", "praise"), ("2014-07-01", "accuse"), ("2014-07-01", "warn"),
        ("2014-07-02", "affirm"),
    ]  # fmt: skip
    # Each names its row of the file.
    assert {one["row"].partition(":")[2] for one in acts["items"]} == {"2", "3", "4", "6"}
    second = archived.get(
        f"/archives/{SOURCE}/acts?holder=arm&object=aze&since=2014-01-01&limit=1&offset=1"
    ).json()
    assert [one["kind"] for one in second["items"]] == ["accuse"]


def test_ties_come_as_csv_and_parquet(archived: httpx.Client) -> None:
    text = archived.get(f"/archives/{SOURCE}/ties?format=csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["holder"], row["object"], row["acts"]) for row in rows][:2] == [
        ("arm", "aze", "5"), ("aze", "arm", "1"),
    ]  # fmt: skip
    body = archived.get(
        f"/archives/{SOURCE}/ties", headers={"Accept": "application/vnd.apache.parquet"}
    ).content
    assert pq.read_table(io.BytesIO(body)).num_rows == len(rows) == 5


def test_network_joins_an_archive(archived: httpx.Client) -> None:
    answer = archived.get(
        "/network",
        params={"archive": SOURCE, "relation": "stance", "since": "2014-01-01",
                "until": "2014-12-31"},
    ).json()  # fmt: skip
    counts = {
        (one["subject"], one["object"], one["kind"]): (one["count"], one["archives"])
        for one in answer["edges"]
    }
    assert counts["arm", "aze", "accuse"] == (1, [SOURCE])
    assert archived.get("/network?archive=other").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("rule=mine", "There is no rule 'mine'"),
        ("by=week", "all"),
        ("kind=slander", "'slander' is no kind of act"),
        ("half_life=90", "give as_of too"),
        ("since=yesterday", "yesterday"),
        ("minimum=0", "1"),
    ],
)
def test_bad_parameter_is_named(archived: httpx.Client, query: str, said: str) -> None:
    answer = archived.get(f"/archives/{SOURCE}/ties?{query}")
    assert answer.status_code == 422
    assert said in answer.text


def test_archive_that_takes_too_long_is_stopped_and_the_next_answers(
    archived: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ibis
    from ibis.expr.types import Table as Expression

    def endless(rows: Expression, query: object) -> Expression:
        numbers = ibis.range(0, 10_000_000).unnest().name("n").as_table()
        pairs = numbers.cross_join(numbers.view().rename(m="n"))
        return pairs.aggregate(total=(pairs.n * pairs.m % 7).sum())

    with monkeypatch.context() as broken:
        broken.setattr(routers.archives, "ties", endless)
        answer = archived.get(f"/archives/{SOURCE}/ties")
    assert answer.status_code == 504
    assert "no answer within 2 s" in answer.json()["detail"]
    assert archived.get(f"/archives/{SOURCE}/ties").json()["total"] == 5
