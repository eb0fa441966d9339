"""Builds wheel and sdist, looks into them, installs the wheel in a clean environment, runs it.

Run by `make wheel`; not a pytest module, since it needs uv and a minute.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")
MUST_HAVE = (
    "comity/py.typed",
    "comity/cli.py",
    "comity/ontology/comity.ttl",
    "comity/ontology/shapes.ttl",
    "comity/graph/rq/acts.rq",
    "comity/graph/drawing/page.py",
    "comity/queries/alliances/members-of.rq",
    "comity/queries/records/stances.rq",
    "comity/api/templates/base.html",
    "comity/api/static/pages.css",
    "comity/api/static/workbench.css",
    "comity/api/static/workbench/workbench.js",
    "comity/api/static/workbench/workbench.css",
    "comity/api/static/workbench/THIRD-PARTY.txt",
    "comity/api/templates/workbench.html",
    "comity/seed/documents/seed-article.yaml",
    "comity/seed/organisations/memberships.csv",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        run(UV, "build", "--quiet", "--out-dir", folder, ROOT)
        wheel = next(folder.glob("*.whl"))
        look_into(zipfile.ZipFile(wheel).namelist(), "wheel")
        with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
            names = [name.partition("/src/")[2] for name in archive.getnames()]
            look_into([name for name in names if name], "sdist")
        clean = folder / "clean"
        run(UV, "venv", "--quiet", "--python", sys.executable, clean)
        requirements = folder / "requirements.txt"
        run(
            UV, "export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--project", ROOT,
            "--output-file", requirements,
        )  # fmt: skip
        python = clean / "bin" / "python"
        run(UV, "pip", "install", "--quiet", "--python", python, "-r", requirements, wheel)
        comity = clean / "bin" / "comity"
        # From another folder, so that nothing of the checkout is found by chance.
        print(run(comity, "--version", cwd=folder).strip())
        run(comity, "build", "--data", folder / "graph", cwd=folder)
        rows = run(
            comity, "ask", "members-of", "--alliance", "csto", "--as-of", "2022-09-13",
            "--data", folder / "graph", cwd=folder,
        )  # fmt: skip
        if "Armenia" not in rows:
            raise SystemExit(f"the installed command answered:\n{rows}")
        run(comity, "show", "--out", folder / "n.html", "--data", folder / "graph", cwd=folder)
        print(f"wheel {wheel.stat().st_size // 1024} kB, installed and run in a clean environment")


def look_into(names: list[str], what: str) -> None:
    missing = [name for name in MUST_HAVE if name not in names]
    if missing:
        raise SystemExit(f"the {what} lacks {', '.join(missing)}")
    stray = [
        name
        for name in names
        if not name.startswith(("comity/", "comity-")) or name.endswith(".pyc")
    ]
    if stray:
        raise SystemExit(f"the {what} has stray files: {', '.join(stray[:9])}")
    fetched = [name for name in names if "node_modules" in name]
    if fetched:
        raise SystemExit(f"the {what} has what npm fetched: {', '.join(fetched[:9])}")
    if what == "wheel" and any(name.startswith("comity/api/workbench/") for name in names):
        raise SystemExit("the wheel has the sources of the workbench; its bundle is enough")
    if len(names) != len(set(names)):
        raise SystemExit(f"the {what} has a file twice")


def run(*command: object, cwd: Path = ROOT) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} {command[1]}: {done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
