"""Which acts a list asks for, found in the columns of the index.

Owns what a holder stands for in a list: himself, his bodies, and his officials on the days on
which they may have been in office. Words are not in the index: who has them is told by `ids`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

import numpy as np
import pyarrow as pa

from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.index.acts import indexed_acts
from comity.graph.index.columns import Columns, Mask, one_chunk
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.terms import node
from comity.ontology.namespaces import Thing, id_of, thing_iri


@dataclass(frozen=True, slots=True)
class ActNames:
    """What acts are asked for by id: values of one field are alternatives, fields add up.

    Attributes:
        holder: actors.
        exact: whether a holder stands for himself only.
        speaker: actors.
        target: actors.
        addressee: actors.
        actor: actors who hold, speak, are judged or addressed.
        about: things; of which type is for those who extend this to say.
        event: events that they are about, too.
        kind: kinds.
        source: documents.
        venue: actors.
    """

    holder: tuple[str, ...] = ()
    exact: bool = False
    speaker: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    venue: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActFilter(ActNames):
    """Which acts; `about` holds types and ids, such as event/cst-1992.

    Attributes:
        sign: signs.
        since: first day.
        until: last day.
        ids: no others than these; None for all.
    """

    sign: tuple[Decimal, ...] = ()
    since: date | None = None
    until: date | None = None
    ids: tuple[str, ...] | None = None


class ActList(Sequence[str]):
    """IRIs of acts, made where they are looked at, by first day and id.

    Args:
        index: the acts.
        places: of those in the list, in its order.
    """

    def __init__(
        self, index: Columns, places: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    ) -> None:
        self._ids = index.table["act"]
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """One IRI, or several."""
        if isinstance(at, slice):
            found = self._ids.take(pa.array(self._places[at])).to_pylist()
            return [thing_iri(Thing.STANCE, one) for one in found]
        return thing_iri(Thing.STANCE, self._ids[int(self._places[at])].as_py())


def found_acts(engine: Engine, *filters: ActFilter) -> ActList | None:
    """The acts that one of some filters finds; None where an engine has no index."""
    index = indexed_acts(engine)
    if index is None:
        return None
    mask = np.zeros(len(index), np.bool_)
    for wanted in filters:
        mask |= _found(engine, index, wanted)
    # They are sorted by id: of one day they stay so.
    places = np.flatnonzero(mask)
    days = index.table["earliest"].cast(pa.int32()).to_numpy()[places]
    return ActList(index, places[np.argsort(days, kind="stable")])


def act_ids(engine: Engine) -> list[str] | None:
    """The ids of all acts, sorted; None where an engine has no index."""
    index = indexed_acts(engine)
    ids: list[str] | None = index.table["act"].to_pylist() if index is not None else None
    return ids


def _found(engine: Engine, index: Columns, wanted: ActFilter) -> Mask:
    mask = index.chosen(wanted.since, wanted.until, wanted.kind)
    if wanted.holder:
        mask &= _held_by(engine, index, wanted.holder, exact=wanted.exact)
    for link, ids in (
        ("speakers", wanted.speaker),
        ("targets", wanted.target),
        ("addressees", wanted.addressee),
    ):
        if ids:
            mask &= index.names(link, _named(Thing.ACTOR, ids))
    if wanted.actor:
        named = _named(Thing.ACTOR, wanted.actor)
        anyhow = index.is_one("holder", wanted.actor)
        for link in ("speakers", "targets", "addressees"):
            anyhow |= index.names(link, named)
        mask &= anyhow
    if wanted.about:
        mask &= index.names("about", wanted.about)
    if wanted.event:
        mask &= index.names("about", _named(Thing.EVENT, wanted.event))
    if wanted.source:
        mask &= index.names("sources", _named(Thing.SOURCE, wanted.source))
    if wanted.venue:
        mask &= index.is_one("venue", wanted.venue)
    if wanted.sign:
        texts = one_chunk(index.table["sign"]).dictionary.to_pylist()
        mask &= index.is_one("sign", [one for one in texts if Decimal(one) in wanted.sign])
    if wanted.ids is not None:
        mask &= index.has_id(wanted.ids)
    return mask


def _held_by(engine: Engine, index: Columns, holders: Sequence[str], *, exact: bool) -> Mask:
    if exact:
        return index.is_one("holder", holders)
    bodies = Standing(engine).parts_of(holders)
    mask: Mask = index.is_one("holder", bodies)
    values = {"body": [node(Thing.ACTOR, one) for one in bodies]}
    spells: dict[str, list[tuple[date, date]]] = {}
    for row in engine.select(bind(request("offices_in"), values)).texts():
        spell = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        spells.setdefault(id_of(row["person"]), []).append(spell)
    theirs = np.flatnonzero(index.is_one("holder", sorted(spells)))
    rows = index.table.select(["holder", "earliest", "latest"]).take(pa.array(theirs)).to_pylist()
    for place, row in zip(theirs.tolist(), rows, strict=True):
        spoken = spells[row["holder"]]
        mask[place] |= any(
            start <= row["latest"] and row["earliest"] <= end for start, end in spoken
        )
    return mask


def _named(thing: Thing, ids: Iterable[str]) -> list[str]:
    return [f"{thing}/{one}" for one in ids]
