"""How long the pages of a graph take at the first and at the second call.

    python -m benchmarks.pages --data DIR [--limit 1.0] [ADDRESS ...]

The service is started and left alone until it has nothing to do; then each address is asked
for as a browser asks, one after the other, and once again. Without addresses those are the pages
of things and lists, views and searches that have most to say, and a page of each import.
"""

import argparse
import time
from pathlib import Path

import httpx
from tests.browser.addresses import THINGS

from benchmarks.service import comity
from comity.api.visits import ACCEPT, PAGES
from comity.graph.home import GraphHome
from comity.graph.importing import loaded

# Those that have most to say, and the ways to look that ask most.
_HEAVY = (
    "/actors/rus",
    "/actors/usa",
    "/actors/arm",
    "/actors?q=armenia",
    "/organisations/nato",
    "/organisations/un",
    "/posts",
    "/disagreements?about=nato",
    "/?actor=rus&relation=membership",
    "/?actor=un&relation=membership",
    "/?actor=arm",
    "/?level=state",
    "/?event=attack-on-armenia-2022-09&relation=membership",
    "/?relation=membership&as_of=2022-09-13",
    "/?since=2022-09-01&until=2022-09-30",
    "/?since=2012-01-01&until=2012-12-31",
    "/compare?actor=usa&from=1950-01-01&to=2014-01-01",
    "/events?q=dispute",
    "/sparql",
    "/queries",
    # Lists that have no page, and what does not exist.
    "/stances",
    "/stances?q=attack&holder=arm",
    "/stances?source=unga-votes-2020-7eb7034",
    "/actors/usa/stances?direction=both",
    "/network?relation=membership&as_of=2022-09-13&nodes=200",
    "/resolve?name=Ilhma%20Aliyev",
    "/stances/nothing-like-this",
    "/memberships/nothing-like-this",
)


def main() -> None:
    """Prints one line for each address, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=float, default=1.0, help="flag what is slower, in seconds")
    parser.add_argument("addresses", nargs="*")
    given = parser.parse_args()
    pages = [page for page in PAGES if not page.endswith(".json")]
    imported = [f"/sources/{one.source}" for one in loaded(GraphHome(given.data).engine())]
    addresses = given.addresses or list(dict.fromkeys([*pages, *THINGS, *_HEAVY, *imported]))
    found = []
    with comity(given.data) as server:
        web = httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}", headers={"Accept": ACCEPT}, timeout=120
        )
        for address in addresses:
            took = []
            for _ in range(2):
                begun = time.perf_counter()
                answer = web.get(address, follow_redirects=True)
                took.append(time.perf_counter() - begun)
            found.append((max(took), took, answer.status_code, len(answer.content), address))
    for slowest, (first, second), status, size, address in sorted(found, reverse=True):
        flag = "  SLOW" if slowest > given.limit else ""
        print(f"{first:6.2f} s {second:6.2f} s  {status} {size:9,} bytes  {address}{flag}")
    print(f"{len(found)} pages, over {given.limit} s: {sum(one[0] > given.limit for one in found)}")


if __name__ == "__main__":
    main()
