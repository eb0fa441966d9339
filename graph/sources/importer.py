"""What an importer is: one outside source, read row by row into records.

Owns the one interface that all importers share. An importer knows its files and what
their columns mean; it writes nothing, and it names other things only through the `World`.
A row that it cannot read it refuses with `RowError`; the reason goes into the reject file.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.graph.resolve import folded
from comity.graph.sources.files import Form, Row, SourceFile
from comity.graph.sources.record import Record, RowError, Shape
from comity.graph.sources.shapes import ACTS, CASUALTY_REPORTS, OBSERVATIONS, TABLES
from comity.graph.sources.world import World

__all__ = ["Importer", "Origin", "RowError", "slug_of"]

_SHAPES: dict[str, Shape] = TABLES | {
    shape.name: shape for shape in (ACTS, CASUALTY_REPORTS, OBSERVATIONS)
}
# What tells the row that it was read from.
_LOCATED = frozenset(
    ("acts", "casualty_reports", "events", "memberships", "observations", "parties", "tenures")
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a source before any file of it is read.

    Attributes:
        name: of the importer, such as `cow-alliances`.
        version: of the source; empty where it has none.
        label: for people.
        publisher: who publishes it.
        licence: as its owner states it.
        may_pass_on: whether the licence lets others have the statements made from it.
        url: where it is published.
        coverage_start: first day it covers, EDTF; empty when unknown.
        coverage_end: last day it covers, EDTF; an open end in it means "still so then".
        note: how to cite it, and what is known of its faults.
    """

    name: str
    version: str
    label: str
    publisher: str
    licence: str
    may_pass_on: bool
    url: str = ""
    coverage_start: str = ""
    coverage_end: str = ""
    note: str = ""

    @property
    def source(self) -> str:
        """Id of the source, whose graph holds the batch."""
        return f"{self.name}-{self.version}" if self.version else self.name

    @property
    def slug(self) -> str:
        """Begins the ids of the things that the importer mints."""
        return self.source.replace(".", "-")


class Importer(ABC):
    """Reads one source.

    `memory` is all that it keeps from row to row. It holds what JSON can hold, so that an
    import that was stopped goes on where it was.

    Args:
        world: what is in the graph already, to be named by codes and names.
    """

    origin: ClassVar[Origin]
    forms: ClassVar[tuple[Form, ...]]
    # What else than the files decides what comes of them.
    settings: ClassVar[str] = ""

    @classmethod
    def for_files(cls, files: Sequence[SourceFile]) -> "type[Importer]":
        """The importer of just these files, where one name stands for several versions."""
        return cls

    def __init__(self, world: World) -> None:
        self.world = world
        self.memory: dict[str, Any] = {}
        self._row: Row | None = None

    def read(self, row: Row) -> Iterator[Record]:
        """The records of one row.

        Raises:
            RowError: the row cannot be read.
        """
        self._row = row
        return iter(self.records(row))

    @abstractmethod
    def records(self, row: Row) -> Iterable[Record]:
        """The records of one row; see `read`."""

    def last_records(self) -> Iterable[Record]:
        """Records that can only be made when all rows were read."""
        return ()

    def record(self, shape: str, identifier: str, **values: str | Iterable[str]) -> Record:
        """A record of the batch.

        Args:
            shape: name of its shape, such as `memberships` or `acts`.
            identifier: what follows the source's own name in its id.
            values: texts by field; empty ones are left out.
        """
        texts = {
            name: (value,) if isinstance(value, str) else tuple(value)
            for name, value in values.items()
            if value
        }
        source = self.origin.source
        texts.setdefault("sources", (source,))
        row = self._row
        if row is not None and shape in _LOCATED:
            texts["locator"] = (row.locator,)
        return Record(
            shape=_SHAPES[shape],
            id=self.mint(identifier),
            values=texts,
            file=row.file if row else "",
            line=row.line if row else 0,
            home=source,
        )

    def mint(self, identifier: str) -> str:
        """The id of a thing of this batch."""
        return f"{self.origin.slug}-{identifier}"

    def is_new(self, kind: str, key: str) -> bool:
        """Whether something is met for the first time in this batch; it is remembered.

        Args:
            kind: what is counted apart, such as `treaties`.
            key: which one.
        """
        known = self.memory.setdefault(kind, {})
        if key in known:
            return False
        known[key] = 1
        return True


def slug_of(text: str) -> str:
    """A name as a part of an id: lower-case ASCII letters, digits and single hyphens.

    Raises:
        RowError: nothing is left of it.

    Examples:
        >>> slug_of("Pôle européen (PED)"), slug_of("SPLM/A")
        ('pole-europeen-ped', 'splm-a')
    """
    slug = "-".join(folded(text).encode("ascii", "ignore").decode().split())
    if not slug:
        raise RowError(f"'{text}' has no letters of which an id can be made")
    return slug
