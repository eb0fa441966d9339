"""Roll calls of the General Assembly of the United Nations, and how each state voted.

A roll call becomes an event, its issues become issues that the event is about, a vote becomes
an act of the state about the event. Who is meant is looked up by code and day, without a code
by name and day. The file gives one code to a seat through all its years: a vote of Russia
before 1991-12-24 is the Soviet Union's, one of Taiwan before 1949-12-08, when the graph's
Taiwan begins, is China's. Whether amendment, paragraph or important stands in the note.
Issues are read before the roll calls: one of a roll call that is not in the list has no event.
Source: Erik Voeten, Data and Analyses of Voting in the UN General Assembly (2013), in the R
package unvotes of David Robinson.
"""

from collections.abc import Iterable
from datetime import date

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError
from comity.graph.sources.record import Record

_KINDS = {"yes": "vote-yes", "no": "vote-no", "abstain": "abstain", "absent": "absent"}
# Codes of seats, the first day on which the graph has that state there, and the code before.
_BEFORE = {"RU": (date(1991, 12, 24), "SU"), "TW": (date(1949, 12, 8), "CN")}
_FLAGS = (
    ("amend", "It was on an amendment."),
    ("para", "It was on a paragraph."),
    ("importantvote", "Important in the reports of the Department of State of the United States."),
)


class UngaVotes(Importer):
    """Reads issues, roll calls and votes."""

    origin = Origin(
        name="unga-votes",
        # The graph's own data have a source unga-votes-2020, which a batch must not replace.
        version="2020-7eb7034",
        label="Votes in the General Assembly of the United Nations, 1946 to January 2020",
        publisher="Erik Voeten; David Robinson",
        licence="MIT",
        may_pass_on=True,
        url="https://github.com/dgrtwo/unvotes",
        coverage_start="1946-01-01",
        coverage_end="2020-01-14",
        note="The data of the package unvotes at commit 7eb7034314ff, which is under MIT; Voeten's "
        "deposit is believed to be CC0, which was not read again. Cite Voeten, Data and Analyses "
        "of Voting in the UN General Assembly (2013). Absences are not in it.",
    )
    forms = (
        Form("issues", ("rcid", "short_name", "issue")),
        Form(
            "roll-calls",
            (
                "rcid",
                "session",
                "importantvote",
                "date",
                "unres",
                "amend",
                "para",
                "short",
                "descr",
            ),
        ),
        Form("votes", ("rcid", "country", "country_code", "vote")),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """An issue where it is met first, an event for a roll call, an act for a vote."""
        if row.form == "votes":
            return (self._vote(row),)
        if row.form == "issues":
            return self._issue(row)
        return (self._roll_call(row),)

    def _issue(self, row: Row) -> Iterable[Record]:
        name = row["short_name"]
        if not row["rcid"].isdecimal() or not name or not row["issue"]:
            raise RowError("the roll call, the issue or its short name is missing")
        of = self.memory.setdefault("issues", {}).setdefault(row["rcid"], [])
        if name in of:
            raise RowError(f"roll call {row['rcid']} has the issue '{name}' already")
        of.append(name)
        if self.is_new("named", name):
            yield self.record("issues", name, label=row["issue"])

    def _roll_call(self, row: Row) -> Record:
        number, day, text = row["rcid"], row["date"], row["unres"]
        if not number.isdecimal():
            raise RowError(f"'{number}' is not the number of a roll call")
        _day(day)
        known = self.memory.setdefault("roll_calls", {})
        if number in known:
            raise RowError(f"roll call {number} came before")
        known[number] = (day, len(known))
        about = f"vote on {text}" if text else f"roll call {number}"
        title = " ".join(row["short"].split())
        told = " ".join(row["descr"].split())
        notes = [f"Roll call {number} of session {row['session']}."]
        notes += [said for flag, said in _FLAGS if row[flag] == "1"]
        if told and told != title:
            notes.append(f"The file says: {told}")
        return self.record(
            "events",
            number,
            label=f"UN General Assembly {about}" + (f": {title}" if title else ""),
            type="vote",
            start_date=day,
            end_date=day,
            about=[self.mint(name) for name in self.memory.get("issues", {}).get(number, ())],
            note=" ".join(notes),
        )

    def _vote(self, row: Row) -> Record:
        number = row["rcid"]
        known = self.memory.get("roll_calls", {}).get(number)
        if known is None:
            raise RowError(f"there is no roll call {number}")
        kind = _KINDS.get(row["vote"])
        if kind is None:
            raise RowError(f"'{row['vote']}' is no vote (yes, no, abstain, absent)")
        day, at = known
        holder = self._state(row["country_code"], row["country"], day)
        # A bit for each roll call: a key for each vote would be too much to keep.
        voted = self.memory.setdefault("voted", {})
        mask, mine = voted.get(holder, 0), 1 << at
        if mask & mine:
            raise RowError(f"'{holder}' has voted in roll call {number} already")
        voted[holder] = mask | mine
        return self.record(
            "acts",
            f"{number}-{holder}",
            kind=kind,
            holder=holder,
            about=self.mint(number),
            date=day,
        )

    def _state(self, code: str, name: str, text: str) -> str:
        day = _day(text)
        if not code:
            found = self.world.by_name(name, day)
            if found is None or found not in self.world.lifetimes:
                raise RowError(f"no state of {text} is called '{name}'")
            return found
        since, before = _BEFORE.get(code, (day, code))
        found = self.world.by_code("iso-3166-1-alpha2", code if day >= since else before, day)
        if found is None:
            raise RowError(f"no state has the code {code} on {text} ({name})")
        return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RowError(f"'{text}' is not a day written YYYY-MM-DD") from None
