"""Numbers as outside sources write them, as decimals of XML Schema."""

import re

from comity.graph.sources.record import RowError

# XML Schema has no exponent in a decimal.
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def decimal_of(text: str, name: str, lowest: float | None = None) -> str:
    """A decimal number as it is written.

    Args:
        text: the number.
        name: what it is, for the reason of a refusal.
        lowest: below this it cannot be; None for no bound.

    Raises:
        RowError: it is no decimal number, or too low.

    Examples:
        >>> decimal_of("39.84012", "latitude")
        '39.84012'
    """
    if _DECIMAL.fullmatch(text) is None:
        raise RowError(f"'{text}' is no {name}")
    if lowest is not None and float(text) < lowest:
        raise RowError(f"a {name} of {text} cannot be")
    return text


def degrees_of(text: str, name: str, largest: float) -> str:
    """Degrees of latitude or longitude.

    Raises:
        RowError: they are no decimal number, or larger than can be.

    Examples:
        >>> degrees_of("-45.66731", "longitude", 180)
        '-45.66731'
    """
    if abs(float(decimal_of(text, name))) > largest:
        raise RowError(f"a {name} of {text} cannot be")
    return text
