"""Every error Comity raises on purpose.

    ComityError
    |- InputError              what was given cannot be used; nothing was changed
    |  |- DateError            not a date Comity can read
    |  |- ParameterError       a parameter is unknown, missing, repeated or out of range
    |  |- QueryError           SPARQL that does not parse
    |  |- TooLargeError        a body or a query over the limit
    |  |- DataError            rows or documents with faults, each with file and line
    |  |- ShapeError           a write that would break rules of the ontology
    |- NotFoundError           no thing with that id
    |- ForbiddenError          a request Comity does not carry out (SERVICE, LOAD, updates)
    |- UnauthorizedError       a write without the right token
    |- GraphError              the graph on disk
    |  |- GraphMissingError    no graph was built there yet
    |  |- GraphLockedError     another process is writing to it
    |- DeadlineError           a query ran past its deadline and was stopped
    |- BusyError               too many queries at once
    |- MemoryLimitError        a query needed more memory than it may use
    |- EngineError             the store or a remote engine failed

The tree knows nothing of HTTP: `comity.api.errors` maps classes to statuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class ComityError(Exception):
    """Base of all errors; its text is one sentence that says what is wrong and what to do."""

    def __reduce__(self) -> tuple[object, ...]:
        """Travels between processes as it is; Exception's own way would build it anew."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(
    kind: type[ComityError], args: tuple[object, ...], state: dict[str, object]
) -> ComityError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class InputError(ComityError):
    """What was given cannot be used. Nothing was changed."""


class DateError(InputError):
    """A text that is not a date Comity can read (EDTF level 1)."""


class ParameterError(InputError):
    """A parameter is unknown, missing, repeated or out of range.

    Attributes:
        parameter: its name.
        got: the value as given, or None.
        expected: what would have been right.
        did_you_mean: the nearest valid name or value, if one is near.
    """

    def __init__(
        self,
        message: str,
        *,
        parameter: str,
        got: str | None = None,
        expected: str = "",
        did_you_mean: str | None = None,
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.got = got
        self.expected = expected
        self.did_you_mean = did_you_mean


class QueryError(InputError):
    """SPARQL that does not parse, or asks for what this service does not do."""


class TooLargeError(InputError):
    """A body or a query over the limit."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a data file: where it is and what to do about it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
        )


class DataError(InputError):
    """Data files with faults; all of them are refused together.

    Attributes:
        problems: every fault found, sorted by file and line.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        shown = "\n".join(str(problem) for problem in self.problems[:20])
        more = len(self.problems) - 20
        tail = f"\n... and {more} more" if more > 0 else ""
        super().__init__(f"{len(self.problems)} problem(s), nothing was written:\n{shown}{tail}")


class ShapeError(InputError):
    """A write after which rules of the ontology would be broken; nothing was written.

    Attributes:
        breaches: one sentence for each broken rule: node, property, message.
    """

    def __init__(self, breaches: Sequence[str]) -> None:
        self.breaches = tuple(breaches)
        more = len(self.breaches) - 20
        tail = f"; and {more} more" if more > 0 else ""
        super().__init__(
            f"{len(self.breaches)} rule(s) of the ontology would be broken, nothing was "
            f"written: {'; '.join(self.breaches[:20])}{tail}"
        )


class NotFoundError(ComityError):
    """No thing with that id.

    Attributes:
        did_you_mean: the nearest existing id, if one is near.
    """

    def __init__(self, message: str, *, did_you_mean: str | None = None) -> None:
        super().__init__(message)
        self.did_you_mean = did_you_mean


class ForbiddenError(ComityError):
    """A request that Comity does not carry out, such as SERVICE or LOAD."""


class UnauthorizedError(ComityError):
    """A write without the right token."""


class GraphError(ComityError):
    """Something is wrong with the graph on disk."""


class GraphMissingError(GraphError):
    """No graph was built in that directory yet."""


class GraphLockedError(GraphError):
    """Another process is writing to that directory."""


class DeadlineError(ComityError):
    """A query ran past its deadline and was stopped."""


class BusyError(ComityError):
    """Too many queries at once; try again."""


class MemoryLimitError(ComityError):
    """A query needed more memory than it may use and was stopped."""


class EngineError(ComityError):
    """The store or a remote engine failed."""
