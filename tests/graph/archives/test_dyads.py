"""The dyad panel counts acts of an archive as it counts those of the graph."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from archived import Table
from comity.errors import InputError, NotFoundError
from comity.graph.archives.shelf import Shelf
from comity.graph.build import build
from comity.graph.dyads import Every
from comity.graph.home import GraphHome
from comity.graph.network import Level, NetworkQuery
from comity.graph.panel import Panel, PanelQuery, panel
from comity.graph.projection import project

SOURCE = "deeds-1"
MAPPING = """
source: {name: deeds, version: "1", label: Deeds, publisher: Me, licence: CC0, may_pass_on: true}
rows: stance
fields:
  holder: Who
  kind: Verb
  targets: {column: Whom, between: ";"}
  about: {column: About, empty: ""}
  cameo: {column: Code, empty: ""}
  on_behalf_of: {column: For, empty: ""}
  date: Day
"""
# In the order of the columns: an army counts as its state, and so does a minister while she
# acts for it; CAMEO 112 is accuse (-2, verbal conflict), 057 an agreement (8, verbal cooperation).
ROWS = """Who,Verb,Whom,About,Code,For,Day
arm,accuse,aze,,112,,2014-01-01
arm-army,warn,aze,,,,2014-02-01
the-minister,praise,aze;aze-army,,,arm,2014-03-01
the-minister,praise,aze,,,,2014-03-02
arm,accuse,arm-army,,,,2014-04-01
aze,agree,arm,,057,,2014-05-01
aze,accuse,arm,,112,,2014-06
aze,accuse,arm,,112,,2014-12-31
arm,vote-no,,fight,,,2014-07-01
arm,vote-yes,,fight,,,2014-07-02
aze,vote-yes,,fight,,,2014-07-01
aze,propose,,fight,,,2015-01-01
"""
YEARS = PanelQuery(date(2014, 1, 1), date(2015, 12, 31), Every.YEAR, ("arm", "aze"))
MONTHS = PanelQuery(date(2014, 6, 1), date(2014, 7, 31), Every.MONTH)
WEEKS = PanelQuery(date(2014, 6, 3), date(2014, 6, 30), Every.WEEK)
Bring = Callable[[bool], Path]


@pytest.fixture
def bring(tmp_path: Path, data_folder: Path) -> Bring:
    """Makes a graph with the rows, as an archive or as statements."""
    (data_folder / "organisations.csv").write_text(
        "id,type,label,part_of,sources\ncsto,alliance,CSTO,,page-1\n"
        "arm-army,government-body,Army of Armenia,arm,page-1\n"
        "aze-army,government-body,Army of Azerbaijan,aze,page-1\n"
    )
    (data_folder / "people.csv").write_text("id,label,sources\nthe-minister,The Minister,page-1\n")

    def brought(as_archive: bool) -> Path:
        home = GraphHome(tmp_path / f"graph-{as_archive}")
        build(home, folder=data_folder)
        Table(home, tmp_path, ROWS, MAPPING).bring(as_archive=as_archive)
        return home.folder

    return brought


def asked(folder: Path, query: PanelQuery, settings: dict[str, str]) -> Panel:
    return panel(GraphHome(folder).engine(), query, shelf=Shelf(folder, settings))


def test_panel_of_an_archive_is_that_of_the_same_acts_as_statements(
    bring: Bring, each_engine: dict[str, str]
) -> None:
    archived, stated = bring(True), bring(False)
    for query in (YEARS, MONTHS, WEEKS):
        plain = asked(stated, query, {})
        joined = PanelQuery(query.since, query.until, query.every, query.states, (SOURCE,))
        found = asked(archived, joined, each_engine)
        assert found.table.to_pylist() == plain.table.to_pylist()
        assert found.undated == plain.undated
    # An act of June falls into several weeks, and counts in none.
    assert len(found.undated) == 1


def test_counts_worked_out_by_hand(bring: Bring) -> None:
    folder = bring(True)
    query = PanelQuery(YEARS.since, YEARS.until, YEARS.every, YEARS.states, (SOURCE,))
    rows = {
        (row["sender"], row["period"].year): row
        for row in asked(folder, query, {}).table.to_pylist()
    }
    # The minister's praise of state and army is one act toward the state; the one for herself
    # is not Armenia's; what a state says to its own army is toward nobody else.
    mine = rows["arm", 2014]
    assert (mine["acts"], mine["positive"], mine["negative"]) == (3, 1, 2)
    assert (mine["coded"], mine["goldstein"], mine["quad_3"]) == (1, -2.0, 1)
    theirs = rows["aze", 2014]
    assert (theirs["acts"], theirs["coded"], theirs["goldstein"]) == (3, 3, 4.0)
    # Of two votes on one thing the later stands.
    assert (mine["votes"], mine["votes_alike"]) == (1, 1)
    # In 2015 an act of Azerbaijan is known, toward nobody; of Armenia nothing is.
    assert (rows["aze", 2015]["status"], rows["aze", 2015]["acts"]) == ("observed", 0)
    assert (rows["arm", 2015]["status"], rows["arm", 2015]["acts"]) == ("missing", None)
    # Without the archive the year is not known.
    assert asked(folder, YEARS, {}).table.to_pylist()[0]["status"] == "missing"


def test_window_of_an_archive_is_not_counted_twice(bring: Bring) -> None:
    from comity.graph.archives.ties import TieQuery
    from comity.graph.archives.window import materialise

    folder = bring(True)
    query = PanelQuery(YEARS.since, YEARS.until, YEARS.every, YEARS.states, (SOURCE,))
    before = asked(folder, query, {}).table.to_pylist()
    materialise(GraphHome(folder), Shelf(folder, {}), SOURCE, TieQuery(), "me")
    assert asked(folder, query, {}).table.to_pylist() == before
    alone = asked(folder, YEARS, {}).table.to_pylist()
    assert [row["acts"] for row in alone] == [row["acts"] for row in before]


def test_archive_that_is_not_there_is_refused(bring: Bring) -> None:
    folder = bring(True)
    query = PanelQuery(YEARS.since, YEARS.until, archives=("elsewhere",))
    with pytest.raises(NotFoundError, match="No archive is called 'elsewhere'"):
        asked(folder, query, {})
    with pytest.raises(InputError, match="no archives are at hand"):
        panel(GraphHome(folder).engine(), PanelQuery(YEARS.since, YEARS.until, archives=(SOURCE,)))


def test_network_of_states_counts_archived_acts_on_their_behalf(bring: Bring) -> None:
    def ties(folder: Path, archives: tuple[str, ...]) -> set[tuple[str, str, str]]:
        query = NetworkQuery(level=Level.STATE, archives=archives, kinds=("warn", "praise"))
        network = project(GraphHome(folder).engine(), query, Shelf(folder, {}))
        return {(tie.subject.id, tie.object.id, tie.kind) for tie in network.ties}

    found = ties(bring(True), (SOURCE,))
    assert found == ties(bring(False), ())
    assert ("arm", "aze", "praise") in found
