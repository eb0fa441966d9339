"""SERVICE and LOAD call only servers that the operator has named."""

from pathlib import Path

import httpx
import pytest

from comity.api.settings import Settings
from server import running
from small_graph import written_home

NAME = (
    "SELECT ?n {{ SERVICE <{0}> "
    "{{ <https://w3id.org/comity/id/actor/csto> <http://purl.org/dc/terms/identifier> ?n }} }}"
)


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_named_server_is_called_and_no_other(live_server: str, tmp_path: Path, silent: str) -> None:
    written_home(tmp_path)
    other = f"{live_server}/sparql"
    graph = f"{live_server}/graphs?graph=https://w3id.org/comity/id/source/comity-ontology"
    settings = Settings(data=tmp_path, write_token="t", service_allow=f"{other}, {graph}")
    with (
        running(settings) as address,
        httpx.Client(base_url=address, timeout=30, headers={"Authorization": "Bearer t"}) as one,
    ):
        text = NAME.format(other).replace("SERVICE ", f"SERVICE {silent}")
        found = one.get("/sparql", params={"query": text, "format": "csv"})
        assert found.text.split() == ["n", "csto"]
        for refused in (NAME.format(f"{live_server}/"), NAME.format("http://127.0.0.1:9/")):
            assert one.get("/sparql", params={"query": refused}).status_code == 403
        load = f"LOAD {silent}<{graph}> INTO GRAPH <http://e/loaded>"
        assert one.post("/update", data={"update": load}).json()["added"] > 1000
        other_load = f"LOAD {silent}<{live_server}/void> INTO GRAPH <http://e/loaded>"
        assert one.post("/update", data={"update": other_load}).status_code == 403
