"""The way to commits that other processes make, for a reader that stays open.

Owns noticing them: an import or a build beside a running server. A commit is told of once what
follows it is worked out (`preparing`), so that no reader does that work beside the writer.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from comity.graph.home import Commit, GraphHome
from comity.graph.preparing import is_ready


class Follower:
    """Looks for a newer commit of a data directory from time to time.

    Args:
        home: the data directory.
        known: the commit that its reader has.
        on_commit: called with each newer one, in the event loop.
        every: seconds between two looks.
        patience: seconds after which a commit is told of that nobody makes ready.
    """

    def __init__(
        self,
        home: GraphHome,
        known: Commit,
        on_commit: Callable[[Commit], None],
        *,
        every: float = 1.0,
        patience: float = 60.0,
    ) -> None:
        self._home = home
        self._known = known
        self._on_commit = on_commit
        self._every = every
        self._patience = patience
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to look, in the running event loop."""
        self._task = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Ends; a failure of a look comes out here."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self) -> None:
        seen, since = self._known.version, monotonic()
        while True:
            await asyncio.sleep(self._every)
            # None while `comity build` puts another graph in the place of this one.
            newest = await asyncio.to_thread(self._home.last_commit)
            if newest is None or newest.version == self._known.version:
                continue
            if newest.version != seen:
                seen, since = newest.version, monotonic()
            if is_ready(self._home, newest) or monotonic() - since > self._patience:
                self._known = newest
                self._on_commit(newest)
