"""UCDP Georeferenced Event Dataset, one row for each event of deadly violence.

A row becomes an event with its place, the part of each side in it, and a report of the
people killed: best, lowest and highest figure. Where the day is not known exactly, start
and end are both "between the first and the last day that is possible". Two sides that fight
are `party`; civilians, on whom an event of one-sided violence falls, are no actor that takes
part: they stand in the report, as the civilians of the country. A government is its state,
by the code of Gleditsch and Ward in the row and the date, else by name. Other sides are
those of the graph by a name of several words, else they are minted with UCDP's id; several
groups that UCDP counts as one side stay one. Deaths by side are in the note. Sources of the
row, conflict, dyad and grid cell have no place and are left out.
Source: Sundberg and Melander, Introducing the UCDP Georeferenced Event Dataset, Journal of
Peace Research 50 (2013); Davies, Pettersson and Öberg, Organized violence 1989-2022, Journal
of Peace Research 60 (2023).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.graph.resolve import folded
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.numbers import degrees_of
from comity.graph.sources.record import Record
from comity.ontology.dates import parse_day

_GOVERNMENT = "Government of "
_ONE_SIDED = "3"
_TYPES = {"1": "fighting", "2": "fighting", _ONE_SIDED: "one-sided-violence"}
_COLUMNS = (
    *("id", "type_of_violence", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id"),
    *("side_b", "where_prec", "where_coordinates", "adm_1", "latitude", "longitude", "country"),
    *("country_id", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a"),
    *("deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
# A collection of one country has these two names for the place on the map.
_SHORT = {"latitude": "lat", "longitude": "lon"}


@dataclass(frozen=True, slots=True)
class _Side:
    """Somebody in the graph, or what is to be minted."""

    known: str
    slug: str = ""
    name: str = ""
    kind: str = ""


class UcdpGed(Importer):
    """Reads the events, in the columns as published or with `lat` and `lon`."""

    origin = Origin(
        name="ucdp-ged",
        version="23.1",
        label="UCDP Georeferenced Event Dataset, version 23.1",
        publisher="Uppsala Conflict Data Program",
        licence="CC BY 4.0",
        may_pass_on=True,
        url="https://ucdp.uu.se/downloads/",
        coverage_start="1989-01-01",
        coverage_end="2022-12-31",
        note="Credit: Uppsala Conflict Data Program (UCDP), Department of Peace and Conflict "
        "Research, Uppsala University. Cite Sundberg and Melander (2013) and Davies, Pettersson "
        "and Öberg (2023).",
    )
    forms = (
        Form("events", _COLUMNS),
        Form("events with lat and lon", tuple(_SHORT.get(name, name) for name in _COLUMNS)),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """The event, after the sides that are new, then who took part and the figures."""
        kind = _TYPES.get(row["type_of_violence"])
        if kind is None:
            raise RowError(f"'{row['type_of_violence']}' is no type of violence (1, 2 or 3)")
        # Some releases write the hour too, always midnight.
        first, last = row["date_start"][:10], row["date_end"][:10]
        day = parse_day(first)
        if parse_day(last) < day:
            raise RowError(f"it ends ({last}) before it starts ({first})")
        figures = _figures(row)
        is_one_sided = row["type_of_violence"] == _ONE_SIDED
        event = self._event(row, kind, first, last)
        side_b = _civilians(row) if is_one_sided else self._side(row, "b", day)
        sides = [self._side(row, "a", day), side_b]
        # From here on nothing is refused: what is minted is remembered.
        for side in sides:
            if not side.known and self.is_new("actors", side.slug):
                yield self.record("organisations", side.slug, type=side.kind, label=side.name)
        yield event
        number, own = slug_of(row["id"]), f"{self.origin.slug}-"
        ids = list(dict.fromkeys(side.known or self.mint(side.slug) for side in sides))
        for actor in ids[:1] if is_one_sided else ids:
            yield self.record(
                "participations",
                f"{number}-{actor.removeprefix(own)}",
                event=event.id,
                participant=actor,
                role="party",
            )
        yield self.record(
            "casualty_reports",
            f"{number}-killed",
            event=event.id,
            side=ids,
            measure="killed",
            group="all",
            as_at=last,
            note=f"Of the best figure {row['deaths_a']} on side A, {row['deaths_b']} on side B, "
            f"{row['deaths_civilians']} civilians and {row['deaths_unknown']} unknown.",
            **figures,
        )

    def _event(self, row: Row, kind: str, first: str, last: str) -> Record:
        is_exact = row["date_prec"] == "1" or first == last
        names = (row["where_coordinates"], row["adm_1"], row["country"])
        about = "several events told as one" if row["event_clarity"] == "2" else ""
        rough = "" if row["where_prec"] in ("1", "2") else "the place is known roughly"
        note = "; ".join(filter(None, (about, rough)))
        # Both ends are somewhere in the days that UCDP gives.
        return self.record(
            "events",
            slug_of(row["id"]),
            label=f"{row['dyad_name']}, {row['where_coordinates'] or row['country']}, {first}",
            type=kind,
            start_date=first if is_exact else f"{first}/{last}",
            end_date=last if is_exact else f"{first}/{last}",
            place=", ".join(dict.fromkeys(filter(None, names))),
            latitude=_place(row, "latitude", 90),
            longitude=_place(row, "longitude", 180),
            state="occurred",
            note=f"{note[:1].upper()}{note[1:]}." if note else "",
        )

    def _side(self, row: Row, side: str, day: date) -> _Side:
        name = row[f"side_{side}"]
        if name.startswith(_GOVERNMENT):
            code = row[f"gwno{side}"]
            state = name.removeprefix(_GOVERNMENT)
            found = self.world.by_code("gw-state", code, day) if code else None
            found = found or self.world.by_name(state, day)
            if found is None:
                raise RowError(f"no state is called '{state}' or has the code '{code}' on {day}")
            return _Side(found)
        # A short name may be the acronym of many.
        if len(name.split()) > 1 or folded(name) in self.world.decided:
            known = self.world.by_name(name)
            if known is not None:
                return _Side(known)
        return _Side("", f"actor-{slug_of(row[f'side_{side}_new_id'])}", name, "armed-group")


def _civilians(row: Row) -> _Side:
    country = row["country"]
    return _Side("", f"civilians-{slug_of(country)}", f"Civilians, {country}", "group")


def _figures(row: Row) -> dict[str, str]:
    names = ("low", "best", "high")
    try:
        low, best, high = (int(row[name]) for name in names)
    except ValueError:
        raise RowError("low, best and high are not all whole numbers") from None
    if not 0 <= low <= best <= high:
        raise RowError(f"the figures are out of order: low {low}, best {best}, high {high}")
    return {name: str(value) for name, value in zip(names, (low, best, high), strict=True)}


def _place(row: Row, name: str, largest: float) -> str:
    column = name if name in row.values else _SHORT[name]
    return degrees_of(row[column], name, largest)
