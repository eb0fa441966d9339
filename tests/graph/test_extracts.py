"""An extract that ships and its whole that is imported: no vote counts twice."""

import shutil
from pathlib import Path

import pytest

from comity.graph.archives.shelf import Shelf
from comity.graph.extracts import extracts
from comity.graph.home import GraphHome
from comity.graph.importing import import_files
from comity.graph.network import NetworkQuery, Relation
from comity.graph.projection import project
from comity.graph.sources.catalogue import importer_names
from comity.graph.things import read_names
from comity.ontology.namespaces import Thing, thing_iri

EXTRACT = "unsc-vetoes-2022"
# A draft that ships too, as a row of the file it was taken from.
VETOES = (
    "date,draft,meeting_record,agenda_item,crisis_topic,member_veto1,member_veto2,member_veto3\n"
    "11/4/1956,S/3730/Rev.1,S/PV.754,,Hungary,USSR,,\n"
)


@pytest.fixture
def home(shipped_home: GraphHome, tmp_path: Path) -> GraphHome:
    shutil.copytree(shipped_home.folder, tmp_path / "graph")
    (tmp_path / "vetoes.csv").write_text(VETOES)
    return GraphHome(tmp_path / "graph")


def votes_of(home: GraphHome, *archives: str) -> dict[str, int]:
    """Vetoes of 1956-11-04 against the draft on Hungary, by the source that has them."""
    query = NetworkQuery(relations=(Relation.VOTE, Relation.STANCE), archives=archives)
    found: dict[str, int] = {}
    for tie in project(home.engine(), query, Shelf(home.folder, {}) if archives else None).ties:
        if "3730" in tie.object.id:
            source = tie.archives[0] if tie.archives else tie.object.id.partition("-s-3730")[0]
            found[source] = found.get(source, 0) + tie.count
    return found


def test_whole_counts_and_its_extract_no_more(home: GraphHome, tmp_path: Path) -> None:
    assert votes_of(home) == {"unsc-vote": 1}
    import_files(home, "unsc-vetoes", [tmp_path / "vetoes.csv"], retrieved="2026-11-25", who="me")
    assert votes_of(home) == {"unsc-vetoes-2022-661c527": 1}


def test_extract_counts_until_the_archive_of_its_whole_is_asked_for(
    home: GraphHome, tmp_path: Path
) -> None:
    files = [tmp_path / "vetoes.csv"]
    import_files(home, "unsc-vetoes", files, retrieved="2026-11-25", who="me", as_archive=True)
    assert votes_of(home) == {"unsc-vote": 1}
    assert votes_of(home, "unsc-vetoes-2022-661c527") == {"unsc-vetoes-2022-661c527": 1}


def test_extracts_are_sources_that_ship_and_wholes_are_importers(shipped_home: GraphHome) -> None:
    for extract, whole in extracts():
        iri = thing_iri(Thing.SOURCE, extract)
        assert whole in importer_names()
        assert iri in read_names(shipped_home.engine(), [iri])
