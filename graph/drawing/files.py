"""A view as a file: SVG, PNG and PDF from the positions of the page, and the page itself.

Owns the formats. Typst (Apache-2.0) sets the SVG on a page of its size; letters come from the
fonts of the computer, Noto Sans where it is there.
"""

import json
import secrets
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from comity.graph.drawing.page import render_page, render_svg, story_pictures
from comity.graph.drawing.summary import edtf_text
from comity.graph.drawing.svg import Theme
from comity.graph.drawing.telling import story_values
from comity.graph.drawing.words import say
from comity.graph.engine import Engine
from comity.graph.network import NetworkQuery
from comity.graph.stories.telling import ToldStory

# What can be made; the first is what is given where nothing is asked for.
PictureFormat = Literal["svg", "png", "pdf", "html"]
PICTURES: Final[tuple[PictureFormat, ...]] = ("svg", "png", "pdf", "html")
StoryFormat = Literal["html", "pdf"]
STORY_FORMATS: Final[tuple[StoryFormat, ...]] = ("html", "pdf")
_PIXELS_PER_INCH = 192.0
_ON_ITS_OWN_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def picture_file(
    engine: Engine,
    query: NetworkQuery,
    format: PictureFormat,
    *,
    lens: str | None = None,
    theme: Theme = "light",
) -> bytes:
    """A view in one of `PICTURES`.

    Args:
        engine: the graph.
        query: what to show.
        format: svg, png, pdf or html.
        lens: id of the bloc whose members are coloured, or None.
        theme: light or dark; a page of its own has both.

    Raises:
        NotFoundError: there is no such event.
    """
    if format == "html":
        nonce = secrets.token_urlsafe(16)
        return render_page(engine, query, served=False, nonce=nonce).encode()
    svg = render_svg(engine, query, lens=lens, theme=theme)
    return svg.encode() if format == "svg" else typeset(_ON_ITS_OWN_PAGE, format, svg=svg)


def story_file(engine: Engine, story: ToldStory, format: StoryFormat) -> bytes:
    """A story as one page that needs no network, or as a PDF with one step a page.

    Args:
        engine: the graph that told it.
        story: what is told.
        format: html or pdf.
    """
    if format == "html":
        nonce = secrets.token_urlsafe(16)
        view = story.story.view
        return render_page(engine, view, served=False, nonce=nonce, story=story).encode()
    values = story_values(story)
    pages = story_pictures(engine, story)
    for step, svg in zip(values["steps"], pages, strict=True):
        step["svg"] = svg
        step["day"] = edtf_text(step["date"])
    values["words"] = {"credit": say("Comity, data CC BY 4.0"), "documents": say("Documents")}
    return typeset(_story_document(), "pdf", story=json.dumps(values, ensure_ascii=False))


@cache
def _story_document() -> bytes:
    return (files("comity.graph.drawing") / "templates" / "story.typ").read_bytes()


def typeset(document: bytes, format: Literal["png", "pdf"], **inputs: str) -> bytes:
    """A Typst document as PNG or PDF.

    Args:
        document: its text.
        format: png or pdf.
        inputs: texts that it reads as `sys.inputs`.
    """
    # Imported here: a library of 30 MB, for files only.
    import typst

    compiler = typst.Compiler(input=document, sys_inputs=inputs)
    made = compiler.compile(format=format, ppi=_PIXELS_PER_INCH, timestamp=0)
    return made if isinstance(made, bytes) else b"".join(made or [])
