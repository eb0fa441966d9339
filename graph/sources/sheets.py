"""Reads Excel and Parquet files as rows of text, as if they were CSV.

Owns how their values are written as text: days as YYYY-MM-DD, whole numbers without a
fraction, nothing as nothing. Both libraries are loaded only for such a file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from comity.errors import DataError, Problem

# Cells of each row, the header first, with the share of the file that was read.
Rows = Iterator[tuple[Sequence[str], float]]


def _excel(path: Path) -> Rows:
    """Rows of the first sheet."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise DataError([Problem(path.name, 0, "", f"is no Excel file: {error}")]) from None
    try:
        sheet = book.worksheets[0]
        last = sheet.max_row or 1
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield [as_text(cell) for cell in cells], min(number / last, 1.0)
    finally:
        book.close()


def _parquet(path: Path) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise DataError([Problem(path.name, 0, "", f"is no Parquet file: {error}")]) from None
    with file:
        yield file.schema_arrow.names, 0.0
        read = 0
        for batch in file.iter_batches():
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                read += 1
                yield [as_text(cell) for cell in cells], read / file.metadata.num_rows


def as_text(value: object) -> str:
    """A cell as text.

    Examples:
        >>> as_text(datetime(2022, 9, 13)), as_text(365.0), as_text(None), as_text(True)
        ('2022-09-13', '365', '', 'true')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() | Decimal() if value == int(value):
            return str(int(value))
        case _:
            return str(value)


SHEETS: Mapping[str, Callable[[Path], Rows]] = {".xlsx": _excel, ".parquet": _parquet}
