"""The actors by label: found by a piece of a name, a class and a day.

Owns the list that pages and the API turn over. It is worked out once for a version of the
graph and kept: asked in SPARQL for each piece of a name, 30,000 actors take seconds.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.kept import kept
from comity.graph.remembered import Remembered
from comity.graph.requests import request
from comity.ontology.namespaces import PREFIXES

_LABEL = f"{PREFIXES['skos']}prefLabel"
# Under which name the list is kept on disk.
ACTORS = "actors"
_ENTRIES: Remembered[str, list["Entry"]] = Remembered()


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor under one of its labels.

    Attributes:
        actor: IRI.
        order: the label in small letters.
        start: first day on which it may have existed; empty where nobody says.
        end: last such day; empty where nobody says.
        classes: local names of its classes.
        names: all its names in small letters, other labels among them.
    """

    actor: str
    order: str
    start: str
    end: str
    classes: list[str]
    names: list[str]

    def may_exist(self, day: date | None) -> bool:
        """Whether it may have existed on a day; None is any day."""
        text = day.isoformat() if day else ""
        return not text or ((self.start or text) <= text <= (self.end or text))


def find_actors(
    engine: Engine, classes: Collection[str] = (), piece: str = "", day: date | None = None
) -> list[str]:
    """IRIs of actors by label.

    Args:
        engine: the graph.
        classes: local names; actors of one of these, of any where none is named.
        piece: part of a name, in any case of letters.
        day: on which the actor may have existed; None is any day.
    """
    wanted, part = set(classes), piece.lower()
    found = (
        one.actor
        for one in directory(engine)
        if (not wanted or not wanted.isdisjoint(one.classes))
        and (not part or any(part in name for name in one.names))
        and one.may_exist(day)
    )
    # Whoever has two labels comes twice; the first place counts.
    return list(dict.fromkeys(found))


def directory(engine: Engine) -> list[Entry]:
    """All actors by label, an actor with several labels under each."""
    known = _ENTRIES.of(engine)
    if ACTORS not in known:
        rows = kept(engine, ACTORS, lambda: [asdict(one) for one in _read(engine)])
        known[ACTORS] = [Entry(**row) for row in rows]
    return known[ACTORS]


def _read(engine: Engine) -> list[Entry]:
    def grouped(name: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for row in engine.select(bind(request(name), {})).ordered():
            found.setdefault(row["actor"], []).append(row)
        return found

    classes, days = grouped("classes_of_actors"), grouped("days_of_actors")
    entries = [
        Entry(
            actor=actor,
            order=row["name"].lower(),
            start=lasting.get("start", ""),
            end=lasting.get("end", ""),
            classes=sorted({one["class"].rpartition("#")[2] for one in classes[actor]}),
            names=sorted({one["name"].lower() for one in names}),
        )
        for actor, names in grouped("spellings").items()
        for row in names
        if row["property"] == _LABEL
        for lasting in days.get(actor, [{}])
    ]
    return sorted(entries, key=lambda one: (one.order, one.actor))
