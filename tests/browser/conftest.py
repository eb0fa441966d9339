"""A Chromium that reaches nothing but this computer, and a page that reports every fault."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from comity.api.routers import workbench
from comity.graph.drawing.page import write_page
from comity.graph.home import GraphHome
from comity.graph.view import DEFAULT_QUERY

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
OWN = ("file://", "data:", "http://127.0.0.1:")
# Scripts have run; the canvas is drawn and the rows are made, where there are any.
READY = "html.js:not(.opening)"
SIZES = {"desk": (1440, 900), "phone": (390, 844), "wall": (1920, 1080)} | {
    "narrowest": (320, 640),
    "zoomed": (720, 450),
}


def chromium() -> str:
    """Path of the browser; skips where there is none, fails where CI should have one."""
    found = os.environ.get("COMITY_CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    message = "There is no chromium here; install Debian's package or set COMITY_CHROMIUM."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@dataclass
class Watched:
    """A page and everything that went wrong on it."""

    page: Any
    faults: list[str] = field(default_factory=list)

    def edges(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("comity.visibleEdges()")
        return found

    def query(self) -> str:
        """The query string of the page, which follows a handle when that rests."""
        self.page.wait_for_timeout(150)
        found: str = self.page.evaluate("location.search")
        return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def watch(browser: Any) -> Iterator[Callable[..., Watched]]:
    """Opens an address; the test fails if anything at all is reported on the page."""
    opened: list[Watched] = []
    contexts = []

    def go(
        address: str,
        *,
        size: str = "desk",
        scheme: str = "light",
        ready: bool = True,
        without: str = "",
        **more: Any,
    ) -> Watched:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **more
        )
        contexts.append(context)
        # A picture that nobody asked for before is laid out first; coverage makes it slow.
        context.set_default_navigation_timeout(120_000)
        watched = Watched(context.new_page())
        faults = watched.faults
        page = watched.page
        page.on("console", lambda one: faults.append(f"console {one.type}: {one.text}"))
        page.on("pageerror", lambda one: faults.append(f"error: {one}"))
        page.on("dialog", lambda one: faults.append(f"dialog: {one.message}"))
        page.on(
            "request",
            lambda one: (
                faults.append(f"request: {one.url}") if not one.url.startswith(OWN) else None
            ),
        )
        page.on(
            "response",
            lambda one: faults.append(f"{one.status}: {one.url}") if one.status >= 400 else None,
        )
        opened.append(watched)
        if without:
            # Asked for and never answered.
            page.route(without, lambda _: None)
        page.goto(address)
        if ready:
            page.wait_for_selector(READY)
            page.wait_for_timeout(80)
        return watched

    yield go
    faults = [fault for one in opened for fault in one.faults]
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def drawn_file(shipped_home: GraphHome, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the view as one file."""
    path: Path = tmp_path_factory.mktemp("view") / "network.html"
    write_page(shipped_home.engine(), DEFAULT_QUERY, path)
    return path.as_uri()


@pytest.fixture(scope="module")
def bundle() -> None:
    """The workbench as `make setup` builds it; without it there is nothing to look at."""
    if workbench.is_built():
        return
    message = "The workbench is not built: it needs Node.js and npm, then `make setup`."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture
def opened(watch: Any, live_server: str) -> Any:
    """The workbench, opened and watched."""
    return watch(f"{live_server}/sparql")
