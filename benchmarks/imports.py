"""Imports of the field's real files: rows, statements, processor time and peak memory.

    python -m benchmarks.imports --files FOLDER [--only NAME ...]

FOLDER holds the files under the names below; what is not there is left out. Each import
runs in a process of its own on a fresh copy of the shipped graph. The bulk path (log,
load, snapshot, marks) is measured beside a plain `bulk_load` of the same statements.
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
from comity.graph.sources.catalogue import importer_names

FILES = {
    "cow-alliances": ("cow_alliances_v4.1/alliance_v4.1_by_member.csv",),
    "cow-igo": ("cow_igo_v3/igos.csv", "cow_igo_v3/membership_spells.csv"),
    "cia-orgs": ("cia_orgs_2020/CountrycodesOrgs.csv",),
    "cow-states": ("states/andybega_cowstates.csv",),
    "gw-states": ("states/andybega_gwstates.csv",),
    "atop": ("atop_5/atop_alliance_dyad_year.csv.gz",),
    "cow-mids": ("conflict/cow_mid_disps.csv", "conflict/cow_mid_dirdisps.csv"),
    "ucdp-ged": ("ucdp_ged_sample_car/ged_v23_1_car.csv",),
    "archigos": ("leaders/archigos_4.1.csv",),
    "reign": ("leaders/reign_leaderlist_3_21.csv",),
    "unsc-vetoes": ("unsc_vetoes/unsc_vetoes_1946_sept2022.csv",),
    "icews": ("icews_raw_sample/events.2018.sample.tab",),
    "icews-tkg": ("icews14/events.csv.gz",),
    "unga-votes": ("un_votes/un_roll_calls.csv", "un_votes/un_votes.csv.gz"),
}


def one(name: str, folder: Path, files: list[Path]) -> None:
    """Imports in this process and prints the figures."""
    home = GraphHome(folder)
    begun, wall = time.process_time(), time.monotonic()
    found = import_files(home, name, files, retrieved="2026-11-25", who="benchmarks.imports")
    seconds, took = time.process_time() - begun, time.monotonic() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {found.rows:,} rows, {found.statements:,} statements, {found.rejected} rejected, "
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
    parser.add_argument("--one", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        name, folder, *files = given.one
        one(name, Path(folder), [Path(file) for file in files])
        return
    with tempfile.TemporaryDirectory() as scratch:
        shipped = GraphHome(Path(scratch) / "shipped")
        build(shipped)
        for name in importer_names():
            files = [given.files / file for file in FILES.get(name, ())]
            wanted = not given.only or name in given.only
            if not wanted or not files or not all(file.is_file() for file in files):
                continue
            folder = Path(scratch) / name
            shutil.copytree(shipped.folder, folder)
            subprocess.run(
                [sys.executable, "-m", "benchmarks.imports", "--files", given.files, "--one",
                 name, folder, *files],
                check=False,
            )  # fmt: skip
            if GraphHome(folder).last_commit() != shipped.last_commit():
                beside_raw(folder)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
