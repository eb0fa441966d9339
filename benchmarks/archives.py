"""Ties of an archive of generated acts, beside raw Polars and on Apache Spark, in one run.

    python -m benchmarks.archives --rows 10000000 [--spark] [--memory 1536] [--polars-memory N]

Acts of ten years among 50,000 actors, the i-th with a weight of 1/i (the 1st, 10th, 100th
and 1000th most frequent of ICEWS14 have 2,619, 1,028, 141 and 12 acts), are written as an archive lies on disk. Then each engine makes ties by holder,
object and year, with counts, signs, a decayed weight, sorted, into one Parquet file, in turn
and in a process of its own. Polars is asked the same in its own words. What came out is
compared to the last row.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

FIRST_YEAR, YEARS, ACTORS = 2010, 10, 50_000
AS_OF, HALF_LIFE = date(2020, 1, 1), 365.0
ROUNDS = 3
_AT_ONCE = 2_000_000


def generate(place: Path, rows: int) -> None:
    """Writes an archive of acts, the same for the same number of rows."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from comity.graph.archives.rows import SCHEMA

    random = np.random.default_rng(7)
    share = 1 / np.arange(1, ACTORS + 1)
    share /= share.sum()
    actors = pa.array([f"events-1-actor-{number}" for number in range(ACTORS)])
    kinds = pa.array(["condemn", "praise", "consult", "warn"])
    signs = np.array([-100, 100, 0, -50], dtype="int16")

    def named(numbers: Any, names: Any) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(numbers.astype("int32")), names).cast(
            pa.string()
        )

    number = 0
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        folder = place / f"year={year}"
        folder.mkdir(parents=True)
        left = rows // YEARS
        part = 0
        while left:
            count = min(left, _AT_ONCE)
            start = (date(year, 1, 1) - date(1970, 1, 1)).days
            days = np.sort(random.integers(start, start + 365, count)).astype("int32")
            kind = random.integers(0, 4, count)
            ids = pa.array(np.arange(number, number + count)).cast(pa.string())
            columns = {
                "act": ids,
                "day": pa.array(days).cast(pa.date32()),
                "kind": named(kind, kinds),
                "holder": named(random.choice(ACTORS, count, p=share), actors),
                "object_type": pa.array(["actor"] * count),
                "object": named(random.choice(ACTORS, count, p=share), actors),
                "comity_1": pa.array(signs[kind]),
                "goldstein": pa.nulls(count, pa.int16()),
                "row": ids,
                "rest": pa.nulls(count, pa.string()),
            }
            table = pa.table(columns, schema=SCHEMA)
            pq.write_table(table, folder / f"{part}.parquet", compression="zstd")
            left -= count
            number += count
            part += 1


def ours(engine: str, place: Path, out: Path, memory: int) -> None:
    """The ties as Comity makes them."""
    from comity.graph.archives.engines import ArchiveEngine, Connection
    from comity.graph.archives.ties import Period, TieQuery, ties

    query = TieQuery(by=Period.YEAR, half_life=HALF_LIFE, as_of=AS_OF)
    environ = {"COMITY_ARCHIVE_MEMORY": str(memory)}
    connection = Connection(ArchiveEngine(engine), out.parent, environ)
    connection.write(ties(connection.table(place), query), out)
    connection.close()


def polars(place: Path, out: Path, memory: int) -> None:
    """The same in Polars' own words, streamed; past so many MiB it may put aside on disk."""
    if memory:
        # https://github.com/pola-rs/polars/pull/27998; read when the module is first imported.
        os.environ["POLARS_OOC_MEMORY_BUDGET_MB"] = str(memory)
        os.environ["POLARS_OOC_SPILL_DIR"] = str(out.parent / ".spill")
    import polars as pl

    sign = pl.col("comity_1")
    age = (pl.lit(AS_OF) - pl.col("day")).dt.total_days()
    keys = ["holder", "object_type", "object", "period"]
    (
        pl.scan_parquet(place / "**/*.parquet", hive_partitioning=True)
        .filter(pl.col("object").is_not_null() & (pl.col("day") <= AS_OF))
        .with_columns(pl.col("day").dt.year().alias("period"))
        .group_by(keys)
        .agg(
            pl.len().alias("acts"),
            (sign > 0).sum().alias("positive"),
            (sign == 0).sum().alias("neutral"),
            (sign < 0).sum().alias("negative"),
            sign.cast(pl.Int64).sum().alias("hundredths"),
            (sign / 100 * (age * (-0.6931471805599453 / HALF_LIFE)).exp()).sum().alias("weight"),
            pl.col("day").min().alias("first"),
            pl.col("day").max().alias("last"),
        )
        .sort(keys)
        .sink_parquet(out)
    )


def measured(name: str, place: Path, out: Path, memory: int, room: int) -> dict[str, float]:
    """One engine in a process of its own: processor and wall seconds, peaks of memory and disk.

    Empty where the process ended without an answer, such as for want of memory.
    """
    spill, peak = out.parent / ".spill", [0]
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            # Files come and go while they are counted.
            with suppress(FileNotFoundError):
                peak[0] = max(peak[0], sum(path.stat().st_size for path in spill.rglob("*")))

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.archives", "--one", name, "--place", place,
         "--out", out, "--memory", str(memory), "--room", str(room)],
        check=False, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    wall = time.monotonic() - begun
    stop.set()
    watcher.join()
    if done.returncode:
        print(f"{name}: no answer after {wall:.0f} s, {peak[0] / 1e6:.0f} MB spilt", flush=True)
        return {}
    text = done.stdout
    return {**json.loads(text.splitlines()[-1]), "wall": wall, "spill": peak[0] / 1e6}


def same(one: Path, other: Path) -> str:
    """Compares two results: keys, counts and sums to the last row, and how far weights are apart.

    A weight is a sum in which signs cancel out, so it can be small beside what was added up;
    half a point for each act with a sign, decayed from the start of the year, is the least
    that this can have been.
    """
    import numpy as np
    import pyarrow.parquet as pq

    exact = ("holder", "object", "period", "acts", "positive", "neutral", "negative", "hundredths")
    files = pq.ParquetFile(one), pq.ParquetFile(other)
    count = files[0].metadata.num_rows
    assert count == files[1].metadata.num_rows, "another number of ties"
    of_weight = of_added = 0.0
    streams = [_columns(file, (*exact, "weight")) for file in files]
    for left, right in zip(*streams, strict=True):
        for name in exact:
            assert left[name] == right[name], f"{name} differs"
        a, b = (np.array(part["weight"], dtype=float) for part in (left, right))
        signed, years = (
            np.array(left["positive"]) + np.array(left["negative"]),
            AS_OF.year - np.array(left["period"]),
        )
        apart = np.abs(a - b)
        of_weight = max(of_weight, np.max(apart / np.maximum(np.abs(a), 1e-300)))
        added = np.maximum(signed, 1) / 2 * 0.5 ** (years * 366 / HALF_LIFE)
        of_added = max(of_added, np.max(apart / added))
    return (
        f"{count:,} ties, the same; weights differ by at most {of_weight:.1e} of their size, "
        f"{of_added:.1e} of what was added up"
    )


def _columns(file: Any, names: tuple[str, ...]) -> Any:
    import pyarrow as pa

    held: list[Any] = []
    size = 500_000
    for batch in file.iter_batches(size, columns=list(names)):
        held.append(batch)
        while sum(part.num_rows for part in held) >= size:
            table = pa.Table.from_batches(held)
            yield table.slice(0, size).to_pydict()
            held = table.slice(size).to_batches()
    table = pa.Table.from_batches(held) if held else None
    if table is not None and table.num_rows:
        yield table.to_pydict()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--memory", type=int, default=1536, help="MiB of DuckDB")
    parser.add_argument("--polars-memory", type=int, default=0, help="MiB of Polars; 0: no bound")
    parser.add_argument("--room", type=int, default=0, help="MiB that a process may address")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    parser.add_argument("--one")
    parser.add_argument("--place", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.one:
        if given.room:
            resource.setrlimit(resource.RLIMIT_AS, (given.room * 2**20,) * 2)
        _one(given.one, given.place, given.out, given.memory)
        return
    place = given.folder / f"archive-{given.rows}"
    if not place.is_dir():
        print(f"generating {given.rows:,} acts", flush=True)
        generate(place, given.rows)
    size = sum(path.stat().st_size for path in place.rglob("*.parquet")) / 1e6
    print(f"{given.rows:,} acts, {size:.0f} MB of Parquet", flush=True)
    names = ["duckdb", "polars", *(["spark"] if given.spark else [])]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        for round in range(given.rounds):
            for name in names:
                if name == "spark" and round:
                    continue
                out = Path(folder) / f"{name}.parquet"
                memory = given.polars_memory if name == "polars" else given.memory
                found = measured(name, place, out, memory, given.room)
                runs[name] += [found] if found else []
        raw = median(one["cpu"] for one in runs["polars"]) if runs["polars"] else None
        for name, took in runs.items():
            if not took:
                continue
            middle = {key: median(one[key] for one in took) for key in took[0]}
            ratio = f"{middle['cpu'] / raw:.2f}x raw Polars" if raw else "no pair"
            print(
                f"{name}: CPU {middle['cpu']:.1f} s ({ratio}), wall "
                f"{middle['wall']:.1f} s, peak {middle['peak']:.0f} MB, on disk for what did not "
                f"fit {middle['spill']:.0f} MB",
                flush=True,
            )
        for name in names:
            if name != "duckdb" and runs[name] and runs["duckdb"]:
                other = Path(folder) / f"{name}.parquet"
                print(f"duckdb and {name}: {same(Path(folder) / 'duckdb.parquet', other)}")


def _one(name: str, place: Path, out: Path, memory: int) -> None:
    if name == "polars":
        polars(place, out, memory)
    else:
        ours(name, place, out, memory)
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    peak = max(own.ru_maxrss, children.ru_maxrss) / 1024
    if name == "spark":
        cpu, peak = _java(cpu, peak)
    print(json.dumps({"cpu": cpu, "peak": peak}))


def _java(cpu: float, peak: float) -> tuple[float, float]:
    """With those of the Java process that still runs."""
    ticks = os.sysconf("SC_CLK_TCK")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) != os.getpid():
                continue
            status = (folder / "status").read_text()
        except OSError:
            continue
        cpu += (int(fields[11]) + int(fields[12])) / ticks
        peak += int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return cpu, peak


if __name__ == "__main__":
    main()
