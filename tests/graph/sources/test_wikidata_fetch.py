"""Fetching from an endpoint in Wikidata's form: batches, a server that is busy, going on."""

import csv
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store
from typer.testing import CliRunner

from comity.cli import app
from comity.errors import EngineError
from comity.graph.build import build
from comity.graph.home import GraphHome
from comity.graph.remote_server import Remote, RemoteServer
from comity.graph.sources import wikidata_fetch
from comity.graph.sources.wikidata_fetch import fetch
from comity.graph.sources.world import World

# Armenia in Wikidata's form: a member of one body to a day, of another without any; a head
# of state to a year; statements that are deprecated.
WIKIDATA = """
@prefix p: <http://www.wikidata.org/prop/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wdv: <http://www.wikidata.org/value/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

wd:Q399 rdfs:label "Armenia"@en, "Arménie"@fr ; wdt:P298 "ARM" ; wdt:P1906 wd:Q20 ;
  p:P463 wds:Q399-1, wds:Q399-2, wds:Q399-3 .
wd:Q227 rdfs:label "Azerbaijan"@en ; wdt:P298 "AZE" .
wds:Q399-1 ps:P463 wd:Q318693 ; wikibase:rank wikibase:NormalRank ; pqv:P580 wdv:a .
wds:Q399-2 ps:P463 wd:Q999 ; wikibase:rank wikibase:NormalRank .
wds:Q399-3 ps:P463 wd:Q998 ; wikibase:rank wikibase:DeprecatedRank .
wd:Q318693 rdfs:label "CSTO"@en .
wd:Q101 rdfs:label "Robert K."@en ; p:P39 wds:Q101-1, wds:Q101-2 .
wds:Q101-1 ps:P39 wd:Q20 ; wikibase:rank wikibase:PreferredRank ; pqv:P580 wdv:b .
wds:Q101-2 ps:P39 wd:Q21 ; wikibase:rank wikibase:NormalRank ; pq:P642 wd:Q227 .
wd:Q20 rdfs:label "President of Armenia"@en ; wdt:P1001 wd:Q399 .
wdv:a wikibase:timeValue "1994-04-15T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 11 .
wdv:b wikibase:timeValue "1998-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
"""


class Endpoint:
    """A server that answers from a graph, and first of all as it is told to refuse."""

    def __init__(self, refusals: list[int]) -> None:
        self.refusals = refusals
        self.asked: list[str] = []
        self.agents: set[str] = set()
        store = Store()
        store.load(WIKIDATA, format=RdfFormat.TURTLE)
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.agents.add(self.headers["User-Agent"])
                if endpoint.refusals:
                    self.send_response(endpoint.refusals.pop(0))
                    self.send_header("Retry-After", "7")
                    self.end_headers()
                    return
                [query] = parse_qs(body)["query"]
                endpoint.asked.append(query)
                found = store.query(query)
                assert isinstance(found, QuerySolutions)
                answer = found.serialize(format=QueryResultsFormat.JSON) or b""
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    """Two states with their ISO codes, and a person with an item."""
    (data_folder / "codes.csv").write_text(
        "actor,scheme,code,start_date,end_date,sources\n"
        "arm,iso-3166-1-alpha3,ARM,,..,page-1\naze,iso-3166-1-alpha3,AZE,,..,page-1\n"
        "robert,wikidata,Q101,,..,page-1\n"
    )
    (data_folder / "people.csv").write_text("id,label,country,sources\nrobert,Robert,arm,page-1\n")
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    found = Endpoint([])
    yield found
    found.close()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_busy_server_is_waited_for_and_asked_again(
    home: GraphHome, endpoint: Endpoint, tmp_path: Path
) -> None:
    endpoint.refusals = [429, 503]
    waits: list[float] = []
    server = RemoteServer(Remote(endpoint.address), sleep=waits.append, chance=lambda: 0.0)
    files = fetch(server, World.of(home.engine(), "x"), tmp_path / "imports", "2026-11-25")
    assert waits == [7.0, 7.0]
    assert [path.name for path in files] == [
        "wikidata-2026-11-25-states-001.csv",
        "wikidata-2026-11-25-memberships-001.csv",
        "wikidata-2026-11-25-heads-001.csv",
        "wikidata-2026-11-25-positions-001.csv",
    ]
    assert all("Comity/" in agent and "https://" in agent for agent in endpoint.agents)
    items = "http://www.wikidata.org/entity/"
    assert rows(files[0]) == [
        {"code": "ARM", "item": f"{items}Q399"},
        {"code": "AZE", "item": f"{items}Q227"},
    ]
    said = ("kind", "object", "object_label", "start", "start_precision")
    assert [tuple(row[name] for name in said) for row in rows(files[1])] == [
        ("membership", f"{items}Q318693", "CSTO", "1994-04-15T00:00:00Z", "11"),
        ("membership", f"{items}Q999", "", "", ""),
    ]
    said = ("kind", "subject_label", "office", "of", "start_precision", "end")
    assert [tuple(row[name] for name in said) for row in rows(files[2])] == [
        ("position", "Robert K.", "head-of-state", f"{items}Q399", "9", ""),
    ]
    # As the statement says, else what the position is over.
    assert [tuple(row[name] for name in said) for row in rows(files[3])] == [
        ("position", "Robert K.", "", f"{items}Q399", "9", ""),
        ("position", "Robert K.", "", f"{items}Q227", "", ""),
    ]


def test_stopped_fetch_goes_on_with_what_it_lacks(
    home: GraphHome, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikidata_fetch, "_AT_ONCE", 1)
    world, folder = World.of(home.engine(), "x"), tmp_path / "imports"
    server = RemoteServer(Remote(endpoint.address))
    told: list[str] = []
    # Two files come, then the server fails.
    served = endpoint.refusals
    with pytest.raises(EngineError):
        fetch(
            server, world, folder, "2026-11-25",
            told=lambda name: (told.append(name), served.append(500) if len(told) == 2 else None),
        )  # fmt: skip
    assert told == [f"wikidata-2026-11-25-states-00{one}.csv" for one in (1, 2)]
    assert len(endpoint.asked) == 2
    files = fetch(server, world, folder, "2026-11-25", told=told.append)
    assert [path.name for path in files] == told
    # Two of states, two of members, two of heads, one of positions: nothing was asked twice.
    assert len(told) == len(endpoint.asked) == 7


def test_command_fetches_and_imports(home: GraphHome, endpoint: Endpoint) -> None:
    command = [
        *("import", "wikidata", "--endpoint", endpoint.address, "--data", str(home.folder)),
        *("--retrieved", "2026-11-25"),
    ]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    assert "wikidata-p39-p463: 7 rows" in first.output
    # The files are kept, and can be imported without the endpoint.
    files = sorted(map(str, (home.folder / "imports").glob("wikidata-2026-11-25-*.csv")))
    again = CliRunner().invoke(app, ["import", "wikidata", *files, *command[4:]])
    assert "the same files are there already" in again.output
    asked = len(endpoint.asked)
    assert CliRunner().invoke(app, command).exit_code == 0
    assert len(endpoint.asked) == asked


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["import", "wikidata"], "Give the files"),
        (["import", "cow-igo", "--endpoint", "http://localhost/"], "--endpoint goes with"),
    ],
)
def test_command_that_lacks_files_or_has_no_endpoint_is_told(
    home: GraphHome, command: list[str], told: str
) -> None:
    where = ["--data", str(home.folder), "--retrieved", "2026-11-25"]
    found = CliRunner().invoke(app, [*command, *where])
    assert found.exit_code != 0
    assert told in f"{found.output} {found.exception}"
