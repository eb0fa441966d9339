"""What the evidence panel and the table twin say about acts, pledges and figures.

Owns the step from things of the graph to `records`: names, posts and documents are read
once for all cards. Nothing here is HTML and nothing is shortened.
"""

from collections.abc import Iterable

from comity.errors import NotFoundError
from comity.graph.acts import Act, Evidence
from comity.graph.binding import bind
from comity.graph.drawing.records import Card, Document, Fact, Figure, Pledge, Quote
from comity.graph.drawing.wording import PLEDGES, row_text, treaty_name, verb_of
from comity.graph.drawing.words import all_of, say
from comity.graph.engine import Engine
from comity.graph.requests import request
from comity.graph.rows import row_of
from comity.graph.terms import node
from comity.graph.things import Thing, read_names, read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_and_id, thing_iri
from comity.ontology.terms import concepts


class CardMaker:
    """Makes cards; reads each name and each document once.

    Args:
        engine: the graph.
        acts: what cards will be made of.
        statements: obligations, memberships and tenures that cards will be made of.
    """

    def __init__(self, engine: Engine, acts: Iterable[Act], statements: Iterable[Thing]) -> None:
        self._engine = engine
        acts, statements = list(acts), list(statements)
        self._names: dict[str, str] = {}
        about = {iri for act in acts for iri in act.about}
        claims = {iri for iri in about if thing_and_id(iri)[0] == Type.CLAIM}
        self._claims = {
            iri: claim.text("text") or claim.id
            for iri, claim in read_things(engine, claims).items()
        }
        self.learn({iri for act in acts for iri in _named(act)} | (about - claims))
        self.learn({iri for one in statements for iri in _ends_of(one)})
        posts = {thing_iri(Type.POST, act.post) for act in acts if act.post}
        posts |= {iri for one in statements for iri in one.iris("post")}
        self._posts = read_things(engine, posts)
        bodies = {iri for post in self._posts.values() for iri in post.iris("body")}
        self.learn(bodies)
        self._sources: dict[str, Thing] = {}
        self._documents: dict[str, Document] = {}
        wanted = {source for act in acts for source in act.sources}
        wanted |= {source for one in statements for source in one.ids("source")}
        self._read_documents(wanted)
        treaties = {thing_iri(Type.TREATY, t) for one in statements for t in one.ids("treaty")}
        self.treaties = {one.id: one for one in read_things(engine, treaties).values()}

    def learn(self, iris: Iterable[str]) -> None:
        """Reads the names of things."""
        new = set(iris) - self._names.keys()
        self._names |= {iri: name.label for iri, name in read_names(self._engine, new).items()}

    def name(self, identifier: str | None) -> str:
        """Name of an actor; the id where the graph has none; empty for None."""
        if not identifier:
            return ""
        return self._names.get(thing_iri(Type.ACTOR, identifier), identifier)

    def card(self, act: Act) -> Card:
        """An act with its evidence."""
        post = self._posts.get(thing_iri(Type.POST, act.post)) if act.post else None
        return Card(
            id=act.id,
            date=act.date,
            first=act.earliest.isoformat(),
            last=act.latest.isoformat(),
            kind=act.kind,
            verb=verb_of(act.kind),
            sign=float(act.sign) if act.sign is not None else None,
            who=self.name(act.on_behalf_of or act.holder),
            holder=self.name(act.holder),
            speakers=tuple(self.name(one) for one in act.speakers),
            speaker_known=bool(act.speakers),
            post=post.label if post else "",
            post_of=self.name(post.id_of("body")) if post else "",
            toward=tuple(self.name(one) for one in act.targets),
            to=tuple(self.name(one) for one in act.addressees),
            about=tuple(self._names[iri] for iri in act.about if iri in self._names),
            claims=tuple(self._claims[iri] for iri in act.about if iri in self._claims),
            requested=act.requested_act or "",
            condition=act.condition or "",
            venue=self.name(act.venue),
            answers=act.in_response_to or "",
            qualified_by=act.qualified_by or "",
            confidence=act.confidence,
            modality=act.modality,
            note=act.note or "",
            quotes=tuple(self._quote(one) for one in act.evidence),
        )

    def pledge(self, thing: Thing) -> Pledge:
        """An obligation."""
        treaty = self.treaties.get(thing.id_of("treaty") or "")
        kind = thing.id_of("obligationType") or ""
        ends = frozenset({*thing.ids("obligor"), *thing.ids("beneficiary")})
        return Pledge(
            id=thing.id,
            treaty=treaty.label if treaty else "",
            short=treaty_name(treaty, ends) if treaty else "",
            signed=treaty.text("signed") if treaty else "",
            article=thing.text("article"),
            type=kind,
            verb=say(PLEDGES.get(kind, kind)),
            obligor=self.name(thing.id_of("obligor")),
            beneficiary=self.name(thing.id_of("beneficiary")),
            trigger=_label("trigger", thing.id_of("trigger")),
            on_request=thing.truth("onRequest"),
            mandatory=thing.truth("mandatory"),
            paraphrase=thing.text("paraphrase"),
            start=thing.text("startDate"),
            end=thing.text("endDate"),
            note=thing.text("skos:note"),
            documents=self._cited(thing.ids("source")),
        )

    def fact(self, thing: Thing) -> Fact:
        """A membership, an office or a participation as panel and table show it."""
        who = thing.id_of("member") or thing.id_of("person") or thing.id_of("participant")
        where = thing.id_of("organisation") or thing.id_of("post") or thing.id_of("event")
        treaty = self.treaties.get(thing.id_of("treaty") or "")
        post = next((self._posts[iri] for iri in thing.iris("post") if iri in self._posts), None)
        role = thing.id_of("role") or thing.id_of("participantRole") or ""
        return Fact(
            id=thing.id,
            who=self.name(who),
            what=role.replace("-", " "),
            where=post.label if post else treaty.label if treaty else self.name(where),
            start=thing.text("startDate"),
            end=thing.text("endDate"),
            status=(thing.id_of("endState") or thing.text("endState")).replace("-", " "),
            note=thing.text("skos:note"),
            documents=self._cited(thing.ids("source")),
        )

    def figures(self, event: str) -> list[Figure]:
        """The reported casualties of an event, by side, measure and day; never added up."""
        text = bind(request("casualty_reports"), {"event": [node(Type.EVENT, event)]})
        iris = [row["report"] for row in self._engine.select(text).texts()]
        things = list(read_things(self._engine, iris).values())
        actors = {
            iri
            for thing in things
            for name in ("side", "reporter", "onAuthorityOf")
            for iri in thing.iris(name)
        }
        self.learn(actors)
        self._read_documents({source for thing in things for source in thing.ids("source")})
        ordered = sorted(
            things,
            key=lambda one: (len(one.ids("side")), one.ids("side"), one.text("date"), one.id),
        )
        return [self._figure(thing) for thing in ordered]

    def _figure(self, thing: Thing) -> Figure:
        return Figure(
            id=thing.id,
            side=all_of([self.name(one) for one in thing.ids("side")]),
            is_of_one=len(thing.ids("side")) == 1,
            measure=_label("casualty-measure", thing.id_of("measure")),
            group=_label("casualty-group", thing.id_of("group")),
            number=_range(thing),
            date=thing.text("date"),
            reporter=self.name(thing.id_of("reporter")),
            authority=self.name(thing.id_of("onAuthorityOf")),
            final=thing.truth("final") is True,
            documents=self._cited(thing.ids("source")),
        )

    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """Documents as they are cited, in the order asked for; those there are not are left out."""
        wanted = list(dict.fromkeys(ids))
        self._read_documents(wanted)
        return self._cited(wanted)

    def _quote(self, one: Evidence) -> Quote:
        source = self._sources.get(one.source)
        row = row_of(one.row or "", [source] if source else [])
        return Quote(
            words=one.words or "",
            passage=one.passage or "" if not one.words else "",
            summary=one.summary or "",
            lang=one.lang or "",
            speech=one.speech,
            told_by=tuple(self.name(teller) for teller in one.told_by),
            note=one.note or "",
            document=self._documents.get(one.source),
            row=row_text(row) if row else "",
        )

    def _cited(self, ids: Iterable[str]) -> tuple[Document, ...]:
        return tuple(self._documents[one] for one in ids if one in self._documents)

    def _read_documents(self, ids: Iterable[str]) -> None:
        iris = [thing_iri(Type.SOURCE, one) for one in ids if one not in self._documents]
        for thing in read_things(self._engine, iris).values():
            self._sources[thing.id] = thing
            self._documents[thing.id] = Document(
                id=thing.id,
                label=thing.label,
                url=_web_address(thing.text("url")),
                publisher=thing.text("dcterms:publisher"),
                issued=thing.text("dcterms:issued"),
            )


def event_thing(engine: Engine, event: str) -> Thing:
    """The event a view is about.

    Raises:
        NotFoundError: no event has that id.
    """
    iri = thing_iri(Type.EVENT, event)
    found = read_things(engine, [iri]).get(iri)
    if found is None:
        raise NotFoundError(f"There is no event {event}.")
    return found


def _named(act: Act) -> set[str]:
    people = (*act.speakers, *act.targets, *act.addressees)
    actors = {act.holder, *people, *(teller for one in act.evidence for teller in one.told_by)}
    actors |= {one for one in (act.venue, act.on_behalf_of) if one}
    return {thing_iri(Type.ACTOR, one) for one in actors}


def _ends_of(thing: Thing) -> set[str]:
    names = ("obligor", "beneficiary", "member", "organisation", "person", "participant")
    return {iri for name in names for iri in thing.iris(name)}


def _label(scheme: str, identifier: str | None) -> str:
    concept = concepts(scheme).get(identifier or "")
    return concept.label if concept else identifier or ""


def _range(thing: Thing) -> str:
    """The number as reported: one figure, or from - to."""
    low, best, high = (thing.number(name) for name in ("low", "best", "high"))
    if best is not None:
        # A report that says "at least 49" has a low bound equal to its best figure.
        at_least = low == best and high is None and thing.truth("final") is not True
        return say("%(number)s or more", number=best) if at_least else str(best)
    if low is not None and high is not None:
        return f"{low}–{high}"
    if low is not None:
        return say("at least %(number)s", number=low)
    return say("at most %(number)s", number=high)


def _web_address(text: str) -> str:
    """An address only where it is one that a link may lead to."""
    return text if text.startswith(("https://", "http://")) else ""
