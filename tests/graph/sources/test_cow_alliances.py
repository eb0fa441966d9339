"""Formal alliances by member: parties, splits at successions, pledges."""

from importers import COW_HEADER as HEADER
from importers import CST, ImportBench


def test_treaty_that_is_known_gets_parties_and_one_that_is_not_is_made(bench: ImportBench) -> None:
    made = bench.run(
        "cow-alliances",
        members=HEADER
        + CST.format(code=371, name="Armenia")
        + '900,200,"United Kingdom",9,5,1386,1,2,1950,"Type III: Entente",1,1,1816,1,2,1950,1,0,0,0,0,1,4.1\n',
    )
    assert made.table("Membership", "treaty", "member", "startDate", "endDate", "endState") == [
        ("cow-alliances-4-1-900", "gbr", "1816-01-01", "1950-02-01", "ended"),
        ("cst", "arm", "1992-05-15", "..", "not-covered"),
    ]
    assert made.table("Treaty", "identifier", "prefLabel", "signed") == [
        ("cow-alliances-4-1-900", "Entente of 1386 (COW alliance 900)", "1386-05-09")
    ]


def test_membership_across_a_succession_is_split(bench: ImportBench) -> None:
    made = bench.run(
        "cow-alliances",
        members=HEADER
        + '901,365,"Russia",1,6,1980,,,,"Type I: Defense Pact",1,6,1980,,,,0,1,1,0,0,0,4.1\n',
    )
    assert made.table("Membership", "member", "startDate", "endDate") == [
        ("rus", "1991-12-26", ".."),
        ("sun", "1980-06-01", "1991-12-25"),
    ]


def test_flags_become_duties_of_each_party_to_each_other(bench: ImportBench) -> None:
    made = bench.run(
        "cow-alliances",
        members=HEADER
        + CST.format(code=371, name="Armenia")
        + CST.format(code=373, name="Azerbaijan").replace("1,0,0,0,4.1", "1,0,1,0,4.1"),
    )
    assert made.table("Obligation", "treaty", "obligationType", "obligor", "beneficiary") == [
        ("cst", "defence", "arm", "aze"),
        ("cst", "defence", "aze", "arm"),
        ("cst", "non-aggression", "aze", "arm"),
    ]


def test_row_that_cannot_be_read_is_told_with_its_line(bench: ImportBench) -> None:
    made = bench.run(
        "cow-alliances",
        members=HEADER
        + CST.format(code=998, name="Nowhere")
        + CST.format(code=371, name="Armenia").replace("15,5,1992,,,,0", "30,2,1992,,,,0")
        + CST.format(code=371, name="Armenia").replace("15,5,1992,,,,0", ",,,,,,0"),
    )
    assert made.quads == ()
    assert made.rejects == (
        "members.csv,2,no state has the COW code 998 (Nowhere)",
        "members.csv,3,'1992-02-30' is not an existing date.",
        "members.csv,4,the membership has no first year",
    )
