"""Acts as lists: the filter, and one page of what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from comity.api.asked import Asked, AskedPage
from comity.api.entities import nearest
from comity.api.items import Item, Writer, iris_of
from comity.api.listing import matching
from comity.api.parameters import optional_day, several_concepts
from comity.api.service import Service
from comity.api.statements import known_thing
from comity.errors import ParameterError
from comity.graph.acts import read_acts
from comity.graph.binding import Term
from comity.graph.engine import Engine
from comity.graph.index.finding import ActFilter, ActNames, found_acts
from comity.graph.terms import day_term, node, truth_term
from comity.graph.things import read_things
from comity.ontology.namespaces import THINGS, id_of, is_id, thing_and_id, thing_iri
from comity.ontology.namespaces import Thing as Type

ABOUT = (Type.EVENT, Type.ISSUE, Type.CLAIM, Type.TREATY, Type.TERRITORY)


@dataclass(frozen=True, slots=True)
class StanceFilter(ActNames):
    """Which acts, as a request has it; `about` holds ids of whatever type."""

    sign: tuple[float, ...] = ()
    since: str | None = None
    until: str | None = None
    q: str | None = None


def stance_iris(asked: Asked, *filters: StanceFilter) -> Sequence[str]:
    """IRIs of the acts that one of some filters finds, by first day and id.

    Raises:
        ParameterError: an id, kind or day in a filter does not exist.
    """
    engine = asked.engine
    wanted = [_terms_of(asked, one) for one in filters]
    found = found_acts(engine, *(one.of_index for one in wanted))
    if found is not None:
        return found
    lists = [_matching(engine, one) for one in wanted]
    if len(lists) == 1:
        return lists[0]
    acts = read_acts(engine, {id_of(iri) for found in lists for iri in found})
    return [thing_iri(Type.STANCE, act.id) for act in acts]


@dataclass(frozen=True, slots=True)
class _Terms:
    """A filter in the words of the index, and of the query for graphs that have none."""

    of_index: ActFilter
    of_query: Mapping[str, Sequence[Term]]


def _matching(engine: Engine, wanted: _Terms) -> Sequence[str]:
    found, ids = matching(engine, "stances", wanted.of_query), wanted.of_index.ids
    return found if ids is None else [iri for iri in found if id_of(iri) in ids]


def _terms_of(asked: Asked, wanted: StanceFilter) -> _Terms:
    service, when = asked.service, asked.when

    def things(name: str, thing: Type, ids: tuple[str, ...]) -> list[Term]:
        return [known_thing(service, name, thing, identifier) for identifier in ids]

    since, until = optional_day("since", wanted.since), optional_day("until", wanted.until)
    if since and until and until < since:
        raise ParameterError(
            f"until ({until}) is before since ({since}).",
            parameter="until", got=str(until), expected=f"{since} or later",
        )  # fmt: skip
    if when.as_of:
        until = min(until, when.as_of) if until else when.as_of
    abouts = [_about(service, identifier) for identifier in wanted.about]
    values: dict[str, list[Term]] = {
        "holder": things("holder", Type.ACTOR, wanted.holder),
        "exact": [truth_term(True)] if wanted.exact else [],
        "speaker": things("speaker", Type.ACTOR, wanted.speaker),
        "target": things("target", Type.ACTOR, wanted.target),
        "addressee": things("addressee", Type.ACTOR, wanted.addressee),
        "actor": things("actor", Type.ACTOR, wanted.actor),
        "about": abouts,
        "event": things("event", Type.EVENT, wanted.event),
        "kind": [node("kind", one) for one in several_concepts("kind", "kind", [*wanted.kind])],
        "sign": [Literal(sign) for sign in wanted.sign],
        "source": things("source", Type.SOURCE, wanted.source),
        "venue": things("venue", Type.ACTOR, wanted.venue),
        "since": [day_term(since)] if since else [],
        "until": [day_term(until)] if until else [],
    }
    ids = None
    if wanted.q:
        saying = matching(asked.engine, "saying", {"q": [Literal(wanted.q)]})
        ids = tuple(id_of(iri) for iri in saying if thing_and_id(iri)[0] == Type.STANCE)
    own = {one.name: getattr(wanted, one.name) for one in fields(ActNames)}
    own["about"] = tuple(term.value.removeprefix(THINGS) for term in abouts)
    signs = tuple(Decimal(str(sign)) for sign in wanted.sign)
    return _Terms(ActFilter(**own, sign=signs, since=since, until=until, ids=ids), values)


def list_stances(page: AskedPage, filters: Sequence[StanceFilter]) -> Item:
    """One page of the acts that any of some filters finds, by first day and id."""
    found = stance_iris(page, *filters)
    return page.page(found, lambda shown: stance_items(page.writer(), shown))


def stance_items(writer: Writer, iris: Sequence[str]) -> list[Item]:
    """Acts as items, by first day and id."""
    acts = read_acts(writer.engine, [id_of(iri) for iri in iris])
    writer.prepare((), (iri for act in acts for iri in iris_of(act)))
    return [writer.act(act) for act in acts]


def _about(service: Service, identifier: str) -> Term:
    """What acts may be about, whatever its type."""
    if is_id(identifier):
        iris = [thing_iri(thing, identifier) for thing in ABOUT]
        found = read_things(service.engine, iris)
        if found:
            return NamedNode(next(iter(found)))
    raise ParameterError(
        f"There is no event, issue, claim or treaty with the id '{identifier}'.",
        parameter="about",
        got=identifier,
        expected="id of an event, issue, claim or treaty",
        did_you_mean=nearest(service, (Type.EVENT, Type.ISSUE, Type.CLAIM), identifier),
    )
