"""The importers by name: the one place where a new source is announced."""

from importlib import import_module
from pathlib import Path

from comity.errors import InputError, NotFoundError
from comity.graph.sources.importer import Importer

# Name of the importer, the module it stands in and its class. Named and not imported, so
# that the command starts without loading them all.
_IMPORTERS = {
    "archigos": ("archigos", "Archigos"),
    "atop": ("atop", "Atop"),
    "cia-orgs": ("cia_orgs", "CiaOrgs"),
    "cow-alliances": ("cow_alliances", "CowAlliances"),
    "cow-igo": ("cow_igo", "CowIgo"),
    "cow-mids": ("cow_mids", "CowMids"),
    "cow-states": ("cow_states", "CowStates"),
    "dna": ("dna", "Dna"),
    "firms": ("firms", "Firms"),
    "gw-states": ("gw_states", "GwStates"),
    "icews": ("icews", "Icews"),
    "icews-tkg": ("icews_tkg", "IcewsTkg"),
    "icews-tkg-05-15": ("icews_tkg", "Icews0515"),
    "icews-tkg-14": ("icews_tkg", "Icews14"),
    "icews-tkg-18": ("icews_tkg", "Icews18"),
    "reign": ("reign", "Reign"),
    "ucdp-ged": ("ucdp_ged", "UcdpGed"),
    "unga-votes": ("unga_votes", "UngaVotes"),
    "unsc-vetoes": ("unsc_vetoes", "UnscVetoes"),
    "wikidata": ("wikidata", "Wikidata"),
}


TABLE = "table"
FIRMS = "firms"


def importer_names() -> tuple[str, ...]:
    """The names of all importers of published sources, sorted; beside them there is `table`."""
    return tuple(sorted(_IMPORTERS))


def importer_named(name: str, mapping: Path | None = None) -> type[Importer]:
    """The importer of a name.

    Args:
        name: of the importer.
        mapping: what the columns mean, for `table`; what is near an event, for `firms`.

    Raises:
        NotFoundError: there is none.
        InputError: `table` without a mapping, or another one with one.
        DataError: the mapping is not of the form.
    """
    if name == TABLE and mapping is None:
        raise InputError("`table` needs --mapping FILE, which says what the columns mean.")
    if name not in (TABLE, FIRMS) and mapping is not None:
        raise InputError(f"{name} knows its columns; --mapping goes with `table` and `firms` only.")
    if name == FIRMS and mapping is not None:
        from comity.graph.sources.firms import firms_near
        from comity.graph.sources.near import read_near

        return firms_near(read_near(mapping))
    if mapping is not None:
        from comity.graph.sources.mapping import read_mapping
        from comity.graph.sources.table import table_importer

        return table_importer(read_mapping(mapping))
    if name not in _IMPORTERS:
        names = ", ".join((*importer_names(), TABLE))
        raise NotFoundError(f"No importer is called '{name}'; importers: {names}.")
    module, kind = _IMPORTERS[name]
    found: type[Importer] = getattr(import_module(f"comity.graph.sources.{module}"), kind)
    return found
