"""CIA World Factbook of 2020, members of international organisations, one row for each.

A row becomes a membership that was observed in 2020, without dates. What a row calls the
member beside `member` stands in the note. Organisations and territories that the graph has
not are minted. Bodies inside a country (trade unions, chambers, sub-bureaus) are not the
country: such rows are refused. Namibia's code is NA.
Source: CIA, The World Factbook, in the collection of Diego Hernangómez (2020).
"""

from collections.abc import Iterable
from datetime import date

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError, slug_of
from comity.graph.sources.record import Record
from comity.ontology.dates import OPEN
from comity.ontology.namespaces import Thing

_DAY = date(2020, 1, 1)
_ROLES = {
    "associate": "associate",
    "associate member": "associate",
    "associate observer": "observer",
    "associated member": "associate",
    "candidate": "candidate",
    "candidate country": "candidate",
    "candidates": "candidate",
    "Chinese Taipei": "member",
    "compliant country": "participating-state",
    "cooperating state": "associate",
    "correspondent": "associate",
    "de facto member": "participating-state",
    "dialogue member": "dialogue-partner",
    "dialogue partner": "dialogue-partner",
    "enhanced engagement": "dialogue-partner",
    "excluded from formal participation since 1962": "member",
    "implementing country": "participating-state",
    "member": "member",
    "nonregional member": "member",
    "nonregional members": "member",
    "observer": "observer",
    "participating member": "member",
    "partner": "dialogue-partner",
    "partners": "dialogue-partner",
    "pending member": "candidate",
    "permanent": "permanent-member",
    "regional": "member",
    "signatory": "candidate",
    "subscriber": "associate",
    "suspended": "member",
    "Taipei": "member",
    "temporarily suspended": "member",
    "temporary": "elected-member",
}
_NOT_THE_STATE = {
    "NGOs": "non-governmental organisations",
    "national committees": "national committees",
    "subbureau": "a sub-bureau",
}
# Acronyms of other organisations than the actors whose ids they are: the graph's icc is the
# International Criminal Court, the Factbook's ICC the International Chamber of Commerce.
_OTHERS = frozenset(("icc",))


class CiaOrgs(Importer):
    """Reads the list of members."""

    origin = Origin(
        name="cia-orgs",
        # The graph's own data have a source cia-orgs-2020, which a batch must not replace.
        version="2020-3a7203a",
        label="CIA World Factbook, members of international organisations, 2020 (whole file)",
        publisher="CIA World Factbook; Diego Hernangómez",
        licence="MIT repository; the Factbook is in the public domain",
        may_pass_on=True,
        url="https://github.com/dieghernan/Country-Codes-and-International-Organizations",
        coverage_start="2020-01-01",
        coverage_end="2020-12-31",
        note="The file at commit 3a7203aa5fa6. No dates. Dated 2020 but some lists are older: "
        "NATO has 28 members, SCO six.",
    )
    forms = (
        Form("members", ("ISO_3166_3", "NAME.EN", "source", "org_name", "org_id", "org_member")),
    )

    def records(self, row: Row) -> Iterable[Record]:
        """A membership, and what it names where that is met first."""
        said = row["org_member"]
        if said in _NOT_THE_STATE:
            raise RowError(f"not the state but {_NOT_THE_STATE[said]} in it are members")
        role = _ROLES.get(said)
        if role is None:
            raise RowError(f"'{said}' is not a known kind of membership")
        if not row["org_name"]:
            raise RowError("the organisation has no name")
        member, made = self._member(row)
        organisation, also = self._organisation(row)
        identifier = f"{slug_of(organisation)}-{member}-{role}"
        yield from (*made, *also)
        if not self.is_new("memberships", identifier):
            return
        yield self.record(
            "memberships",
            identifier.removeprefix(f"{self.origin.slug}-"),
            organisation=organisation,
            member=member,
            role=role,
            end_date=OPEN,
            observed="2020",
            note="" if said == role else f"The file says: {said}.",
        )

    def _organisation(self, row: Row) -> tuple[str, list[Record]]:
        """By its name first: one acronym may stand for several."""
        found = self.world.by_name(row["org_name"])
        acronym = row["org_id"].casefold()
        if found is not None and found not in self.world.lifetimes:
            return found, []
        if (
            acronym not in _OTHERS
            and acronym not in self.world.lifetimes
            and self.world.has(Thing.ACTOR, acronym)
        ):
            return acronym, []
        # Two acronyms of one name are one organisation.
        slug = slug_of(row["org_name"])
        if not self.is_new("organisations", slug):
            return self.mint(slug), []
        record = self.record(
            "organisations",
            slug,
            type="international-organisation",
            label=row["org_name"],
            aliases=row["org_id"] if row["org_id"] != row["org_name"] else "",
        )
        return record.id, [record]

    def _member(self, row: Row) -> tuple[str, list[Record]]:
        code = row["ISO_3166_3"]
        found = self.world.by_code("iso-3166-1-alpha3", code, _DAY)
        if found is not None:
            if not self.world.has(Thing.ACTOR, found):
                raise RowError(f"'{found}' is a territory that is a member of nothing by itself")
            return found, []
        if not code or not row["NAME.EN"]:
            raise RowError("the member has no code or no name")
        slug = slug_of(code)
        if not self.is_new("territories", slug):
            return self.mint(slug), []
        record = self.record("territories", slug, kind="member-territory", label=row["NAME.EN"])
        return record.id, [record]
