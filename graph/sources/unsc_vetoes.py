"""Vetoes in the Security Council, one row for each draft that was not adopted for one.

A draft becomes an event, each veto an act against it. Only the vetoing members are in the
file, not how the others voted. Old drafts have the number of the meeting instead of their own;
one number in several rows stands for several votes.
Who vetoed stands in the columns member_veto: the flags by member lack 26 of them. Until
1971-10-25 the Republic of China held the seat of China: a veto of China from before is
refused, for the file does not say whose it would be. The label has the file's topic; items of
the agenda, which are often a party's words, are quoted in the note. The region is left out.
Source: World Politics Data Lab, Vetoes in the UN Security Council (2022).
"""

from collections.abc import Iterable
from datetime import date

from comity.graph.sources.dates import american_day
from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.record import Record

_MEMBERS = ("member_veto1", "member_veto2", "member_veto3")
_COUNCIL = "unsc"
# The day on which the General Assembly gave the seat to the People's Republic of China.
_CHINA = date(1971, 10, 25)


class UnscVetoes(Importer):
    """Reads the list of vetoed drafts."""

    origin = Origin(
        name="unsc-vetoes",
        # The graph's own data have a source unsc-vetoes-2022, which a batch must not replace.
        version="2022-661c527",
        label="Vetoes in the Security Council of the United Nations, 1946 to September 2022",
        publisher="World Politics Data Lab",
        licence="MIT",
        may_pass_on=True,
        url="https://github.com/world-politics-datalab/vetoes-un-security-council",
        coverage_start="1946-01-01",
        coverage_end="2022-09",
        note="The file at commit 661c52468721. Vetoes only: it does not tell how others voted. "
        "It has no veto of the Republic of China.",
    )
    forms = (
        Form(
            "vetoes",
            ("date", "draft", "meeting_record", "agenda_item", "crisis_topic", *_MEMBERS),
        ),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """The event of a draft and an act for each veto."""
        number = " ".join(row["draft"].split())
        if not number:
            raise RowError("the draft has no number")
        text = american_day(row["date"])
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise RowError(f"'{row['date']}' is not a day") from None
        names = list(dict.fromkeys(row[column] for column in _MEMBERS if row[column]))
        if not names:
            raise RowError("nobody is named who vetoed")
        holders = [self._member(name, day) for name in names]
        slug = slug_of(number)
        counts = self.memory.setdefault("drafts", {})
        counts[slug] = counts.get(slug, 0) + 1
        key = slug if counts[slug] == 1 else f"{slug}-{counts[slug]}"
        topic, item = row["crisis_topic"], " ".join(row["agenda_item"].split())
        meeting = " and ".join(row["meeting_record"].split())
        notes = ["Not adopted because of a veto."]
        notes += [f"On the agenda as: {item}."] if item else []
        notes += [f"Record: {meeting}."] if meeting else []
        event = self.record(
            "events",
            key,
            label=f"UN Security Council vote on {number}" + (f" ({topic})" if topic else ""),
            type="vote",
            start_date=text,
            end_date=text,
            note=" ".join(notes),
        )
        yield event
        for holder in holders:
            yield self.record(
                "acts",
                f"{key}-{holder}",
                kind="vote-no",
                holder=holder,
                about=event.id,
                venue=_COUNCIL,
                date=text,
            )

    def _member(self, name: str, day: date) -> str:
        if name == "China" and day < _CHINA:
            raise RowError("until 1971-10-25 the seat of China was the Republic of China's")
        found = self.world.by_name(name, day)
        if found is None or found not in self.world.lifetimes:
            raise RowError(f"no state of {day} is called '{name}'")
        return found
