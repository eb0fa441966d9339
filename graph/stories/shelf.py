"""Which stories there are: those that ship, and those in the data directory.

Owns where they are looked for, and remembers each as told from a version of the graph.
"""

from pathlib import Path

from comity.errors import DataError, NotFoundError, Problem
from comity.graph.engine import Engine
from comity.graph.stories.story import Story, read_stories, shipped_stories
from comity.graph.stories.telling import ToldStory, tell

# Under the data directory: an author's own stories.
FOLDER = "stories"


class Stories:
    """The stories of a data directory.

    Args:
        data: the data directory; its own stories come after those that ship.

    Raises:
        DataError: a story has faults in its form, or two have the same id.
    """

    def __init__(self, data: Path | None = None) -> None:
        own = read_stories(data / FOLDER) if data else []
        found = [*read_stories(shipped_stories()), *own]
        self._stories = {story.id: story for story in found}
        self._told: dict[tuple[str, str], ToldStory] = {}
        if len(self._stories) < len(found):
            twice = sorted({one.id for one in own} - {one.id for one in found if one not in own})
            raise DataError([Problem(one, 0, "id", "two stories have it") for one in twice])

    def all(self) -> tuple[Story, ...]:
        """Every story, those that ship first."""
        return tuple(self._stories.values())

    def told(self, engine: Engine, identifier: str) -> ToldStory:
        """A story as the graph tells it.

        Raises:
            NotFoundError: there is no such story.
            DataError: it says what the graph does not hold.
        """
        if identifier not in self._stories:
            known = ", ".join(self._stories)
            raise NotFoundError(f"There is no story {identifier}; stories: {known}.")
        key = (engine.version, identifier)
        if key not in self._told:
            self._told = {one: told for one, told in self._told.items() if one[0] == engine.version}
            self._told[key] = tell(engine, self._stories[identifier])
        return self._told[key]
