"""The drawing without a browser: places, payload, page text, print picture."""

import base64
import gzip
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from comity.graph.drawing import layout as layout_module
from comity.graph.drawing import page as page_module
from comity.graph.drawing import scene as scene_module
from comity.graph.drawing.assets import STATIC_FOLDER, script, style_sheet, vis_file, vis_script
from comity.graph.drawing.geometry import Box, Curve, Point, along
from comity.graph.drawing.layout import Layout, tie_key
from comity.graph.drawing.page import render_page, render_svg, write_page
from comity.graph.drawing.payload import payload, query_values
from comity.graph.drawing.scene import Scene, load_scene
from comity.graph.drawing.svg import Theme
from comity.graph.drawing.wording import stance_label
from comity.graph.engine import EmbeddedEngine
from comity.graph.network import Bundle, End, NetworkQuery, Relation
from comity.graph.projection import latest, outline, project
from comity.graph.view import DEFAULT_QUERY, OPENING_ACT
from comity.graph.weighing import among
from comity.ontology.namespaces import Thing

THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.fixture(scope="module")
def scene(shipped_engine: EmbeddedEngine) -> Scene:
    return load_scene(shipped_engine, DEFAULT_QUERY)


@pytest.fixture(scope="module")
def page(shipped_engine: EmbeddedEngine) -> str:
    return render_page(shipped_engine, DEFAULT_QUERY, served=False, nonce="n0nce")


@pytest.fixture(params=["wide", "large", "narrow"])
def places(request: pytest.FixtureRequest, scene: Scene) -> Layout:
    found: Layout = getattr(scene.layouts, request.param)
    return found


def boxes(layout: Layout) -> dict[str, Box]:
    marks = {f"mark {node.end.id}": node.mark for node in layout.nodes}
    names = {f"name {node.end.id}": node.name for node in layout.nodes if node.name}
    labels = {f"line {tie.key}": tie.box for tie in layout.ties if tie.box}
    return marks | names | labels


def test_no_label_lies_over_a_node_or_another_label(places: Layout) -> None:
    assert [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(places).items(), 2)
        if a.overlaps(b)
    ] == []


def test_everything_lies_on_the_canvas(places: Layout) -> None:
    canvas = places.canvas
    outside = [
        name
        for name, box in boxes(places).items()
        if not box.is_inside(canvas.width, canvas.height)
    ]
    assert outside == []


def test_nearly_every_line_is_labelled_on_the_wide_canvas(scene: Scene) -> None:
    without = [tie.key for tie in scene.wide.ties if tie.label and not tie.box]
    # Letters of twelve pixels and more have their price.
    assert len(without) <= 4


def test_the_canvas_is_filled(places: Layout) -> None:
    canvas = places.canvas
    xs = [node.at.x / canvas.width for node in places.nodes]
    ys = [node.at.y / canvas.height for node in places.nodes]
    assert min(xs) < 0.15
    assert max(xs) > 0.85
    assert min(ys) < 0.1
    assert max(ys) > 0.9
    assert 0.35 < sum(xs) / len(xs) < 0.6


def test_the_parties_face_each_other_across_the_event(places: Layout) -> None:
    at = {node.end.id: node.at for node in places.nodes}
    event = at[str(DEFAULT_QUERY.event)]
    assert at["arm"].x < event.x < at["aze"].x
    assert at["arm"].y == event.y == at["aze"].y


def test_others_stand_by_their_recorded_sign(places: Layout) -> None:
    lanes = {node.end.id: node.lane.value for node in places.nodes}
    assert {lanes[one] for one in ("irn", "fra", "grc")} == {"with-first"}
    assert {lanes[one] for one in ("tur", "ots")} == {"with-second"}
    assert {lanes[one] for one in ("un", "eu", "osce", "chn")} == {"neutral"}
    # No signed act, but bound by treaty to the first party.
    assert lanes["kaz"] == "with-first"


def test_actors_without_an_act_are_hollow_in_a_row(places: Layout) -> None:
    hollow = [node for node in places.nodes if node.lane.value == "hollow"]
    assert {node.end.id for node in hollow} == {"blr", "kgz", "tjk"}
    assert len({node.at.y for node in hollow}) == 1


def test_the_layout_is_the_same_every_time(shipped_engine: EmbeddedEngine, scene: Scene) -> None:
    layout_module._cache.clear()
    again = load_scene(shipped_engine, DEFAULT_QUERY)
    assert again.wide == scene.wide
    assert again.layouts.narrow == scene.layouts.narrow


def test_parallel_lines_do_not_lie_on_each_other(scene: Scene) -> None:
    middles: dict[frozenset[object], list[Point]] = {}
    for tie in scene.wide.ties:
        pair = frozenset((tie.tie.subject, tie.tie.object))
        middles.setdefault(pair, []).append(tie.curve.at(0.5))
    for points in middles.values():
        for one, other in combinations(points, 2):
            assert abs(one.x - other.x) + abs(one.y - other.y) > 3


def test_a_curve_bends_like_vis_network() -> None:
    # Values computed by vis-network's own formula for curvedCW, roundness 0.2.
    via = Curve(Point(0, 0), Point(100, 0), 0.2).via
    assert (round(via.x, 2), round(via.y, 2)) == (57.06, -18.54)
    mirrored = Curve(Point(0, 0), Point(100, 0), -0.2).via
    assert (round(mirrored.x, 2), round(mirrored.y, 2)) == (57.06, 18.54)


def test_points_of_many_curves_are_those_of_each() -> None:
    curves = [Curve(Point(1, 2), Point(90, -40), bend) for bend in (0.0, 0.3, -0.17)]
    x, y = along(curves, [0.0, 0.25, 1.0])
    for row, curve in enumerate(curves):
        for column, t in enumerate((0.0, 0.25, 1.0)):
            at = curve.at(t)
            assert (x[row, column], y[row, column]) == pytest.approx((at.x, at.y))


def test_of_more_acts_than_a_picture_holds_it_has_the_latest(
    shipped_engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = NetworkQuery(since=date(2022, 9, 12), until=date(2022, 9, 22), bundle=Bundle.SIGN)
    whole = load_scene(shipped_engine, asked)
    assert whole.left_out == ""
    monkeypatch.setattr(scene_module, "ACTS_SHOWN", 20)
    scene = load_scene(shipped_engine, asked)
    assert scene.asked.since
    assert 0 < len(scene.cards) <= 20 < len(whole.cards)
    assert f"acts those since {scene.asked.since.day} Sep 2022 are shown" in scene.left_out
    # What the address of the page then gives, which are the latest of all.
    ids = {card.id for card in scene.cards}
    assert ids == {act.id for act in project(shipped_engine, scene.asked).acts}
    others = [act for act in project(shipped_engine, asked).acts if act.id not in ids]
    assert all(act.latest < scene.asked.since for act in others)


def test_the_latest_acts_begin_within_the_window(shipped_engine: EmbeddedEngine) -> None:
    # Some acts are of 13 or 14 September: they are in the window, and may be later than it.
    asked = NetworkQuery(until=date(2022, 9, 13))
    acts = project(shipped_engine, asked).acts
    assert any(act.latest > date(2022, 9, 13) for act in acts)
    cut, total = latest(shipped_engine, asked, 1)
    assert (cut.since, total) == (date(2022, 9, 13), len(acts))
    assert latest(shipped_engine, asked, total) == (asked, total)


def test_a_network_without_parties_stands_in_rings(shipped_engine: EmbeddedEngine) -> None:
    query = NetworkQuery(
        actors=("csto",), relations=(Relation.MEMBERSHIP,), as_of=date(2022, 9, 13)
    )
    scene = load_scene(shipped_engine, query)
    assert len(scene.wide.nodes) > 5
    marks = [node.mark for node in scene.wide.nodes]
    assert not [1 for one, other in combinations(marks, 2) if one.overlaps(other)]


def test_an_empty_network_is_a_page(shipped_engine: EmbeddedEngine) -> None:
    query = NetworkQuery(since=date(1801, 1, 1), until=date(1801, 1, 2))
    html = render_page(shipped_engine, query, served=True, nonce="n")
    assert "<main>" in html


def test_labels_say_verb_and_number() -> None:
    assert stance_label((("accuse", 8), ("condemn", 1)), 9) == "accuses ×8 +1"
    assert stance_label((("urge-restraint", 2),), 2) == "urges restraint ×2"


def test_the_payload_holds_every_act_and_obligation(
    shipped_engine: EmbeddedEngine, scene: Scene
) -> None:
    network = project(shipped_engine, DEFAULT_QUERY)
    values = payload(scene, served=False)
    assert [act["id"] for act in values["acts"]] == [act.id for act in network.acts]
    assert {one["id"] for one in values["pledges"]} == set(network.statements)
    assert {one["key"] for one in values["ties"]} == {tie_key(tie) for tie in network.ties}
    assert OPENING_ACT in {act["id"] for act in values["acts"]}
    assert len(values["singles"]) == sum(tie.count for tie in network.ties)


def test_only_words_are_words(scene: Scene) -> None:
    for card in scene.cards:
        for quote in card.quotes:
            assert [bool(quote.words), bool(quote.passage), bool(quote.summary)].count(True) == 1
            assert quote.document is not None


def test_silence_names_the_documents(scene: Scene) -> None:
    values = payload(scene, served=False)
    belarus = next(node for node in values["nodes"] if node["id"] == "blr")
    assert re.fullmatch(
        r"no recorded act in these sources \(\d+ documents cover this actor\)", belarus["silence"]
    )


def test_figures_disagree_and_are_kept_apart(scene: Scene) -> None:
    armenian = {one.number for one in scene.figures if one.side == "Armenia"}
    assert len(armenian) > 2
    assert all(one.number and one.date for one in scene.figures)


def test_a_narrowed_query_loads_the_whole_window(shipped_engine: EmbeddedEngine) -> None:
    narrowed = replace(
        DEFAULT_QUERY,
        kinds=("accuse",),
        relations=(Relation.STANCE,),
        since=date(2022, 9, 14),
        until=date(2022, 9, 15),
    )
    scene = load_scene(shipped_engine, narrowed)
    assert scene.loaded == DEFAULT_QUERY
    assert query_values(scene.asked)["kind"] == ["accuse"]


def test_other_bundles_have_keys_of_their_own(shipped_engine: EmbeddedEngine) -> None:
    for bundle in (Bundle.KIND, Bundle.NONE):
        scene = load_scene(shipped_engine, replace(DEFAULT_QUERY, bundle=bundle))
        keys = [tie.key for tie in scene.wide.ties]
        assert len(keys) == len(set(keys))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "action", "srcset", "poster", "data"):
                self.loads.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(name)
            elif name == "style":
                self.styles += 1


def test_the_file_asks_for_nothing(page: str) -> None:
    found = _Page()
    found.feed(page)
    assert found.loads == ["data:,"]
    assert all(link.startswith(("https://", "http://", "#")) for link in found.links)
    assert "@import" not in page
    assert "sourceMappingURL" not in page
    assert "url(" not in style_sheet()
    assert len(found.ids) == len(set(found.ids))
    assert found.handlers == []
    assert found.styles == 0
    assert "default-src 'none'; script-src 'nonce-n0nce'" in page


def test_the_file_is_small_enough_to_send(page: str) -> None:
    assert len(page.encode()) < 600_000


def test_every_written_file_has_its_own_nonce(
    shipped_engine: EmbeddedEngine, tmp_path: Path
) -> None:
    texts = []
    for name in ("one.html", "two.html"):
        write_page(shipped_engine, DEFAULT_QUERY, tmp_path / name)
        texts.append((tmp_path / name).read_text(encoding="utf-8"))
    nonces = [re.findall(r"script-src 'nonce-([\w-]+)'", text) for text in texts]
    assert nonces[0] != nonces[1]


def test_the_served_page_refers_to_own_files_only(shipped_engine: EmbeddedEngine) -> None:
    html = render_page(shipped_engine, DEFAULT_QUERY, served=True, nonce="n", base="/base")
    found = _Page()
    found.feed(html)
    assert all(address.startswith("/base/static/") for address in found.loads)
    assert len(html) < 700_000


def test_the_twin_has_a_row_for_every_act_and_obligation(page: str, scene: Scene) -> None:
    assert len(re.findall(r'<tr id="act-', page)) == len(scene.cards)
    assert len(re.findall(r'<tr id="pledge-', page)) == len(scene.pledges)


def packed_text(page: str, name: str) -> str:
    """What a file keeps compressed under a name."""
    packed = page.partition(f'id="packed-{name}">')[2].partition("</script>")[0]
    return gzip.decompress(base64.b64decode(packed)).decode()


def test_the_payload_cannot_end_its_element(page: str) -> None:
    text = packed_text(page, "payload")
    assert "<" not in text
    assert json.loads(text)["vis"]["nodes"]


def test_pyvis_keeps_parallel_lines(scene: Scene) -> None:
    network = page_module._network_class()(payload(scene, served=False))
    assert len(network.edges) == len(scene.network.ties)


def test_joined_modules_name_nothing_twice() -> None:
    names: list[str] = []
    for path in sorted(STATIC_FOLDER.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        names += re.findall(
            r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", text, re.MULTILINE
        )
        assert f"// {path.name}" not in text
        assert len(text.splitlines()) < 300
    assert sorted(names) == sorted(set(names))
    assert not re.search(r"^(import|export) ", script(), re.MULTILINE)
    assert "</script" not in script() + vis_script()
    assert vis_file().is_file()


def test_scripts_never_read_html() -> None:
    for path in STATIC_FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        # Rows that wait are the server's own, which escaped their texts.
        text = text.replace("text.insertAdjacentHTML('beforebegin', head)", "")
        text = text.replace("body.insertAdjacentHTML('beforeend', next.join(''))", "")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_the_print_picture_is_well_formed(shipped_engine: EmbeddedEngine, scene: Scene) -> None:
    root = Xml.fromstring(render_svg(shipped_engine, DEFAULT_QUERY))
    names = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert {"title", "path", "circle", "text"} <= names
    texts = {node.text for node in root.iter() if node.tag.endswith("text")}
    assert {"Armenia", "Azerbaijan", "Border fighting"} <= texts
    paths = [node for node in root.iter() if node.get("stroke-width") and node.tag.endswith("path")]
    assert len(paths) >= len(scene.wide.ties)


def test_picture_on_dark_ground_has_the_dark_colours_of_the_pages(
    shipped_engine: EmbeddedEngine,
) -> None:
    light, dark = (render_svg(shipped_engine, DEFAULT_QUERY, theme=one) for one in THEMES)
    # The ground, the text and a line of support, as look.css has them.
    for colour in ("#11161d", "#e9eef5", "#4fcfa4"):
        assert colour in dark
        assert colour not in light
    assert "#ffffff" not in dark
    colours = re.compile(r"#[0-9a-f]{6}")
    assert colours.sub("", light) == colours.sub("", dark)


def test_the_line_of_a_pair_is_called_alike_whatever_its_sign(scene: Scene) -> None:
    tie = scene.network.ties[0]
    for bundle, alike in ((Bundle.PAIR, True), (Bundle.SIGN, False)):
        keys = {tie_key(replace(tie, sign=sign), bundle) for sign in (Decimal(1), Decimal(-1))}
        assert (len(keys) == 1) == alike


@pytest.mark.parametrize("event", [None, DEFAULT_QUERY.event])
def test_of_more_actors_than_a_picture_holds_it_has_what_the_network_of_so_many_has(
    shipped_engine: EmbeddedEngine, event: str | None
) -> None:
    asked = NetworkQuery(
        event=event,
        relations=(Relation.MEMBERSHIP,),
        as_of=date(2022, 9, 13),
        bundle=Bundle.SIGN,
    )
    scene = load_scene(shipped_engine, asked)
    assert scene.answered is not None
    assert scene.answered == project(shipped_engine, scene.asked)
    assert len(scene.answered.ties) <= 600
    assert f"of {len(outline(shipped_engine, asked).nodes)} actors are shown" in scene.left_out
    # What is loaded for the handle of days is all there is among them.
    loaded = outline(shipped_engine, replace(scene.loaded, bundle=Bundle.NONE, nodes=None))
    assert scene.singles == among(loaded, scene.answered.nodes).ties
    if event is None:
        assert scene.loaded.as_of is None
    else:
        assert {End(Thing.ACTOR, one) for one in ("arm", "aze")} <= scene.network.nodes.keys()
