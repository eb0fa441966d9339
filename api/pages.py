"""The server-rendered pages: templates, and the one way to render them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from comity import __version__
from comity.graph.drawing.sections import SECTIONS
from comity.graph.drawing.summary import edtf_text
from comity.graph.drawing.words import install


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("comity.api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = edtf_text
    install(made)
    return made


def render(template: str, *, base: str = "", **values: Any) -> str:
    """A page.

    Args:
        template: name of the file in `api/templates/`.
        base: path before every own address, without a slash at the end.
        values: what the template shows; every text is escaped.
    """
    return (
        _environment()
        .get_template(template)
        .render(version=__version__, sections=SECTIONS, base=base, **values)
    )


def page_policy(nonce: str, embedders: Sequence[str]) -> str:
    """The content policy of a page with scripts of its own.

    Args:
        nonce: of this answer.
        embedders: origins whose pages may hold it in a frame.
    """
    ancestors = " ".join(embedders) or "'none'"
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' "
        f"'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; "
        f"frame-ancestors {ancestors}"
    )
