"""Checks a built graph as a whole.

Owns what counts as sound: batches are disjoint, and every shape of the ontology holds.
It loads rdflib and pySHACL, so nothing that a server starts with imports it.
"""

from dataclasses import dataclass

from rdflib import Graph

from comity.graph.engine import Engine
from comity.graph.validate import Violation, shacl_violations


@dataclass(frozen=True, slots=True)
class Soundness:
    """The result of `check`.

    Attributes:
        quads: number of quads.
        triples: number of distinct triples; equal to quads in a sound graph.
        repeated: some triples that stand in two graphs, as text.
        violations: breaches of the ontology's shapes.
    """

    quads: int
    triples: int
    repeated: tuple[str, ...]
    violations: tuple[Violation, ...]

    @property
    def is_sound(self) -> bool:
        """Whether batches are disjoint and every shape holds."""
        return self.quads == self.triples and not self.violations


def soundness(engine: Engine) -> Soundness:
    """Checks a built graph: disjoint batches, and every shape of the ontology.

    Raises:
        GraphMissingError: nothing was built there yet.
    """
    graph = Graph()
    quads = 0
    seen: set[str] = set()
    repeated: list[str] = []
    for piece in engine.dump():
        lines = piece.decode().splitlines()
        quads += len(lines)
        for line in lines:
            triple = line[: line.rindex(" <", 0, line.rindex(" ."))]
            if triple in seen:
                repeated.append(triple)
            seen.add(triple)
    graph.parse(data="".join(f"{triple} .\n" for triple in sorted(seen)), format="nt")
    return Soundness(quads, len(seen), tuple(repeated[:10]), tuple(shacl_violations(graph)))
