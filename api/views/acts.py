"""Acts as pages show them: verb, sign, words; and how many there were when.

Owns words and marks of acts on pages. The items are those of the API.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from comity.api.asked import AskedPage
from comity.api.listing import Item
from comity.api.stances import StanceFilter, stance_iris, stance_items
from comity.ontology.terms import concepts

MARKS: Final = {"plus": "+", "minus": "−", "half": "!", "zero": "○", "none": "·"}
_BARS: Final = 60


@dataclass(frozen=True, slots=True)
class Told:
    """Acts of a page, and how many there are in all."""

    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Column:
    """The acts of a day, a month or a year, by style."""

    when: str
    total: int
    parts: tuple[tuple[str, int], ...]


def acts_of(asked: AskedPage, *filters: StanceFilter) -> Told:
    """The acts that one of some filters finds, newest first, as many as a page holds."""
    found = stance_iris(asked, *filters)
    items = [with_words(item) for item in stance_items(asked.writer(), found[-asked.limit :])]
    return Told(tuple(reversed(items)), len(found))


def with_words(item: Item) -> Item:
    """An act with its verb and the style of its sign."""
    concept = concepts("kind").get(item["kind"])
    return item | {
        "verb": concept.verb if concept and concept.verb else item["kind"].replace("-", " "),
        "style": style_of(item["sign"]),
        "mark": MARKS[style_of(item["sign"])],
        "toward": item["targets"] or item["addressees"] or item["about"],
    }


def style_of(sign: float | None) -> str:
    """Which of the styles of the explorer a sign has."""
    if sign is None:
        return "none"
    if sign == 0:
        return "zero"
    if sign > 0:
        return "plus"
    return "half" if sign > -1 else "minus"


def columns_of(acts: Sequence[Mapping[str, Any]]) -> list[Column]:
    """Acts over time: by day where that fits, else by month, else by year."""
    for letters in (10, 7, 4):
        bins = sorted({act["date"][:letters] for act in acts})
        if len(bins) <= _BARS:
            break
    columns = []
    for when in bins[-_BARS:]:
        styles = Counter(act["style"] for act in acts if act["date"][:letters] == when)
        parts = tuple((style, styles[style]) for style in MARKS if styles[style])
        columns.append(Column(when, sum(styles.values()), parts))
    return columns
