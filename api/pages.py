"""The server-rendered pages: templates, and the one way to render them."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from comity import __version__
from comity.graph.drawing.sections import SECTIONS


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("comity.api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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
