"""The columns of an archive: how an act becomes rows, and rows an act again.

One row for each tie of an act, as `acts.tie_objects` has it: to each target, else to the
first thing that it is about. Numbers are whole hundredths, so that sums are the same on
every engine. What has no column of its own stands in `rest`; nothing is lost.
"""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from comity.graph.sources.record import Record, RowError
from comity.graph.sources.shapes import ABOUT, ACTS
from comity.ontology.dates import parse_moment
from comity.ontology.namespaces import Thing
from comity.ontology.signs import goldstein_of, sign_of
from comity.ontology.terms import concepts

if TYPE_CHECKING:
    from ibis.expr.types import StringValue

# Rules by the column that holds what they give.
RULES: Mapping[str, str] = {"comity-1": "comity_1", "goldstein": "goldstein"}
SCHEMA = pa.schema(
    [
        # Id of the act.
        pa.field("act", pa.string(), nullable=False),
        # First day on which it may have happened.
        pa.field("day", pa.date32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("holder", pa.string(), nullable=False),
        # Type and id of the other end of the tie; empty for an act about nothing.
        pa.field("object_type", pa.string()),
        pa.field("object", pa.string()),
        # Hundredths of the sign under rule comity-1, and of Goldstein's score.
        pa.field("comity_1", pa.int16()),
        pa.field("goldstein", pa.int16()),
        # The row of the source's file.
        pa.field("row", pa.string(), nullable=False),
        # Everything else of the act, as JSON.
        pa.field("rest", pa.string()),
    ]
)
_OWN = frozenset(("kind", "holder", "locator", "sources"))


def rows_of(act: Record, things: Mapping[Thing, Container[str]]) -> list[tuple[Any, ...]]:
    """The rows of one act.

    Args:
        act: a record of the shape `acts`.
        things: for each type of thing, the ids that it may name.

    Returns:
        Values in the order of `SCHEMA`.

    Raises:
        RowError: it names something that is not there.
        DateError: its date is none.
    """
    kind, holder, targets = act.one("kind"), act.one("holder"), act.all("targets")
    if kind not in concepts("kind"):
        raise RowError(f"kind: '{kind}' is not one of kind")
    for actor in (holder, *targets):
        if actor not in things.get(Thing.ACTOR, ()):
            raise RowError(f"no actor has the id '{actor}'")
    moment = parse_moment(act.one("date"))
    rest = {name: list(found) for name, found in act.values.items() if name not in _OWN}
    if act.one("date") == moment.earliest.isoformat():
        del rest["date"]
    if len(targets) == 1:
        del rest["targets"]
    cameo = act.one("cameo")
    own = act.one("sign")
    sign = own or sign_of(kind, has_actor_target=bool(targets))
    comity_1 = None if sign is None else round(float(sign) * 100)
    score = goldstein_of(cameo) if cameo and targets else None
    goldstein = None if score is None else round(float(score) * 100)
    more = json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else None
    return [
        (
            act.id,
            moment.earliest,
            kind,
            holder,
            object_type,
            identifier,
            comity_1,
            goldstein,
            act.one("locator"),
            more,
        )
        for object_type, identifier in _ends(act, things)
    ]


def inside(rest: "StringValue", name: str) -> "StringValue":
    """The first value of a field that has no column of its own, in an expression.

    Args:
        rest: the column `rest`.
        name: of the field; its values must be ids, codes or dates.

    Returns:
        The value; null where there is none.
    """
    # Every engine has this, and none has the same functions for JSON; `rows_of` writes it so.
    return rest.re_extract(rf'"{name}": \["([^"]*)"', 1).nullif("")


def acts_of(rows: Iterable[Mapping[str, Any]], home: str) -> Iterator[Record]:
    """The acts again; rows of one act must come together.

    Args:
        rows: by column.
        home: id of the source in whose graph they shall stand.
    """
    last = ""
    for row in rows:
        if row["act"] == last:
            continue
        last = row["act"]
        values: dict[str, tuple[str, ...]] = {
            "kind": (row["kind"],),
            "holder": (row["holder"],),
            "date": (row["day"].isoformat(),),
            "locator": (row["row"],),
        }
        if row["object_type"] == Thing.ACTOR:
            values["targets"] = (row["object"],)
        rest = json.loads(row["rest"]) if row["rest"] else {}
        values |= {name: tuple(found) for name, found in rest.items()}
        values["sources"] = (home,)
        yield Record(ACTS, row["act"], values, "", 0, home)


def _ends(
    act: Record, things: Mapping[Thing, Container[str]]
) -> list[tuple[str | None, str | None]]:
    """The other ends of the ties of an act."""
    targets = act.all("targets")
    if targets:
        return [(Thing.ACTOR.value, target) for target in targets]
    for name in act.all("about"):
        for thing in ABOUT:
            if name in things.get(thing, ()):
                return [(thing.value, name)]
        raise RowError(f"about: nothing has the id '{name}'")
    return [(None, None)]
