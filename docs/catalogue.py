"""Writes the catalogue of the words of the interface: what a translator works from.

Owns where words are looked for and how they are marked. `make docs` writes it; a test compares.
The list of what scripts say ships beside it: a translated page carries those messages.
"""

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

ROOT: Final = Path(__file__).parents[1]
LOCALE: Final = ROOT / "graph" / "drawing" / "locale"
EXPLORER: Final = "graph/drawing/static"
WORKBENCH: Final = "api/workbench/src"
PAGES: Final = "api/static"
# Modules of the explorer that other pages run too.
SHARED: Final = frozenset(f"{EXPLORER}/{name}.js" for name in ("theme", "dom", "words"))

_MARKS: Final[Mapping[str, Any]] = {
    "_": None,
    "say": None,
    "later": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say_many": (1, 2),
    "later_many": (1, 2),
    "sayMany": (1, 2),
    "many": (1, 2),
}
# Calls within a call are not seen: scripts have none, which a test makes sure of.
_SCRIPTS: Final = {"jsx": "", "parse_template_string": "true"}
# Where words are: files, the reader of Babel, what it is told.
_PLACES: Final = (
    ("api/templates/*.html", "jinja2", {"newstyle_gettext": "true"}),
    ("graph/drawing/templates/*.j2", "jinja2", {"newstyle_gettext": "true"}),
    (f"{PAGES}/*.js", "javascript", _SCRIPTS),
    (f"{WORKBENCH}/*.js", "javascript", _SCRIPTS),
    (f"{EXPLORER}/*.js", "javascript", _SCRIPTS),
    ("api/**/*.py", "python", {}),
    ("graph/drawing/*.py", "python", {}),
)
_HEAD: Final = """\
# The words of Comity's pages; English is the message itself.
# docs/translating.md says how to translate them."""

# Lines of the head that change by themselves, or that nobody fills in.
_UNSAID: Final = tuple(
    f'"{name}'
    for name in (
        "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date",
        "Last-Translator", "Language-Team", "Generated-By",
    )
)  # fmt: skip

Message = str | tuple[str, str]


def messages() -> Iterator[tuple[str, Message]]:
    """Every message with the file it is in."""
    for pattern, method, options in _PLACES:
        for path in sorted(ROOT.glob(pattern)):
            if "node_modules" in path.parts:
                continue
            name = path.relative_to(ROOT).as_posix()
            with path.open("rb") as file:
                for _, message, _, _ in extract(method, file, _MARKS, options=options):
                    yield name, (message if isinstance(message, str) else (message[0], message[1]))


def catalogue() -> Catalog:
    """All messages, each with the files that say it."""
    made = Catalog(fuzzy=False, header_comment=_HEAD, charset="utf-8")
    for name, message in messages():
        made.add(message, locations=[(name, 0)])
    return made


def template() -> str:
    """The catalogue as a file: sorted, and the same for the same words on any day."""
    file = io.BytesIO()
    write_po(file, catalogue(), width=100, sort_output=True, include_lineno=False)
    lines = file.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(_UNSAID)]
    return "\n".join(kept).rstrip() + "\n"


def script_messages() -> str:
    """What the scripts of each page say, as JSON; of several forms both."""
    found: dict[str, set[Message]] = {"explorer": set(), "pages": set(), "workbench": set()}
    for name, message in messages():
        folder = name.rpartition("/")[0]
        if folder == EXPLORER:
            found["explorer"].add(message)
        if folder == PAGES or name in SHARED:
            found["pages"].add(message)
        if folder == WORKBENCH or name in SHARED:
            found["workbench"].add(message)
    listed = {page: sorted(said, key=str) for page, said in found.items()}
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def write() -> None:
    """Writes both files."""
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / "comity.pot").write_text(template(), encoding="utf-8")
    (LOCALE / "scripts.json").write_text(script_messages(), encoding="utf-8")


if __name__ == "__main__":
    write()
    print("graph/drawing/locale/ written")
