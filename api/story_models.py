"""What answers about stories hold."""

from pydantic import Field

from comity.api.models import Model


class StoryReference(Model):
    """A story in the list."""

    id: str
    title: str
    summary: str
    steps: int = Field(description="How many steps it has.")
    url: str


class StoryListing(Model):
    """The stories there are."""

    items: list[StoryReference]
    total: int
    graph_version: str


class StoryDocument(Model):
    """A document that a story cites."""

    id: str
    label: str
    url: str
    publisher: str
    issued: str


class StorySentence(Model):
    """A sentence and what it rests on."""

    text: str
    notes: list[int] = Field(description="Numbers of its documents, from 1.")
    cites: list[str] = Field(description="Things of the graph, as type/id.")


class StoryFilters(Model):
    """The view of a step, under the names of the parameters of /network."""

    since: str
    until: str
    as_of: str
    kind: list[str]
    relation: list[str]


class StoryStep(Model):
    """A step of a story."""

    heading: str
    date: str
    text: str
    sentences: list[StorySentence]
    filters: StoryFilters
    lens: str
    camera: list[str]
    highlight: list[str]
    select: str
    notes: str = Field(description="For the presenter.")


class StoryAnswer(Model):
    """A story as the graph tells it."""

    id: str
    title: str
    summary: str
    steps: list[StoryStep]
    documents: list[StoryDocument]
    graph_version: str
