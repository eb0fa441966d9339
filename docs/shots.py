"""Takes pictures of every page: light and dark, at three widths, into `shots/`.

Owns which pages are looked at. Run by `make shots`, or on a running server by
`docs/shots.py --address http://127.0.0.1:8000 --only actors`.
"""

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTHS = {390: 844, 1440: 900, 1920: 1080}
# One page of each kind, chosen so that it shows all that the kind can show.
PAGES = {
    "explorer": "/",
    "bloc": "/?lens=csto&view=picture",
    "presenting": "/?view=presenting",
    "line": "/?select=arm~aze~stance~-1&view=picture",
    "table": "/?view=table",
    "frame": "/?embed=1",
    "memberships": "/?actor=csto&depth=1&relation=membership&as_of=2022-09-13&view=picture",
    "ego": "/?actor=rus&depth=1&level=state&bundle=sign&as_of=2022-09-22&select=rus&view=picture",
    "actors": "/actors?format=html",
    "posts": "/posts?format=html",
    "actor": "/actors/arm?format=html",
    "offices": "/posts?format=html",
    "office": "/posts/arm-prime-minister?format=html",
    "organisation": "/organisations/csto?format=html&as_of=2022-09-22",
    "treaty": "/treaties/cst?format=html&as_of=2022-09-13",
    "event": "/events/attack-on-armenia-2022-09?format=html",
    "source": "/sources/seed-article?format=html",
    "act": "/stances/arm-appeal-for-help-2022-09-14?format=html",
    "claim": "/claims/claim-azerbaijan-attacked-2022-09-13?format=html",
    "membership": "/memberships/csto-uzb?format=html",
    "compare": "/compare?actor=csto&from=2012-01-01&to=2022-09-22&format=html",
    "stories": "/stories?format=html",
    "story": "/stories/september-2022?format=html&step=4",
    "treaty-story": "/stories/the-collective-security-treaty?format=html&step=2",
    "questions": "/queries?format=html",
    "question": "/queries/members-of?alliance=csto&as_of=2022-09-13&format=html",
    "workbench": "/sparql",
    "docs": "/docs",
}
FLAGS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


def main() -> None:
    """Takes the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="of a running server; without it, one is started")
    parser.add_argument("--only", nargs="*", choices=sorted(PAGES), help="names of pages")
    parser.add_argument("--widths", nargs="*", type=int, default=list(WIDTHS), help="in pixels")
    parser.add_argument("--schemes", nargs="*", default=["light", "dark"], help="of colours")
    parser.add_argument("--out", type=Path, default=Path("shots"), help="folder")
    asked = parser.parse_args()
    asked.out.mkdir(exist_ok=True)
    names = asked.only or list(PAGES)
    with _server(asked.address) as address, sync_playwright() as playwright:
        path = os.environ.get("COMITY_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for scheme in asked.schemes:
            for width in asked.widths:
                size = {"width": width, "height": WIDTHS.get(width, 900)}
                context = browser.new_context(viewport=size, color_scheme=scheme)
                page = context.new_page()
                for name in names:
                    page.goto(address + PAGES[name], timeout=60_000)
                    page.wait_for_timeout(300)
                    file = asked.out / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    print(file)
                context.close()
        browser.close()


@contextlib.contextmanager
def _server(address: str | None) -> Iterator[str]:
    """The server given, or one of its own for as long as the pictures take."""
    if address:
        yield address.rstrip("/")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "comity", "serve", "--port", str(port)]
    with subprocess.Popen(command) as process:  # noqa: S603 - a command of this module
        found = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{found}/ready").close()  # noqa: S310 - own address
                    break
                time.sleep(0.1)
            yield found
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
