"""Correlates of War, Intergovernmental Organizations 3, one row for each spell of a membership.

A row becomes a membership with years, split where a code passes from one state to another.
In a year in which it passes, the state at the end of a first year and at the beginning of a
last year is meant: the year alone does not make the Soviet Union a member of what came after
it. Organisations are those of the graph or are minted. The flags political, social, economic
of the list of organisations have no place and are left out.
Source: Pevehouse, Nordstrom, McManus and Jamison, Tracking Organizations in the World,
Journal of Peace Research 57 (2020).
"""

import re
from collections.abc import Iterable
from datetime import date

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.record import Record
from comity.ontology.dates import LAST_DAY, OPEN
from comity.ontology.namespaces import Thing

_ROLES = {"1": "member", "2": "associate", "3": "observer"}
# Letters of an old Macintosh that were read as Latin-1.
_MACINTOSH = re.compile("[\x80-\x9f]|Ê$")


class CowIgo(Importer):
    """Reads the names of the organisations and the spells."""

    origin = Origin(
        name="cow-igo",
        version="3",
        label="Correlates of War, Intergovernmental Organizations, version 3",
        publisher="Correlates of War Project",
        licence="free with citation",
        may_pass_on=False,
        url="https://correlatesofwar.org/data-sets/igos/",
        coverage_start="1815-01-01",
        coverage_end="2014-12-31",
        note="Cite Pevehouse et al., Tracking Organizations in the World (2020). Years only, until "
        "1965 every fifth year. An open end means still so on 2014-12-31.",
    )
    forms = (
        Form("organisations", ("ioname", "orgname", "longorgname", "sdate", "deaddate", "dead")),
        Form(
            "spells",
            ("igo", "ccode", "state", "status", "first_year", "last_year", "right_censored"),
        ),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """Nothing for a name, which is kept; memberships for a spell."""
        if row.form == "spells":
            yield from self._memberships(row)
            return
        name = row["longorgname"] or row["orgname"]
        if _MACINTOSH.search(name):
            name = name.encode("latin-1", "ignore").decode("mac-roman").strip()
        end = row["deaddate"] if row["dead"] == "1" else OPEN
        known = self.memory.setdefault("organisations", {})
        known[row["ioname"].casefold()] = [name, _year(row["sdate"], optional=True), end]

    def _memberships(self, row: Row) -> Iterable[Record]:
        first, last = _year(row["first_year"]), _year(row["last_year"])
        role = _ROLES.get(row["status"])
        if role is None:
            raise RowError(f"'{row['status']}' is no status of a membership (1, 2 or 3)")
        if last < first:
            raise RowError(f"it ends ({last}) before it starts ({first})")
        since = date(int(first), 12, 31)
        is_open = row["right_censored"] == "1"
        until = LAST_DAY if is_open else max(since, date(int(last), 1, 1))
        spells = self.world.spells("cow-state", row["ccode"], since, until)
        if not spells:
            raise RowError(f"no state has the COW code {row['ccode']} ({row['state']})")
        key = "|".join((row["igo"], row["ccode"], row["status"], first))
        if not self.is_new("spells", key):
            raise RowError("the same state, organisation, status and first year came before")
        organisation, made = self._organisation(row["igo"].casefold())
        yield from made
        for number, spell in enumerate(spells):
            ended = OPEN if is_open else last
            yield self.record(
                "memberships",
                f"{slug_of(row['igo'])}-{spell.actor}-{row.number}-{number + 1}",
                organisation=organisation,
                member=spell.actor,
                role=role,
                start_date=first if number == 0 else spell.start.isoformat(),
                end_date=ended if number == len(spells) - 1 else spell.end.isoformat(),
            )

    def _organisation(self, acronym: str) -> tuple[str, list[Record]]:
        """The id of an organisation, and its record where it is met first."""
        known = self.memory.get("organisations", {}).get(acronym)
        name, start, end = known or (acronym.upper(), "", OPEN)
        plain = name.removesuffix(f" ({acronym.upper()})")
        if self.world.has(Thing.ACTOR, acronym) and acronym not in self.world.lifetimes:
            return acronym, []
        found = self.world.by_name(plain) if known else None
        if found is not None:
            return found, []
        slug = slug_of(acronym)
        if not self.is_new("minted", slug):
            return self.mint(slug), []
        record = self.record(
            "organisations",
            slug,
            type="international-organisation",
            label=plain,
            aliases=acronym.upper() if known else "",
            start_date=start,
            end_date=end,
        )
        return record.id, [record]


def _year(text: str, *, optional: bool = False) -> str:
    if len(text) == 4 and text.isdecimal() and text != "0000":
        return text
    if optional:
        return ""
    raise RowError(f"'{text}' is not a year")
