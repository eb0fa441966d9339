"""The layout: links, layers, sizes of modules, where SPARQL and Turtle may stand."""

import re
import subprocess
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("ontology", "graph", "queries", "api")
MODULES = sorted(
    path
    for layer in (*LAYERS, "src/comity")
    for path in (ROOT / layer).rglob("*.py")
    if not (layer == "src/comity" and any(part.is_symlink() for part in path.parents))
)


@pytest.mark.parametrize("layer", [*LAYERS, "seed"])
def test_link_in_the_package_points_to_its_folder(layer: str) -> None:
    link = ROOT / "src" / "comity" / layer
    assert link.is_symlink(), (
        f"src/comity/{layer} is no link: on Windows clone with `git -c core.symlinks=true clone`"
    )
    assert link.resolve() == (ROOT / ("data/seed" if layer == "seed" else layer))


def test_modules_are_short_and_say_what_they_own() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert max(lengths.values()) <= 500, max(lengths, key=lambda path: lengths[path])
    assert median(lengths.values()) < 170
    for path in MODULES:
        assert path.read_text(encoding="utf-8").startswith('"""'), path


def test_sparql_stands_in_rq_files_only() -> None:
    pattern = re.compile(r"\b(SELECT|CONSTRUCT|INSERT|DELETE)\b[^\"']*\{")
    for path in MODULES:
        code = re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))
        assert not pattern.search(code), path


def test_turtle_stands_in_the_ontology_only() -> None:
    tracked = _tracked("*.ttl")
    assert {path.split("/")[0] for path in tracked} <= {"ontology", "tests"}


def test_no_third_party_script_and_no_machine_path_is_committed() -> None:
    assert not _tracked("*.min.js", "*.bundle.js", "*vis-network*")
    done = subprocess.run(
        ["git", "grep", "-nE", r"(^|[^a-zA-Z.])/(work|farm|root|home)/[a-z]", "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == ""


def test_lock_names_the_public_index_only() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://[^/\"]+|file://", lock))
    assert hosts <= {"https://pypi.org", "https://files.pythonhosted.org"}


def _tracked(*patterns: str) -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()
