"""A story told from the graph: its numbers counted, its documents found, its claims checked.

Owns what a sentence may rest on: things of the graph that have a document, and no statement
with a part that no document states.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from comity.errors import DataError, Problem
from comity.graph.acts import Act, read_acts
from comity.graph.binding import Values, bind
from comity.graph.drawing.blocs import BLOCS
from comity.graph.drawing.cards import CardMaker
from comity.graph.drawing.records import Document
from comity.graph.drawing.scene import widened
from comity.graph.engine import Engine
from comity.graph.network import Network, NetworkQuery, Relation
from comity.graph.projection import project
from comity.graph.requests import request
from comity.graph.standing import Standing
from comity.graph.stories.story import Sentence, Step, Story, filled
from comity.graph.terms import day_term, node
from comity.graph.things import Thing, read_things
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_iri

_WORDS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence with its numbers, and the numbers of its documents in the story's list."""

    text: str
    notes: tuple[int, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step with its sentences told; the rest is as its author wrote it."""

    step: Step
    sentences: tuple[ToldSentence, ...]

    @property
    def text(self) -> str:
        """All sentences in a row."""
        return " ".join(one.text for one in self.sentences)


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story with its documents, in the order in which they are cited."""

    story: Story
    steps: tuple[ToldStep, ...]
    documents: tuple[Document, ...]


def tell(engine: Engine, story: Story) -> ToldStory:
    """A story with numbers and documents of the graph.

    Raises:
        DataError: a sentence rests on nothing, or on what no document states; a number, an act
            or an actor that it names does not exist. All faults at once.
    """
    return _Teller(engine, story).told()


class _Teller:
    def __init__(self, engine: Engine, story: Story) -> None:
        self._engine = engine
        self._story = story
        self._problems: list[Problem] = []
        self._network: Network = project(engine, widened(story.view))
        self._told = read_acts(engine, (act.id for act in self._network.acts))
        self._acts = {act.id: act for act in self._cited_acts()}
        self._standing = Standing(engine)
        self._documents: dict[str, Document] = {}

    def told(self) -> ToldStory:
        steps = [self._step(number, step) for number, step in enumerate(self._story.steps, 1)]
        if self._problems:
            raise DataError(self._problems)
        order = list(self._documents)
        numbered = [
            replace(
                step,
                sentences=tuple(
                    replace(one, notes=tuple(sorted({order.index(key) + 1 for key in keys})))
                    for one, keys in sentences
                ),
            )
            for step, sentences in steps
        ]
        return ToldStory(self._story, tuple(numbered), tuple(self._documents.values()))

    def _step(
        self, number: int, step: Step
    ) -> tuple[ToldStep, list[tuple[ToldSentence, list[str]]]]:
        def fault(text: str) -> None:
            self._problems.append(Problem(self._story.id, 0, f"step {number}", text))

        numbers = {}
        for name, source in step.numbers.items():
            found = self._number(source)
            if found is None:
                fault(f"the number {name} comes from {dict(source)}, which is not in the graph")
            numbers[name] = found or "?"
        known = {act.id for act in self._network.acts}
        for act in {*step.highlight, *filter(None, [step.select])} - known:
            if act not in self._network.statements:
                fault(f"there is no act {act} in the view of the story")
        for actor in set(step.camera) - {end.id for end in self._network.nodes}:
            fault(f"there is no actor {actor} in the view of the story")
        if step.lens and step.lens not in BLOCS:
            fault(f"the lens {step.lens} is not offered; blocs: {', '.join(BLOCS)}")
        sentences = [self._sentence(one, numbers, fault) for one in step.sentences]
        return ToldStep(step, ()), sentences

    def _sentence(
        self, sentence: Sentence, numbers: Mapping[str, str], fault: Callable[[str], None]
    ) -> tuple[ToldSentence, list[str]]:
        sources: list[str] = []
        for cite in sentence.cites:
            found = self._sources_of(cite)
            if isinstance(found, str):
                fault(f"{found} (cited for: {sentence.text})")
                continue
            sources.extend(found)
        maker = CardMaker(self._engine, (), ())
        for document in maker.documents(source for source in sources):
            self._documents.setdefault(document.id, document)
        told = ToldSentence(filled(sentence.text, numbers), (), sentence.cites)
        return told, [one for one in sources if one in self._documents]

    def _sources_of(self, cite: str) -> tuple[str, ...] | str:
        """Ids of the documents behind a thing, or what is wrong with citing it."""
        kind, _, identifier = cite.partition("/")
        if kind == Type.STANCE.value:
            act = self._acts.get(identifier)
            return act.sources if act else f"there is no act {identifier}"
        try:
            iri = thing_iri(Type(kind), identifier)
        except ValueError:
            return f"{cite} is not type/id of a thing"
        thing = read_things(self._engine, [iri]).get(iri)
        if thing is None:
            return f"there is no {cite}"
        if kind == Type.SOURCE.value:
            return (identifier,)
        part = thing.text("unsourcedPart")
        if part:
            return f"no document states the {part} of {cite}"
        return thing.ids("source") or self._of_evidence(thing) or f"{cite} has no document"

    def _of_evidence(self, thing: Thing) -> tuple[str, ...]:
        pieces = read_things(self._engine, thing.iris("evidence")).values()
        return tuple(dict.fromkeys(source for one in pieces for source in one.ids("source")))

    def _cited_acts(self) -> Iterable[Act]:
        cites = {
            cite
            for step in self._story.steps
            for sentence in step.sentences
            for cite in sentence.cites
        }
        start = f"{Type.STANCE.value}/"
        return read_acts(
            self._engine, sorted(one.removeprefix(start) for one in cites if one.startswith(start))
        )

    def _number(self, source: Mapping[str, Any]) -> str | None:
        """A number of the graph in words, or None where it cannot be counted."""
        if "report" in source:
            return self._reported(source["report"])
        if "members" in source or "parties" in source:
            return _in_words(self._members(source))
        if "silent" in source:
            return _in_words(len(self._network.silent & set(source["silent"])))
        if "speakers" in source or "acts" in source:
            acts = self._matching(source.get("speakers") or source["acts"])
            speakers = {one for act in acts for one in act.speakers}
            return _in_words(len(speakers) if "speakers" in source else len(acts))
        return None

    def _reported(self, identifier: str) -> str | None:
        event = self._story.view.event
        if event is None:
            return None
        figures = CardMaker(self._engine, (), ()).figures(event)
        return next((one.number for one in figures if one.id == identifier), None)

    def _members(self, source: Mapping[str, Any]) -> int:
        """Members of an organisation, or parties to a treaty, on a day."""
        kind = Type.ACTOR if "members" in source else Type.TREATY
        values: Values = {
            "organisation": [node(kind, source.get("members") or source["parties"])],
            "as_of": [day_term(source["as_of"])],
        }
        rows = self._engine.select(bind(request("members"), values)).texts()
        return len({row["member"] for row in rows})

    def _matching(self, wanted: Mapping[str, Any]) -> list[Act]:
        """Acts of the view by holder, or the state behind it, by kind and by day."""
        kinds = {wanted["kind"]} if isinstance(wanted.get("kind"), str) else wanted.get("kind")
        return [
            act
            for act in self._told
            if wanted.get("holder") in (None, act.holder, self._standing.behind(act))
            and (not kinds or act.kind in kinds)
            and ("until" not in wanted or act.earliest <= wanted["until"])
            and ("since" not in wanted or act.latest >= wanted["since"])
        ]


def step_query(story: Story, step: Step) -> NetworkQuery:
    """The view of a story as narrowed by a step."""
    show = dict(step.show)
    query = story.view
    if "kind" in show:
        kinds = show["kind"]
        query = replace(query, kinds=(kinds,) if isinstance(kinds, str) else tuple(kinds))
    if "relation" in show:
        relations = show["relation"]
        names = (relations,) if isinstance(relations, str) else relations
        query = replace(query, relations=tuple(Relation(one) for one in names))
    days = {name: show[name] for name in ("since", "until", "as_of") if name in show}
    return replace(query, **days)


def _in_words(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)
