"""Title and summary of a view, and dates in words.

Owns words about the whole picture; those on lines and marks are in `wording`.
"""

import re
from collections import Counter
from datetime import date
from typing import Final

from comity.graph.network import Network, NetworkQuery, Relation
from comity.graph.things import Thing

LICENCE: Final = "data CC BY 4.0"
# Names of actors in a title.
_NAMED = 3
_TIES: Final = {
    Relation.STANCE: "statements and acts",
    Relation.VOTE: "votes",
    Relation.MEMBERSHIP: "memberships",
    Relation.OBLIGATION: "obligations",
    Relation.TENURE: "offices",
    Relation.PARTICIPATION: "participations",
}
_COUNTED: Final = {
    Relation.MEMBERSHIP: ("membership", "memberships"),
    Relation.TENURE: ("office", "offices"),
    Relation.PARTICIPATION: ("participation", "participations"),
    Relation.VOTE: ("line of votes", "lines of votes"),
}


def title_of(network: Network, asked: NetworkQuery, event: Thing | None) -> str:
    """What a view is about: its event, or its actors and what ties them."""
    if event:
        return event.label
    names = [thing.label for end, thing in network.nodes.items() if end.id in asked.actors]
    about = ", ".join(_TIES[one] for one in asked.relations)
    if not names:
        return f"{about[:1].upper()}{about[1:]}"
    more = f" and {len(names) - _NAMED} others" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}: {about}"


def summary_of(network: Network) -> str:
    """The window of a network and how much is in it; `static/filters.js` words it alike."""
    query = network.query
    lines = Counter(tie.relation for tie in network.ties)
    counts: Counter[Relation] = Counter()
    for tie in network.ties:
        counts[tie.relation] += tie.count
    parts = []
    if lines[Relation.STANCE]:
        acts = {act for tie in network.ties if tie.relation is Relation.STANCE for act in tie.acts}
        stances = _many(lines[Relation.STANCE], ("line", "lines"))
        parts.append(f"{_many(len(acts), ('act', 'acts'))} in {stances}")
    if counts[Relation.OBLIGATION]:
        day = f" on {day_text(query.as_of)}" if query.as_of else ""
        owed = _many(counts[Relation.OBLIGATION], ("obligation", "obligations"))
        parts.append(f"{owed}{day}")
    parts += [_many(counts[one], words) for one, words in _COUNTED.items() if counts[one]]
    return " · ".join([*_window(query, bool(set(_ACTS) & set(query.relations))), *parts])


_ACTS: Final = (Relation.STANCE, Relation.VOTE)


def _window(query: NetworkQuery, has_acts: bool) -> list[str]:
    if not has_acts:
        return [day_text(query.as_of)] if query.as_of else []
    since, until = query.since, query.until or query.as_of
    if since and until:
        is_month = (since.year, since.month) == (until.year, until.month)
        start = str(since.day) if is_month else day_text(since)
        return [f"{start}–{day_text(until)}" if is_month else f"{start} – {day_text(until)}"]
    return [f"until {day_text(until)}"] if until else []


def _many(number: int, words: tuple[str, str]) -> str:
    return f"{number} {words[number != 1]}"


def day_text(day: date) -> str:
    """A day in words.

    Examples:
        >>> day_text(date(2022, 9, 3))
        '3 Sep 2022'
    """
    return f"{day.day} {day:%b %Y}"


def edtf_text(text: str, missing: str = "date not known") -> str:
    """A date of the data in words: a day, a month, a year, or one of two days.

    Examples:
        >>> edtf_text("2022-09-13/2022-09-14")
        '13 Sep 2022 or 14 Sep 2022'
        >>> edtf_text("2018-09"), edtf_text("..")
        ('Sep 2018', 'still in force')
    """
    if not text:
        return missing
    if text == "..":
        return "still in force"
    if "/" in text:
        return " or ".join(edtf_text(part) for part in text.split("/"))
    match = re.match(r"^(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if not match:
        return text
    year, month, day = match.groups()
    if day:
        return day_text(date(int(year), int(month), int(day)))
    return f"{date(int(year), int(month), 1):%b %Y}" if month else str(year)
