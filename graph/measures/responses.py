"""Who is asked, and what answers there are. Owns what a request and what an answer is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError
from comity.graph.measures.days import day_of
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows

_ASKING = "appeal-for-help|ask|demand|propose|raise"
# The type of a node that can answer; a node without a type may be one.
_ACTOR = "actor"
_Kinds = Annotated[str, "kinds of act that ask, joined by |"]


class Link(StrEnum):
    """How an answer hangs together with a request."""

    SAYS_SO = "says that it answers"
    TURNS_TO_ASKER = "turns to the asker"


@dataclass(frozen=True, slots=True)
class Response:
    """A request and its first answer.

    Attributes:
        source: who was asked.
        target: who asked.
        asked_on: day of the request.
        answered_on: day of the answer.
        days: days between them.
        link: how the two hang together.
        acts: ids of the request and of the answer, joined by `|`.
    """

    source: str
    target: str
    asked_on: str
    answered_on: str
    days: int
    link: Link
    acts: str


@dataclass(frozen=True, slots=True)
class Responder:
    """How fast one that is asked answers.

    Attributes:
        node: who is asked.
        n: requests with a day to it.
        answered: those with a recorded answer.
        median_days: of these; None where there are none.
    """

    node: str
    n: int
    answered: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How long answers take.

    Attributes:
        n: requests with a day.
        without_day: requests without one, which are left out.
        responders: by name.
        responses: by day of the request.
    """

    n: int
    without_day: int
    responders: tuple[Responder, ...]
    responses: tuple[Response, ...]

    def table(self) -> Rows:
        """One row for each request with an answer."""
        return Rows.of(Response.__slots__, self.responses)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A request without a recorded answer.

    Attributes:
        source: who asked.
        target: who was asked.
        day: of the request; None where it is not known.
        kind: what sort of request.
        acts: its id.
        later_acts: acts of the one asked toward the asker, on that day or later.
        documents: documents that cover the one asked; None where the network does not say.
        says: the same in words.
    """

    source: str
    target: str
    day: str | None
    kind: str
    acts: str
    later_acts: int
    documents: int | None
    says: str


@dataclass(frozen=True, slots=True)
class UnansweredRequests:
    """Requests without a recorded answer.

    Attributes:
        n: requests in the network.
        unanswered: by day, asker and asked.
    """

    n: int
    unanswered: tuple[Unanswered, ...]

    def table(self) -> Rows:
        """One row for each request without a recorded answer."""
        return Rows.of(Unanswered.__slots__, self.unanswered)


@measure("response-times", Group.BEHAVIOUR, "How long do those who are asked take to answer?")
def response_times(
    graph: "nx.Graph[Any]",
    *,
    kinds: _Kinds = _ASKING,
    within: Annotated[int, "answers count up to so many days later; 0 for any"] = 0,
) -> ResponseTimes:
    """Days from a request to the first answer of the one that was asked.

    Definition: a request is an edge of one of the `kinds` from the asker to the asked, with its
    id in `acts`. Its answer is the first edge of the asked that says so (the request's id is
    in `in_response_to`, ids joined by `|`); without one, the first other edge of the asked to
    the asker from that day on, which only turns to the asker.

    Formula: days between the first days on which each may have been; the median by responder.

    Degenerate cases: requests without a day are counted and left out; a request without a
    recorded answer counts in n and has no row (see `unanswered`). An act on the same day may
    have come before the request.

    Reference: none; a description, which says nothing of answers that the sources leave out.

    Raises:
        InputError: the graph has no direction, a day is none, no kind is named, or `within` is
            below 0.
    """
    if within < 0:
        raise InputError(f"within is {within}; give a number of days, or 0 for any.")
    acts = _Acts(graph, kinds)
    responses: list[Response] = []
    asked: dict[str, list[int | None]] = defaultdict(list)
    without_day = 0
    for one in acts.requests:
        if one.day is None:
            without_day += 1
            continue
        found = acts.answer(one)
        days = (found[0].day - one.day).days if found and found[0].day else None
        if found is None or days is None or (within and days > within):
            asked[one.target].append(None)
            continue
        answer, link = found
        asked[one.target].append(days)
        responses.append(
            Response(
                source=one.target,
                target=one.source,
                asked_on=one.day.isoformat(),
                answered_on=str(answer.day),
                days=days,
                link=link,
                acts="|".join(text for text in (one.acts, answer.acts) if text),
            )
        )
    responders = []
    for node, delays in sorted(asked.items()):
        known = [days for days in delays if days is not None]
        middle = float(median(known)) if known else None
        responders.append(Responder(node, len(delays), len(known), middle))
    return ResponseTimes(
        n=len(acts.requests) - without_day,
        without_day=without_day,
        responders=tuple(responders),
        responses=tuple(
            sorted(responses, key=lambda one: (one.asked_on, one.source, one.target, one.acts))
        ),
    )


@measure("unanswered", Group.BEHAVIOUR, "Who is asked and has no recorded answer?")
def unanswered(graph: "nx.Graph[Any]", *, kinds: _Kinds = _ASKING) -> UnansweredRequests:
    """Requests that no act is recorded as an answer to.

    Definition: a request is an edge of one of the `kinds` from the asker to the asked. It is
    answered where an edge of the asked names the request's id (`acts`) in its
    `in_response_to`. `later_acts` counts the other edges of the asked to the asker from that
    day on, which may be answers that do not say so.

    Formula: none. How many documents cover the asked (node attribute `documents`) is said,
    since the fewer there are the less it means.

    Degenerate cases: a network in which no edge has `in_response_to` records no answer at all,
    so that every request is listed; look at `later_acts`.

    Reference: none; the words are those of docs/obligations.md.

    Raises:
        InputError: the graph has no direction, a day is none, or no kind is named.
    """
    acts = _Acts(graph, kinds)
    rows = [
        _unanswered(graph, acts, one) for one in acts.requests if acts.coded_answer(one) is None
    ]
    ordered = sorted(rows, key=lambda one: (one.day or "", one.source, one.target, one.acts))
    return UnansweredRequests(len(acts.requests), tuple(ordered))


def _unanswered(graph: "nx.Graph[Any]", acts: "_Acts", one: "_Act") -> Unanswered:
    documents = graph.nodes[one.asked].get("documents")
    says = "no recorded answer in these sources"
    if documents is not None:
        covers = "document covers" if int(documents) == 1 else "documents cover"
        says += f" ({int(documents)} {covers} this actor)"
    return Unanswered(
        source=one.source,
        target=one.target,
        day=one.day.isoformat() if one.day else None,
        kind=one.kind,
        acts=one.acts,
        later_acts=len(acts.turned_to_asker(one)),
        documents=None if documents is None else int(documents),
        says=says,
    )


@dataclass(frozen=True, slots=True)
class _Act:
    source: str
    target: str
    asked: Any
    kind: str
    day: date | None
    acts: str
    answers: frozenset[str]


class _Acts:
    """The edges of a network as acts, and which of them ask."""

    def __init__(self, graph: "nx.Graph[Any]", kinds: str) -> None:
        asking = {part.strip() for part in kinds.split("|")} - {""}
        if not asking:
            raise InputError(f"No kind of act asks; name some, such as {_ASKING}.")
        if not graph.is_directed():
            raise InputError("Who asks whom must be known; give a graph with a direction.")
        self.of: dict[str, list[_Act]] = defaultdict(list)
        self.requests: list[_Act] = []
        for source, target, edge in graph.edges(data=True):
            act = _Act(
                source=str(source),
                target=str(target),
                asked=target,
                kind=str(edge.get("kind", "")),
                day=day_of(source, target, edge),
                acts=str(edge.get("acts", "")),
                answers=_ids(edge.get("in_response_to")),
            )
            self.of[act.source].append(act)
            # What is asked about an event, to nobody, is a tie to the event.
            is_actor = graph.nodes[target].get("type", _ACTOR) == _ACTOR
            if act.kind in asking and source != target and is_actor:
                self.requests.append(act)

    def answer(self, request: _Act) -> tuple[_Act, Link] | None:
        """The answer to a request and how it hangs together with it."""
        coded = self.coded_answer(request)
        if coded is not None and coded.day is not None:
            return coded, Link.SAYS_SO
        turned = self.turned_to_asker(request)
        return (turned[0], Link.TURNS_TO_ASKER) if turned else None

    def coded_answer(self, request: _Act) -> _Act | None:
        """The first act of the asked that says it answers."""
        ids = _ids(request.acts)
        found = [act for act in self.of[request.target] if ids & act.answers]
        return min(found, key=_in_time, default=None)

    def turned_to_asker(self, request: _Act) -> list[_Act]:
        """Other acts of the asked to the asker, from the day of the request on."""
        day = request.day
        found = [
            act
            for act in self.of[request.target]
            if act.target == request.source and act.day and day and act.day >= day
        ]
        return sorted(found, key=_in_time)


def _in_time(act: _Act) -> tuple[bool, date, str]:
    return (act.day is None, act.day or date.max, act.acts)


def _ids(text: object) -> frozenset[str]:
    return frozenset(part.strip() for part in str(text or "").split("|")) - {""}
