"""How many documents speak of an actor: what "no recorded act" is measured by.

Owns the count. A document counts where it tells an act in words that names the actor or a part
of it; a row of a data set, such as a vote years before, is no document that tells of anything.
"""

from collections import defaultdict
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.ontology.namespaces import id_of

_KNOWN: WeakKeyDictionary[Engine, tuple[str, dict[str, set[str]]]] = WeakKeyDictionary()


def documents_naming(engine: Engine, actors: Iterable[str]) -> dict[str, int]:
    """For each actor, in how many documents an act names it or a part of it."""
    version, named = _KNOWN.get(engine, ("", {}))
    if not named or version != engine.version:
        named = _named(engine)
        _KNOWN[engine] = (engine.version, named)
    standing = Standing(engine)
    return {
        actor: len({one for part in standing.parts_of([actor]) for one in named.get(part, ())})
        for actor in actors
    }


def _named(engine: Engine) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in engine.select(bind(request("named_in_documents"), {})).texts():
        if "actor" in row:
            found[id_of(row["actor"])].add(row["document"])
    return found
