"""Names in imported sources that are near an actor of the graph, for people to decide on.

Owns which names are put to people: those of which an import made an actor of its own, and
those for which it refused a row, where the graph has nobody of that name, nobody decided,
and one actor is near enough. Nothing is taken from this by itself; see `decisions`.
"""

import csv
import re
import shlex
from dataclasses import dataclass

from comity.graph.batch import REJECTS
from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
from comity.graph.requests import request
from comity.graph.resolve import SURE, Resolver, folded
from comity.graph.sources.world import World
from comity.ontology.namespaces import id_of

# The reasons of importers that say which name they did not find.
_REFUSED = (
    re.compile(r"(?:no state of .+ is|nothing is) called '(.+)'(?: on [\d-]+| \(name\))?$"),
    re.compile(r"^'(.+)' has no letters of which an id can be made$"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name and whom it may mean.

    Attributes:
        name: as the source writes it.
        source: id of the source.
        in_graph: whether the source is there: a batch with too many rejects is not.
        actor: id of the actor that is near.
        label: of that actor.
        matched: the name of it that is nearest.
        score: 0 to 100.
        was_made: whether the import made an actor of the name; else it refused rows.
    """

    name: str
    source: str
    in_graph: bool
    actor: str
    label: str
    matched: str
    score: float
    was_made: bool

    @property
    def scope(self) -> str:
        """The source that a decision is for; empty for all where it is not in the graph."""
        return self.source if self.in_graph else ""

    @property
    def command(self) -> str:
        """What records it, but for the reason."""
        scope = f" --in {self.scope}" if self.scope else ""
        return f"comity decide {shlex.quote(self.name)} --is {self.actor}{scope} --why REASON"


def suggestions(home: GraphHome, source: str = "", sure: float = SURE) -> list[Suggestion]:
    """Names that are near one actor each, the nearest first.

    Args:
        home: the data directory.
        source: id of the one source whose names are wanted; empty for all.
        sure: how near they must be.
    """
    engine = home.engine()
    named = dict.fromkeys(_made(engine), True)
    for one, name in _refused(home):
        named.setdefault((one, name), False)
    there = {id_of(row["source"]) for row in _rows(engine, "imported")}
    resolver = Resolver(engine, imported=False)
    worlds: dict[str, World] = {}
    found: list[Suggestion] = []
    for (one, name), was_made in named.items():
        if source not in ("", one):
            continue
        if one not in worlds:
            worlds[one] = World.of(engine, one)
        plain = folded(name)
        # A name that the graph has is a matter of days or of codes, not of spelling.
        if plain in worlds[one].names or plain in worlds[one].decided:
            continue
        near = resolver.nearest(name, sure)
        if near is not None:
            found.append(
                Suggestion(
                    name, one, one in there, near.id, near.label, near.matched, near.score, was_made
                )
            )
    return sorted(found, key=lambda item: (-item.score, item.source, item.name))


def _made(engine: Engine) -> list[tuple[str, str]]:
    return [(id_of(row["source"]), row["name"]) for row in _rows(engine, "made_names")]


def _refused(home: GraphHome) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in sorted((home.folder / "imports").glob(f"*.{REJECTS}")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = (reason.search(row["reason"]) for reason in _REFUSED)
                source = path.name.removesuffix(f".{REJECTS}")
                found.extend((source, name[1]) for name in names if name)
    return found


def _rows(engine: Engine, name: str) -> list[dict[str, str]]:
    return engine.select(bind(request(name), {})).ordered()
