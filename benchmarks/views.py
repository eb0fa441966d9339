"""The explorer beside a stock page of pyvis, in one run, in Chromium without a GPU.

python -m benchmarks.views [--data DIR] [--nodes 100 300] [--drag 1500]

DIR is a graph of `benchmarks.scale`, made where there is none. Both pages show the same
actors, lines, labels and arrows. A page is usable when its picture stands still: the stock page
when its physics has ended; ours after the frame that paints the whole picture of the server, or
where its place is another one later, when vis-network has drawn it. Beside it stands how long it
takes until a click on an actor has opened its card. Times are from the navigation.
"""

import argparse
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.scale import commit_scaled
from comity.graph.drawing.files import picture_file
from comity.graph.drawing.layout import end_key
from comity.graph.drawing.page import scene_of
from comity.graph.drawing.scene import Scene
from comity.graph.engine import Engine
from comity.graph.home import GraphHome
from comity.graph.network import Bundle, Level, NetworkQuery, Relation
from comity.graph.projection import project
from comity.graph.view import DEFAULT_QUERY

DATA = Path("data/bench/views")
TRIPLES = 400_000
GIVEN_UP = 150_000
# Invented acts lie before this day.
LAST = date(2022, 12, 31)
WINDOWS = (10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# The stock page assigns its network to a variable of the window: the end of its physics.
_HOOK = """
Object.defineProperty(window, 'network', {
  configurable: true,
  get() { return this.__network; },
  set(value) {
    this.__network = value;
    value.once('stabilizationIterationsDone', () => { window.usable = performance.now(); });
  },
});
"""
# The picture is parsed before the stage: a frame that begins after it paints all of it.
_WATCHING = """
const seen = () => {
  const paper = document.getElementById('paper');
  if (!document.getElementById('stage')) return requestAnimationFrame(seen);
  return requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => {
      window.stands = performance.now();
      window.place = JSON.stringify(paper.getBoundingClientRect());
    };
    after.port2.postMessage(0);
  });
};
requestAnimationFrame(seen);
// A click on an actor in every frame, until its card is open.
const click = () => {
  if (window.answered) return;
  requestAnimationFrame(click);
  if (!document.getElementById('stage') || !window.aimed) return;
  const [clientX, clientY] = window.aimed();
  document.elementFromPoint(clientX, clientY)
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX, clientY }));
};
requestAnimationFrame(click);
new MutationObserver((_, observer) => {
  if (!document.querySelector('#opened .opened-head')) return;
  window.answered = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
_USABLE = """() => {
  const drawn = performance.getEntriesByName('comity-drawn')[0]?.startTime;
  const place = JSON.stringify(document.getElementById('stage').getBoundingClientRect());
  return drawn && (place === window.place ? window.stands : drawn);
}"""
# Where a point of the picture is in the window.
_AIMED = """window.aimed = () => {{
  const [x, y, width, height] = {};
  const stage = document.getElementById('stage').getBoundingClientRect();
  const scale = Math.min(stage.width / width, stage.height / height);
  return [stage.x + stage.width / 2 + (x - width / 2) * scale,
          stage.y + stage.height / 2 + (y - height / 2) * scale];
}};"""
# The script of a move is that of the event and that of the frame which draws it: all between the
# first and the last of that frame's callbacks.
_SLIDER = """async () => {
  const handle = document.getElementById('until');
  const times = [];
  for (const value of [9, 8, 7, 6, 5, 6, 7, 8, 9, 10]) {
    let frame = 0;
    requestAnimationFrame(() => { frame = performance.now(); });
    handle.value = value;
    const begun = performance.now();
    handle.dispatchEvent(new Event('input', { bubbles: true }));
    const moved = performance.now() - begun;
    await new Promise(requestAnimationFrame);
    times.push(moved + performance.now() - frame);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return times.sort((a, b) => a - b);
}"""
_VIEWPORT = {"width": 1440, "height": 900}
_DRAWN = "() => performance.getEntriesByName('comity-drawn').length"
# Drawn, and the rows of the table made.
_SETTLED = "() => !document.documentElement.matches('.opening')"
_COUNTING = """() => {
  window.frames_seen = 0; window.redraws = 0;
  const count = () => { window.frames_seen += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
  const drawn = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...given) {
    window.redraws += 1;
    return drawn.apply(this, given);
  };
}"""


def view_of(engine: Engine, nodes: int) -> NetworkQuery:
    """A view of so many actors over the shortest time that has them, so that lines are few."""
    level = Level.STATE if nodes <= 200 else Level.RECORDED
    query = NetworkQuery(level=level, bundle=Bundle.SIGN, until=LAST, as_of=LAST, nodes=nodes)
    for days in WINDOWS:
        found = replace(query, since=LAST - timedelta(days=days))
        if len(project(engine, found).nodes) >= nodes:
            return found
    return query


def many_actors(nodes: int) -> NetworkQuery:
    """So many actors, those with most lines: acts of 28 years, and offices of any day."""
    return NetworkQuery(
        level=Level.RECORDED,
        bundle=Bundle.SIGN,
        relations=(Relation.STANCE, Relation.TENURE),
        since=LAST - timedelta(days=WINDOWS[-1]),
        until=LAST,
        nodes=nodes,
    )


def stock_page(engine: Engine, query: NetworkQuery, path: Path) -> None:
    """The same actors and lines by pyvis as it comes, with its default physics."""
    from pyvis.network import Network

    scene = scene_of(engine, query)
    page = Network(directed=True, cdn_resources="in_line", height="800px")
    for end, thing in scene.network.nodes.items():
        page.add_node(end_key(end), label=thing.label)
    for tie in scene.wide.ties:
        page.add_edge(end_key(tie.tie.subject), end_key(tie.tie.object), label=tie.label)
    path.write_text(page.generate_html(), encoding="utf-8")


def usable_after(browser: Any, path: Path) -> float:
    """Milliseconds until our page stands still."""
    return float(_watched(browser, path, _USABLE))


def answers_after(browser: Any, path: Path, scene: Scene) -> float:
    """Milliseconds until a click on an actor has opened its card."""
    canvas = scene.wide.canvas
    tied = {one.tie.subject for one in scene.wide.ties}
    spot = next(one.at for one in scene.wide.nodes if one.name and one.end in tied)
    aimed = _AIMED.format([spot.x, spot.y, canvas.width, canvas.height])
    return float(_watched(browser, path, "window.answered", aimed))


def _watched(browser: Any, path: Path, wanted: str, script: str = "") -> float:
    page = browser.new_page(viewport=_VIEWPORT)
    page.add_init_script(_WATCHING + script)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(_DRAWN)
    found = float(page.evaluate(wanted))
    page.close()
    return found


def stock_usable_after(browser: Any, path: Path) -> float:
    """Milliseconds until a stock page stands still; `GIVEN_UP` where it took longer."""
    page = browser.new_page(viewport=_VIEWPORT)
    page.add_init_script(_HOOK)
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_function("() => window.usable", timeout=GIVEN_UP)
        return float(page.evaluate("window.usable"))
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        return float(GIVEN_UP)
    finally:
        page.close()


def slider_times(browser: Any, path: Path) -> list[float]:
    """Milliseconds of script for each of ten moves of the slider, sorted."""
    page = browser.new_page(viewport=_VIEWPORT)
    page.goto(path.as_uri())
    page.wait_for_function(_SETTLED)
    found: list[float] = page.evaluate(_SLIDER)
    page.close()
    return found


def drag_rates(browser: Any, path: Path, seconds: float = 4.0) -> tuple[float, float]:
    """Animation frames and redraws a second while the picture is dragged with a mouse."""
    page = browser.new_page(viewport=_VIEWPORT)
    page.goto(path.as_uri())
    page.wait_for_function(_SETTLED, timeout=0)
    page.mouse.move(300, 300)
    page.mouse.down()
    page.evaluate(_COUNTING)
    begun = time.monotonic()
    step = 0
    while time.monotonic() - begun < seconds:
        step += 1
        page.mouse.move(300 + step % 200, 300 + step % 150)
    took = time.monotonic() - begun
    counts: Mapping[str, float] = page.evaluate("({ frames: frames_seen, redraws })")
    page.mouse.up()
    page.close()
    return counts["frames"] / took, counts["redraws"] / took


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--nodes", nargs="*", type=int, default=[100, 300])
    parser.add_argument("--drag", type=int, default=1500)
    asked = parser.parse_args()
    home = GraphHome(asked.data)
    if home.last_commit() is None:
        commit_scaled(home, TRIPLES)
    engine = home.engine()
    path = os.environ.get("COMITY_CHROMIUM") or shutil.which("chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for nodes in asked.nodes:
            query = view_of(engine, nodes)
            begun = time.process_time()
            scene = scene_of(engine, query)
            laid_out = time.process_time() - begun
            ours, stock = Path(folder) / f"ours-{nodes}.html", Path(folder) / f"stock-{nodes}.html"
            ours.write_bytes(picture_file(engine, query, "html"))
            stock_page(engine, query, stock)
            usable = usable_after(browser, ours)
            answers = answers_after(browser, ours, scene)
            other = stock_usable_after(browser, stock)
            at_least = "at least " if other == GIVEN_UP else ""
            print(
                f"{len(scene.network.nodes)} actors, {len(scene.wide.ties)} lines: "
                f"ours {usable:,.0f} ms, a click answered after {answers:,.0f} ms, "
                f"stock pyvis {other:,.0f} ms, {at_least}{other / usable:.0f}x and "
                f"{other / answers:.0f}x; read and laid out in {laid_out:.1f} s of CPU",
                flush=True,
            )
        default = Path(folder) / "default.html"
        default.write_bytes(picture_file(engine, DEFAULT_QUERY, "html"))
        times = slider_times(browser, default)
        print(f"slider, view of September 2022: median {times[5]:.1f} ms, worst {times[-1]:.1f} ms")
        query = many_actors(asked.drag)
        large = Path(folder) / "large.html"
        large.write_bytes(picture_file(engine, query, "html"))
        scene = scene_of(engine, query)
        frames, redraws = drag_rates(browser, large)
        print(
            f"drag, {len(scene.network.nodes)} actors, {len(scene.wide.ties)} lines: "
            f"{frames:.0f} frames and {redraws:.0f} redraws a second"
        )
        browser.close()


if __name__ == "__main__":
    main()
