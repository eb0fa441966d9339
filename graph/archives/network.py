"""Ties of archived acts for a network, counted by kind."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from comity.graph.archives.shelf import Shelf, named
from comity.graph.archives.ties import TieQuery, ties
from comity.graph.engine import Engine
from comity.graph.network import End, Level, NetworkQuery, Relation, Tie
from comity.ontology.namespaces import Thing

_CENT = Decimal("0.01")


def archived_ties(
    engine: Engine,
    shelf: Shelf,
    query: NetworkQuery,
    counted_as: Callable[[str, str | None], str],
) -> Iterator[Tie]:
    """One tie for each holder, object and kind of act in the archives of a query.

    Args:
        engine: the graph.
        shelf: its archives.
        query: which acts.
        counted_as: whose tie it is, of who did it and on whose behalf.

    The sign is that of the kind; where coders set others, their mean to the hundredth.

    Raises:
        NotFoundError: there is no such archive.
    """
    asked = TieQuery(
        since=query.since or date.min,
        until=query.until or query.as_of or date.max,
        kinds=query.kinds,
        objects=(query.event,) if query.event else (),
        by_kind=True,
        by_behalf=query.level is not Level.RECORDED,
    )
    for source in query.archives:
        place = shelf.place(named(engine, source))
        connection = shelf.connection()
        try:
            rows = connection.arrow(ties(connection.table(place), asked)).to_pylist()
        finally:
            connection.close()
        for row in rows:
            signed = row["positive"] + row["neutral"] + row["negative"]
            mean = Decimal(row["hundredths"]) / signed / 100 if signed else None
            yield Tie(
                subject=End(Thing.ACTOR, counted_as(row["holder"], row.get("behalf"))),
                object=End(Thing(row["object_type"]), row["object"]),
                relation=Relation.STANCE,
                kind=row["kind"],
                sign=None if mean is None else mean.quantize(_CENT),
                count=row["acts"],
                acts=(),
                statements=(),
                kinds=((row["kind"], row["acts"]),),
                first=row["first"],
                last=row["last"],
                archives=(source,),
            )
