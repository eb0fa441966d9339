"""The files a page is made of: own scripts and styles, and vis-network from pyvis.

Owns where they lie, and how they become one script and one sheet for a file that makes
no request. The scripts are plain ES modules; joining them needs no tool, since every
module imports by name from its neighbours and no name is used twice.
"""

import re
from base64 import b64encode
from functools import cache
from gzip import compress
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

STATIC_FOLDER = Path(str(files("comity.graph.drawing"))) / "static"

_IMPORT = re.compile(r"^import\s+\{([^}]*)\}\s+from\s+'\./([\w-]+)\.js';\n", re.MULTILINE)
_FIRST = "main"
# In the order in which they apply.
SHEETS = ("look.css", "comity.css", "ways.css")


def vis_file() -> Path:
    """vis-network as the installed pyvis carries it; pyvis itself is not imported.

    Raises:
        FileNotFoundError: pyvis is not installed whole.
    """
    spec = find_spec("pyvis")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "lib" / "vis-9.1.2" / "vis-network.min.js"
        if path.is_file():
            return path
    raise FileNotFoundError("vis-network is missing; install pyvis 0.3.2 again.")


@cache
def vis_script() -> str:
    """vis-network for a page: without the address of its source map."""
    text = vis_file().read_text(encoding="utf-8")
    return _harmless(re.sub(r"//# sourceMappingURL=\S*", "", text))


@cache
def packed_vis() -> str:
    """vis-network for a file, compressed: a third of its size; `static/unpack.js` opens it."""
    return packed(vis_script())


def packed(text: str) -> str:
    """A text as Base64 of its gzip, the same for the same text."""
    return b64encode(compress(text.encode(), 9, mtime=0)).decode()


@cache
def style_sheet() -> str:
    """The page's own style sheets: the look that all pages share, then the explorer's."""
    texts = [(STATIC_FOLDER / name).read_text(encoding="utf-8") for name in SHEETS]
    return "".join(texts).replace("</", "<\\/")


@cache
def script() -> str:
    """All own modules as one."""
    joined: list[str] = []
    done: set[str] = set()

    def add(name: str) -> None:
        if name in done:
            return
        done.add(name)
        text = (STATIC_FOLDER / f"{name}.js").read_text(encoding="utf-8")
        for _, other in _IMPORT.findall(text):
            add(other)
        text = _IMPORT.sub("", text)
        joined.append(re.sub(r"^export ", "", text, flags=re.MULTILINE))

    add(_FIRST)
    return _harmless("\n".join(joined))


def _harmless(text: str) -> str:
    """Script text that cannot end its own element."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
