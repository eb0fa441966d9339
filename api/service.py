"""What a running server holds: settings, the open graph, who answers and who writes.

One `Service` per version of the graph: a commit makes a new one, and a request keeps the
one it began with. Routers get it by `Depends(service_of)`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from starlette.requests import Request

from comity.api.counts import Counting, Counts
from comity.api.settings import Settings
from comity.errors import ForbiddenError, GraphMissingError, ParameterError
from comity.graph.archives.shelf import Shelf
from comity.graph.engine import EmbeddedEngine, Engine
from comity.graph.following import Follower
from comity.graph.history import known_at, restored
from comity.graph.home import Commit, GraphHome
from comity.graph.jobs import Runner, Scribe
from comity.graph.opening import remote_from
from comity.graph.pool import QueryPool
from comity.graph.resolve import Resolver
from comity.graph.stories.shelf import Stories
from comity.graph.writing import WriterProcess

if TYPE_CHECKING:
    from comity.graph.remote_server import Remote


# Services over the graph of earlier times, by version.
_EARLIER: "dict[str, Service]" = {}
_MOST_EARLIER = 3


class Service:
    """The graph as of one commit, and what serves it.

    Args:
        settings: of the server.
        home: the data directory.
        commit: the commit that is served.
        runner: answers what may run long.
        measurer: workers that measure networks, beside those that answer queries: measures
            need libraries that take a second to load, so their workers are kept.
        scribe: carries out writes; None where writing is off.
        remote: the server that holds the graph; None where it is on this disk.
        past: where the graph of an earlier time lies; None if this is the newest.
        follower: notices what other processes write; None where they cannot.
    """

    def __init__(
        self,
        settings: Settings,
        home: GraphHome,
        commit: Commit,
        runner: Runner,
        measurer: QueryPool,
        scribe: Scribe | None,
        remote: "Remote | None" = None,
        past: Path | None = None,
        follower: Follower | None = None,
    ) -> None:
        self.settings = settings
        self.home = home
        self.commit = commit
        self.runner = runner
        self.measurer = measurer
        self._counting = Counting(runner)
        self._scribe = scribe
        self.remote = remote
        self.past = past
        self._follower = follower

    @classmethod
    def open(cls, settings: Settings, advance: Callable[["Service"], None]) -> "Service":
        """Makes ready to serve the newest snapshot; `start` does the rest.

        Args:
            settings: of the server.
            advance: called with the service of each newer commit.

        Raises:
            InputError: a setting of the other server is missing or wrong.
            GraphMissingError: nothing was built in the data directory yet.
        """
        remote = remote_from(settings.remote())
        if remote is not None:
            return cls._of_another_server(settings, remote)
        home = GraphHome(settings.data)
        commit = home.last_commit()
        if commit is None:
            raise GraphMissingError(
                f"There is no graph in {settings.data} yet; run `comity build` first."
            )
        pool = QueryPool(
            home.snapshot(commit),
            size=settings.workers,
            spares=settings.spare_workers,
            heavy=settings.heavy_workers,
            queue=settings.queue,
            memory=settings.worker_memory * 1024**2,
        )
        measurer = _measurer(settings, home.snapshot(commit))
        scribe: WriterProcess | None = None
        follower: Follower | None = None

        def over(commit: Commit) -> "Service":
            return cls(settings, home, commit, pool, measurer, scribe, follower=follower)

        def committed(newest: Commit) -> None:
            pool.advance(home.snapshot(newest))
            measurer.advance(home.snapshot(newest))
            advance(over(newest))

        if settings.write_token:
            scribe = WriterProcess(
                settings.data, seconds=settings.update_deadline, on_commit=committed
            )
        else:
            # With a writer of its own nobody else can write.
            follower = Follower(home, commit, committed)
        return over(commit)

    @classmethod
    def _of_another_server(cls, settings: Settings, remote: "Remote") -> "Service":
        # Imported here: SPARQLWrapper is not needed for a graph on this disk.
        from comity.graph.remote_runner import RemoteRunner
        from comity.graph.remote_scribe import RemoteScribe

        # Nobody tells when the graph of another server was written.
        when = datetime.now(UTC).isoformat(timespec="seconds")
        commit = Commit(0, "remote", "", "", when, 0, 0)
        scribe = RemoteScribe(remote) if settings.write_token else None
        home = GraphHome(settings.data)
        measurer = _measurer(settings, None)
        return cls(settings, home, commit, RemoteRunner(remote), measurer, scribe, remote)

    def as_known_at(self, moment: datetime) -> "Service":
        """The same service over the graph as it was at a moment; it writes nothing.

        Raises:
            ParameterError: the log begins later, or the graph is on another server, whose log
                is not here.
        """
        if self.remote is not None:
            raise ParameterError(
                "The graph is on another server, which keeps no log of changes; leave known_at out.",
                parameter="known_at",
                got=moment.isoformat(),
                expected="now",
            )
        commit = known_at(self.home, moment)
        if commit == self.commit:
            return self
        if commit.version not in _EARLIER:
            if len(_EARLIER) >= _MOST_EARLIER:
                _EARLIER.clear()
            place = restored(self.home, commit)
            past = Service(
                self.settings, self.home, commit, self.runner, self.measurer, None, past=place
            )
            past.__dict__["engine"] = EmbeddedEngine(place, commit.version)
            _EARLIER[commit.version] = past
        return _EARLIER[commit.version]

    @cached_property
    def stories(self) -> Stories:
        """The stories that ship and those of the data directory.

        Raises:
            DataError: a file of the data directory has faults.
        """
        return Stories(self.settings.data)

    async def start(self) -> None:
        """Starts the workers, and the writer where writing is on.

        Raises:
            GraphLockedError: another process is writing here.
        """
        await self.runner.start()
        if self._scribe is not None:
            await self._scribe.start()
        if self._follower is not None:
            self._follower.start()

    async def close(self) -> None:
        """Ends the workers and the writer."""
        if self._follower is not None:
            await self._follower.close()
        await self.runner.close()
        await self.measurer.close()
        if self._scribe is not None:
            await self._scribe.close()

    @property
    def version(self) -> str:
        """Version of the graph; one of another server is only as fresh as a minute."""
        return self.engine.version if self.remote else self.commit.version

    @property
    def tag(self) -> str:
        """What answers may be kept by; empty where nobody tells when the graph changes."""
        return "" if self.remote else self.commit.version

    @cached_property
    def engine(self) -> Engine:
        """The graph for small trusted questions: in this process, or on the other server."""
        if self.remote is not None:
            from comity.graph.remote import RemoteEngine

            return RemoteEngine(self.remote)
        try:
            return EmbeddedEngine(self.home.snapshot(self.commit), self.commit.version)
        except GraphMissingError:
            # So many commits came while this one was about to be opened that it is gone.
            return self.home.engine()

    async def counts(self) -> Counts:
        """How much there is of what, counted once for each version.

        Raises:
            BusyError: no worker was free.
            DeadlineError: counting took too long.
        """
        return await self._counting.of(self.version)

    @cached_property
    def resolver(self) -> Resolver:
        """Finds actors by name."""
        return Resolver(self.engine)

    @cached_property
    def shelf(self) -> Shelf:
        """The archives of acts beside the graph."""
        return Shelf(self.settings.data, self.settings.archives())

    @property
    def incoming(self) -> Path:
        """Where bodies wait for the writer."""
        return self.home.folder if self.remote is None else Path(gettempdir())

    @property
    def can_write(self) -> bool:
        """Whether writing is on."""
        return self._scribe is not None

    @property
    def scribe(self) -> Scribe:
        """Who carries out writes.

        Raises:
            ForbiddenError: writing is off.
        """
        if self._scribe is None:
            raise ForbiddenError(
                "Writing is off here; the operator turns it on by setting COMITY_WRITE_TOKEN."
            )
        return self._scribe

    def base_url(self, request: Request) -> str:
        """This server's address as the client should write it, without a slash at the end."""
        return (self.settings.base_url or str(request.base_url)).rstrip("/")


def _measurer(settings: Settings, snapshot: Path | None) -> QueryPool:
    """Two measures at once keep their place for some seconds, long ones go on as heavy ones."""
    return QueryPool(
        snapshot,
        size=2,
        spares=0,
        heavy=settings.heavy_workers,
        queue=settings.queue,
        memory=settings.worker_memory * 1024**2,
        heavy_after=3.0,
    )


def service_of(request: Request) -> Service:
    """The service of the application that a request came to."""
    service: Service = request.app.state.service
    return service


def today() -> date:
    """Today in UTC, the default of `as_of`."""
    return datetime.now(UTC).date()
