"""Imports of the field's real files: rows, statements, processor time and peak memory.

    python -m benchmarks.imports --files FOLDER [--only NAME ...] [--archive] [--into DIR]

FOLDER holds the files under the names below; what is not there is left out. Each import
runs in a process of its own on a fresh copy of the shipped graph, or with --into one after
the other into one graph. The bulk path (log, load, snapshot, marks) is measured beside a
plain `bulk_load` of the same statements.
"""

import argparse
import gzip
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from comity.graph.build import build
from comity.graph.home import GraphHome
from comity.graph.importing import import_files

FILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("archigos", ("leaders/archigos_4.1.csv",)),
    ("atop", ("atop_5/atop_alliance_dyad_year.csv.gz",)),
    ("cia-orgs", ("cia_orgs_2020/CountrycodesOrgs.csv",)),
    ("cow-alliances", ("cow_alliances_v4.1/alliance_v4.1_by_member.csv",)),
    ("cow-igo", ("cow_igo_v3/igos.csv", "cow_igo_v3/membership_spells.csv")),
    ("cow-mids", ("conflict/cow_mid_disps.csv", "conflict/cow_mid_dirdisps.csv")),
    ("cow-states", ("states/andybega_cowstates.csv",)),
    ("gw-states", ("states/andybega_gwstates.csv",)),
    ("icews", ("icews_raw_sample/events.2018.sample.tab",)),
    *(
        ("icews-tkg", (f"{part}/entities.csv", f"{part}/relations.csv", f"{part}/events.csv.gz"))
        for part in ("icews14", "icews0515_part", "icews18_part")
    ),
    ("reign", ("leaders/reign_leaderlist_3_21.csv",)),
    ("ucdp-ged", ("ucdp_ged_sample_car/ged_v23_1_car.csv",)),
    ("unga-votes", tuple(f"un_votes/{name}" for name in (
        "un_roll_calls.csv", "un_roll_call_issues.csv", "un_votes.csv.gz"))),
    ("unsc-vetoes", ("unsc_vetoes/unsc_vetoes_1946_sept2022.csv",)),
)  # fmt: skip


def one(name: str, folder: Path, files: list[Path], *, as_archive: bool) -> None:
    """Imports in this process and prints the figures."""
    home = GraphHome(folder)
    begun, wall = time.process_time(), time.monotonic()
    found = import_files(
        home,
        name,
        files,
        retrieved="2026-11-25",
        who="benchmarks.imports",
        as_archive=as_archive,
    )
    seconds, took = time.process_time() - begun, time.monotonic() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{found.source}{' (archive)' if as_archive else ''}: {found.rows:,} rows, {found.statements:,} statements, {found.rejected} rejected, "
        f"{seconds:.1f} s CPU, {took:.1f} s, {found.statements / seconds:,.0f} statements a CPU "
        f"second, peak {peak:,.0f} MB",
        flush=True,
    )


def beside_raw(folder: Path) -> None:
    """The bulk path of the last batch, and a plain load of the same statements."""
    from pyoxigraph import NamedNode

    from comity.graph.live import Batch, LiveGraph

    home = GraphHome(folder)
    batch = next(one for one in reversed(list(home.log())) if one.why.startswith("import "))
    with tempfile.TemporaryDirectory() as scratch:
        statements = Path(scratch) / "statements.nq"
        with (
            gzip.open(folder / "log" / f"{batch.number}.nq.gz") as packed,
            statements.open("wb") as plain,
        ):
            shutil.copyfileobj(packed, plain, 1024 * 1024)
        begun = time.process_time()
        Store(f"{scratch}/raw").bulk_load(path=str(statements), format=RdfFormat.N_QUADS)
        raw = time.process_time() - begun
        # The graph of the batch is named in each of its lines.
        with statements.open() as file:
            graph = NamedNode(file.readline().rsplit(" <", 1)[1].split(">")[0])
        live = LiveGraph(Path(scratch) / "ours")
        begun = time.process_time()
        live.stage_batch("me", "bench", Batch(graph, statements, batch.added, "x"))
        live.publish()
        ours = time.process_time() - begun
        live.close()
    print(
        f"bulk path: {batch.added:,} statements, raw {batch.added / raw:,.0f} a CPU second, ours "
        f"{batch.added / ours:,.0f}: {raw / ours:.2f}x of raw",
        flush=True,
    )


def main() -> None:
    """Prints one line for each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--archive", action="store_true", help="acts go into archives")
    parser.add_argument("--into", type=Path, help="import all of them into this directory")
    parser.add_argument("--one", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        name, folder, *files = given.one
        one(name, Path(folder), [Path(file) for file in files], as_archive=given.archive)
        return
    with tempfile.TemporaryDirectory() as scratch:
        shipped = GraphHome(given.into or Path(scratch) / "shipped")
        build(shipped)
        for name, names in FILES:
            files = [given.files / file for file in names]
            wanted = not given.only or name in given.only
            if not wanted or not all(file.is_file() for file in files):
                continue
            folder = shipped.folder if given.into else Path(scratch) / name
            if not given.into:
                shutil.copytree(shipped.folder, folder)
            subprocess.run(
                [sys.executable, "-m", "benchmarks.imports", "--files", given.files,
                 *(["--archive"] if given.archive else []), "--one", name, folder, *files],
                check=False,
            )  # fmt: skip
            if given.into:
                continue
            if GraphHome(folder).last_commit() != shipped.last_commit():
                beside_raw(folder)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
