"""Event lists of Discourse Network Analyzer, as versions 2 and 3 write them."""

from importers import ImportBench

# Variables come in the order of a hash map.
VERSION_2 = (
    '"statement ID";"time";"document ID";"document title";"author";"source";"section";"type";"text";'
    '"organization";"agreement";"concept";"person"\n'
)
VERSION_3 = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";'
    '"stop_position";"text";"coder";"document_id";"document_title";"document_author";'
    '"document_source";"document_section";"document_type"\n'
)
ACT = ("identifier", "kind", "holder", "speaker", "about", "sign", "date", "note")


def version_3(
    number: str, person: str, organisation: str, concept: str, agreement: str, time: str = ""
) -> str:
    """A row of a statement in document 7."""
    return (
        f'{number};{time or "2013-05-06 17:30:00"};"{person}";"{organisation}";"{concept}";{agreement};'
        '10;20;"words, and more; words";1;7;"Who said \'what\'";"A. Author";"A Paper";"News";"article"\n'
    )


def test_statement_supports_or_rejects_an_issue(bench: ImportBench) -> None:
    made = bench.run(
        "dna",
        events=VERSION_3
        + version_3("12", "Ann Öberg", "Green League", "Tax on coal", "1")
        + version_3("13", "Ann Öberg", "Green League", "Tax on peat", "0")
        + version_3("14", "", "Union of Miners", "Tax on coal", "0")
        + version_3("15", "Bo Lind", "", "TAX ON COAL", "1", "2013-05-07 00:00:00"),
    )
    assert made.rejects == ()
    ann, green, miners = (
        "dna-person-ann-oberg",
        "dna-organisation-green-league",
        "dna-organisation-union-of-miners",
    )
    note = "Document 7: Who said 'what'"
    assert made.table("StanceAct", *ACT) == [
        ("dna-statement-12", "support", green, ann, "dna-tax-on-coal", "", "2013-05-06", note),
        ("dna-statement-13", "reject", green, ann, "dna-tax-on-peat", "", "2013-05-06", note),
        ("dna-statement-14", "reject", miners, "", "dna-tax-on-coal", "", "2013-05-06", note),
        (
            *("dna-statement-15", "support", "dna-person-bo-lind", "", "dna-tax-on-coal", ""),
            *("2013-05-07", note),
        ),
    ]
    assert made.table("Person", "prefLabel") == [("Ann Öberg",), ("Bo Lind",)]
    assert made.table("Group", "prefLabel") == [("Green League",), ("Union of Miners",)]
    assert made.table("Issue", "prefLabel") == [("Tax on coal",), ("Tax on peat",)]


def test_version_2_has_other_names_and_another_order(bench: ImportBench) -> None:
    # Half past five in the afternoon; the hour is written without saying so.
    made = bench.run(
        "dna",
        events=(
            VERSION_2
            + '3;2013-05-06 05:30:00;9;"Title";"Author";"Paper";"News";"article";"Some wörds";'
            '"Armenia";0;"An accord";"Gül"\n'
        ).encode("latin-1"),
    )
    assert made.rejects == ()
    assert made.table("StanceAct", *ACT) == [
        (
            *("dna-statement-3", "reject", "arm", "dna-person-gul", "dna-an-accord", ""),
            *("2013-05-06", "Document 9: Title"),
        )
    ]


def test_person_and_organisation_of_one_name_are_two(bench: ImportBench) -> None:
    made = bench.run("dna", events=VERSION_3 + version_3("1", "Smith", "Smith", "Tax", "1"))
    assert made.table("StanceAct", "holder", "speaker") == [
        ("dna-organisation-smith", "dna-person-smith")
    ]


def test_row_that_cannot_be_read_is_told_and_makes_nothing(bench: ImportBench) -> None:
    made = bench.run(
        "dna",
        events=VERSION_3
        + version_3("1", "Ann", "League", "Tax", "2")
        + version_3("", "Ann", "League", "Tax", "1")
        + version_3("2", "", "", "Tax", "1")
        + version_3("3", "Ann", "League", "", "1")
        + version_3("4", "Ann", "League", "Tax", "1", "06.05.2013 17:30")
        + version_3("5", "Ann", "Yugoslavia", "Tax", "1")
        + version_3("6", "Ann", "", "Tax", "1")
        + version_3("6", "Bo", "", "Tax", "1"),
    )
    assert made.table("StanceAct", "identifier", "holder") == [
        ("dna-statement-6", "dna-person-ann")
    ]
    assert made.table("Person", "prefLabel") == [("Ann",)]
    assert made.table("Group", "prefLabel") == []
    assert made.rejects == (
        "events.csv,2,agreement is '2'; 1 or 0 is expected",
        "events.csv,3,'' is not the number of a statement",
        "events.csv,4,neither a person nor an organisation is named",
        "events.csv,5,'' has no letters of which an id can be made",
        "events.csv,6,\"'06.05.2013' is not an existing day; write it as YYYY-MM-DD, such as "
        '2022-09-13."',
        "events.csv,7,the graph has 'Yugoslavia' for nobody or for several on 2013-05-06",
        "events.csv,9,statement 6 came before",
    )
