"""What is worth keeping about a graph until it changes.

Owns the rule for how long: as long as the engine lives and its version stays the same.
"""

from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from comity.graph.engine import Engine

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by key, kept for one version of each graph.

    Args:
        most: how many at most; when there are more, all are forgotten.
    """

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._found: WeakKeyDictionary[Engine, tuple[str, dict[K, V]]] = WeakKeyDictionary()

    def of(self, engine: Engine) -> dict[K, V]:
        """What is known of a graph as it is now; the caller adds to it."""
        version, values = self._found.get(engine, ("", {}))
        if version != engine.version or len(values) > self._most:
            values = {}
            self._found[engine] = (engine.version, values)
        return values
