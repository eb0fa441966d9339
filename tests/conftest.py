"""Fixtures for all tests: the shipped graph, built once, and a server over it.

Take the smallest that will do: a tiny data folder (`data_folder`), the engine of the
shipped graph (`shipped_engine`), a live server on a free port (`live_server`).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis.strategies import none

from comity.graph.build import build
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import GraphHome


@settings(derandomize=True, max_examples=1, database=None)
@given(none())
def _nothing(_: None) -> None:
    """A test of nothing."""


@pytest.fixture(scope="session", autouse=True)
def registered_numbers() -> None:
    """Has Hypothesis register its random numbers first of all.

    It does so once, and looks who holds them; it would not see that where a server in the
    same process has objects frozen meanwhile (`api/visits.py`).
    """
    _nothing()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI is true, a skipped browser or engine test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    needed = {"browser", "fuseki", "spark", "virtuoso"}
    skipped = [one for one in reporter.stats.get("skipped", []) if needed & {*one.keywords}]
    if skipped:
        reporter.write_line(f"CI: {len(skipped)} browser or engine test(s) were skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> GraphHome:
    """The data directory of the shipped graph."""
    # Imported here: tests of the lower layers must run without the questions.
    from comity.queries.catalogue import catalogue
    from comity.queries.examples import example_quads

    home = GraphHome(tmp_path_factory.mktemp("graph"))
    build(home, more=example_quads(catalogue().values()))
    return home


@pytest.fixture(scope="session")
def shipped_engine(shipped_home: GraphHome) -> EmbeddedEngine:
    """The shipped graph, open for reading."""
    return shipped_home.engine()


@pytest.fixture(scope="session")
def live_server(shipped_home: GraphHome) -> Iterator[str]:
    """Address of a running server on a free port, with a low row cap.

    Its deadline is long: on a busy machine a query that is heavy waits for the others.
    """
    # Imported here: tests of the lower layers must run without the api.
    from comity.api.settings import Settings
    from server import running

    settings = Settings(
        data=shipped_home.folder, query_deadline=60, row_cap=500, cors_origins="https://a.example"
    )
    with running(settings) as address:
        yield address


@pytest.fixture
def client(live_server: str) -> Iterator[httpx.Client]:
    """A client of the running server."""
    with httpx.Client(base_url=live_server, timeout=90) as found:
        yield found


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A tiny data folder without faults: two states, a body, one document with one act."""
    folder = tmp_path / "seed"
    (folder / "documents").mkdir(parents=True)
    for name, text in TINY.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


TINY = {
    "sources.csv": "id,label,kind\npage-1,A page,web-page\ncomity-reference,Ids,reference\n",
    "states.csv": "id,label,start_date,end_date,sources\narm,Armenia,1991-12-26,..,page-1\n"
    "aze,Azerbaijan,1991-12-26,..,page-1\n",
    "organisations.csv": "id,type,label,sources\ncsto,alliance,CSTO,page-1\n",
    "memberships.csv": "id,organisation,member,role,start_date,end_date,alternative_to,"
    "unsourced_part,sources\ncsto-arm,csto,arm,member,2002-10-07,..,,,page-1\n",
    "events.csv": "id,label,type,start_date,sources\nfight,Fighting,fighting,2022-09-13,page-1\n",
    "participations.csv": "event,participant,role,sources\nfight,arm,party,page-1\n"
    "fight,aze,party,page-1\n",
    "documents/paper-1.yaml": """\
id: paper-1
label: A paper
kind: news
acts:
  - id: arm-accuse-2022-09-13
    date: "2022-09-13"
    kind: accuse
    holder: arm
    targets: [aze]
    about: [fight]
    confidence: high
    evidence:
      speech: direct
      words: They attacked us
      lang: en
""",
}
