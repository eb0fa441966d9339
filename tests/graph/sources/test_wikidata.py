"""Statements of Wikidata: who is meant by an item, how exact a time is, what is refused."""

from importers import ImportBench

STATES = "code,item\n"
HEADER = (
    "kind,statement,subject,subject_label,object,object_label,office,of,of_label,"
    "start,start_precision,end,end_precision\n"
)
WD = "http://www.wikidata.org/entity/"
ARMENIA = f"ARM,{WD}Q399\n"


def membership(number: str, body: str, label: str, days: str, subject: str = "Q399") -> str:
    """A row about a member."""
    statement = f"{WD}statement/{subject}-{number}"
    return f"membership,{statement},{WD}{subject},Armenia,{WD}{body},{label},,,,{days}\n"


def head(number: str, person: str, name: str, days: str, office: str = "head-of-state") -> str:
    """A row about a president of Armenia."""
    return (
        f"position,{WD}statement/{person}-{number},{WD}{person},{name},{WD}Q20,"
        f"President of Armenia,{office},{WD}Q399,,{days}\n"
    )


def test_state_has_its_item_and_its_memberships(bench: ImportBench) -> None:
    made = bench.run(
        "wikidata",
        states=STATES + ARMENIA,
        memberships=HEADER
        + membership("A1", "Q1065", "United Nations", "1992-03-02T00:00:00Z,11,,")
        + membership("B2", "Q900", "Some Club", "1995-01-01T00:00:00Z,9,1999-06-01T00:00:00Z,10"),
    )
    assert made.rejects == ()
    assert made.table("CodeAssignment", "codeOf", "codeScheme", "notation") == [
        ("arm", "wikidata", "Q399"),
        ("wikidata-p39-p463-q900", "wikidata", "Q900"),
    ]
    fields = ("organisation", "member", "role", "startDate", "endDate", "endState")
    assert made.table("Membership", *fields) == [
        ("un", "arm", "member", "1992-03-02", "", "unknown"),
        ("wikidata-p39-p463-q900", "arm", "member", "1995", "1999-06", "ended"),
    ]
    assert made.table("InternationalOrganisation", "prefLabel") == [("Some Club",)]


def test_heads_are_people_of_the_graph_by_full_name_or_new(bench: ImportBench) -> None:
    made = bench.run(
        "wikidata",
        states=STATES + ARMENIA,
        heads=HEADER
        + head("A1", "Q101", "Nikol Pashinyan", "2018-05-08T00:00:00Z,11,,", "head-of-government")
        + head("A1", "Q102", "Robert K.", "1998-04-09T00:00:00Z,11,2008-04-09T00:00:00Z,11")
        # A century is no start.
        + head("B2", "Q102", "Robert K.", "1901-01-01T00:00:00Z,7,2001-01-01T00:00:00Z,9"),
    )
    assert made.rejects == ()
    head_of_state = "wikidata-p39-p463-q20-head-of-state-arm"
    new = "wikidata-p39-p463-q102"
    assert made.table("Tenure", "person", "post", "startDate", "endDate") == [
        ("nikol-pashinyan", "wikidata-p39-p463-q20-head-of-government-arm", "2018-05-08", ""),
        (new, head_of_state, "", "2001"),
        (new, head_of_state, "1998-04-09", "2008-04-09"),
    ]
    assert made.table("Person", "identifier", "prefLabel", "country") == [(new, "Robert K.", "arm")]
    assert made.table("Post", "identifier", "prefLabel", "office", "body")[1] == (
        *(head_of_state, "President of Armenia", "head-of-state", "arm"),
    )


def test_item_without_a_label_keeps_its_number(bench: ImportBench) -> None:
    made = bench.run(
        "wikidata",
        states=STATES + ARMENIA,
        heads=HEADER + head("A1", "Q103", "", ",,,").replace("President of Armenia", ""),
    )
    assert made.table("Person", "prefLabel") == [("Q103",)]
    assert made.table("Post", "prefLabel") == [("Q20",)]


def test_row_that_cannot_be_read_is_told(bench: ImportBench) -> None:
    good = membership("A1", "Q1065", "United Nations", "1992-03-02T00:00:00Z,11,,")
    made = bench.run(
        "wikidata",
        states=STATES + ARMENIA + f"ZZZ,{WD}Q1\nARM,{WD}P1\nAZE,{WD}Q399\n",
        statements=HEADER
        + good
        + good
        + membership("A1", "Q1065", "United Nations", ",,,", "Q5")
        + membership("C3", "Q901", "Other Club", "2000-01-01T00:00:00Z,11,1999-01-01T00:00:00Z,11")
        + membership("D4", "Q901", "Other Club", "-0044-03-15T00:00:00Z,11,,")
        + head("A1", "Q104", "A B", ",,,").replace(f"{WD}Q399", f"{WD}Q398")
        + "rank"
        + good.removeprefix("membership").replace("A1", "E5")
        + good.replace("Q399-A1", "Q399 A1")
        + membership("F6", "Q901", "Other Club", ",,,"),
    )
    # What was refused does not spoil what comes later.
    club = "wikidata-p39-p463-q901"
    assert made.table("Membership", "organisation") == [("un",), (club,)]
    assert made.table("InternationalOrganisation", "identifier") == [(club,)]
    assert made.rejects == (
        "states.csv,3,no state has the ISO code 'ZZZ'",
        f"states.csv,4,'{WD}P1' is not an item of Wikidata",
        "states.csv,5,the item Q399 has the codes of two states",
        'statements.csv,3,"the same statement came before, with other dates or of another body"',
        f"statements.csv,4,nobody in the graph is the item {WD}Q5",
        "statements.csv,5,It ends (1999-01-01) before it starts (2000-01-01).",
        "statements.csv,6,the start is before our era: -0044-03-15T00:00:00Z",
        f"statements.csv,7,the body of the post is not in the graph: '{WD}Q398'",
        "statements.csv,8,'rank' is neither a membership nor a position",
        f"statements.csv,9,'{WD}statement/Q399 A1' is no statement",
    )
