"""After the compiling ahead nothing is left to compile."""

import json
import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from numba.core.registry import CPUDispatcher

from comity.graph import measures

HERE = Path(__file__).parent

# Every measure of two networks, then what numba read from disk and what it compiled.
ASKED = """
import json, sys
from pathlib import Path
from comity.errors import InputError
from comity.graph.measures.files import read_network
from comity.graph.measures.registry import measures
from graph.measures.test_ahead import kernels

for path in sys.argv[1:]:
    graph = read_network(Path(path))
    for one in measures().values():
        try:
            one.function(graph)
        except InputError:
            pass
stats = {name: kernel.stats for name, kernel in kernels().items()}
print(json.dumps({
    "compiled": [name for name, one in stats.items() if one.cache_misses],
    "read": [name for name, one in stats.items() if one.cache_hits],
}))
"""


def kernels() -> dict[str, CPUDispatcher]:
    """Every compiled function of the measures, by the beginning of its files."""
    found = {}
    for module in pkgutil.iter_modules(measures.__path__):
        for name, value in vars(import_module(f"{measures.__name__}.{module.name}")).items():
            if isinstance(value, CPUDispatcher) and value.__module__.endswith(f".{module.name}"):
                found[f"{module.name}.{name}"] = value
    return found


@pytest.mark.slow
def test_after_compiling_ahead_a_measure_compiles_nothing_more(tmp_path: Path) -> None:
    environment = os.environ | {
        "NUMBA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": str(HERE.parent.parent),
    }

    def run(*command: str) -> str:
        return subprocess.run(
            [sys.executable, *command],
            env=environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    run("-m", "comity.graph.measures.ahead")
    kept = {path.name.partition("-")[0] for path in tmp_path.rglob("*.nbi")}
    assert kept == kernels().keys() != set()
    script = tmp_path / "asked.py"
    script.write_text(ASKED, encoding="utf-8")
    asked = json.loads(run(str(script), str(HERE / "tribes.csv"), str(HERE / "votes.csv")))
    assert asked["compiled"] == []
    assert {"camps._tabu", "negative_cycles._uncovered", "triangles._counted"} <= set(asked["read"])
