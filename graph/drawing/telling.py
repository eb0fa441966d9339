"""A story on its page: the steps as data for the scripts, and as pictures for paper.

Owns how a told story meets the view that it is told on. What it says is in `graph/stories`.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from comity.graph.drawing.narrowing import narrowed
from comity.graph.drawing.scene import Scene
from comity.graph.drawing.summary import day_text
from comity.graph.drawing.svg import Picture, picture
from comity.graph.drawing.words import say
from comity.graph.engine import Engine
from comity.graph.stories.story import Story
from comity.graph.stories.telling import ToldStep, ToldStory, step_query


@dataclass(frozen=True, slots=True)
class Page:
    """A step as it is printed: number, text, picture."""

    number: int
    told: ToldStep
    day: str
    drawn: Picture


def story_values(story: ToldStory) -> dict[str, Any]:
    """A told story as JSON values: what the scripts of its page and the API know of it."""
    return {
        "id": story.story.id,
        "title": story.story.title,
        "summary": story.story.summary,
        "steps": [_step_values(story.story, told) for told in story.steps],
        "documents": [asdict(one) for one in story.documents],
    }


def _step_values(story: Story, told: ToldStep) -> dict[str, Any]:
    step = told.step
    query = step_query(story, step)
    return {
        "heading": step.heading,
        "date": step.date.isoformat(),
        "text": told.text,
        "sentences": [
            {"text": one.text, "notes": list(one.notes), "cites": list(one.cites)}
            for one in told.sentences
        ],
        "filters": {
            "since": query.since.isoformat() if query.since else "",
            "until": query.until.isoformat() if query.until else "",
            "as_of": query.as_of.isoformat() if query.as_of else "any",
            "kind": list(query.kinds),
            "relation": [one.value for one in query.relations],
        },
        "lens": step.lens,
        "camera": list(step.camera),
        "highlight": list(step.highlight),
        "select": step.select,
        "notes": step.notes,
    }


def printed_pages(engine: Engine, scene: Scene, story: ToldStory) -> list[Page]:
    """The steps for paper and for browsers without scripts, each with its picture."""
    pages = []
    for number, told in enumerate(story.steps, 1):
        step = told.step
        query = step_query(story.story, step)
        shown = narrowed(engine, replace(scene, asked=query, answered=None))
        drawn = picture(
            shown.layout,
            title=story.story.title,
            notes=(step.heading, shown.says),
            event_lines=scene.event_lines,
            weak=shown.weak,
            bloc=next((one for one in scene.blocs if one.id == step.lens), None),
            day=query.as_of or query.until,
            citation=say(
                "%(title)s. Comity, graph %(graph)s. data CC BY 4.0",
                title=story.story.title,
                graph=engine.version,
            ),
            front=frozenset(step.highlight),
        )
        pages.append(Page(number, told, day_text(step.date), drawn))
    return pages
