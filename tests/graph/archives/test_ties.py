"""Ties of an archive: counts, signs, windows and decay, worked out by hand from ten rows."""

import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archived import SOURCE, Table
from comity.errors import InputError
from comity.graph.archives.shelf import Shelf, named
from comity.graph.archives.ties import Period, TieQuery, checked, ties
from comity.graph.home import GraphHome


def asked(home: GraphHome, shelf: Shelf, query: TieQuery) -> list[dict[str, Any]]:
    place = shelf.place(named(home.engine(), SOURCE))
    connection = shelf.connection()
    try:
        return connection.arrow(ties(connection.table(place), query)).to_pylist()  # type: ignore[no-any-return]
    finally:
        connection.close()


@pytest.fixture
def engine_shelf(each_engine: dict[str, str], home: GraphHome, table: Table) -> Shelf:
    """The archive on each engine."""
    table.bring(as_archive=True)
    return Shelf(home.folder, each_engine)


def test_each_pair_is_counted_by_sign(home: GraphHome, engine_shelf: Shelf) -> None:
    found = [
        (row["holder"], row["object_type"], row["object"], row["acts"], row["positive"],
         row["neutral"], row["negative"], row["hundredths"], row["first"], row["last"])
        for row in asked(home, engine_shelf, TieQuery())
    ]  # fmt: skip
    quiet = "my-acts-1-2-the-quiet-ones"
    # accuse -1, praise +1, accuse -1, warn -0.5; affirm has no sign, which is not 0.
    # Condemning the fighting signs no actor; a proposal about nothing is no tie.
    assert found == [
        ("arm", "actor", "aze", 5, 1, 0, 3, -150, date(2013, 12, 31), date(2014, 7, 2)),
        ("aze", "actor", "arm", 1, 1, 0, 0, 100, date(2015, 2, 1), date(2015, 2, 1)),
        ("aze", "event", "fight", 1, 0, 0, 0, 0, date(2015, 1, 31), date(2015, 1, 31)),
        (quiet, "actor", "arm", 1, 0, 0, 1, -100, date(2014, 3, 5), date(2014, 3, 5)),
        (quiet, "actor", "aze", 1, 0, 0, 1, -100, date(2014, 3, 5), date(2014, 3, 5)),
    ]


def test_periods_kinds_and_windows(home: GraphHome, engine_shelf: Shelf) -> None:
    pair = TieQuery(holders=("arm",), objects=("aze",))
    by_month = asked(home, engine_shelf, checked(pair, by="month"))
    assert [(row["period"], row["acts"]) for row in by_month] == [
        (201312, 1), (201401, 1), (201407, 3),
    ]  # fmt: skip
    by_year = asked(home, engine_shelf, checked(pair, by="year", by_kind=True))
    assert [(row["period"], row["kind"], row["acts"]) for row in by_year] == [
        (2013, "accuse", 1), (2014, "accuse", 1), (2014, "affirm", 1), (2014, "praise", 1),
        (2014, "warn", 1),
    ]  # fmt: skip
    year = TieQuery(since=date(2014, 1, 1), until=date(2014, 7, 1), holders=("arm",))
    assert [row["acts"] for row in asked(home, engine_shelf, year)] == [3]
    accused = asked(home, engine_shelf, TieQuery(kinds=("accuse",)))
    assert [(row["holder"], row["acts"]) for row in accused] == [("arm", 2)]
    assert [row["acts"] for row in asked(home, engine_shelf, TieQuery(minimum=2))] == [5]


def test_weight_halves_with_each_half_life(home: GraphHome, engine_shelf: Shelf) -> None:
    query = checked(
        TieQuery(holders=("arm",)), half_life=181.0, as_of=date(2014, 7, 1), rule="comity-1"
    )
    [row] = asked(home, engine_shelf, query)
    # From 2014-01-01 to 2014-07-01 are 181 days, one half-life; from 2013-12-31 182. The
    # affirmation of 2014-07-02 comes after the day that is asked about.
    expected = -(2 ** (-182 / 181)) + 0.5 - 1.0 - 0.5
    assert row["acts"] == 4
    assert math.isclose(row["weight"], expected, rel_tol=1e-9)
    assert row["hundredths"] == -150


def test_ties_are_written_to_one_file_in_their_order(
    home: GraphHome, engine_shelf: Shelf, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    place = engine_shelf.place(named(home.engine(), SOURCE))
    connection = engine_shelf.connection()
    connection.write(ties(connection.table(place), TieQuery()), tmp_path / "ties.parquet")
    connection.close()
    assert pq.read_table(tmp_path / "ties.parquet").to_pylist() == asked(
        home, engine_shelf, TieQuery()
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"by": "week"}, "by is 'week'; one of all, year, month"),
        ({"rule": "mine"}, "rule is 'mine'; one of comity-1, goldstein"),
        ({"half_life": 90.0}, "give as_of too"),
        ({"half_life": -1.0, "as_of": date(2014, 1, 1)}, "days, over 0"),
    ],
)
def test_query_that_means_nothing_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        checked(TieQuery(), **values)
    with pytest.raises(InputError, match="'slander' is no kind of act"):
        checked(TieQuery(kinds=("slander",)))
    assert checked(TieQuery(), by="year").by is Period.YEAR


def test_what_does_not_fit_in_memory_goes_to_disk(tmp_path: Path) -> None:
    """Three million pairs in 64 MiB: slower, and the same."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from comity.graph.archives.rows import SCHEMA

    count = 1_500_000
    place = tmp_path / "many" / "year=2014"
    place.mkdir(parents=True)
    days = pa.array([16_071] * count, pa.int32()).cast(pa.date32())
    numbers = [str(number) for number in range(count)]
    columns = {
        "act": pa.array(numbers),
        "day": days,
        "kind": pa.array(["praise"] * count),
        "holder": pa.array(numbers),
        "object_type": pa.array(["actor"] * count),
        "object": pa.array(numbers),
        "comity_1": pa.array([100] * count, pa.int16()),
        "goldstein": pa.nulls(count, pa.int16()),
        "row": pa.array(numbers),
        "rest": pa.nulls(count, pa.string()),
    }
    pq.write_table(pa.table(columns, schema=SCHEMA), place / "0.parquet")
    shelf = Shelf(tmp_path, {"COMITY_ARCHIVE_MEMORY": "128"})
    shelf.folder.mkdir()
    connection = shelf.connection()
    connection.write(
        ties(connection.table(tmp_path / "many"), TieQuery()), tmp_path / "out.parquet"
    )
    connection.close()
    assert pq.read_metadata(tmp_path / "out.parquet").num_rows == count
