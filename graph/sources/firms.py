"""NASA FIRMS, active fires and other heat that MODIS and VIIRS saw, one row for each detection.

A row becomes an observation of heat with its place, its time (UTC) and, as far as given, its
radiative power; instrument, satellite, confidence, day or night and, in the archive, the
type that FIRMS presumes stand in the note. What caused the heat is not said. Brightness, scan and track, which tell the size of the pixel, and
the version of the processing have no place and are left out. A detection is tied to an event
only where `--mapping FILE` says which box and days are near it:

    near:
      - event: attack-on-armenia-2022-09
        box: [45.0, 39.0, 46.6, 40.4]      # west, south, east, north, in degrees
        days: [2022-09-12, 2022-09-14]     # first and last, UTC

The same detection twice on one day is refused; give files that do not overlap.
Source: NASA FIRMS, https://www.earthdata.nasa.gov/firms, collections MCD14 and VNP14IMG.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar

from comity.errors import InputError
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.near import Near
from comity.graph.sources.numbers import decimal_of, degrees_of
from comity.graph.sources.record import Record
from comity.graph.sources.world import World
from comity.ontology.dates import parse_moment
from comity.ontology.namespaces import Thing

_OBSERVER = "nasa-firms"
_SATELLITES = {
    "1": "NOAA-20",
    "A": "Aqua",
    "N": "Suomi NPP",
    "N20": "NOAA-20",
    "N21": "NOAA-21",
    "T": "Terra",
}
_CONFIDENCE = {"l": "low", "n": "nominal", "h": "high"}
_LIGHT = {"D": "day", "N": "night"}
_TYPES = {
    "0": "presumed vegetation fire",
    "1": "active volcano",
    "2": "other static land source",
    "3": "offshore",
}
_slug_of = lru_cache(slug_of)


class Firms(Importer):
    """Reads detections of MODIS and of VIIRS, near real time and archive.

    Raises:
        InputError: a detection is to be near an event that is not in the graph.
    """

    origin = Origin(
        name="firms",
        version="",
        label="NASA FIRMS, active fire detections of MODIS and VIIRS",
        publisher="NASA",
        licence="public domain",
        may_pass_on=True,
        url="https://www.earthdata.nasa.gov/firms",
        coverage_start="2000-11-01",
        note="We acknowledge the use of data from NASA's Fire Information for Resource "
        "Management System (FIRMS). A detection is the centre of a pixel, not of a fire.",
    )
    # MODIS and VIIRS name their two brightnesses differently; files of the last days lack the
    # instrument, archives have a type more.
    forms = (
        Form(
            "detections",
            (
                *("latitude", "longitude", "scan", "track", "acq_date", "acq_time", "satellite"),
                *("confidence", "version", "frp", "daynight"),
            ),
        ),
    )
    near: ClassVar[tuple[Near, ...]] = ()

    def __init__(self, world: World) -> None:
        super().__init__(world)
        for one in self.near:
            if not world.has(Thing.EVENT, one.event):
                raise InputError(f"near: there is no event '{one.event}' in the graph.")

    def records(self, row: Row) -> Iterable[Record]:
        """An observation, and the observer where the graph has it not."""
        day, time = row["acq_date"], _time(row["acq_time"])
        latitude = degrees_of(row["latitude"], "latitude", 90)
        longitude = degrees_of(row["longitude"], "longitude", 180)
        power = decimal_of(row["frp"], "radiative power", 0) if row["frp"] else ""
        moment = parse_moment(day)
        if moment.earliest != moment.latest:
            raise RowError(f"'{day}' is not a day")
        where = f"{_degrees(latitude, 'ns')}-{_degrees(longitude, 'ew')}"
        identifier = f"{_slug_of(row['satellite'])}-{day}-{time.replace(':', '')}-{where}"
        self._first_today(day, identifier)
        if not self.world.has(Thing.ACTOR, _OBSERVER):
            yield from self._observer()
        yield self.record(
            "observations",
            identifier,
            kind="heat",
            observed_by=_OBSERVER
            if self.world.has(Thing.ACTOR, _OBSERVER)
            else self.mint(_OBSERVER),
            event=[one.event for one in self.near if one.holds(longitude, latitude, day)],
            date=day,
            time=f"{time}Z",
            latitude=latitude,
            longitude=longitude,
            power=power,
            note=_note(row),
        )

    def _first_today(self, day: str, identifier: str) -> None:
        """Refuses a detection that came before; only one day is kept in mind."""
        if self.memory.get("day") != day:
            self.memory["day"], self.memory["seen"] = day, {}
        if not self.is_new("seen", identifier):
            raise RowError("the same detection came before")

    def _observer(self) -> Iterable[Record]:
        if self.is_new("observer", _OBSERVER):
            yield self.record(
                "organisations", _OBSERVER, type="government-body", label="NASA FIRMS"
            )


def firms_near(near: tuple[Near, ...]) -> type[Importer]:
    """The importer that ties detections to events."""
    return type("FirmsNear", (Firms,), {"near": near, "settings": repr(near), "__doc__": "Near."})


def _time(text: str) -> str:
    """Hours and minutes: `130` and `01:30` are half past one."""
    digits = text.replace(":", "").zfill(4)
    if len(digits) != 4 or not digits.isdecimal() or digits > "2359" or digits[2:] > "59":
        raise RowError(f"'{text}' is not a time of day")
    return f"{digits[:2]}:{digits[2:]}"


def _degrees(text: str, sides: str) -> str:
    side = sides[1] if text.startswith("-") else sides[0]
    return side + text.lstrip("+-").rstrip(".").lstrip(".").replace(".", "-")


def _note(row: Row) -> str:
    satellite = _SATELLITES.get(row["satellite"], row["satellite"])
    confidence = _CONFIDENCE.get(row["confidence"], row["confidence"])
    light = _LIGHT.get(row["daynight"], row["daynight"])
    instrument = row.values.get("instrument") or (
        "VIIRS" if "bright_ti4" in row.values else "MODIS"
    )
    kind = _TYPES.get(row.values.get("type", ""), "")
    note = f"{instrument} on {satellite}, {light}; confidence {confidence}"
    return f"{note}; {kind}." if kind else f"{note}."
