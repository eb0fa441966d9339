"""The catalogue is what the code says, and a translation takes its place."""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from jinja2 import Environment

from comity.errors import InputError
from comity.graph.drawing import words

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "graph" / "drawing" / "locale"


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "catalogue.py"))


def test_catalogue_is_what_the_code_says(catalogue: dict[str, Any]) -> None:
    for name, made in (("comity.pot", "template"), ("scripts.json", "script_messages")):
        committed = (LOCALE / name).read_text(encoding="utf-8")
        assert committed == catalogue[made](), "run `make docs` and commit"


def test_messages_are_whole(catalogue: dict[str, Any]) -> None:
    for name, message in catalogue["messages"]():
        for form in (message,) if isinstance(message, str) else message:
            assert form == form.strip(), f"{name}: {form!r} is a piece of a sentence"
            assert re.search(r"[A-Za-z]", form), (name, form)


@pytest.fixture
def spoken(tmp_path: Path) -> Iterator[Any]:
    """Sets the language of this process to some messages, for the length of a test."""

    def use(lang: str, **given: Any) -> None:
        made = Catalog(locale=lang)
        for one, other in given["messages"].items():
            made.add(one, other)
        path = tmp_path / "comity.mo"
        with path.open("wb") as file:
            write_mo(file, made)
        words.use(path)

    yield use
    words.use(None)


def test_messages_are_translated_with_their_plurals(spoken: Any) -> None:
    act = ("%(num)s act", "%(num)s acts")
    forms = ("%(num)s akt", "%(num)s akty", "%(num)s aktów")
    spoken(
        "pl", messages={act: forms, "Table": "Tabela", "%(one)s or %(other)s": "%(other)s/%(one)s"}
    )
    assert (words.lang(), words.direction()) == ("pl", "ltr")
    assert words.say("Table") == "Tabela"
    assert words.edition()
    assert words.say("Present") == "Present"
    assert words.say("%(one)s or %(other)s", one=1, other=2) == "2/1"
    numbers = (1, 3, 5, 12, 22, 112, 1022, 1013)
    expected = [
        forms[at] % {"num": num} for at, num in zip((0, 1, 2, 2, 1, 2, 1, 2), numbers, strict=True)
    ]
    assert [words.say_many(*act, num) for num in numbers] == expected
    found = words.for_scripts("explorer")
    assert found is not None
    assert found["messages"]["%(num)s act"] == list(forms)
    # The rule as scripts read it, which is that of gettext for every number.
    rule = [int(one) for one in found["plural"]]
    read = [rule[num if num < 200 else 100 + num % 100] for num in numbers]
    assert read == [0, 1, 2, 2, 1, 2, 1, 2]


def test_text_of_a_translation_is_text_and_its_markup_is_markup(spoken: Any) -> None:
    spoken(
        "ar", messages={"Table": '<b>"50 % & more"', "<code>x</code> known": "<code>x</code> ok"}
    )
    made = Environment(autoescape=True)
    words.install(made)
    page = made.from_string(
        '<p title="{{ _("Table") }}">{% trans %}<code>x</code> known{% endtrans %}</p>{{ dir() }}'
    )
    assert page.render() == (
        '<p title="&lt;b&gt;&quot;50 % &amp; more&quot;"><code>x</code> ok</p>rtl'
    )


@pytest.mark.parametrize("text", ["bis %(tag)s", "bis %(day)", "bis %(day)d"])
def test_translation_with_another_place_is_refused(spoken: Any, text: str) -> None:
    with pytest.raises(InputError, match="COMITY_TRANSLATION"):
        spoken("de", messages={"until %(day)s": text})


def test_file_that_is_no_translation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "comity.mo"
    for text in ("", "x", "msgid and more"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"is no \.mo file"):
            words.use(path)
    with pytest.raises(InputError, match=r"is no \.mo file"):
        words.use(tmp_path / "none.mo")
