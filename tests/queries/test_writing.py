"""Tables out: what a spreadsheet, a notebook and a Markdown page get."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from comity.graph.engine import EmbeddedEngine
from comity.graph.terms import XSD_DATE
from comity.ontology.namespaces import PREFIXES
from comity.queries.catalogue import question
from comity.queries.run import Named, Rows, ask
from comity.queries.writing import Table, csv_of, markdown_of, parquet_of, tsv_of, written

CSTO = {"alliance": ["csto"], "as_of": ["2022-09-13"]}
XSD = PREFIXES["xsd"]


def read_parquet(body: bytes) -> pyarrow.Table:
    return pyarrow.parquet.read_table(pyarrow.BufferReader(body))


def answer(engine: EmbeddedEngine, format: str, **given: str) -> bytes:
    asked = question("members-of")
    rows = ask(engine, asked, {name: [text] for name, text in given.items()})
    return written(engine, asked, rows, format)


def test_actor_comes_as_id_and_label(shipped_engine: EmbeddedEngine) -> None:
    body = answer(shipped_engine, "csv", alliance="csto", as_of="2022-09-13").decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["member"], row["member_label"]) for row in rows][:2] == [
        ("arm", "Armenia"),
        ("blr", "Belarus"),
    ]
    # Statements and concepts have no name beside their id.
    assert not {"membership_label", "role_label"} & rows[0].keys()
    assert rows[0]["certain"] == "true"


@pytest.mark.parametrize("format", ["csv", "tsv", "parquet"])
def test_columns_do_not_hang_on_the_rows(shipped_engine: EmbeddedEngine, format: str) -> None:
    full = answer(shipped_engine, format, alliance="csto", as_of="2022-09-13")
    none = answer(shipped_engine, format, alliance="csto", as_of="1990-01-01")
    if format == "parquet":
        assert read_parquet(none).column_names == read_parquet(full).column_names
    else:
        assert none.splitlines() == full.splitlines()[:1]
        assert b"member_label" in none


def test_json_rows_are_objects(shipped_engine: EmbeddedEngine) -> None:
    rows = json.loads(answer(shipped_engine, "json", alliance="csto", as_of="2022-09-13"))
    assert rows[0]["member"] == {
        "id": "arm",
        "label": "Armenia",
        "type": "state",
        "iri": "https://w3id.org/comity/id/actor/arm",
    }
    assert (rows[0]["certain"], rows[0]["source_count"]) == (True, 3)


def test_parquet_of_a_question_is_typed_and_says_what_was_asked(
    shipped_engine: EmbeddedEngine,
) -> None:
    table = read_parquet(answer(shipped_engine, "parquet", alliance="csto", as_of="2022-09-13"))
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["member"], types["certain"], types["source_count"]) == ("string", "bool", "int64")
    assert table.column("member").to_pylist() == ["arm", "blr", "kaz", "kgz", "rus", "tjk"]
    assert json.loads(table.schema.metadata[b"parameters"])["as_of"] == ["2022-09-13"]
    assert table.schema.metadata[b"question"] == b"members-of"


@pytest.mark.parametrize(
    ("values", "kind", "read"),
    [
        ([Literal(1), None, Literal(-3)], "int64", [1, None, -3]),
        ([Literal("7", datatype=NamedNode(XSD + "long"))], "int64", [7]),
        ([Literal("0.5", datatype=NamedNode(XSD + "decimal")), Literal(1)], "double", [0.5, 1.0]),
        ([Literal(True), None], "bool", [True, None]),
        ([Literal("2022-09-13", datatype=XSD_DATE)], "date32[day]", [date(2022, 9, 13)]),
        # Not every value is of the type, or none of ours can hold it: text.
        ([Literal("2022-09-13", datatype=XSD_DATE), Literal("2022")], "string",
         ["2022-09-13", "2022"]),
        ([Literal("x", datatype=NamedNode(XSD + "integer"))], "string", ["x"]),
        ([Literal(str(2**70), datatype=NamedNode(XSD + "integer"))], "string", [str(2**70)]),
        ([Literal("-0044-03-15", datatype=XSD_DATE)], "string", ["-0044-03-15"]),
        ([Literal(True), Literal(1)], "string", ["true", "1"]),
        ([None, None], "string", [None, None]),
        ([NamedNode("https://example.org/a"), Literal("é", language="fr")], "string",
         ["https://example.org/a", "é"]),
        ([BlankNode("b1")], "string", ["b1"]),
        ([Decimal("1.5"), None], "double", [1.5, None]),
    ],
)  # fmt: skip
def test_parquet_column_is_of_the_type_that_all_its_values_have(
    values: list[Any], kind: str, read: list[Any]
) -> None:
    table = read_parquet(parquet_of(("x",), [(value,) for value in values]))
    assert str(table.schema.field("x").type) == kind
    assert table.column("x").to_pylist() == read


def test_parquet_of_no_rows_has_the_columns() -> None:
    table = read_parquet(parquet_of(("a", "b"), []))
    assert (table.column_names, table.num_rows) == (["a", "b"], 0)


def test_markdown_cell_is_never_markup() -> None:
    armenia = Named("arm", "Armenia", "state", "https://w3id.org/comity/id/actor/arm")
    rows = Rows(
        ("who", "words"),
        ((armenia, "a | b\n<script> *x* [y](z) `c` $d$ &amp; \\"), (None, date(2022, 9, 13))),
        {},
        "",
    )
    assert markdown_of(rows).splitlines() == [
        "| who | words |",
        "| --- | --- |",
        r"| Armenia (arm) | a \| b \<script\> \*x\* \[y\](z) \`c\` \$d\$ &amp;amp; \\ |",
        "|  | 2022-09-13 |",
    ]


def test_tabs_and_line_ends_stay_inside_their_field() -> None:
    table = Table(("a", "b"), (("x\ty", "1\n2"), (None, True)))
    assert tsv_of(table) == "a\tb\nx\\ty\t1\\n2\n\ttrue\n"
    assert list(csv.reader(io.StringIO(csv_of(table)))) == [
        ["a", "b"],
        ["x\ty", "1\n2"],
        ["", "true"],
    ]
