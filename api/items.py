"""Things of the graph as the items of the API: references, statements, acts.

Owns the field names of API.md. A `Writer` reads all names it needs in one go, then
writes items as plain dictionaries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from comity.graph.acts import Act, Evidence
from comity.graph.engine import Engine
from comity.graph.rows import LOCATOR, row_of
from comity.graph.things import Name, Thing, read_names, read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import is_thing, thing_and_id, thing_iri

Item = dict[str, Any]

# Collections that things of a type are served under.
COLLECTIONS: Mapping[str, str] = {
    Type.ACTOR: "actors",
    Type.TREATY: "treaties",
    Type.MEMBERSHIP: "memberships",
    Type.TENURE: "tenures",
    Type.POST: "posts",
    Type.STANCE: "stances",
    Type.EVENT: "events",
    Type.CLAIM: "claims",
    Type.SOURCE: "sources",
}
_TYPES = frozenset(thing.value for thing in Type)


def address(base: str, iri: str) -> str | None:
    """This server's address of a thing, or None where it has no page of its own."""
    thing, identifier = thing_and_id(iri)
    if thing in COLLECTIONS:
        return f"{base}/{COLLECTIONS[thing]}/{identifier}"
    if thing == Type.ISSUE:
        return f"{base}/stances?about={identifier}"
    if thing in _TYPES:
        return None
    return f"{base}/schemes/{identifier if thing == 'scheme' else thing}"


@dataclass
class Writer:
    """Writes items for one request.

    Attributes:
        engine: the graph.
        base: this server's address.
        as_of: the day `certain` and `status` are about; None for any day.
        lang: language wanted for labels, or None.
    """

    engine: Engine
    base: str
    as_of: date | None
    lang: str | None = None
    _names: dict[str, Name] = field(default_factory=dict)
    _sources: dict[str, Thing] = field(default_factory=dict)

    def prepare(self, things: Iterable[Thing], more: Iterable[str] = ()) -> None:
        """Reads the names of everything that some things refer to, and their sources."""
        iris = {
            term.value
            for thing in things
            for terms in thing.properties.values()
            for term in terms
            if is_thing(term.value)
        } | set(more)
        sources = {iri for iri in iris if f"/{Type.SOURCE}/" in iri}
        self._names |= read_names(self.engine, iris - self._names.keys())
        self._sources |= read_things(self.engine, sources - self._sources.keys())

    def reference(self, iri: str) -> Item:
        """A thing named in an item."""
        name = self._names.get(iri)
        if name is None:
            self._names |= read_names(self.engine, [iri])
            thing, identifier = thing_and_id(iri)
            name = self._names.setdefault(iri, Name(iri, identifier, thing))
        return {
            "id": name.id,
            "label": name.label,
            "type": name.type,
            "iri": iri,
            "url": address(self.base, iri),
        }

    def actor(self, identifier: str | None) -> Item | None:
        """An actor named in an item, or None."""
        return None if identifier is None else self.reference(thing_iri(Type.ACTOR, identifier))

    def one(self, thing: Thing, name: str) -> Item | None:
        """The thing that a property names, or None."""
        found = thing.iris(name)
        return self.reference(found[0]) if found else None

    def several(self, thing: Thing, name: str) -> list[Item]:
        """The things that a property names."""
        return [self.reference(iri) for iri in thing.iris(name)]

    def head(self, thing: Thing, label: str | None = None) -> Item:
        """The fields that every item begins with."""
        return {
            "id": thing.id,
            "label": label or self._label(thing),
            "type": thing.class_name,
            "iri": thing.iri,
            "url": address(self.base, thing.iri),
        }

    def labels(self, thing: Thing) -> Item:
        """Labels by language tag; names without a tag are under the empty tag's key `und`."""
        found: dict[str, str] = {}
        for name in ("skos:prefLabel", "skos:altLabel"):
            for term in thing.properties.get(name, ()):
                found.setdefault(getattr(term, "language", None) or "und", term.value)
        return found

    def sources(self, iris: Sequence[str]) -> list[Item]:
        """Documents, with the address of each."""
        self._know(iris)
        return [
            self.source(self._sources[iri]) for iri in sorted(set(iris)) if iri in self._sources
        ]

    def _know(self, sources: Iterable[str]) -> None:
        self._sources |= read_things(self.engine, set(sources) - self._sources.keys())

    def source(self, thing: Thing) -> Item:
        """One document as items name it."""
        return {
            "id": thing.id,
            "label": thing.label,
            "url": thing.text("url") or None,
            "publisher": thing.text("dcterms:publisher") or None,
            "issued": thing.text("dcterms:issued") or None,
            "retrieved": thing.text("retrieved") or None,
            "licence": thing.text("dcterms:license") or None,
        }

    def statement(self, thing: Thing) -> Item:
        """The fields of every dated statement."""
        return {
            "start_date": thing.text("startDate"),
            "end_date": thing.text("endDate"),
            "end_state": thing.id_of("endState"),
            "certain": self._certain(thing),
            "unsourced_part": thing.text("unsourcedPart") or None,
            "alternative_to": thing.id_of("alternativeTo"),
            "note": thing.text("skos:note") or None,
            "row": self.row(thing.text(LOCATOR), thing.iris("source")),
            "sources": self.sources(thing.iris("source")),
        }

    def row(self, locator: str, sources: Sequence[str]) -> Item | None:
        """The row of a data set that a locator points at, or None."""
        if not locator:
            return None
        self._know(sources)
        found = row_of(locator, (self._sources[iri] for iri in sources if iri in self._sources))
        return asdict(found) if found else None

    def act(self, act: Act) -> Item:
        """An act."""
        holder = thing_iri(Type.ACTOR, act.holder)
        return {
            "id": act.id,
            "label": f"{self.reference(holder)['label']}: {act.kind}, {act.date}",
            "type": "stance-act",
            "iri": thing_iri(Type.STANCE, act.id),
            "url": f"{self.base}/stances/{act.id}",
            "date": act.date,
            "time": act.time,
            "kind": act.kind,
            "sign": float(act.sign) if act.sign is not None else None,
            "holder": self.reference(holder),
            "speaker": [self.actor(one) for one in act.speakers],
            "post": self.reference(thing_iri(Type.POST, act.post)) if act.post else None,
            "on_behalf_of": self.actor(act.on_behalf_of),
            "targets": [self.actor(one) for one in act.targets],
            "addressees": [self.actor(one) for one in act.addressees],
            "about": [self.reference(iri) for iri in act.about],
            "requested_act": act.requested_act,
            "requested_toward": [self.actor(one) for one in act.requested_toward],
            "in_response_to": act.in_response_to,
            "qualified_by": act.qualified_by,
            "possibly_same_as": act.possibly_same_as,
            "condition": act.condition,
            "modality": act.modality,
            "venue": self.actor(act.venue),
            "sign_reason": act.sign_reason,
            "confidence": act.confidence,
            "note": act.note,
            "evidence": [self.evidence(one) for one in act.evidence],
            "quote": act.quote,
            "sources": self.sources([thing_iri(Type.SOURCE, one) for one in act.sources]),
        }

    def evidence(self, one: Evidence) -> Item:
        """A piece of evidence."""
        source = thing_iri(Type.SOURCE, one.source)
        documents = self.sources([source])
        return {
            "source": documents[0] if documents else None,
            "speech": one.speech,
            "words": one.words,
            "passage": one.passage,
            "summary": one.summary,
            "lang": one.lang,
            "told_by": [self.actor(teller) for teller in one.told_by],
            "note": one.note,
            "row": self.row(one.row or "", [source]),
        }

    def _label(self, thing: Thing) -> str:
        if self.lang:
            return str(self.labels(thing).get(self.lang, thing.label))
        return thing.label

    def _certain(self, thing: Thing) -> bool | None:
        latest, earliest = thing.day("startLatest"), thing.day("endEarliest")
        if self.as_of is None or latest is None or earliest is None:
            return None
        return latest <= self.as_of <= earliest


def iris_of(act: Act) -> set[str]:
    """Every IRI that an act names, for `Writer.prepare`."""
    actors = {
        act.holder, *act.speakers, *act.targets, *act.addressees, *act.requested_toward,
        *(teller for one in act.evidence for teller in one.told_by),
        *(one for one in (act.on_behalf_of, act.venue) if one),
    }  # fmt: skip
    iris = {thing_iri(Type.ACTOR, actor) for actor in actors} | set(act.about)
    iris |= {thing_iri(Type.SOURCE, source) for source in act.sources}
    return iris | ({thing_iri(Type.POST, act.post)} if act.post else set())
