"""A server that may be written to, on a graph of a few triples."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from comity.api.settings import Settings
from server import running
from small_graph import DATASET, written_home

TOKEN = "a long token with spaces and é"


@pytest.fixture(scope="module")
def writing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the server that may be written to."""
    return tmp_path_factory.mktemp("written")


@pytest.fixture(scope="module")
def writing_client(writing_folder: Path) -> Iterator[httpx.Client]:
    """A client with the token of a server of its own."""
    written_home(writing_folder)
    settings = Settings(data=writing_folder, write_token=TOKEN, workers=1, spare_workers=0)
    with (
        running(settings) as address,
        httpx.Client(
            base_url=address, timeout=30, headers={"Authorization": f"Bearer {TOKEN}".encode()}
        ) as client,
    ):
        yield client


@pytest.fixture
def writable(writing_client: httpx.Client) -> httpx.Client:
    """The same, with the graph as it was in the beginning."""
    body, kind = DATASET, {"Content-Type": "application/trig"}
    assert writing_client.put("/graphs", content=body, headers=kind).status_code == 204
    return writing_client
