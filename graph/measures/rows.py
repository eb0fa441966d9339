"""A result as rows: the columns are there even where no row is.

Owns the shape of what goes to a file; which columns a result has, it says itself.
"""

from collections.abc import Iterable
from typing import Self


class Rows(list[dict[str, object]]):
    """Rows with the same columns, in their order.

    Args:
        columns: their names.
        values: of each row, in the order of the columns.

    Examples:
        >>> Rows(("node", "block"), [("arm", 1)])
        [{'node': 'arm', 'block': 1}]
        >>> Rows(("node", "block"), ()).columns
        ('node', 'block')
    """

    def __init__(self, columns: Iterable[str], values: Iterable[Iterable[object]]) -> None:
        self.columns = tuple(columns)
        super().__init__(dict(zip(self.columns, row, strict=True)) for row in values)

    @classmethod
    def of(cls, columns: Iterable[str], things: Iterable[object]) -> Self:
        """A row for each thing, of those of its attributes."""
        names = tuple(columns)
        return cls(names, ([getattr(thing, name) for name in names] for thing in things))
