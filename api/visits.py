"""The pages that a service asks itself for, so that no reader waits for them.

Owns which pages these are. Lists, places of a picture and the lists of allowed values are
worked out when they are first wanted, and kept until the graph changes.
"""

import gc
import threading
import time
from contextlib import suppress
from urllib.request import Request, urlopen

# In the order in which readers come to them.
PAGES = (
    "/openapi.json",
    "/",
    "/events/attack-on-armenia-2022-09",
    "/actors",
    "/organisations",
    "/organisations/csto",
    "/treaties",
    "/events",
    "/sources",
    "/stories",
    "/stories/september-2022",
    "/disagreements",
    # All memberships, tenures and obligations are read for it once, for other pictures too.
    "/?relation=membership&relation=obligation&relation=tenure&as_of=2022-09-13",
    # All names are taken apart, for every name to come.
    "/resolve?name=Armenia",
)
# As a browser asks: a list that has no page is worked out all the same.
ACCEPT = "text/html, */*;q=0.5"
_PATIENCE = 120
# Seconds without a commit after which the pages are asked for again.
_QUIET = 5.0


class Visits:
    """Asks for each page once after a start, and again when the graph has changed and rests.

    Args:
        address: of the service, without a slash at the end.
        quiet: seconds without a commit before the pages are asked for again.
    """

    def __init__(self, address: str, quiet: float = _QUIET) -> None:
        self._address = address
        self._quiet = quiet
        self._lock = threading.Lock()
        self._due = 0.0
        self._is_busy = False

    def begin(self) -> None:
        """Visits each page, beside the work of this process; the start does not wait."""
        # Whoever waits for the start comes first.
        self._later(1.0)

    def again(self) -> None:
        """The same when no other commit follows for a while; what is under way ends."""
        self._later(self._quiet)

    def _later(self, seconds: float) -> None:
        with self._lock:
            self._due = time.monotonic() + seconds
            if self._is_busy:
                return
            self._is_busy = True
        threading.Thread(target=self._visit, name="visits", daemon=True).start()

    def _visit(self) -> None:
        _ask(f"{self._address}/health")
        while True:
            due = self._due
            time.sleep(max(0.0, due - time.monotonic()))
            for page in PAGES:
                # A commit makes all of it anew.
                if due != self._due:
                    break
                _ask(f"{self._address}{page}")
            _settle()
            with self._lock:
                if due == self._due:
                    self._is_busy = False
                    return


def _settle() -> None:
    """Lets the search for unused objects pass over those that the pages have left.

    They stay until the graph changes, and with hundreds of thousands of them the search took a
    quarter of the time of a page.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _ask(address: str) -> None:
    request = Request(address, headers={"Accept": ACCEPT})  # noqa: S310 its own address
    # A graph of the user's own need not have the event or the story.
    with suppress(OSError), urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        answer.read()
