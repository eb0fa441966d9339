"""Reads the CSV tables into records, naming file and line of every fault.

Owns the form of the files (header, columns, `|` between values). What the values
may be is checked in `checks`.
"""

import csv
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable

from comity.errors import Problem
from comity.graph.sources.record import REFERENCE, Record, Shape
from comity.graph.sources.shapes import TABLES

BETWEEN_VALUES = "|"
# Columns that every statement may have and that hold several values.
_MANY = frozenset({"sources", "codes"})


def read_tables(folder: Traversable, problems: list[Problem]) -> Iterator[Record]:
    """Reads every table in a folder and its subfolders, in order of their names.

    Args:
        folder: the data folder.
        problems: faults are appended here; a faulty row is left out.
    """
    for name, file in _csv_files(folder, ""):
        table = name.rsplit("/", 1)[-1].removesuffix(".csv")
        shape = TABLES.get(table)
        if shape is None:
            known = ", ".join(sorted(TABLES))
            problems.append(Problem(name, 0, "", f"no table is called {table}; tables: {known}"))
            continue
        yield from _read_table(name, file.read_text(encoding="utf-8"), shape, problems)


def _csv_files(folder: Traversable, prefix: str) -> Iterable[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _csv_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".csv"):
            yield f"{prefix}{entry.name}", entry


def _read_table(name: str, text: str, shape: Shape, problems: list[Problem]) -> Iterator[Record]:
    reader = csv.reader(text.splitlines(), strict=True)
    header = next(reader, [])
    accepted = shape.accepts()
    for column in header:
        if column not in accepted:
            allowed = ", ".join(sorted(accepted))
            problems.append(Problem(name, 1, column, f"no such column; columns: {allowed}"))
    missing = [one.name for one in shape.fields if one.required and one.name not in header]
    problems.extend(Problem(name, 1, column, "this column is missing") for column in missing)
    if missing:
        return
    try:
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                message = f"{len(cells)} cells under {len(header)} columns (is a comma unquoted?)"
                problems.append(Problem(name, reader.line_num, "", message))
                continue
            yield _record(shape, dict(zip(header, cells, strict=True)), name, reader.line_num)
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "", f"this is not CSV: {error}"))


def _record(shape: Shape, row: dict[str, str], file: str, line: int) -> Record:
    many = _MANY | {one.name for one in shape.fields if one.many}
    values: dict[str, tuple[str, ...]] = {}
    for column, cell in row.items():
        texts = cell.split(BETWEEN_VALUES) if column in many else [cell]
        found = tuple(text.strip() for text in texts if text.strip())
        if found:
            values[column] = found
    sources = values.get("sources", ())
    if shape.reference:
        home = REFERENCE
    elif sources:
        home = sources[0]
    else:
        home = row.get("source", "").strip() or REFERENCE
    identifier = row.get("id", "").strip()
    if shape.id_from:
        parts = (row.get(column, "").strip().lower() for column in shape.id_from)
        identifier = "-".join(part for part in parts if part)
    return Record(shape, identifier, values, file, line, home)
