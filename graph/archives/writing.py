"""Ties as CSV, JSON or Parquet."""

import io
import json

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

FORMATS = ("csv", "json", "parquet")


def written(table: pa.Table, format: str) -> bytes:
    """A table in one of the formats `FORMATS`; JSON is one object for each row.

    Args:
        table: of ties.
        format: name of the format.
    """
    if format == "json":
        rows = table.to_pylist()
        return json.dumps(rows, default=str, ensure_ascii=False).encode() + b"\n"
    file = io.BytesIO()
    if format == "parquet":
        pq.write_table(table, file)
    else:
        pa.csv.write_csv(table, file, pa.csv.WriteOptions(quoting_style="needed"))
    return file.getvalue()
