"""The sections that the head of every page leads to, in their order.

Owns names and addresses only; which page is which section is up to the page.
"""

from dataclasses import dataclass
from typing import Final

from comity.graph.drawing.words import later


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name in the head, and its address below the server's."""

    name: str
    path: str


SECTIONS: Final = (
    Section(later("Explorer"), "/"),
    Section(later("Actors"), "/actors"),
    Section(later("Organisations"), "/organisations"),
    Section(later("Events"), "/events"),
    Section(later("Stories"), "/stories"),
    Section(later("Questions"), "/queries?format=html"),
    Section(later("SPARQL"), "/sparql"),
    Section(later("API"), "/docs"),
)
