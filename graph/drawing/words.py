"""The words of the user interface, and their translation.

Owns how a message becomes the text that is shown. English needs no file: a message is its own
text. One other language may stand in its place, for the whole process: a `.mo` file of GNU
gettext, chosen by COMITY_TRANSLATION when the process starts. What there is to translate is in
`locale/comity.pot`, which `make docs` writes. Data of the graph are no words of the interface.
"""

import hashlib
import json
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from gettext import GNUTranslations
from html import escape
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment

from comity.errors import InputError

# Which scripts a page runs: those of the explorer, of any other page, of the workbench.
Scripts = Literal["explorer", "pages", "workbench"]

_PLACE: Final = re.compile(r"%\((\w+)\)s")
_FROM_RIGHT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
)
# Rules of plurals look at a number below 200 and, above, at its last two digits; some have a form
# for whole millions.
_COUNTED: Final = (*range(200), 1_000_000)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The language of the process; `said` is None for English."""

    lang: str = "en"
    said: GNUTranslations | None = None
    # The forms of messages that have several, by number, by the message.
    forms: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    edition: str = ""


_spoken = _Spoken()


def use(path: Path | None) -> None:
    """Sets the language of this process; None for English.

    Raises:
        InputError: the file cannot be read, or fills a place that a message does not have.
    """
    global _spoken
    _spoken = _Spoken() if path is None else _read(path)


def say(message: str, /, **values: object) -> str:
    """A message in the language of the process, its places filled.

    Examples:
        >>> say("%(who)s and %(many)s others", who="Iran", many=3)
        'Iran and 3 others'
    """
    said = _spoken.said
    text = said.gettext(message) if said else message
    return text % values if values else text


def say_many(one: str, many: str, num: int, /, **values: object) -> str:
    """The form of a message for a number, which fills its place `num`.

    Examples:
        >>> say_many("%(num)s act", "%(num)s acts", 1)
        '1 act'
    """
    return _form(one, many, num) % {"num": num, **values}


def all_of(names: Sequence[str]) -> str:
    """Names as one: the first and the second."""
    if not names:
        return ""
    return reduce(lambda one, other: say("%(one)s and %(other)s", one=one, other=other), names)


def later(message: str, /) -> str:
    """Marks a message that stands in a table; `say` translates it where it is shown."""
    return message


def later_many(one: str, many: str, /) -> tuple[str, str]:
    """Marks a message with its plural that stand in a table, for `say_many`."""
    return one, many


def lang() -> str:
    """The language tag of the pages."""
    return _spoken.lang


def direction() -> str:
    """The direction of their script, `ltr` or `rtl`."""
    return "rtl" if _spoken.lang.split("-")[0] in _FROM_RIGHT else "ltr"


def edition() -> str:
    """What tells this translation from others, for whoever keeps a page; empty for English."""
    return _spoken.edition


def install(environment: Environment) -> None:
    """Gives templates `_`, `ngettext` and `{% trans %}`, and what is said of the language."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _markup, lambda one, many, num: _safe(one, _form(one, many, num)), newstyle=True
    )
    environment.globals |= {"lang": lang, "dir": direction, "words_for": _element}
    environment.filters["said"] = say


def for_scripts(scripts: Scripts) -> dict[str, Any] | None:
    """What the scripts of a page need to say it; None in English.

    Rules of plurals become a text of digits: one for each number below 200, one for a million.
    """
    said = _spoken.said
    if said is None:
        return None
    plural = getattr(said, "plural", lambda number: int(number != 1))
    rule = [int(plural(number)) for number in _COUNTED]
    messages: dict[str, str | list[str]] = {}
    for message in _script_messages()[scripts]:
        if isinstance(message, str):
            messages[message] = said.gettext(message)
        else:
            one, many = message
            # A form that is missing is English, as in `say_many`.
            forms = {0: one, **_spoken.forms.get(one, {})}
            messages[one] = [forms.get(at, many) for at in range(max(rule) + 1)]
    return {"messages": messages, "plural": "".join(map(str, rule))}


def _element(scripts: Scripts) -> str:
    """What the element holds that `static/words.js` reads; empty in English."""
    found = for_scripts(scripts)
    if found is None:
        return ""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _form(one: str, many: str, num: int) -> str:
    said = _spoken.said
    return said.ngettext(one, many, num) if said else one if num == 1 else many


def _markup(message: str) -> str:
    return _safe(message, say(message))


def _safe(message: str, text: str) -> str:
    """A text that may stand in HTML: markup only where the message has some, too."""
    if text is message or text == message:
        return text
    # The extension fills places in every message, so that a sign for per cent is doubled.
    text = text if "%" in message else text.replace("%", "%%")
    return text if "<" in message or "&" in message else escape(text)


@cache
def _script_messages() -> dict[str, list[str | list[str]]]:
    text = (files("comity.graph.drawing") / "locale" / "scripts.json").read_text(encoding="utf-8")
    found: dict[str, list[str | list[str]]] = json.loads(text)
    return found


def _read(path: Path) -> _Spoken:
    try:
        content = path.read_bytes()
        said = GNUTranslations(BytesIO(content))
    except (OSError, ValueError, SyntaxError, IndexError, struct.error) as error:
        raise InputError(f"COMITY_TRANSLATION: {path} is no .mo file: {error}.") from error
    forms: dict[str, dict[int, str]] = {}
    catalogue: dict[str | tuple[str, int], str] = said._catalog  # type: ignore[attr-defined]
    for key, text in catalogue.items():
        message = key if isinstance(key, str) else key[0]
        if message:
            _check(path, message, text)
        if not isinstance(key, str):
            forms.setdefault(message, {})[key[1]] = text
    lang = (said.info().get("language") or "en").replace("_", "-")
    return _Spoken(lang, said, forms, hashlib.sha256(content).hexdigest()[:12])


def _check(path: Path, message: str, text: str) -> None:
    """Refuses what would fail on the page that says it."""
    places = set(_PLACE.findall(message)) | {"num"}
    if not _PLACE.search(message):
        places = set()
    try:
        strange = set(_PLACE.findall(text)) - places
        if places:
            text % dict.fromkeys(places, "")
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(f"COMITY_TRANSLATION: {path} has no good places in {text!r}.") from error
    if strange:
        named = ", ".join(sorted(strange))
        raise InputError(f"COMITY_TRANSLATION: {message!r} has no place {named} ({path}).")
