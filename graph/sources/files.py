"""Reads the files of outside sources row by row, whatever their form.

Owns encodings, separators, compression, line ends, hashes and line numbers; bounded memory
whatever the size. What the columns mean is the importers' business.
"""

import codecs
import csv
import gzip
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from comity.errors import DataError, Problem
from comity.graph.sources.sheets import SHEETS

_CHUNK = 1024 * 1024
# Cells of the field's files hold whole articles.
_LONGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file that an importer reads, known by its columns.

    Attributes:
        name: of the kind, such as `votes`.
        columns: those that must be there.
        header: the names of all columns, for files without a header line.
        delimiter: between cells.
    """

    name: str
    columns: tuple[str, ...]
    header: tuple[str, ...] = ()
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read.

    Attributes:
        form: name of the kind of file.
        file: name of the file, without its folder.
        line: where the row begins, from 1.
        number: which row of the file it is, from 1, the header not counted.
        values: cells by column, without blanks around them.
        locator: the first twelve digits of the file's hash and the row's number.
    """

    form: str
    file: str
    line: int
    number: int
    values: Mapping[str, str]
    locator: str

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was looked through once: its hash, size, encoding and form.

    Attributes:
        path: where it is.
        form: the kind of file.
        sha256: of its bytes as they lie there.
        size: in bytes, as it lies there.
        encoding: of its text, after unpacking.
    """

    path: Path
    form: Form
    sha256: str
    size: int
    encoding: str

    @property
    def name(self) -> str:
        """Name without the folder."""
        return self.path.name

    def rows(self) -> Iterator[tuple[Row | Problem, int]]:
        """Every row, or what is wrong with it, with the bytes of the file read so far."""
        locator = self.sha256[:12]
        header: list[str] = list(self.form.header)
        number = 0
        for line, cells, read in self._lines():
            if isinstance(cells, Problem):
                number += 1
                yield cells, read
            elif not header:
                header = [cell.strip() for cell in cells]
            elif any(cells):
                number += 1
                if len(cells) != len(header):
                    message = f"{len(cells)} cells under {len(header)} columns"
                    yield Problem(self.name, line, "", message), read
                    continue
                values = dict(zip(header, map(str.strip, cells), strict=True))
                yield (
                    Row(self.form.name, self.name, line, number, values, f"{locator}:{number}"),
                    read,
                )

    def _lines(self) -> Iterator[tuple[int, Sequence[str] | Problem, int]]:
        """Line, cells and bytes read, the header included."""
        if self.path.suffix in SHEETS:
            rows = SHEETS[self.path.suffix](self.path)
            for line, (cells, share) in enumerate(rows, 1):
                yield line, cells, int(share * self.size)
            return
        with _opened(self.path, self.encoding) as (text, raw):
            reader = csv.reader(text, delimiter=self.form.delimiter)
            while True:
                line = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    problem = Problem(self.name, line, "", f"this is not CSV: {error}")
                    yield line, problem, raw.tell()
                    continue
                yield line, cells, raw.tell()


def look_through(path: Path, forms: Sequence[Form]) -> SourceFile:
    """Reads a file once: hash, encoding, and which form it has.

    Args:
        path: of the file: CSV, `.gz` unpacked, or a sheet (`.xlsx`, `.parquet`).
        forms: those that are possible.

    Raises:
        DataError: it has none of the forms, or cannot be read.
    """
    csv.field_size_limit(_LONGEST_CELL)
    try:
        digest = hashlib.sha256()
        with path.open("rb") as raw:
            while piece := raw.read(_CHUNK):
                digest.update(piece)
        encoding = "" if path.suffix in SHEETS else _encoding(path)
        form = _form_of(path, encoding, forms)
    except (OSError, EOFError) as error:
        raise DataError([Problem(path.name, 0, "", f"cannot be read: {error}")]) from None
    return SourceFile(path, form, digest.hexdigest(), path.stat().st_size, encoding)


def _unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark, or else Latin-1, in which every byte is a letter."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as raw, _unpacked(raw, path) as plain:
        try:
            while piece := plain.read(_CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[tuple[io.TextIOWrapper, BinaryIO]]:
    """The text of a file, and the file as it lies there."""
    with (
        path.open("rb") as raw,
        _unpacked(raw, path) as plain,
        io.TextIOWrapper(plain, encoding=encoding, newline="") as text,
    ):
        yield text, raw


def _form_of(path: Path, encoding: str, forms: Sequence[Form]) -> Form:
    for form in forms:
        if path.suffix in SHEETS:
            cells, _ = next(SHEETS[path.suffix](path), ((), 0.0))
        else:
            with _opened(path, encoding) as (text, _):
                cells = next(csv.reader(text, delimiter=form.delimiter), [])
        if form.header and len(cells) == len(form.header):
            return form
        if not form.header and set(form.columns) <= {cell.strip() for cell in cells}:
            return form
    wanted = "; or ".join(
        f"{form.name}: {', '.join(form.columns or form.header)}" for form in forms
    )
    raise DataError([Problem(path.name, 1, "", f"these columns are needed: {wanted}")])
