"""What a running server holds: settings, the open graph, the workers.

One instance per application, made at start. Routers get it by `Depends(service_of)`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from fastapi import Request

from comity.api.settings import Settings
from comity.errors import GraphMissingError
from comity.graph.engine import EmbeddedEngine
from comity.graph.home import Commit, GraphHome
from comity.graph.pool import QueryPool
from comity.graph.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Service:
    """The open graph and what serves it."""

    settings: Settings
    home: GraphHome
    commit: Commit
    engine: EmbeddedEngine
    pool: QueryPool
    resolver: Resolver

    @classmethod
    def open(cls, settings: Settings) -> "Service":
        """Opens the newest snapshot and starts the workers.

        Raises:
            GraphMissingError: nothing was built in the data directory yet.
        """
        home = GraphHome(settings.data)
        commit = home.last_commit()
        if commit is None:
            raise GraphMissingError(
                f"There is no graph in {settings.data} yet; run `comity build` first."
            )
        pool = QueryPool(home.snapshot(commit), size=settings.workers)
        pool.start()
        engine = home.engine()
        return cls(settings, home, commit, engine, pool, Resolver(engine))

    def base_url(self, request: Request) -> str:
        """This server's address as the client should write it, without a slash at the end."""
        return (self.settings.base_url or str(request.base_url)).rstrip("/")


def service_of(request: Request) -> Service:
    """The service of the application that a request came to."""
    service: Service = request.app.state.service
    return service


def today() -> date:
    """Today in UTC, the default of `as_of`."""
    return datetime.now(UTC).date()
