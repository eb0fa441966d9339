"""The acts of an engine's graph as columns, made once for each version of it.

Owns which engines have an index. One whose default graph holds something, or that is not of
this process, has none: it is asked in SPARQL.
"""

from collections.abc import Sequence
from datetime import date
from weakref import WeakKeyDictionary

from comity.graph.acts import BareAct, read_acts
from comity.graph.binding import Term, bind
from comity.graph.engine import EmbeddedEngine, Engine
from comity.graph.index.columns import Columns, columns_of
from comity.graph.index.rows import read_rows
from comity.graph.index.shelf import IndexShelf
from comity.graph.kept import may_not_write
from comity.graph.requests import request
from comity.graph.terms import day_term, node
from comity.ontology.namespaces import Thing as Type

_KNOWN: WeakKeyDictionary[Engine, tuple[str, Columns]] = WeakKeyDictionary()


def indexed_acts(engine: Engine) -> Columns | None:
    """The acts of a graph as columns, from the index on disk where there is a data directory.

    Returns:
        None where an engine has no index.
    """
    if not isinstance(engine, EmbeddedEngine):
        return None
    version, found = _KNOWN.get(engine, ("", None))
    if found is None or version != engine.version:
        if engine.has_default_graph():
            return None
        found = _columns(engine)
        _KNOWN[engine] = (engine.version, found)
    return found


def chosen_acts(
    engine: Engine,
    since: date | None = None,
    until: date | None = None,
    *,
    event: str | None = None,
    actors: Sequence[str] = (),
) -> list[BareAct]:
    """Acts that may fall between two days, by first day and id; see `Columns.chosen`."""
    index = indexed_acts(engine)
    if index is not None:
        return index.acts(index.chosen(since, until, event=event, actors=actors))
    values: dict[str, list[Term]] = {
        "since": [day_term(since or date(1, 1, 1))],
        "until": [day_term(until or date(9999, 12, 31))],
    }
    if event is None and actors:
        name = "acts_of_actors"
        values["actor"] = [node(Type.ACTOR, one) for one in actors]
    else:
        name = "acts"
        values["event"] = [node(Type.EVENT, event)] if event else []
    rows = engine.select(bind(request(name), values)).texts()
    found = read_acts(engine, [row["act"].rsplit("/", 1)[1] for row in rows])
    return [act.bare() for act in found]


def _columns(engine: EmbeddedEngine) -> Columns:
    data = engine.data_folder()
    if data is None:
        return columns_of(read_rows(engine))
    try:
        return IndexShelf(data).columns(engine)
    except OSError as fault:
        if not may_not_write(fault):
            raise
        # A reader that may not write reads the graph itself.
        return columns_of(read_rows(engine))
