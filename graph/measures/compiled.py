"""Functions compiled to machine code when they are first called.

Owns how: by numba, kept on disk beside the module where that can be written, so that the
next process need not compile again. Only modules that are loaded for a measure import this.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """The function in machine code; it takes numbers and arrays only, and no keywords."""
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        # Neither beside the module nor in the home of the user may a file be written.
        made = numba.njit(nogil=True)(function)
    return cast("_Function", made)
