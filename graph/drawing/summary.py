"""Title and summary of a view, and dates in words.

Owns words about the whole picture; those on lines and marks are in `wording`.
"""

import re
from collections import Counter
from datetime import date
from functools import reduce
from typing import Final

from comity.graph.drawing.words import later, later_many, say, say_many
from comity.graph.network import Network, NetworkQuery, Relation
from comity.graph.things import Thing

# Names of actors in a title.
_NAMED = 3
_TIES: Final = {
    Relation.STANCE: later("statements and acts"),
    Relation.VOTE: later("votes"),
    Relation.MEMBERSHIP: later("memberships"),
    Relation.OBLIGATION: later("obligations"),
    Relation.TENURE: later("offices"),
    Relation.PARTICIPATION: later("participations"),
}
_COUNTED: Final = {
    Relation.MEMBERSHIP: later_many("%(num)s membership", "%(num)s memberships"),
    Relation.TENURE: later_many("%(num)s office", "%(num)s offices"),
    Relation.PARTICIPATION: later_many("%(num)s participation", "%(num)s participations"),
    Relation.VOTE: later_many("%(num)s line of votes", "%(num)s lines of votes"),
}


def title_of(network: Network, asked: NetworkQuery, event: Thing | None) -> str:
    """What a view is about: its event, or its actors and what ties them."""
    if event:
        return event.label
    names = [thing.label for end, thing in network.nodes.items() if end.id in asked.actors]
    about = ", ".join(say(_TIES[one]) for one in asked.relations)
    if not names:
        return f"{about[:1].upper()}{about[1:]}"
    listed, others = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if others > 0:
        listed = say_many(
            "%(names)s and %(num)s other", "%(names)s and %(num)s others", others, names=listed
        )
    return f"{listed}: {about}"


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
        parts.append(
            say(
                "%(acts)s in %(lines)s",
                acts=say_many("%(num)s act", "%(num)s acts", len(acts)),
                lines=say_many("%(num)s line", "%(num)s lines", lines[Relation.STANCE]),
            )
        )
    if counts[Relation.OBLIGATION]:
        owed = say_many("%(num)s obligation", "%(num)s obligations", counts[Relation.OBLIGATION])
        if query.as_of:
            owed = say("%(what)s on %(day)s", what=owed, day=day_text(query.as_of))
        parts.append(owed)
    parts += [say_many(*words, counts[one]) for one, words in _COUNTED.items() if counts[one]]
    return " · ".join([*_window(query, bool(set(_ACTS) & set(query.relations))), *parts])


_ACTS: Final = (Relation.STANCE, Relation.VOTE)


def _window(query: NetworkQuery, has_acts: bool) -> list[str]:
    if not has_acts:
        return [day_text(query.as_of)] if query.as_of else []
    since, until = query.since, query.until or query.as_of
    if since and until:
        if (since.year, since.month) == (until.year, until.month):
            month = edtf_text(until.isoformat()[:7])
            return [
                say("%(first)s–%(last)s %(month)s", first=since.day, last=until.day, month=month)
            ]
        return [f"{day_text(since)} – {day_text(until)}"]
    return [say("until %(day)s", day=day_text(until))] if until else []


# As on an axis and in a date; not a format of the C library, which has a language of its own.
_MONTHS: Final = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun"),
    later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip


def day_text(day: date) -> str:
    """A day in words.

    Examples:
        >>> day_text(date(2022, 9, 3))
        '3 Sep 2022'
    """
    return say(
        "%(day)s %(month)s %(year)s", day=day.day, month=say(_MONTHS[day.month - 1]), year=day.year
    )


def edtf_text(text: str, missing: str | None = None) -> str:
    """A date of the data in words: a day, a month, a year, or one of two days.

    Examples:
        >>> edtf_text("2022-09-13/2022-09-14")
        '13 Sep 2022 or 14 Sep 2022'
        >>> edtf_text("2018-09"), edtf_text("..")
        ('Sep 2018', 'still in force')
    """
    if not text:
        return say("date not known") if missing is None else missing
    if text == "..":
        return say("still in force")
    if "/" in text:
        return reduce(
            lambda one, other: say("%(one)s or %(other)s", one=one, other=other),
            (edtf_text(part) for part in text.split("/")),
        )
    match = re.match(r"^(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if not match:
        return text
    year, month, day = match.groups()
    if day:
        return day_text(date(int(year), int(month), int(day)))
    if not month:
        return str(year)
    return say("%(month)s %(year)s", month=say(_MONTHS[int(month) - 1]), year=year)
