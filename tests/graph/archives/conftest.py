"""A tiny graph, its archives, and an analyst's table of acts."""

import shutil
from pathlib import Path

import pytest

from archived import Table
from comity.graph.archives.shelf import Shelf
from comity.graph.build import build
from comity.graph.home import GraphHome


@pytest.fixture
def home(tmp_path: Path, data_folder: Path) -> GraphHome:
    """The tiny graph of two states."""
    home = GraphHome(tmp_path / "graph")
    build(home, folder=data_folder)
    return home


@pytest.fixture
def shelf(home: GraphHome) -> Shelf:
    """Its archives, asked on DuckDB."""
    return Shelf(home.folder, {})


@pytest.fixture
def table(home: GraphHome, tmp_path: Path) -> Table:
    """The analyst's table."""
    return Table(home, tmp_path)


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def each_engine(request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings of each engine that may answer for archives."""
    if request.param == "spark":
        _needs_spark()
    return {"COMITY_ARCHIVE_ENGINE": request.param}


def _needs_spark() -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        pytest.skip("pyspark is not installed: uv sync --inexact --group spark")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed, which Spark needs")
