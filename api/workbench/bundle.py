"""Builds the workbench of /sparql: fetches what the lock file names, and bundles it.

Owns when that is needed and what is said when it cannot be done. Knows Node only as a
command. Used by `make setup`, and by the build hook for wheels (hatch_build.py).
Run as `python api/workbench/bundle.py`; it changes nothing while the bundle is fresh.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "static" / "workbench"
MADE = ("workbench.js", "workbench.css", "THIRD-PARTY.txt")
_STAMP = OUT / "built.json"
# Modules of the explorer that it takes along.
_SHARED = ("theme", "dom", "words")
_INSTALLED = HERE / "node_modules" / ".comity-lock"
HOW = (
    "The editor of /sparql is built with Node.js 18 or newer and npm (Debian: apt-get install "
    "nodejs npm); the wheel carries it built."
)


class BuildError(Exception):
    """Why there is no bundle, as a sentence."""


def is_fresh() -> bool:
    """Whether the bundle was made from the sources and the lock file that lie here."""
    return (
        _STAMP.is_file()
        and all((OUT / name).is_file() for name in MADE)
        and json.loads(_STAMP.read_text(encoding="utf-8"))["sources"] == _sources()
    )


def build() -> None:
    """Makes the bundle.

    Raises:
        BuildError: Node or npm is missing or failed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise BuildError(f"{HOW} There is no {'node' if node is None else 'npm'} here.")
    lock = _hash([HERE / "package-lock.json"])
    if not (_INSTALLED.is_file() and _INSTALLED.read_text(encoding="utf-8") == lock):
        # Nothing of what is fetched is run but esbuild, which needs no script to install.
        _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _INSTALLED.write_text(lock, encoding="utf-8")
    OUT.mkdir(exist_ok=True)
    _run(node, "build.mjs", str(OUT))
    _STAMP.write_text(json.dumps({"sources": _sources()}) + "\n", encoding="utf-8")


def _sources() -> str:
    own = sorted((HERE / "src").glob("*.js"))
    shared = [HERE.parents[1] / "graph" / "drawing" / "static" / f"{one}.js" for one in _SHARED]
    return _hash(
        [HERE / "package.json", HERE / "package-lock.json", HERE / "build.mjs", *own, *shared]
    )


def _hash(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()
        raise BuildError(f"{Path(command[0]).name} {command[1]} failed: {' '.join(told[-3:])}")


def main() -> None:
    """Builds where it is needed and can be; says how to get the editor where it cannot."""
    if is_fresh():
        # Newer than the sources, which is all that make looks at.
        _STAMP.touch()
        return
    begun = time.monotonic()
    try:
        build()
    except BuildError as error:
        print(f"/sparql will show a plain form. {error}", file=sys.stderr)  # noqa: T201
        return
    print(f"Editor of /sparql (npm): {time.monotonic() - begun:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
