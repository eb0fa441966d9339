"""The measures there are: one declaration each.

A measure is a function over a networkx graph with the decorator `measure`. Its keyword
parameters, with what their annotations say, are the options of `comity measure ID`; its
docstring is its description. Owns the list and the reading of parameters from texts. The
modules that hold measures are named in `_MODULES`, and are imported when one is asked for.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeVar, get_args

from comity.errors import NotFoundError, ParameterError
from comity.graph.measures.rows import Rows

_MODULES = (
    "alignment",
    "blocks",
    "bootstrap",
    "brokerage",
    "cascade",
    "centrality",
    "certainty",
    "cohesion",
    "communities",
    "contradictions",
    "frustration",
    "ideal_points",
    "over_time",
    "polarisation",
    "portfolios",
    "qap",
    "responses",
    "shifts",
    "signed_communities",
    "significance",
    "swing",
    "triads",
    "what_if",
)


class Group(StrEnum):
    """What a measure is about."""

    BALANCE = "balance"
    BEHAVIOUR = "behaviour"
    BROKERAGE = "brokerage"
    CENTRALITY = "centrality"
    COHESION = "cohesion"
    COMMUNITIES = "communities"
    SIGNIFICANCE = "significance"
    SIMILARITY = "similarity"
    WHAT_IF = "what-if"


class Result(Protocol):
    """What a measure gives: a frozen dataclass that is also a table."""

    def table(self) -> Rows:
        """The rows of the result, all with the same columns."""


@dataclass(frozen=True, slots=True)
class MeasureParameter:
    """An option of a measure.

    Attributes:
        name: as in Python.
        type: float, int, str or an enumeration.
        default: used where nothing is given.
        meaning: in a few words.
    """

    name: str
    type: type
    default: Any
    meaning: str

    @property
    def allowed(self) -> tuple[str, ...]:
        """The values there are; empty where any value of the type will do."""
        return tuple(one.value for one in self.type) if issubclass(self.type, StrEnum) else ()

    def read(self, text: str) -> Any:
        """The value of a text.

        Raises:
            ParameterError: the text is no such value.
        """
        try:
            return self.type(text)
        except ValueError:
            expected = ", ".join(self.allowed) or f"a value of type {self.type.__name__}"
            raise ParameterError(
                f"{self.name} is '{text}'; give {expected}.",
                parameter=self.name,
                got=text,
                expected=expected,
            ) from None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: what it is called, what it asks, and the function that answers."""

    id: str
    group: Group
    title: str
    function: Callable[..., Any]

    @property
    def parameters(self) -> tuple[MeasureParameter, ...]:
        """Its options, from the signature of the function."""
        given = inspect.signature(self.function).parameters.values()
        return tuple(
            MeasureParameter(one.name, *_typed(one.annotation, one.default))
            for one in given
            if one.kind is one.KEYWORD_ONLY
        )

    @property
    def description(self) -> str:
        """Definition, formula, degenerate cases and reference, without the Python part."""
        text = inspect.getdoc(self.function) or ""
        return re.split(r"\n\n(?:Args|Returns|Raises):", text)[0]

    @property
    def fields(self) -> dict[str, str]:
        """What its result has, and what each of it means; of the docstring of the result."""
        text = inspect.getdoc(inspect.signature(self.function).return_annotation) or ""
        listed = text.partition("Attributes:\n")[2]
        return {
            name: " ".join(meaning.split())
            for name, meaning in re.findall(
                r"^    (\w+): (.+(?:\n     +.+)*)", listed, re.MULTILINE
            )
        }

    @property
    def page(self) -> str:
        """Its page among the documents of the project."""
        return f"docs/measures/{self.id}.md"

    def read(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Parameters from texts.

        Raises:
            ParameterError: one is unknown, or is no value of its type.
        """
        known = {one.name: one for one in self.parameters}
        for name, text in texts.items():
            if name not in known:
                expected = ", ".join(known) or "none"
                raise ParameterError(
                    f"{self.id} has no parameter {name}; parameters: {expected}.",
                    parameter=name,
                    got=text,
                    expected=expected,
                )
        return {name: known[name].read(text) for name, text in texts.items()}


def _typed(hint: Any, default: Any) -> tuple[type, Any, str]:
    kind, meaning = get_args(hint)
    return kind, default, meaning


_FOUND: dict[str, Measure] = {}
_Function = TypeVar("_Function", bound=Callable[..., Any])


def measure(identifier: str, group: Group, title: str) -> Callable[[_Function], _Function]:
    """Declares a function over a graph to be a measure."""

    def declare(function: _Function) -> _Function:
        _FOUND[identifier] = Measure(identifier, group, title, function)
        return function

    return declare


@cache
def measures() -> Mapping[str, Measure]:
    """All measures by id, sorted."""
    for module in _MODULES:
        import_module(f"comity.graph.measures.{module}")
    return dict(sorted(_FOUND.items()))


def find_measure(identifier: str) -> Measure:
    """A measure by its id.

    Raises:
        NotFoundError: there is none.
    """
    found = measures().get(identifier)
    if found is None:
        raise NotFoundError(
            f"There is no measure '{identifier}'; measures: {', '.join(measures())}."
        )
    return found
