"""Heat seen by satellites: both instruments, times, what is near an event and what is not."""

from pathlib import Path

import pytest

from comity.errors import DataError, InputError
from comity.graph.sources.near import read_near
from importers import ImportBench

VIIRS = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
    "version,bright_ti5,frp,daynight\n"
)
MODIS = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
    "version,bright_t31,frp,daynight\n"
)
SEEN = "39.84012,45.66731,331.4,0.42,0.61,2022-09-13,{time},N,VIIRS,{sure},2.0NRT,290.1,{frp},N\n"
NIGHT = SEEN.format(time="2230", sure="n", frp="4.7")
FIELDS = ("date", "time", "latitude", "longitude", "radiativePower", "event", "note")
NEAR = """
near:
  - event: attack-on-armenia-2022-09
    box: [45.0, 39.0, 46.6, 40.4]
    days: [2022-09-12, 2022-09-14]
"""


def test_detections_of_both_instruments(bench: ImportBench) -> None:
    # Times of day come with and without leading zeros and a colon.
    made = bench.run(
        "firms",
        modis=MODIS
        + "-8.5,-63.1205,310.2,1.1,1.0,2022-09-13,130,Terra,MODIS,77,6.1NRT,295.0,12.3,D\n"
        + "8.5,-63.1205,310.2,1.1,1.0,2022-09-13,01:30,Terra,MODIS,77,6.1NRT,295.0,,D\n",
        viirs=VIIRS + NIGHT,
    )
    assert made.rejects == ()
    modis = "MODIS on Terra, day; confidence 77."
    assert made.table("Observation", *FIELDS) == [
        ("2022-09-13", "01:30Z", "-8.5", "-63.1205", "12.3", "", modis),
        ("2022-09-13", "01:30Z", "8.5", "-63.1205", "", "", modis),
        (
            *("2022-09-13", "22:30Z", "39.84012", "45.66731", "4.7", ""),
            "VIIRS on Suomi NPP, night; confidence nominal.",
        ),
    ]
    assert made.table("Observation", "identifier", "observationKind", "observedBy")[-1] == (
        *("firms-terra-2022-09-13-0130-s8-5-w63-1205", "heat", "nasa-firms"),
    )


def test_last_days_lack_the_instrument_and_the_archive_has_a_type(bench: ImportBench) -> None:
    made = bench.run(
        "firms",
        days=VIIRS.replace("instrument,", "")
        + NIGHT.replace("N,VIIRS,n", "N20,nominal").replace("2230", "0001"),
        archive=VIIRS.replace("daynight", "daynight,type").replace("bright_ti4", "brightness")
        + NIGHT.replace(",N\n", ",N,2\n"),
    )
    assert made.rejects == ()
    assert made.table("Observation", "time", "note") == [
        ("00:01Z", "VIIRS on NOAA-20, night; confidence nominal."),
        (
            "22:30Z",
            "VIIRS on Suomi NPP, night; confidence nominal; other static land source.",
        ),
    ]


def test_detection_is_near_an_event_only_as_the_file_says(
    bench: ImportBench, tmp_path: Path
) -> None:
    path = tmp_path / "near.yaml"
    path.write_text(NEAR)
    made = bench.run(
        "firms",
        mapping=path,
        viirs=VIIRS
        + NIGHT
        + NIGHT.replace("45.66731", "46.70000")
        + NIGHT.replace("2022-09-13", "2022-09-15"),
    )
    assert made.table("Observation", "date", "longitude", "event") == [
        ("2022-09-13", "45.66731", "attack-on-armenia-2022-09"),
        ("2022-09-13", "46.70000", ""),
        ("2022-09-15", "45.66731", ""),
    ]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    made = bench.run(
        "firms",
        viirs=VIIRS
        + SEEN.format(time="2460", sure="h", frp="1")
        + SEEN.format(time="1200", sure="h", frp="-1")
        + NIGHT.replace("39.84012", "99.1")
        + NIGHT.replace("2022-09-13", "2022-09")
        + NIGHT
        + NIGHT,
    )
    assert len(made.table("Observation", "identifier")) == 1
    assert made.rejects == (
        "viirs.csv,2,'2460' is not a time of day",
        "viirs.csv,3,a radiative power of -1 cannot be",
        "viirs.csv,4,a latitude of 99.1 cannot be",
        "viirs.csv,5,'2022-09' is not a day",
        "viirs.csv,7,the same detection came before",
    )


def test_event_that_is_not_there_is_told_at_once(bench: ImportBench, tmp_path: Path) -> None:
    path = tmp_path / "near.yaml"
    path.write_text(NEAR.replace("attack-on-armenia-2022-09", "no-such-event"))
    with pytest.raises(InputError, match="there is no event 'no-such-event'"):
        bench.run("firms", mapping=path, viirs=VIIRS + NIGHT)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("near:", "far:", "a list of events with box and days"),
        ("box: [45.0, 39.0, 46.6, 40.4]", "box: [46.6, 39.0, 45.0, 40.4]", "west, south, east"),
        ("days: [2022-09-12, 2022-09-14]", "days: [2022-09-14, 2022-09-12]", "is before the first"),
        ("days: [2022-09-12, 2022-09-14]", "days: [2022-09-14]", r"days are \[first, last\]"),
        ("    days: [2022-09-12, 2022-09-14]\n", "", "event, box and days, and nothing else"),
        ("days: [2022-09-12, 2022-09-14]", "days: [2022-09-12, soon]", "Invalid isoformat"),
        ("near:", "near: [", "cannot be read"),
    ],
)
def test_fault_in_the_file_of_what_is_near_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = tmp_path / "near.yaml"
    path.write_text(NEAR.replace(old, new))
    with pytest.raises(DataError, match=told):
        read_near(path)
