"""Loads the measures once, whichever request asks first.

Owns the lock: two threads that load a package of modules which need each other at the same
time can each find the other's half.
"""

from importlib import import_module
from threading import RLock

_LOADING = RLock()


def load_measures() -> None:
    """Makes every module of the measures ready; call it before importing one where it is used."""
    with _LOADING:
        import_module("comity.graph.cohesion")
        import_module("comity.graph.measures.registry")
