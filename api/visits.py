"""The pages that a service asks itself for when it starts, so that no reader waits for them.

Owns which pages these are. Lists, places of a picture and the lists of allowed values are
worked out when they are first wanted, and kept until the graph changes.
"""

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
)
_PATIENCE = 120


def begin_visits(address: str) -> None:
    """Visits each page once, beside the work of this process; the start does not wait.

    Args:
        address: of the service, without a slash at the end.
    """
    threading.Thread(target=_visit, args=(address,), name="visits", daemon=True).start()


def _visit(address: str) -> None:
    _ask(f"{address}/health")
    # Whoever waits for the start comes first.
    time.sleep(1)
    for page in PAGES:
        _ask(f"{address}{page}")


def _ask(address: str) -> None:
    request = Request(address, headers={"Accept": "text/html"})  # noqa: S310 its own address
    # A graph of the user's own need not have the event or the story.
    with suppress(OSError), urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        answer.read()
