"""The row of a data set that a thing was read from: its evidence where there are no words.

Owns what a locator means and how a row is named. It knows no file on disk: what the files
of a source were called, and their sums, stands in the graph.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.graph.things import Thing

LOCATOR = "row"


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of a file.

    Attributes:
        file: name of the file; None where its source does not tell its files.
        sha256: sum of the file, whole where its source tells it, else the first twelve digits.
        number: which row it is, from 1, the header not counted.
    """

    file: str | None
    sha256: str
    number: int


def files_of(source: Thing) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 sum of each file that a source was imported from."""
    told = (text.rpartition(" ") for text in source.texts("readFile"))
    return tuple(sorted((name, sha256) for name, _, sha256 in told))


def row_of(locator: str, sources: Iterable[Thing]) -> DataRow | None:
    """What a locator points at, or None where it is empty.

    Args:
        locator: twelve digits of the file's sum, colon, number of the row (`comity:row`).
        sources: what the thing rests on; one of them may tell its files (`comity:readFile`).

    Examples:
        >>> row_of("e3b0c44298fc:12", [])
        DataRow(file=None, sha256='e3b0c44298fc', number=12)
    """
    start, _, number = locator.partition(":")
    if not number.isdecimal():
        return None
    for source in sources:
        for file, sha256 in files_of(source):
            if sha256.startswith(start):
                return DataRow(file, sha256, int(number))
    return DataRow(None, start, int(number))
