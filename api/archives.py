"""Archives over HTTP: one engine for each request, stopped at the deadline.

DuckDB can be interrupted, which the graph's engine cannot, so no process need be killed: a
request that runs too long is stopped where it runs, and two at most run at once, each in
the memory that `COMITY_ARCHIVE_MEMORY` sets.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Event, Timer

from comity.api.service import Service
from comity.errors import BusyError, DeadlineError, EngineError
from comity.graph.archives.engines import Connection
from comity.graph.archives.shelf import Archive, named

# Memory is the process's, so the bound is too.
_TURNS = BoundedSemaphore(2)


@contextmanager
def opened(service: Service, source: str) -> Iterator[tuple[Connection, Archive, Path]]:
    """The engine, an archive and its folder; what runs inside is stopped at the deadline.

    Raises:
        NotFoundError: there is no such archive.
        BusyError: two others run and do not end.
        DeadlineError: it took too long.
    """
    archive = named(service.engine, source)
    place = service.shelf.place(archive)
    seconds = service.settings.query_deadline
    if not _TURNS.acquire(timeout=seconds):
        raise BusyError("Two archives are being asked already; try again.")
    late = Event()
    try:
        connection = service.shelf.connection()

        def stop() -> None:
            late.set()
            connection.interrupt()

        timer = Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield connection, archive, place
        except EngineError as error:
            if late.is_set():
                raise DeadlineError(
                    f"The archive had no answer within {seconds:g} s; ask for fewer days or actors."
                ) from error
            raise
        finally:
            timer.cancel()
            connection.close()
    finally:
        _TURNS.release()
