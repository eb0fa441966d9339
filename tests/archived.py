"""An analyst's own table of acts, for tests of archives."""

from pathlib import Path

from comity.graph.build import build
from comity.graph.home import GraphHome
from comity.graph.importing import Imported, import_files

SOURCE = "my-acts-1.2"
MAPPING = """
source: {name: my-acts, version: "1.2", label: My acts, publisher: Me, licence: CC0, may_pass_on: true}
rows: stance
fields:
  holder: {column: Who, by: name, make: group}
  kind: Verb
  targets: {column: Whom, between: ";"}
  about: {column: About, empty: ""}
  date: Day
"""
ROWS = """Who,Verb,Whom,About,Day
Armenia,accuse,aze,,2013-12-31
Armenia,praise,aze,,2014-01-01
Armenia,accuse,aze,fight,2014-07-01
Armenia,warn,aze,,2014-07-01
The Quiet Ones,condemn,arm;aze,,2014-03-05
Armenia,affirm,aze,,2014-07-02
Azerbaijan,condemn,,fight,2015-01-31
Azerbaijan,support,arm,,2015-02
Nobody,slander,arm,,2015-03-01
Azerbaijan,propose,,,2015-04-01
"""


class Table:
    """The analyst's table: imports it one way or the other."""

    def __init__(
        self, home: GraphHome, folder: Path, rows: str = ROWS, mapping: str = MAPPING
    ) -> None:
        self.home = home
        self.file, self.mapping = folder / "acts.csv", folder / "mapping.yaml"
        self.file.write_text(rows)
        self.mapping.write_text(mapping)

    def bring(self, *, as_archive: bool) -> Imported:
        """Imports it."""
        return import_files(
            self.home,
            "table",
            [self.file],
            retrieved="2026-11-25",
            who="me",
            mapping=self.mapping,
            reject_share=0.2,
            as_archive=as_archive,
        )


def shipped_with_acts(folder: Path, *, as_archive: bool) -> GraphHome:
    """The shipped graph with the table, some of whose acts are about its event."""
    home = GraphHome(folder / "graph")
    build(home)
    table = Table(home, folder)
    table.file.write_text(table.file.read_text().replace("fight", "attack-on-armenia-2022-09"))
    table.bring(as_archive=as_archive)
    return home
