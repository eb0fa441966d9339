"""A view that shows itself in a notebook.

Owns the frame around the page; the page is the one file that `comity show` writes, so it asks
for nothing.
"""

import secrets
from dataclasses import dataclass
from html import escape

from comity.graph.drawing.page import render_page
from comity.graph.engine import Engine
from comity.graph.network import NetworkQuery
from comity.graph.view import DEFAULT_QUERY


@dataclass(frozen=True)
class View:
    """A network of the graph as a picture; the last line of a cell shows it.

    Attributes:
        engine: the graph.
        query: what to show; the view of September 2022 where nothing is said.
        height: of the frame, in pixels.
    """

    engine: Engine
    query: NetworkQuery = DEFAULT_QUERY
    height: int = 680

    def _repr_html_(self) -> str:
        """What IPython and Jupyter show, by their protocol for rich display.

        Source: https://ipython.readthedocs.io/en/stable/config/integrating.html
        """
        nonce = secrets.token_urlsafe(16)
        page = render_page(self.engine, self.query, served=False, nonce=nonce, embedded=True)
        return (
            f'<iframe srcdoc="{escape(page, quote=True)}" sandbox="allow-scripts allow-popups" '
            f'width="100%" height="{self.height}" style="border:0" title="Network"></iframe>'
        )
