"""One measure under every rule by which the edges of a pair become one sign.

Owns which numbers a result holds, and how far they lie apart. The rules are in `signed.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeGuard

import networkx as nx

from comity.errors import InputError, ParameterError
from comity.graph.measures.registry import Measure, Result
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule

# Columns with the number of a part or a sign: these tell parts apart and measure nothing.
_NAMES = frozenset({"community", "block", "camp", "camp_of_group", "sign"})


@dataclass(frozen=True, slots=True)
class Spread:
    """A number under each rule; None where the rule gives none.

    Attributes:
        of: the row of the result, such as a node or two; empty for the result itself.
        name: of the number.
        values: in the order of the rules.
    """

    of: str
    name: str
    values: tuple[float | None, ...]

    @property
    def width(self) -> float | None:
        """The largest of them less the least."""
        given = [one for one in self.values if one is not None]
        return max(given) - min(given) if given else None


@dataclass(frozen=True, slots=True)
class Spreads:
    """What a measure gives under each rule.

    Attributes:
        measure: its id.
        rules: the rules.
        refused: what it said where it refused, by the rule.
        spreads: each number of the results.
    """

    measure: str
    rules: tuple[str, ...]
    refused: dict[str, str]
    spreads: tuple[Spread, ...]

    def table(self) -> Rows:
        """One row for each number."""
        return Rows(
            ("of", "name", *self.rules, "spread"),
            ((one.of, one.name, *one.values, one.width) for one in self.spreads),
        )


def under_all_rules(
    measure: Measure, graph: "nx.Graph[Any]", parameters: Mapping[str, Any]
) -> Spreads:
    """The numbers of a measure under every sign rule, and how far they lie apart.

    Numbers of the result come first, then those of its rows. What tells parts apart, such as
    the number of a community, is left out. A row that a rule does not give, and a rule under
    which the measure refuses, give None.

    Args:
        measure: one of the registry.
        graph: what it measures.
        parameters: its options, without `rule`.

    Raises:
        ParameterError: a rule is given.
        InputError: the measure knows no sign rule, or refuses under every rule.
    """
    if all(one.name != "rule" for one in measure.parameters):
        raise InputError(f"{measure.id} reads no sign rule; ask for it as it is.")
    if "rule" in parameters:
        raise ParameterError(
            "All rules and one rule contradict each other; give no rule.",
            parameter="rule",
            got=str(parameters["rule"]),
            expected="nothing",
        )
    found: dict[str, dict[tuple[str, str], float | None]] = {}
    refused = {}
    for rule in SignRule:
        try:
            found[rule.value] = _numbers(measure.function(graph, rule=rule, **parameters))
        except InputError as error:
            refused[rule.value] = str(error)
            found[rule.value] = {}
    if len(refused) == len(SignRule):
        raise InputError(refused[SignRule.SUM.value])
    keys = dict.fromkeys(key for numbers in found.values() for key in numbers)
    return Spreads(
        measure=measure.id,
        rules=tuple(found),
        refused=refused,
        spreads=tuple(
            Spread(*key, tuple(numbers.get(key) for numbers in found.values())) for key in keys
        ),
    )


def number_of(result: object, name: str) -> float | None:
    """A number of a result by the name of its field; None where it is not defined.

    Raises:
        ParameterError: the result has no such number.
    """
    numbers = _fields(result)
    if name not in numbers:
        expected = ", ".join(numbers) or "none: this measure gives no single number"
        raise ParameterError(
            f"The result has no number '{name}'; numbers: {expected}.",
            parameter="value",
            got=name,
            expected=expected,
        )
    return numbers[name]


def _numbers(result: Result) -> dict[tuple[str, str], float | None]:
    numbers = {("", name): value for name, value in _fields(result).items()}
    for row in result.table():
        of = " - ".join(str(value) for value in row.values() if isinstance(value, str))
        if of:
            numbers |= {
                (of, name): value
                for name, value in row.items()
                if name not in _NAMES and _is_number(value)
            }
    return numbers


def _fields(result: Any) -> dict[str, float | None]:
    values = {one.name: getattr(result, one.name) for one in fields(result)}
    return {name: value for name, value in values.items() if _is_number(value)}


def _is_number(value: object) -> TypeGuard[float | None]:
    """Whether it is a number, or None for one that is not defined."""
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
