"""Members of organisations without dates: statuses, Namibia, names that acronyms hide."""

from comity.graph.sources.cia_orgs import _NOT_THE_STATE, _ROLES
from importers import ImportBench

HEADER = '"ISO_3166_2","ISO_3166_3","NAME.EN","source","org_name","org_id","org_member"\n'


def _row(two: str, three: str, name: str, org: str, acronym: str, status: str) -> str:
    return f'"{two}","{three}","{name}","CIAFactbook","{org}","{acronym}","{status}"\n'


def test_every_spelling_but_the_blank_at_an_end_is_known() -> None:
    # 37 spellings in the file; "compliant country " is the same without its blank.
    assert len(_ROLES) + len(_NOT_THE_STATE) == 36


def test_member_is_observed_in_2020_and_namibia_is_na(bench: ImportBench) -> None:
    made = bench.run(
        "cia-orgs",
        members="\ufeff"
        + HEADER
        + _row("NA", "NAM", "Namibia", "United Nations ", "UN", "member")
        + _row("NL", "NLD", "Netherlands", "Asian Development Bank ", "ADB", "nonregional member")
        + _row("AW", "ABW", "Aruba", "Asian Development Bank ", "ADB", "associate"),
    )
    assert made.rejects == ()
    fields = ("organisation", "member", "role", "observedOn", "startDate", "endDate", "note")
    bank = "asian-development-bank"
    assert made.table("Membership", *fields) == [
        (bank, "cia-orgs-2020-3a7203a-abw", "associate", "2020", "", "..", ""),
        (bank, "nld", "member", "2020", "", "..", "The file says: nonregional member."),
        ("un", "nam", "member", "2020", "", "..", ""),
    ]
    assert made.table("MemberTerritory", "prefLabel") == [("Aruba",)]


def test_two_acronyms_of_one_name_are_one_and_one_acronym_is_not_trusted(
    bench: ImportBench,
) -> None:
    made = bench.run(
        "cia-orgs",
        members=HEADER
        + _row("BO", "BOL", "Bolivia", "Union of South American Nations ", "USAN", "member")
        + _row("BO", "BOL", "Bolivia", "Union of South American Nations ", "UNASUR", "member")
        + _row("FR", "FRA", "France", "International Chamber of Commerce ", "ICC", "member"),
    )
    start = "cia-orgs-2020-3a7203a-"
    assert made.table("Membership", "organisation", "member") == [
        (f"{start}international-chamber-of-commerce", "fra"),
        (f"{start}union-of-south-american-nations", "bol"),
    ]


def test_what_is_no_membership_of_a_state_is_refused(bench: ImportBench) -> None:
    made = bench.run(
        "cia-orgs",
        members=HEADER
        + _row("FR", "FRA", "France", "World Federation of Trade Unions ", "WFTU", "NGOs")
        + _row("EH", "ESH", "Western Sahara", "World Federation", "WF", "member")
        + _row("FR", "FRA", "France", "World Federation", "WF", "friend"),
    )
    assert made.quads == ()
    assert made.rejects == (
        "members.csv,2,not the state but non-governmental organisations in it are members",
        "members.csv,3,'esh' is a territory that is a member of nothing by itself",
        "members.csv,4,'friend' is not a known kind of membership",
    )
