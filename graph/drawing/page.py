"""The page: pyvis's model of the network in Comity's own template.

Owns what pyvis is used for, which is the network object and the copy of vis-network it
carries; never its stock page, which loads from other hosts and runs what is in labels.
"""

import json
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from comity import __version__
from comity.graph.drawing.assets import (
    SHEETS,
    STATIC_FOLDER,
    packed,
    packed_vis,
    script,
    style_sheet,
    vis_file,
)
from comity.graph.drawing.narrowing import narrowed
from comity.graph.drawing.payload import payload
from comity.graph.drawing.records import Document, Figure
from comity.graph.drawing.scene import Scene, load_scene
from comity.graph.drawing.sections import SECTIONS
from comity.graph.drawing.summary import edtf_text, title_of
from comity.graph.drawing.svg import (
    STYLES,
    Picture,
    Style,
    Theme,
    outline,
    picture,
    style_of,
    tones,
)
from comity.graph.drawing.telling import Page, printed_pages, story_values
from comity.graph.drawing.words import install, later, say
from comity.graph.engine import Engine
from comity.graph.network import NetworkQuery
from comity.graph.stories.telling import ToldStory
from comity.graph.view import DEFAULT_QUERY

if TYPE_CHECKING:
    from pyvis.network import Network as Base

_KEPT = 8
_scenes: "OrderedDict[tuple[str, NetworkQuery], Scene]" = OrderedDict()
_pages: "OrderedDict[int, tuple[ToldStory, list[Page]]]" = OrderedDict()
_FIGURES_SHOWN = 3
_ORIGIN = "http://127.0.0.1:8000"
# What vis-network calls the shapes.
_SHAPES = {"round": "dot", "hexagon": "hexagon", "diamond": "diamond", "triangle": "triangle"}
_LEVELS = (("state", later("Officials for their state")), ("recorded", later("As recorded")))
_BUNDLES = (
    ("sign", later("pair and sign")), ("kind", later("kind of act")), ("none", later("every act")),
    ("pair", later("pair")),
)  # fmt: skip
_PICTURES = (
    ("html", later("This view as one file (HTML)")), ("png", later("Picture (PNG)")),
    ("svg", later("Picture (SVG)")), ("pdf", later("Picture (PDF)")),
)  # fmt: skip
_FILES = (
    ("json", later("Network as JSON")), ("graphml", later("Network as GraphML")),
    ("gexf", later("Network as GEXF")), ("cytoscape", later("Network for Cytoscape")),
    ("csv", later("Network as CSV")),
)  # fmt: skip

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "keyboard": {"enabled": False},
    },
    "nodes": {"chosen": False, "borderWidth": 1.5},
    "edges": {"chosen": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}},
}


@cache
def _network_class() -> "type[Base]":
    # pyvis imports ipython, which takes most of a second: only when a page is made.
    from pyvis.network import Network

    class ComityNetwork(Network):  # type: ignore[misc]
        """A pyvis network with fixed positions, every parallel line, and an own page."""

        def __init__(self, values: dict[str, Any]) -> None:
            # Undirected networks of pyvis drop parallel lines without a word.
            super().__init__(directed=True, cdn_resources="local")
            self.templateEnv = _environment()
            self.template = _template()
            self.options = _OPTIONS
            self.values = values
            for one in values["nodes"]:
                at = one["places"]["wide"]
                shape = "box" if one["lane"] == "event" else _SHAPES[one["shape"]]
                self.add_node(
                    one["key"], label=" ", x=at["x"], y=at["y"], shape=shape, size=at["radius"]
                )
            for one in values["ties"]:
                subject, obj = one["key"].split("|")[:2]
                bend = one["wide"]["bend"]
                self.add_edge(subject, obj, id=one["key"], smooth=smooth(bend))

        def generate_html(self, *_: object, **context: Any) -> str:
            """The page."""
            # Lines are made in the page, from single acts; pyvis only checks their ends.
            model = {"nodes": self.nodes, "options": self.options}
            whole = {**self.values, "vis": model}
            text = _json(whole)
            inside = text if context["served"] else packed(text)
            return self.template.render(payload=inside, **context)

    found: type[Base] = ComityNetwork
    return found


def smooth(bend: float) -> dict[str, Any]:
    """A bend as vis-network writes it."""
    kind = "curvedCW" if bend >= 0 else "curvedCCW"
    return {"enabled": bool(bend), "type": kind, "roundness": abs(bend)}


def render_page(
    engine: Engine,
    query: NetworkQuery,
    *,
    served: bool,
    nonce: str,
    base: str = "",
    origin: str = _ORIGIN,
    embedded: bool = False,
    known_at: str = "",
    story: ToldStory | None = None,
) -> str:
    """The whole page of a view.

    Args:
        engine: the graph.
        query: what to show; narrower than the default view, it starts with filters set.
        served: True refers to files under /static; False puts everything into one page
            that makes no request.
        nonce: of this answer's content policy.
        base: path before every own address, without a slash at the end.
        origin: address of the server, as a reader would type it after curl.
        embedded: whether the page stands in a frame of another one: title, date, credit and a
            link to the full view only.
        known_at: of what day or moment the engine's graph is; empty for now.
        story: what is told on the view, which is then the story's.

    Raises:
        NotFoundError: there is no such event.
    """
    scene = scene_of(engine, query)
    values = {
        **payload(scene, served=served, base=base),
        "embedded": embedded,
        "knownAt": known_at,
        "story": story_values(story) if story else None,
    }
    network = _network_class()(values)
    drawn = _picture(engine, scene)
    notes = _notes(scene)
    inlined = {} if served else {"css": style_sheet(), "vis": packed_vis(), "script": script()}
    nodes = network.values["nodes"]
    html: str = network.generate_html(
        served=served,
        nonce=nonce,
        base=base,
        origin=origin,
        sections=SECTIONS,
        sheets=SHEETS,
        notes=notes,
        numbers={key: number for number, key in enumerate(notes, 1)},
        title=story.story.title if story else drawn.title,
        story=story,
        pages=_printed(engine, scene, story) if story else [],
        summary=drawn.lines[0],
        picture=drawn,
        legend=_legend(scene),
        cards=scene.cards,
        pledges=scene.pledges,
        facts=scene.facts,
        figures=_figures(scene.figures),
        embedded=embedded,
        known_at=known_at,
        is_default=query.event == DEFAULT_QUERY.event,
        left_out=scene.left_out,
        blocs=scene.blocs,
        levels=_LEVELS,
        bundles=_BUNDLES,
        pictures=_PICTURES,
        files=_FILES,
        nodes=[one for one in nodes if one["thing"] == "actor"],
        silent=[one for one in nodes if one["silent"]],
        documents=scene.documents,
        **inlined,
    )
    return html


def story_pictures(engine: Engine, story: ToldStory) -> list[str]:
    """The picture of each step of a story as SVG on a light ground."""
    scene = scene_of(engine, story.story.view)
    module: Any = _environment().get_template("picture.svg.j2").module
    pages = _printed(engine, scene, story)
    return [str(module.drawing(page.drawn, "light")) for page in pages]


def write_page(engine: Engine, query: NetworkQuery, path: Path) -> None:
    """Writes a view as one file that needs no network and no server."""
    nonce = secrets.token_urlsafe(16)
    path.write_text(render_page(engine, query, served=False, nonce=nonce), encoding="utf-8")


def render_svg(
    engine: Engine, query: NetworkQuery, *, lens: str | None = None, theme: Theme = "light"
) -> str:
    """The picture of a view as SVG, with title, legend and citation.

    Args:
        engine: the graph.
        query: what to show.
        lens: id of the bloc whose members are coloured, or None.
        theme: on light or on dark ground.
    """
    scene = scene_of(engine, query)
    module: Any = _environment().get_template("picture.svg.j2").module
    return str(module.drawing(_picture(engine, scene, lens), theme)) + "\n"


def scene_of(engine: Engine, query: NetworkQuery) -> Scene:
    """A view of this version of the graph, remembered: it takes seconds to lay out."""
    key = (engine.version, query)
    if key not in _scenes:
        _scenes[key] = load_scene(engine, query)
        while len(_scenes) > _KEPT:
            _scenes.popitem(last=False)
    return _scenes[key]


def _printed(engine: Engine, scene: Scene, story: ToldStory) -> list[Page]:
    """The steps of a story with their pictures, remembered for this telling of it."""
    known = _pages.get(id(story))
    if known is None or known[0] is not story:
        # The telling is kept with its pages, so that no other can have its identity.
        _pages[id(story)] = known = (story, printed_pages(engine, scene, story))
        while len(_pages) > _KEPT:
            _pages.popitem(last=False)
    return known[1]


def _picture(engine: Engine, scene: Scene, lens: str | None = None) -> Picture:
    """What was asked for, drawn; of a lens that is not offered nothing is coloured."""
    shown = narrowed(engine, scene)
    day = scene.asked.as_of or scene.asked.until
    return picture(
        shown.layout,
        title=title_of(scene.network, scene.asked, scene.event),
        notes=(shown.says,),
        event_lines=scene.event_lines,
        weak=shown.weak,
        bloc=next((one for one in scene.blocs if one.id == lens), None),
        day=day,
        citation=say(
            "Comity %(version)s, graph %(graph)s. data CC BY 4.0",
            version=__version__,
            graph=engine.version,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """The casualty reports about one side; `first` are shown at once."""

    name: str
    first: tuple[Figure, ...]
    more: tuple[Figure, ...]

    @property
    def is_one(self) -> bool:
        """Whether the reports are about one side, not about several together."""
        return all(one.is_of_one for one in self.first)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The different plain numbers of dead reported for it, soldiers or in all."""
        return tuple(
            sorted(
                {
                    int(one.number)
                    for one in (*self.first, *self.more)
                    if one.measure == "killed" and one.group != "civilian" and one.number.isdigit()
                }
            )
        )


def _figures(figures: tuple[Figure, ...]) -> list[_Side]:
    """By side; of each, first the earliest reports of different numbers of dead."""
    sides = []
    for name in dict.fromkeys(one.side for one in figures):
        own = [one for one in figures if one.side == name]
        different: dict[str, Figure] = {}
        for one in own:
            if one.measure.startswith("killed"):
                different.setdefault(one.number, one)
        first = tuple(different.values())[:_FIGURES_SHOWN]
        sides.append(_Side(name, first, tuple(one for one in own if one not in first)))
    return sides


def _notes(scene: Scene) -> dict[str, Document]:
    """Every document cited, in the order of the table: the footnotes of the printed page."""
    quoted = [quote.document for card in scene.cards for quote in card.quotes]
    owed = [one for pledge in scene.pledges for one in pledge.documents]
    stated = [one for fact in scene.facts for one in fact.documents]
    return {one.id: one for one in (*quoted, *owed, *stated) if one}


def _legend(scene: Scene) -> list[Style]:
    """The styles of all lines that filters may bring in."""
    present = {style_of(tie).name for tie in scene.network.ties}
    return [style for name, style in STYLES.items() if name in present]


def _json(values: object) -> str:
    """JSON that cannot end its element, whatever the texts say."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for letter, code in (
        ("<", "003c"),
        (">", "003e"),
        ("&", "0026"),
        ("\u2028", "2028"),
        ("\u2029", "2029"),
    ):
        text = text.replace(letter, f"\\u{code}")
    return text


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("comity.graph.drawing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    made.filters["day"] = edtf_text
    install(made)
    made.globals["outline"] = outline
    made.globals["tones"] = tones
    return made


@cache
def _template() -> Template:
    return _environment().get_template("page.html.j2")


__all__ = ["STATIC_FOLDER", "render_page", "render_svg", "vis_file", "write_page"]
