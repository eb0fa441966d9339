"""What is near an event, as a person says in a YAML file: a box and days, nothing measured.

An event of the graph has a place in words; where on the map that is, is for people to say.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from comity.errors import DataError, Problem

_KEYS = {"event", "box", "days"}


@dataclass(frozen=True, slots=True)
class Near:
    """A box on the map and days that are near an event.

    Attributes:
        event: id of the event.
        west: degrees of longitude, and so on for the other sides.
        first: day, ISO 8601.
        last: day.
    """

    event: str
    west: float
    south: float
    east: float
    north: float
    first: str
    last: str

    def holds(self, longitude: str, latitude: str, day: str) -> bool:
        """Whether a place and a day are near the event.

        Examples:
            >>> near = Near("fight", 45.0, 39.0, 46.6, 40.4, "2022-09-12", "2022-09-14")
            >>> near.holds("45.7", "39.8", "2022-09-13"), near.holds("45.7", "39.8", "2022-09-15")
            (True, False)
        """
        return (
            self.first <= day <= self.last
            and self.west <= float(longitude) <= self.east
            and self.south <= float(latitude) <= self.north
        )


def read_near(path: Path) -> tuple[Near, ...]:
    """Reads `near:`, a list of `event`, `box: [west, south, east, north]`, `days: [first, last]`.

    Raises:
        DataError: the file is not of the form.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError([Problem(path.name, 0, "", f"cannot be read: {error}")]) from None
    given = document.get("near") if isinstance(document, dict) else None
    if not isinstance(given, list) or not given:
        raise DataError([Problem(path.name, 0, "near", "a list of events with box and days")])
    found: list[Near] = []
    faults: list[Problem] = []
    for number, one in enumerate(given, 1):
        try:
            found.append(_near(one))
        except ValueError as error:
            faults.append(Problem(path.name, 0, f"near[{number}]", str(error)))
    if faults:
        raise DataError(faults)
    return tuple(found)


def _near(one: Any) -> Near:
    if not isinstance(one, dict) or set(one) != _KEYS:
        raise ValueError("it has event, box and days, and nothing else")
    box, days = one["box"], one["days"]
    numbers = isinstance(box, list) and all(isinstance(side, int | float) for side in box)
    if not numbers or len(box) != 4 or not (box[0] <= box[2] and box[1] <= box[3]):
        raise ValueError("a box is [west, south, east, north] in degrees")
    if not isinstance(days, list) or len(days) != 2:
        raise ValueError("days are [first, last]")
    first, last = (date.fromisoformat(str(day)).isoformat() for day in days)
    if last < first:
        raise ValueError(f"the last day ({last}) is before the first ({first})")
    west, south, east, north = map(float, box)
    return Near(str(one["event"]), west, south, east, north, first, last)
