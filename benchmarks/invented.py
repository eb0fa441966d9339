"""Invents records in the forms of the shipped data: bodies, people, treaties, events, documents.

Owns how much of each there is and how it is spread: over the states by Zipf's law, as
attention is. It writes nothing; records become quads by the writer of the shipped data.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, permutations
from random import Random
from typing import TypeVar

from comity.graph.sources.rdf import RdfWriter
from comity.graph.sources.record import Record, Shape
from comity.graph.sources.seed import Seed
from comity.graph.sources.shapes import (
    ACTS,
    CASUALTY_REPORTS,
    EVIDENCE,
    POSITIONS,
    SOURCES,
    TABLES,
)
from comity.ontology.namespaces import Thing
from comity.ontology.terms import concepts

# The first states by rank; the rest follow in the order of their ids.
KNOWN = "usa rus chn tur aze arm fra ukr irn gbr deu isr ind geo grc kaz blr jpn pol egy".split()
FIGHTING = "attack-on-armenia-2022-09"
Item = TypeVar("Item")
DATASETS = 20
_WORDS = (
    "we call on both sides to refrain from force and to respect the borders and the ceasefire "
    "that was agreed while talks go on about prisoners roads peace aid troops and observers"
).split()


class Inventor:
    """Makes records; keeps the ids it has given, so that later records can name them."""

    def __init__(self, shipped: Seed, size: float, random: Random) -> None:
        self.random = random
        self.size = size
        self.given: dict[Thing, set[str]] = {}
        for record in shipped.records:
            self.given.setdefault(record.thing, set()).add(record.id)
        officials = {one.one("person") for one in shipped.records if one.shape.name == "tenures"}
        self.coverage = dict(shipped.coverage)
        self.writer = RdfWriter(self.given, self.coverage, officials)
        every = sorted(one.id for one in shipped.records if one.shape.name == "states")
        self.states = [*KNOWN, *(one for one in every if one not in KNOWN)]
        self._state_ranks = _ranks(len(self.states))
        self.organisations: list[str] = ["csto", "nato", "eu", "osce", "un", "ots", "sco", "cis"]
        self.people: list[tuple[str, str]] = []
        self.events: list[tuple[str, date]] = []
        self.issues = sorted(self.given[Thing.ISSUE])
        self.claims = sorted(self.given[Thing.CLAIM])
        self.treaties = sorted(self.given[Thing.TREATY])
        self.kinds = sorted(concepts("kind"))

    def records(self) -> Iterator[Record]:
        """Sources, bodies, people, treaties and events for the size; then documents, endlessly."""
        for number in range(DATASETS):
            coverage = f"{2010 + number % 12}-12-31" if number % 3 == 0 else ""
            yield self.record(
                TABLES["sources"], f"invented-dataset-{number}", label=f"Invented data set {number}",
                kind="dataset", publisher=f"Institute {number % 7}", licence="CC0", coverage_end=coverage,
            )  # fmt: skip
            if coverage:
                self.coverage[f"invented-dataset-{number}"] = coverage
        for number in range(int(500 * self.size)):
            yield from self.organisation(number)
        for number in range(int(1500 * self.size)):
            yield from self.post(number)
        for number in range(int(60 * self.size)):
            yield from self.treaty(number)
        for number in range(int(300 * self.size)):
            yield from self.event(number)
        for number in range(int(40 * self.size)):
            yield self.record(
                TABLES["issues"],
                f"issue-{number}",
                label=f"Issue {number}",
                sources="invented-dataset-1",
            )
            self.issues.append(f"issue-{number}")
        for number in range(int(200 * self.size)):
            about = self.pick(self.events)[0]
            yield self.record(
                TABLES["claims"],
                f"claim-{number}",
                text=self.sentence(),
                about=about,
                kind="factual",
                sources="invented-dataset-1",
            )
            self.claims.append(f"claim-{number}")
        for number in range(int(300 * self.size)):
            first, other = self.two_states()
            yield self.record(
                TABLES["recognitions"],
                f"recognition-{number}",
                recogniser=first,
                recognised=other,
                **self.spell(),
                home=self.dataset(),
            )
        number = 0
        while True:
            yield from self.document(number)
            number += 1

    def organisation(self, number: int) -> Iterator[Record]:
        """An organisation, its members, and now and then a status or another view."""
        identifier = f"organisation-{number}"
        kind = "alliance" if number % 10 == 0 else "international-organisation"
        start = self.day(1946, 2015)
        yield self.record(
            TABLES["organisations"],
            identifier,
            type=kind,
            label=f"Organisation {number}",
            start_date=start.isoformat(),
            sources=self.dataset(),
        )
        self.organisations.append(identifier)
        size = min(len(self.states), 4 + int(self.random.paretovariate(0.8) * 6))
        home = self.dataset()
        for state in sorted(set(self.some_states(size))):
            one = f"{identifier}-{state}"
            role = self.random.choices(("member", "observer", "elected-member"), (88, 8, 4))[0]
            yield self.record(
                TABLES["memberships"],
                one,
                organisation=identifier,
                member=state,
                role=role,
                **self.spell(start.year),
                home=home,
            )
            chance = self.random.random()
            if chance < 0.02:
                yield self.record(
                    TABLES["statuses"],
                    f"{one}-suspended",
                    membership=one,
                    status="suspended",
                    **self.spell(start.year + 5),
                    home=home,
                )
            elif chance < 0.04:
                yield self.record(
                    TABLES["memberships"],
                    f"{one}-2",
                    organisation=identifier,
                    member=state,
                    role=role,
                    alternative_to=one,
                    **self.spell(start.year),
                    home="invented-dataset-2",
                )

    def post(self, number: int) -> Iterator[Record]:
        """A post and the people who held it one after another."""
        body = self.state()
        identifier = f"{body}-post-{number}"
        office = self.random.choice(
            ("foreign-minister", "head-of-government", "spokesperson", "deputy")
        )
        yield self.record(
            TABLES["posts"],
            identifier,
            label=f"Post {number} of {body}",
            office=office,
            body=body,
            sources=self.dataset(),
        )
        start = self.day(1990, 2000)
        for turn in range(self.random.randint(2, 6)):
            end = start + timedelta(self.random.randint(300, 3000))
            person = f"person-{number}-{turn}"
            yield self.record(
                TABLES["people"],
                person,
                label=f"Person {number} {turn}",
                country=body,
                sources=self.dataset(),
            )
            yield self.record(
                TABLES["tenures"],
                f"{person}-{identifier}",
                person=person,
                post=identifier,
                start_date=start.isoformat(),
                end_date=end.isoformat() if end.year < 2024 else "..",
                home=self.dataset(),
            )
            self.people.append((person, body))
            start = end

    def treaty(self, number: int) -> Iterator[Record]:
        """A treaty, its parties, and what each owes each other."""
        identifier = f"treaty-{number}"
        signed = self.day(1946, 2020)
        yield self.record(
            TABLES["treaties"],
            identifier,
            label=f"Treaty {number}",
            signed=signed.isoformat(),
            in_force=signed.isoformat(),
            sources=self.dataset(),
        )
        self.treaties.append(identifier)
        home = self.dataset()
        parties = sorted(set(self.some_states(self.random.choice((2, 2, 2, 5, 12)))))
        span = self.spell(signed.year)
        for state in parties:
            yield self.record(
                TABLES["parties"],
                f"{identifier}-{state}",
                treaty=identifier,
                member=state,
                role="party",
                **span,
                home=home,
            )
        kind = self.random.choice(("defence", "consultation", "non-aggression", "neutrality"))
        for first, other in permutations(parties, 2):
            yield self.record(
                TABLES["obligations"],
                f"{identifier}-{first}-{other}",
                treaty=identifier,
                article="Art. 1",
                type=kind,
                obligor=first,
                beneficiary=other,
                trigger="armed-attack" if kind == "defence" else "threat",
                mandatory="true",
                paraphrase=f"What treaty {number} says.",
                **span,
                home=home,
            )

    def event(self, number: int) -> Iterator[Record]:
        """An event, sometimes a part of another, and who took part."""
        identifier = f"event-{number}"
        start = self.day(1995, 2024)
        part_of = self.pick(self.events)[0] if self.events and number % 4 == 0 else ""
        home = self.dataset()
        yield self.record(
            TABLES["events"],
            identifier,
            label=f"Event {number}",
            type="fighting" if number % 3 else "meeting",
            part_of=part_of,
            start_date=start.isoformat(),
            end_date=(start + timedelta(number % 9)).isoformat(),
            sources=home,
        )
        self.events.append((identifier, start))
        for state in sorted(set(self.some_states(3))):
            yield self.record(
                TABLES["participations"],
                f"{identifier}-{state}-party",
                event=identifier,
                participant=state,
                role="party",
                home=home,
            )

    def document(self, number: int) -> Iterator[Record]:
        """A document about one event: acts with their evidence, positions and figures."""
        home = f"document-{number}"
        event, day = (FIGHTING, date(2022, 9, 13)) if number % 50 == 0 else self.pick(self.events)
        day += timedelta(int(self.random.expovariate(0.2)))
        self.given[Thing.SOURCE].add(home)
        yield self.record(
            SOURCES,
            home,
            label=f"Document {number}",
            kind="news",
            url=f"https://example.org/{number}",
            publisher=f"Agency {int(self.random.paretovariate(0.7))}",
            issued=day.isoformat(),
            extent_read="part",
            licence="facts only",
        )
        for turn in range(self.random.randint(1, 8)):
            yield from self.act(f"{home}-act-{turn}", home, event, day)
        if number % 5 == 0:
            yield self.record(
                POSITIONS,
                f"{home}-position",
                claim=self.random.choice(self.claims),
                actor=self.state(),
                position=self.random.choice(("asserts", "affirms", "denies")),
                act=f"{home}-act-0",
                home=home,
            )
        if number % 8 == 0:
            report = self.record(
                CASUALTY_REPORTS,
                f"{home}-figures",
                event=event,
                side=self.state(),
                measure="killed",
                group="military",
                best=str(self.random.randint(1, 400)),
                reporter=self.state(),
                final="false",
                as_at=day.isoformat(),
                confidence="medium",
                home=home,
            )
            yield report
            yield self.evidence(f"{home}-figures-e", report)

    def act(self, identifier: str, home: str, event: str, day: date) -> Iterator[Record]:
        """An act and its evidence."""
        kind = self.random.choice(self.kinds)
        person, country = self.pick(self.people)
        chance = self.random.random()
        holder = (
            self.pick(self.organisations)
            if chance < 0.12
            else person
            if chance < 0.2
            else self.state()
        )
        target, addressee = self.two_states()
        concept = concepts("kind")[kind]
        about = [
            event,
            *([self.pick(self.issues)] if chance > 0.8 else ()),
            *([self.pick(self.treaties)] if chance > 0.99 else ()),
        ]
        text = (
            f"{day.isoformat()}/{(day + timedelta(1)).isoformat()}"
            if 0.5 < chance < 0.53
            else day.isoformat()
        )
        act = self.record(
            ACTS, identifier, kind=kind, holder=holder, date=text, home=home, about=about, speakers=person,
            on_behalf_of=country if holder == country else "",
            targets=target if concept.needs_actor_target or chance < 0.1 else "",
            addressees=addressee if concept.speaks_to or chance < 0.3 else "",
            requested_act=self.sentence() if kind in ("ask", "demand", "propose") else "",
            venue="unsc" if 0.3 < chance < 0.32 else "",
            confidence=self.random.choices(("high", "medium", "low"), (7, 2, 1))[0],
        )  # fmt: skip
        yield act
        yield self.evidence(f"{identifier}-e", act)

    def evidence(self, identifier: str, parent: Record) -> Record:
        """The words, a passage, or a summary."""
        form, speech = self.random.choices(
            (("words", "direct"), ("passage", "reported"), ("summary", "summary")), (4, 2, 4)
        )[0]
        return self.record(
            EVIDENCE,
            identifier,
            speech=speech,
            **{form: self.sentence()},
            home=parent.home,
            parent=parent,
        )

    def record(
        self,
        shape: Shape,
        identifier: str,
        *,
        home: str = "",
        parent: Record | None = None,
        **values: str | Sequence[str],
    ) -> Record:
        """A record as a reader makes it; empty values are left out."""
        texts = {
            name: (value,) if isinstance(value, str) else tuple(value)
            for name, value in values.items()
            if value
        }
        record = Record(
            shape,
            identifier,
            texts,
            "",
            0,
            "comity-reference" if shape.reference else home,
            parent,
            "evidence" if parent else "",
        )
        if shape is not EVIDENCE:
            self.given.setdefault(record.thing, set()).add(identifier)
        return record

    def spell(self, first: int = 1960) -> dict[str, str]:
        """A start and an end: most are still so, some ended, a few are not known exactly."""
        start = self.day(first, max(first, 2018))
        end = min(start + timedelta(self.random.randint(200, 9000)), date(2024, 6, 30))
        texts = [start.isoformat(), end.isoformat() if self.random.random() < 0.2 else ".."]
        if self.random.random() < 0.15:
            texts = [text if text == ".." else text[:7] for text in texts]
        return {"start_date": texts[0], "end_date": texts[1]}

    def day(self, first: int, last: int) -> date:
        """Some day of these years."""
        return date(
            self.random.randint(first, last), self.random.randint(1, 12), self.random.randint(1, 28)
        )

    def sentence(self) -> str:
        """Some words."""
        return (
            " ".join(self.random.choices(_WORDS, k=self.random.randint(6, 24))).capitalize() + "."
        )

    def state(self) -> str:
        """A state, the first ones most often."""
        return self.random.choices(self.states, cum_weights=self._state_ranks)[0]

    def some_states(self, count: int) -> list[str]:
        """States; the same may come twice."""
        return self.random.choices(self.states, cum_weights=self._state_ranks, k=count)

    def two_states(self) -> tuple[str, str]:
        """Two different states."""
        first, other = self.state(), self.state()
        return (first, other) if first != other else self.two_states()

    def pick(self, items: Sequence[Item]) -> Item:
        """One of a list, the first ones most often."""
        rank = int(self.random.paretovariate(0.5)) - 1
        return items[rank] if rank < len(items) else self.random.choice(items)

    def dataset(self) -> str:
        """One of the invented data sets."""
        return f"invented-dataset-{self.random.randrange(DATASETS)}"


def _ranks(count: int) -> list[float]:
    """Zipf's weights, summed up."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))
