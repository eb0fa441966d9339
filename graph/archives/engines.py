"""Who carries out expressions over archives: DuckDB in this process, or Apache Spark.

    COMITY_ARCHIVE_ENGINE   duckdb (the default) or spark
    COMITY_ARCHIVE_MEMORY   MiB that DuckDB may use before it goes to disk (1536)
    COMITY_SPARK_MASTER     the cluster; local[2] when nothing is set

Spark needs the extra `comity[spark]` and Java. It reads the data directory, so on a cluster
that must lie where all its machines see it.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import EngineError, InputError

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

MEMORY = 1536
_VIEW = "acts"
# Rows that are read at once.
_BATCH = 50_000
_COLUMNS = {
    "act": "string",
    "day": "date",
    "kind": "string",
    "holder": "string",
    "object_type": "string",
    "object": "string",
    "comity_1": "int16",
    "goldstein": "int16",
    "row": "string",
    "rest": "string",
}


class ArchiveEngine(StrEnum):
    """The engines that an archive may be asked on."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def archive_engine(environ: Mapping[str, str]) -> ArchiveEngine:
    """The engine that the operator chose.

    Raises:
        InputError: there is no such engine.
    """
    name = environ.get("COMITY_ARCHIVE_ENGINE") or ArchiveEngine.DUCKDB
    try:
        return ArchiveEngine(name)
    except ValueError:
        raise InputError(f"COMITY_ARCHIVE_ENGINE is '{name}'; set it to duckdb or spark.") from None


def archive_memory(environ: Mapping[str, str]) -> int:
    """MiB that DuckDB may use.

    Raises:
        InputError: it is no number of 64 or more.
    """
    text = environ.get("COMITY_ARCHIVE_MEMORY") or str(MEMORY)
    if not text.isdecimal() or int(text) < 64:
        raise InputError(f"COMITY_ARCHIVE_MEMORY is '{text}'; give MiB, 64 or more.")
    return int(text)


def duckdb_connection(spill: Path, memory: int = MEMORY) -> Any:
    """A DuckDB of its own, which goes to disk where memory ends and calls nobody.

    Args:
        spill: folder in which it may make a folder for that.
        memory: MiB.
    """
    import duckdb

    return duckdb.connect(":memory:", config=_settings(spill, memory))


class Connection:
    """An open engine, asked by expressions over one archive, and over what is put beside it.

    Ibis writes each expression in the engine's own SQL; the engine itself runs it.

    Args:
        engine: which one.
        spill: folder in which DuckDB may make a folder for what does not fit in memory.
        environ: variables by name.

    Raises:
        InputError: a variable is wrong.
        EngineError: Spark is not installed.
    """

    def __init__(self, engine: ArchiveEngine, spill: Path, environ: Mapping[str, str]) -> None:
        self.engine = engine
        if engine is ArchiveEngine.DUCKDB:
            self._engine: Any = duckdb_connection(spill, archive_memory(environ))
        else:
            self._engine = _spark(environ.get("COMITY_SPARK_MASTER"))

    def table(self, folder: Path) -> "Table":
        """The rows of an archive, for expressions."""
        # Imported here: it takes most of a second, and few commands need it.
        import ibis

        if self.engine is ArchiveEngine.DUCKDB:
            files = quoted(f"{folder}/**/*.parquet")
            self._engine.execute(
                f"CREATE OR REPLACE VIEW {_VIEW} AS "
                f"FROM read_parquet({files}, hive_partitioning = true)"
            )
        else:
            self._engine.read.parquet(str(folder)).createOrReplaceTempView(_VIEW)
        return ibis.table({**_COLUMNS, "year": "int32"}, name=_VIEW)

    def beside(self, name: str, rows: "pa.Table") -> "Table":
        """A small table that expressions may join to the archive's rows.

        Args:
            name: for this connection.
            rows: texts, held in memory.
        """
        import ibis

        if self.engine is ArchiveEngine.DUCKDB:
            self._engine.register(name, rows)
        else:
            self._engine.createDataFrame(rows).createOrReplaceTempView(name)
        return ibis.table(dict.fromkeys(rows.column_names, "string"), name=name)

    def arrow(self, table: "Table") -> "pa.Table":
        """The rows that an expression comes to.

        Raises:
            EngineError: the engine failed.
        """
        with self._failing():
            if self.engine is ArchiveEngine.DUCKDB:
                return self._engine.sql(self._sql(table)).to_arrow_table()
            return self._engine.sql(self._sql(table)).toArrow()

    def batches(self, table: "Table") -> "Iterator[pa.RecordBatch]":
        """The same in pieces, so that not all rows are held at once where DuckDB answers.

        Raises:
            EngineError: the engine failed.
        """
        with self._failing():
            if self.engine is ArchiveEngine.DUCKDB:
                yield from self._engine.sql(self._sql(table)).to_arrow_reader(_BATCH)
            else:
                yield from self.arrow(table).to_batches(_BATCH)

    def write(self, table: "Table", path: Path) -> None:
        """Writes the rows to one Parquet file, not holding them all where DuckDB answers.

        Raises:
            EngineError: the engine failed.
        """
        if self.engine is ArchiveEngine.DUCKDB:
            options = "(FORMAT parquet, COMPRESSION zstd)"
            with self._failing():
                self._engine.execute(f"COPY ({self._sql(table)}) TO {quoted(str(path))} {options}")
            return
        # In parts by the machines that have the rows; their names are in the order of the rows.
        beside = path.with_name(f"{path.name}.parts")
        with self._failing():
            self._engine.sql(self._sql(table)).write.mode("overwrite").parquet(str(beside))
        _join(sorted(beside.glob("*.parquet")), path)
        shutil.rmtree(beside)

    def interrupt(self) -> None:
        """Stops what runs, from another thread."""
        if self.engine is ArchiveEngine.DUCKDB:
            self._engine.interrupt()
        else:
            self._engine.sparkContext.cancelAllJobs()

    def close(self) -> None:
        """Lets go of what DuckDB holds; Spark's session stays for the next."""
        if self.engine is ArchiveEngine.DUCKDB:
            self._engine.close()

    def _sql(self, table: "Table") -> str:
        if self.engine is ArchiveEngine.DUCKDB:
            from ibis.backends.sql.compilers import DuckDBCompiler as Compiler
        else:
            # Registers the options that its compiler reads.
            import ibis.backends.pyspark
            from ibis.backends.sql.compilers import PySparkCompiler as Compiler

            ibis.backends.pyspark.Backend().register_options()
        return str(Compiler().to_sqlglot(table).sql(dialect=Compiler.dialect))

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            line = str(error).strip().partition("\n")[0]
            raise EngineError(f"{self.engine} could not answer: {line}") from error


def _settings(spill: Path, memory: int) -> dict[str, Any]:
    return {
        "memory_limit": f"{memory}MiB",
        "temp_directory": str(spill / ".spill"),
        # Nothing is fetched, nothing is loaded from elsewhere.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }


def _spark(master: str | None) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(
            "Spark is not installed here; install comity[spark] and Java, or unset "
            "COMITY_ARCHIVE_ENGINE."
        ) from None
    return (
        SparkSession.builder.master(master or "local[2]")
        .appName("comity")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )


def _join(parts: Sequence[Path], path: Path) -> None:
    """Makes one Parquet file of several, piece by piece."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, pq.read_schema(parts[0]), compression="zstd") as file:
        for part in parts:
            for batch in pq.ParquetFile(part).iter_batches(_BATCH):
                file.write_batch(batch)


def quoted(text: str) -> str:
    """A text as DuckDB reads it in SQL, such as a path, which cannot be a parameter there."""
    return "'" + text.replace("'", "''") + "'"
