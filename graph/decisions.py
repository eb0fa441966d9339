"""Whom names in outside sources mean, as people decided: who, when, why, and taken back.

Owns the records and their graph, which a build keeps. A decision is never changed or
removed: a later one withdraws it, or says something else of the same name. Importers ask
`World`, which follows what counts now; a source is imported again to follow a new one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from comity.errors import InputError, NotFoundError
from comity.graph.binding import bind
from comity.graph.engine import Engine
from comity.graph.home import Change, Commit, GraphHome
from comity.graph.requests import request
from comity.graph.resolve import folded
from comity.graph.terms import node, term
from comity.graph.things import read_names
from comity.ontology.namespaces import PREFIXES, Thing, id_of

DECISIONS = "comity-decisions"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        id: of the record.
        name: as sources write it.
        actor: id of the actor that it means; empty where it means nobody in the graph.
        source: id of the one source that it is for; empty for all.
        who: decided.
        when: UTC, ISO 8601.
        why: the reason.
        withdraws: id of the decision that this one takes back; empty for a decision proper.
        counts: whether it is a decision proper that was not withdrawn.
    """

    id: str
    name: str
    actor: str
    source: str
    who: str
    when: str
    why: str
    withdraws: str
    counts: bool


def decisions(engine: Engine) -> list[Decision]:
    """Every decision, the first one first."""
    return [
        Decision(
            id=id_of(row["decision"]),
            name=row["name"],
            actor=id_of(row["actor"]) if "actor" in row else "",
            source=id_of(row["source"]) if "source" in row else "",
            who=row["who"],
            when=row["when"],
            why=row["why"],
            withdraws=id_of(row["withdraws"]) if "withdraws" in row else "",
            counts="withdrawn" not in row and "withdraws" not in row,
        )
        for row in engine.select(bind(request("decisions"), {})).texts()
    ]


def meanings(engine: Engine, source: str) -> dict[str, str]:
    """What counts now for a source: id of the actor by folded name, empty for nobody.

    A decision for the one source goes before those for all; of two, the later one counts.
    """
    found: dict[str, str] = {}
    for wanted in ("", source):
        for one in decisions(engine):
            if one.counts and one.source == wanted:
                found[folded(one.name)] = one.actor
    return found


def decide(
    home: GraphHome, name: str, actor: str | None, *, source: str = "", who: str, why: str
) -> Commit:
    """Records whom a name means.

    Args:
        home: the data directory.
        name: as sources write it.
        actor: id of the actor; None where it means nobody that is in the graph.
        source: id of the one source that this is for; empty for all.
        who: decides.
        why: the reason.

    Raises:
        InputError: the name or the reason is empty.
        NotFoundError: there is no such actor or source.
        GraphLockedError: another process is writing here.
    """
    engine = home.engine()
    if not folded(name) or not why.strip():
        raise InputError("A decision needs a name and a reason.")
    links = []
    for thing, identifier, link in (
        (Thing.ACTOR, actor or "", "means"),
        (Thing.SOURCE, source, "inSource"),
    ):
        if identifier:
            there = node(thing, identifier)
            if there.value not in read_names(engine, [there.value]):
                raise NotFoundError(f"There is no {thing} '{identifier}'.")
            links.append((link, there))
    return _record(home, name, links, who, why)


def withdraw(home: GraphHome, identifier: str, *, who: str, why: str) -> Commit:
    """Takes a decision back; it stays on record.

    Raises:
        InputError: the reason is empty.
        NotFoundError: no decision of that id counts now.
        GraphLockedError: another process is writing here.
    """
    if not why.strip():
        raise InputError("Taking a decision back needs a reason.")
    known = {one.id: one for one in decisions(home.engine()) if one.counts}
    if identifier not in known:
        names = ", ".join(known) or "none"
        raise NotFoundError(f"No decision '{identifier}' counts now; those that do: {names}.")
    link = ("withdraws", node(Thing.IDENTITY_DECISION, identifier))
    return _record(home, known[identifier].name, [link], who, why)


def decide_all(
    home: GraphHome, meant: Sequence[tuple[str, str, str]], *, who: str, why: str
) -> Commit:
    """Records whom many names mean: one decision each, for one reason, in one commit.

    Args:
        home: the data directory.
        meant: the name, the id of the actor, and the id of the source or an empty text.
        who: decides.
        why: the reason, the same for all.

    Raises:
        InputError: there are no names, or the reason is empty.
        GraphLockedError: another process is writing here.
    """
    if not meant or not why.strip():
        raise InputError("Decisions need names and a reason.")
    first = len(decisions(home.engine())) + 1
    quads: list[Quad] = []
    for number, (name, actor, source) in enumerate(meant, first):
        links = [("means", node(Thing.ACTOR, actor))]
        if source:
            links.append(("inSource", node(Thing.SOURCE, source)))
        quads.extend(_quads(number, name, links, who, why))
    return home.commit(who, f"decide on {len(meant)} names: {why}", Change(add=tuple(quads)))


def _record(
    home: GraphHome, name: str, links: list[tuple[str, NamedNode]], who: str, why: str
) -> Commit:
    number = len(decisions(home.engine())) + 1
    quads = tuple(_quads(number, name, links, who, why))
    return home.commit(who, f"decide on '{name}': {why}", Change(add=quads))


def _quads(
    number: int, name: str, links: list[tuple[str, NamedNode]], who: str, why: str
) -> list[Quad]:
    slug = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or "name"
    identifier = f"{slug}-{number}"
    subject = node(Thing.IDENTITY_DECISION, identifier)
    graph = node(Thing.SOURCE, DECISIONS)
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    values: list[tuple[str, NamedNode | Literal]] = [
        ("rdf:type", term("IdentityDecision")),
        ("dcterms:identifier", Literal(identifier)),
        ("decidedName", Literal(name)),
        ("decidedBy", Literal(who)),
        ("decidedOn", Literal(now, datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))),
        ("decisionReason", Literal(why)),
        *links,
    ]
    return [Quad(subject, term(link), value, graph) for link, value in values]
