"""A bench for importers on the shipped graph, made once."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from comity.graph.engine import EmbeddedEngine
from comity.graph.sources.world import World
from importers import ImportBench


@pytest.fixture(scope="session")
def shipped_world(shipped_engine: EmbeddedEngine) -> World:
    """What importers may name."""
    return World.of(shipped_engine, "no-such-source")


@pytest.fixture(scope="session")
def shipped_store(shipped_engine: EmbeddedEngine) -> Store:
    """The shipped graph in memory, to be added to and put back."""
    store = Store()
    for piece in shipped_engine.dump():
        store.bulk_load(piece, format=RdfFormat.N_QUADS)
    return store


@pytest.fixture
def bench(shipped_store: Store, shipped_world: World, tmp_path: Path) -> ImportBench:
    """Runs importers over files of the test."""
    return ImportBench(shipped_store, shipped_world, tmp_path)
