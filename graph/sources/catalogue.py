"""The importers by name: the one place where a new source is announced."""

from importlib import import_module

from comity.errors import NotFoundError
from comity.graph.sources.importer import Importer

# Name of the importer, the module it stands in and its class. Named and not imported, so
# that the command starts without loading them all.
_IMPORTERS = {
    "cow-alliances": ("cow_alliances", "CowAlliances"),
}


def importer_names() -> tuple[str, ...]:
    """The names of all importers, sorted."""
    return tuple(sorted(_IMPORTERS))


def importer_named(name: str) -> type[Importer]:
    """The importer of a name.

    Raises:
        NotFoundError: there is none.
    """
    if name not in _IMPORTERS:
        names = ", ".join(importer_names())
        raise NotFoundError(f"No importer is called '{name}'; importers: {names}.")
    module, kind = _IMPORTERS[name]
    found: type[Importer] = getattr(import_module(f"comity.graph.sources.{module}"), kind)
    return found
