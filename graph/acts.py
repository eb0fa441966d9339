"""Acts with their evidence, and the ties they make.

Owns what an act is in Python, and the rule that says between whom an act is a tie. It
knows no network library and no page.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from comity.graph.engine import Engine
from comity.graph.rows import LOCATOR
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_and_id, thing_iri
from comity.ontology.terms import concepts


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an act is written, and in which words.

    Attributes:
        id: of the evidence.
        source: id of the document.
        speech: direct, reported or summary; row where a row of a data set is the evidence.
        words: the speaker's own words, as the document quotes them; the only text that
            may stand in quotation marks.
        passage: exact words of the document.
        summary: a paraphrase by the coder.
        lang: language of words and passage.
        told_by: ids of the actors whose words they are when not the speaker's.
        note: a remark of the coder.
        row: locator of the row, where there is no text; see `graph/rows.py`.
    """

    id: str
    source: str
    speech: str
    words: str | None
    passage: str | None
    summary: str | None
    lang: str | None
    told_by: tuple[str, ...]
    note: str | None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class BareAct:
    """An act without its words: who toward whom and about what, when, and with which sign.

    Ids are of actors unless a name says otherwise. `about` holds IRIs, since it may name
    events, issues, claims, treaties and territories.

    Attributes:
        id: of the act.
        earliest: first day on which it may have happened.
        latest: last such day.
        kind: id of its kind.
        sign: under rule comity-1; None where there is none.
        holder: whose act it is.
        on_behalf_of: for whom the holder acted, as the coder has it.
        targets: whom it judges.
        addressees: to whom it speaks.
        about: what it is about.
        in_response_to: id of the act that it answers.
        sources: ids of the documents that tell of it.
    """

    id: str
    earliest: datetime.date
    latest: datetime.date
    kind: str
    sign: Decimal | None
    holder: str
    on_behalf_of: str | None
    targets: tuple[str, ...]
    addressees: tuple[str, ...]
    about: tuple[str, ...]
    in_response_to: str | None
    sources: tuple[str, ...]

    def about_ids(self, thing: Type) -> tuple[str, ...]:
        """Ids of the things of one type that it is about."""
        pairs = (thing_and_id(iri) for iri in self.about)
        return tuple(identifier for type_, identifier in pairs if type_ == thing)


@dataclass(frozen=True, slots=True)
class Act(BareAct):
    """One thing that somebody said or did about somebody or something, with its evidence."""

    date: str
    time: str | None
    speakers: tuple[str, ...]
    post: str | None
    requested_act: str | None
    requested_toward: tuple[str, ...]
    qualified_by: str | None
    possibly_same_as: str | None
    condition: str | None
    modality: str
    venue: str | None
    sign_reason: str | None
    confidence: str
    note: str | None
    evidence: tuple[Evidence, ...]

    def bare(self) -> BareAct:
        """The same without its words."""
        return BareAct(**{one.name: getattr(self, one.name) for one in fields(BareAct)})

    @property
    def quote(self) -> str | None:
        """Its words, else the passage of direct speech, else None."""
        for one in self.evidence:
            if one.words:
                return one.words
        for one in self.evidence:
            if one.speech == "direct" and one.passage:
                return one.passage
        return None


def read_acts(engine: Engine, ids: Iterable[str]) -> list[Act]:
    """Reads acts with all their evidence, by first day and id; unknown ids are left out."""
    things = read_things(engine, (thing_iri(Type.STANCE, identifier) for identifier in ids))
    nodes = {iri for thing in things.values() for iri in thing.iris("evidence")}
    evidence = {iri: evidence_of(thing) for iri, thing in read_things(engine, nodes).items()}
    acts = [
        _act_of(
            thing,
            [
                *(evidence[iri] for iri in thing.iris("evidence") if iri in evidence),
                *rows_as_evidence(thing),
            ],
        )
        for thing in things.values()
    ]
    return sorted(acts, key=lambda act: (act.earliest, act.id))


def tie_objects(
    act: BareAct, event: str | None = None, parties: frozenset[str] = frozenset()
) -> tuple[tuple[Type, str], ...]:
    """With whom or what an act ties its holder.

    An act ties its holder to each target. Without a target, a request, an offer or a
    contact is a tie to each addressee, unless it speaks to all parties of the event
    alike; any other act without a target is a tie to the event, else the issue, the
    claim or the treaty it is about.

    Args:
        act: the act.
        event: id of the event the view is about, preferred among several.
        parties: ids of the parties of that event.

    Returns:
        Pairs of type and id; empty for an act about nothing in the graph.
    """
    if act.targets:
        return tuple((Type.ACTOR, target) for target in act.targets)
    speaks_to = concepts("kind")[act.kind].speaks_to
    others = tuple(one for one in act.addressees if one != act.holder)
    to_all_parties = bool(parties) and parties <= frozenset(act.addressees)
    if speaks_to and others and not to_all_parties:
        return tuple((Type.ACTOR, addressee) for addressee in others)
    return about_object(act, event)


def about_object(act: BareAct, event: str | None = None) -> tuple[tuple[Type, str], ...]:
    """What an act is about, as the end of a tie: the event, else issue, claim or treaty.

    Args:
        act: the act.
        event: id of the event the view is about, preferred among several.

    Returns:
        One pair of type and id; empty for an act about nothing in the graph.
    """
    events = act.about_ids(Type.EVENT)
    if event in events:
        return ((Type.EVENT, str(event)),)
    for thing in (Type.EVENT, Type.ISSUE, Type.CLAIM, Type.TREATY):
        found = act.about_ids(thing)
        if found:
            return ((thing, found[0]),)
    return ()


def evidence_of(thing: Thing) -> Evidence:
    """Evidence as read from the graph."""
    return Evidence(
        id=thing.id,
        source=thing.id_of("inDocument") or "",
        speech=thing.id_of("speech") or "summary",
        words=thing.text("words") or None,
        passage=thing.text("passage") or None,
        summary=thing.text("summary") or None,
        lang=thing.language("words") or thing.language("passage"),
        told_by=thing.ids("toldBy"),
        note=thing.text("skos:note") or None,
    )


def rows_as_evidence(thing: Thing) -> list[Evidence]:
    """The row that a thing was read from, once for each source; none for what was not."""
    locator = thing.text(LOCATOR)
    return [
        Evidence(thing.id, source, "row", None, None, None, None, (), None, row=locator)
        for source in (thing.ids("source") if locator else ())
    ]


def _act_of(thing: Thing, evidence: list[Evidence]) -> Act:
    earliest, latest = thing.day("dateEarliest"), thing.day("dateLatest")
    return Act(
        id=thing.id,
        date=thing.text("date"),
        earliest=earliest or datetime.date.min,
        latest=latest or datetime.date.max,
        time=thing.text("time") or None,
        kind=thing.id_of("kind") or "",
        sign=Decimal(thing.text("sign")) if thing.text("sign") else None,
        holder=thing.id_of("holder") or "",
        speakers=thing.ids("speaker"),
        post=thing.id_of("fromPost"),
        on_behalf_of=thing.id_of("onBehalfOf"),
        targets=thing.ids("target"),
        addressees=thing.ids("addressee"),
        about=thing.texts("about"),
        requested_act=thing.text("requestedAct") or None,
        requested_toward=thing.ids("requestedToward"),
        in_response_to=thing.id_of("inResponseTo"),
        qualified_by=thing.id_of("qualifiedBy"),
        possibly_same_as=thing.id_of("possiblySameAs"),
        condition=thing.text("condition") or None,
        modality=thing.id_of("modality") or "plain",
        venue=thing.id_of("venue"),
        sign_reason=thing.text("signReason") or None,
        confidence=thing.id_of("confidence") or "high",
        note=thing.text("skos:note") or None,
        sources=tuple(sorted({*thing.ids("source"), *(one.source for one in evidence)})),
        evidence=tuple(sorted(evidence, key=lambda one: _rank_of_evidence(thing.id, one))),
    )


def _rank_of_evidence(act: str, one: Evidence) -> tuple[bool, bool, bool, str]:
    """Words before passages before summaries; of equals the document the act was coded from."""
    return (one.words is None, one.passage is None, not one.id.startswith(act), one.id)
