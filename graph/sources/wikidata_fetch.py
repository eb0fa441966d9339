"""Fetches what `wikidata` reads: asks an endpoint batch by batch and writes CSV files.

Owns which items are asked about: states by their ISO codes, and whatever has an item in the
graph. One answer is one file, named by day, query and number, and written whole; a file
that is there is not asked for again, so a fetch that was stopped goes on where it was.
Waiting, trying again and who we say we are is `remote_server`'s.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from comity.graph.binding import Term, bind
from comity.graph.remote_server import RemoteServer, read_json
from comity.graph.requests import request
from comity.graph.sources.wikidata import STATEMENTS, STATES
from comity.graph.sources.world import World
from comity.ontology.namespaces import Thing

ITEMS = "http://www.wikidata.org/entity/"
_JSON = "application/sparql-results+json"
# Items in one query: few enough for a public endpoint to answer in time.
_AT_ONCE = 20


def fetch(
    server: RemoteServer,
    world: World,
    folder: Path,
    day: str,
    *,
    told: Callable[[str], None] = lambda line: None,
) -> list[Path]:
    """Asks for the memberships and positions of everybody in the graph who has an item.

    Args:
        server: answers SPARQL over data in Wikidata's form.
        world: what is in the graph.
        folder: for the files.
        day: of the fetch, part of the names.
        told: called with each file that was written.

    Returns:
        The files, those of an earlier try included.

    Raises:
        BusyError: the server stayed too busy; the same call goes on later.
        EngineError: it could not answer, or cut its answer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    asking = _Asking(server, folder, day, told)
    codes = sorted(
        code
        for (scheme, code), spells in world.codes.items()
        if scheme == "iso-3166-1-alpha3" and world.has(Thing.ACTOR, spells[0].actor)
    )
    files = asking.files("states", STATES, "code", [Literal(code) for code in codes])
    states = {row["item"] for path in files for row in _read(path)}
    known = {code for scheme, code in world.codes if scheme == "wikidata"}
    people = {code for code in known if _actor(world, code) in world.people}
    others = states | {ITEMS + code for code in known - people}
    for name, variable, items in (
        ("memberships", "subject", others),
        ("heads", "of", states),
        ("positions", "subject", {ITEMS + code for code in people}),
    ):
        terms = [NamedNode(item) for item in sorted(items)]
        files += asking.files(name, STATEMENTS, variable, terms)
    return files


class _Asking:
    """One fetch under way."""

    def __init__(
        self, server: RemoteServer, folder: Path, day: str, told: Callable[[str], None]
    ) -> None:
        self._server = server
        self._folder = folder
        self._day = day
        self._told = told

    def files(
        self, name: str, columns: Sequence[str], variable: str, terms: Sequence[Term]
    ) -> list[Path]:
        """One file for each batch of terms."""
        found = []
        for first in range(0, len(terms), _AT_ONCE):
            number = first // _AT_ONCE + 1
            path = self._folder / f"wikidata-{self._day}-{name}-{number:03}.csv"
            if not path.is_file():
                self._write(
                    path, columns, name, self._rows(name, variable, terms[first : first + _AT_ONCE])
                )
                self._told(path.name)
            found.append(path)
        return found

    def _rows(self, name: str, variable: str, terms: Sequence[Term]) -> Iterator[dict[str, str]]:
        query = bind(request(f"wikidata_{name}"), {variable: terms})
        address = self._server.remote.query
        result = read_json(self._server.query(query, _JSON), address)
        for row in result["results"]["bindings"]:
            yield {key: str(term["value"]) for key, term in row.items()}

    def _write(
        self, path: Path, columns: Sequence[str], name: str, rows: Iterator[dict[str, str]]
    ) -> None:
        kind = "membership" if name == "memberships" else "position"
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            for row in rows:
                writer.writerow({"kind": kind} | row)
        part.rename(path)


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _actor(world: World, code: str) -> str:
    return world.codes["wikidata", code][0].actor
