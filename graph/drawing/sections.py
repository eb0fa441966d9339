"""The sections that the head of every page leads to, in their order.

Owns names and addresses only; which page is which section is up to the page.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name in the head, and its address below the server's."""

    name: str
    path: str


SECTIONS: Final = (
    Section("Explorer", "/"),
    Section("Actors", "/actors"),
    Section("Organisations", "/organisations"),
    Section("Events", "/events"),
    Section("Stories", "/stories"),
    Section("Questions", "/queries?format=html"),
    Section("SPARQL", "/sparql"),
    Section("API", "/docs"),
)
