"""Tables out: CSV, JSON, Parquet, Markdown. Owns how a table of values is written."""

import io
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from comity.graph.measures.rows import Rows

FORMATS = ("csv", "json", "parquet", "md")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])")


def written(table: pa.Table, format: str) -> bytes:
    """A table in one of the formats `FORMATS`; JSON is one object for each row.

    Args:
        table: of plain values.
        format: name of the format.
    """
    if format == "json":
        rows = table.to_pylist()
        return json.dumps(rows, default=str, ensure_ascii=False).encode() + b"\n"
    if format == "md":
        return _markdown(table)
    file = io.BytesIO()
    if format == "parquet":
        pq.write_table(table, file)
    else:
        pa.csv.write_csv(table, file, pa.csv.WriteOptions(quoting_style="needed"))
    return file.getvalue()


def table_of(rows: "Rows") -> pa.Table:
    """The rows of a result; its columns are there without any row too."""
    return pa.table({name: [row[name] for row in rows] for name in rows.columns})


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _markdown(table: pa.Table) -> bytes:
    def line(cells: Sequence[object]) -> str:
        texts = ["" if cell is None else str(cell).replace("\n", " ") for cell in cells]
        return f"| {' | '.join(map(_escaped, texts))} |"

    names = table.column_names
    rows = [line(list(row.values())) for row in table.to_pylist()]
    return "\n".join([line(names), line(["---"] * len(names)), *rows, ""]).encode()
