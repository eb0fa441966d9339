"""Tables out: the answer to a question as CSV, TSV, Markdown, JSON and Parquet.

Owns the flat form of rows, in which a named thing takes two columns, its id and its label.
The command and the API write with the same functions.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from comity.graph.binding import bind
from comity.graph.engine import Engine, Term
from comity.graph.remembered import Remembered
from comity.graph.things import STATEMENTS
from comity.ontology.namespaces import Thing, is_thing, thing_and_id
from comity.queries.catalogue import Question
from comity.queries.parameters import bound_terms
from comity.queries.run import Cell, Named, Plain, Rows, plain, plain_value

if TYPE_CHECKING:
    import pyarrow

# Formats of a table, in the order in which they are offered.
TABLES = ("csv", "tsv", "json", "parquet", "md")

_NAMED = frozenset(thing.value for thing in Thing) - STATEMENTS.keys()
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])")
_READ: Remembered[str, frozenset[str]] = Remembered()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values.

    Attributes:
        columns: names, in order; a named thing has two, such as `member` and `member_label`.
        rows: values.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]


def table_of(engine: Engine, asked: Question, rows: Rows) -> Table:
    """The answer to a question as a flat table.

    Its columns do not hang on the rows: a column that is empty in this answer is read as
    it is in the answer to the question's example.
    """
    held = {name: _names_things(row[at] for row in rows.rows)
            for at, name in enumerate(rows.columns)}  # fmt: skip
    known = frozenset(name for name, has in held.items() if has)
    if None in held.values():
        known |= {name for name in _of_example(engine, asked) if held.get(name) is None}
    columns: list[str] = []
    for name in rows.columns:
        columns += [name, f"{name}_label"] if name in known else [name]
    labelled = [name in known for name in rows.columns]
    return Table(tuple(columns), tuple(_flat(row, labelled) for row in rows.rows))


def written(engine: Engine, asked: Question, rows: Rows, format: str) -> bytes:
    """The answer to a question in one of the formats `TABLES`.

    Args:
        engine: the graph that answered.
        asked: the question.
        rows: its answer.
        format: name of the format.
    """
    if format == "json":
        return json_of(rows).encode()
    if format == "md":
        return markdown_of(rows).encode()
    table = table_of(engine, asked, rows)
    if format == "parquet":
        about = {
            "question": asked.id,
            "title": asked.title,
            "parameters": json.dumps(
                {name: list(texts) for name, texts in rows.parameters.items()}
            ),
            "graph_version": engine.version,
            "sparql": rows.text,
        }
        return parquet_of(table.columns, table.rows, about)
    return (tsv_of(table) if format == "tsv" else csv_of(table)).encode()


def json_of(rows: Rows) -> str:
    """A JSON array of objects; a thing is an object with id, label, type and IRI."""
    items = [dict(zip(rows.columns, map(plain, row), strict=True)) for row in rows.rows]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def csv_of(table: Table) -> str:
    """CSV with a header; truth values are true and false, nothing is an empty field.

    Source: RFC 4180.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return text.getvalue()


def tsv_of(table: Table) -> str:
    r"""Tab-separated values with a header; tabs and line ends in a text are `\t` and `\n`.

    Source: https://www.iana.org/assignments/media-types/text/tab-separated-values
    """
    lines = [table.columns, *([_tsv(value) for value in row] for row in table.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def markdown_of(rows: Rows) -> str:
    r"""A Markdown table as GitHub draws it; nothing in a cell is taken for markup.

    Source: https://github.github.com/gfm/#tables-extension-

    Examples:
        >>> print(markdown_of(Rows(("a",), (("x|y",),), {}, "")), end="")
        | a |
        | --- |
        | x\|y |
    """
    lines = [rows.columns, ["---"] * len(rows.columns)]
    lines += [[markdown_cell(cell) for cell in row] for row in rows.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def markdown_cell(cell: Cell) -> str:
    """A cell of a Markdown table."""
    text = str(cell) if isinstance(cell, Named) else _text(cell)
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")


def parquet_of(
    columns: Sequence[str],
    rows: Sequence[Sequence[Term | Plain]],
    about: Mapping[str, str] | None = None,
) -> bytes:
    """A Parquet file with typed columns.

    A column of whole numbers, numbers, truth values or days is of that type where all its
    values are; any other is text. IRIs are text.

    Args:
        columns: names, in order.
        rows: plain values, or terms as an engine gives them.
        about: what is to stand in the metadata of the file.
    """
    # Imported here: it costs 0.15 s and 60 MB, and only Parquet needs it.
    import pyarrow
    from pyarrow import parquet

    plain_rows = [[_plain(value) for value in row] for row in rows]
    table = pyarrow.table(
        [_array([row[at] for row in plain_rows]) for at in range(len(columns))],
        names=list(columns),
    ).replace_schema_metadata(dict(about or {}))
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(table, sink)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def _array(values: list[Plain]) -> "pyarrow.Array[Any]":
    import pyarrow

    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pyarrow.array(values, pyarrow.bool_())
    if kinds == {int} and all(value is None or -(2**63) <= value < 2**63 for value in values):  # type: ignore[operator]
        return pyarrow.array(values, pyarrow.int64())
    if kinds <= {int, float, Decimal} and kinds & {float, Decimal}:
        numbers = [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
        return pyarrow.array(numbers, pyarrow.float64())
    if kinds == {date}:
        return pyarrow.array(values, pyarrow.date32())
    return pyarrow.array([None if value is None else _text(value) for value in values],
                         pyarrow.string())  # fmt: skip


def _plain(value: Term | Plain) -> Plain:
    if isinstance(value, Literal | NamedNode | BlankNode):
        return plain_value(value)
    return value


def _names_things(cells: Any) -> bool | None:
    """Whether cells of a column are named things; None where there is no cell to tell."""
    answer = None
    for cell in cells:
        if isinstance(cell, Named):
            if thing_and_id(cell.iri)[0] in _NAMED:
                return True
            answer = False
        elif cell is not None:
            answer = False
    return answer


def _of_example(engine: Engine, asked: Question) -> frozenset[str]:
    """The columns that hold named things in the answer to a question's example."""
    columns = _READ.of(engine)
    if asked.text not in columns:
        given = {name: [text] for name, text in asked.example.items()}
        terms = bound_terms(asked.parameters, given, lambda parameter, text: None)
        answer = engine.select(bind(asked.text, terms))
        columns[asked.text] = frozenset(
            name
            for row in answer.rows
            for name, term in zip(answer.columns, row, strict=True)
            if isinstance(term, NamedNode)
            and is_thing(term.value)
            and thing_and_id(term.value)[0] in _NAMED
        )
    return columns[asked.text]


def _flat(row: Sequence[Cell], labelled: Sequence[bool]) -> tuple[Plain, ...]:
    values: list[Plain] = []
    for cell, with_label in zip(row, labelled, strict=True):
        values.append(cell.id if isinstance(cell, Named) else cell)
        if with_label:
            values.append(cell.label if isinstance(cell, Named) else None)
    return tuple(values)


def _text(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _tsv(value: Plain) -> str:
    return (
        _text(value)
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
    )
