"""An analyst's own table: no code, one YAML file, every fault named."""

from pathlib import Path

import pytest
from pyoxigraph import Store

from comity.errors import DataError, InputError
from comity.graph.sources.catalogue import importer_named
from comity.graph.sources.files import look_through
from comity.graph.sources.mapping import read_mapping
from comity.graph.sources.world import World
from importers import ImportBench

SOURCE = """
source: {name: my-sheet, version: "2", label: My sheet, publisher: Me, licence: CC0, may_pass_on: true}
"""
MEMBERS = (
    SOURCE
    + """
rows: membership
fields:
  organisation: {column: Body, by: name}
  member: {column: Code, by: cow-state}
  role: {column: Kind, values: {full: member, watching: observer}}
  start_date: {column: From, form: "%d.%m.%Y"}
  end_date: {column: To, form: "%d.%m.%Y", empty: ".."}
"""
)
STANCES = (
    SOURCE
    + """
rows: stance
fields:
  holder: {column: Who, by: name, make: person}
  kind: Verb
  targets: {column: Whom, by: iso-3166-1-alpha3, between: ";"}
  about: {value: attack-on-armenia-2022-09}
  date: Day
"""
)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    return tmp_path / "mapping.yaml"


def test_memberships_of_a_sheet(bench: ImportBench, mapping: Path) -> None:
    mapping.write_text(MEMBERS)
    made = bench.run(
        "table",
        mapping=mapping,
        sheet="Body,Code,Kind,From,To,Extra\n"
        "Collective Security Treaty Organization,365,full,7.10.2002,,x\n"
        "csto,365,watching,1.2.1990,3.4.1991,x\n"
        "Nowhere League,365,full,1.1.2000,,x\n"
        "CSTO,371,member of honour,1.1.2000,,x\n"
        "CSTO,371,full,2000-01-01,,x\n",
    )
    assert made.table("Membership", "organisation", "member", "role", "startDate", "endDate") == [
        ("csto", "rus", "member", "2002-10-07", ".."),
        ("csto", "sun", "observer", "1990-02-01", "1991-04-03"),
    ]
    assert made.rejects == (
        "sheet.csv,4,organisation: nothing is called 'Nowhere League' (name)",
        "sheet.csv,5,role: 'member of honour' is not one of role",
        "sheet.csv,6,'2000-01-01' is not a date written %d.%m.%Y",
    )


def test_stances_of_a_sheet_with_a_person_who_is_not_known(
    bench: ImportBench, mapping: Path
) -> None:
    mapping.write_text(STANCES)
    made = bench.run(
        "table",
        mapping=mapping,
        sheet="Who,Verb,Whom,Day\nJane Dœ,condemn,AZE;ARM,2022-09-13\n"
        "Jane Dœ,praise,ARM,2022-09\nAntony Blinken,slander,AZE,2022-09-13\n",
    )
    assert made.table("StanceAct", "holder", "kind", "target", "about", "date", "sign") == [
        ("my-sheet-2-jane-d", "condemn", "arm aze", "attack-on-armenia-2022-09",
         "2022-09-13", "-1.0"),
        ("my-sheet-2-jane-d", "praise", "arm", "attack-on-armenia-2022-09", "2022-09", "1.0"),
    ]  # fmt: skip
    assert made.table("Person", "identifier", "prefLabel") == [("my-sheet-2-jane-d", "Jane Dœ")]
    assert made.rejects == ("sheet.csv,4,kind: 'slander' is not one of kind",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rows: membership", "rows: friendship", "rows: 'friendship' is not one of membership"),
        ("  member:", "  membre:", "did you mean member?"),
        ("by: cow-state", "by: cow", "'cow' is not id, name or one of"),
        ("label: My sheet, ", "", "source.label: must not be empty"),
        ("may_pass_on: true", "may_pass_on: perhaps", "source.may_pass_on: is true or false"),
        ("name: my-sheet", "name: My Sheet", "lower-case letters"),
        ("  role: {column: Kind,", "  role: {colum: Kind,", "fields.role"),
        ("rows: membership", "rows: [", "cannot be read"),
    ],
)
def test_mapping_with_a_fault_is_refused_by_its_place(
    mapping: Path, old: str, new: str, said: str
) -> None:
    assert old in MEMBERS
    mapping.write_text(MEMBERS.replace(old, new))
    with pytest.raises(DataError, match=said):
        read_mapping(mapping)


def test_mapping_goes_with_table_and_table_with_a_mapping(mapping: Path) -> None:
    mapping.write_text(MEMBERS)
    with pytest.raises(InputError, match="needs --mapping"):
        importer_named("table")
    with pytest.raises(InputError, match="knows its columns"):
        importer_named("cow-alliances", mapping)


def test_other_mapping_is_another_batch(
    mapping: Path, shipped_store: Store, shipped_world: World
) -> None:
    mapping.write_text(MEMBERS)
    first = importer_named("table", mapping).settings
    mapping.write_text(MEMBERS.replace("watching: observer", "watching: member"))
    assert importer_named("table", mapping).settings != first


def test_excel_and_parquet_are_read_like_csv(
    bench: ImportBench, mapping: Path, tmp_path: Path
) -> None:
    import datetime

    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    mapping.write_text(MEMBERS.replace(', form: "%d.%m.%Y"', ""))
    rows = [
        ("Body", "Code", "Kind", "From", "To"),
        ("CSTO", 365, "full", datetime.datetime(2002, 10, 7), None),
        ("CSTO", 999, "full", datetime.datetime(2002, 10, 7), None),
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    columns = {name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}
    pq.write_table(pa.table(columns), tmp_path / "book.parquet")
    for name in ("book.xlsx", "book.parquet"):
        made = bench.run_files("table", [tmp_path / name], mapping=mapping)
        assert made.table("Membership", "member", "startDate", "endDate") == [
            ("rus", "2002-10-07", "..")
        ]
        assert made.rejects == (f"{name},3,member: nothing is called '999' (cow-state)",)


@pytest.mark.parametrize("name", ["no.xlsx", "no.parquet"])
def test_file_that_is_no_sheet_is_told(mapping: Path, tmp_path: Path, name: str) -> None:
    mapping.write_text(MEMBERS)
    (tmp_path / name).write_text("Body,Code\n")
    with pytest.raises(DataError, match=r"is no (Excel|Parquet) file"):
        look_through(tmp_path / name, importer_named("table", mapping).forms)
