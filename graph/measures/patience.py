"""How long a measure may look for its answer. Owns what `seconds` may be."""

from math import isfinite

from comity.errors import InputError


def check_seconds(seconds: float) -> None:
    """That there is some time.

    Raises:
        InputError: it is no finite number above 0.
    """
    if not (isfinite(seconds) and seconds > 0):
        raise InputError(f"seconds is {seconds}; give a number above 0.")
