"""No word of the interface stands outside the messages that a translator gets."""

import ast
import re
import runpy
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from comity.graph.drawing.sections import SECTIONS

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted([*ROOT.glob("api/templates/*.html"), *ROOT.glob("graph/drawing/templates/*.j2")])
SCRIPTS = sorted(
    [
        *ROOT.glob("api/static/*.js"),
        *ROOT.glob("api/workbench/src/*.js"),
        *ROOT.glob("graph/drawing/static/*.js"),
    ]
)
MODULES = sorted([*ROOT.glob("api/**/*.py"), *ROOT.glob("graph/drawing/*.py")])
MODULES = [path for path in MODULES if "node_modules" not in path.parts]
SAID = {"_", "ngettext", "gettext"}
# Names, and what is the same in every language.
NAMES = {"Comity", "SPARQL", "CSV", "TSV", "JSON", "XML", "PDF", "Parquet", "Markdown", "RDF"}
NAMES |= {"Turtle", "N-Triples", "JSON-LD"}
NAMES |= {"curl", "Python", "R"}
SHOWN = ("title", "aria-label", "aria-roledescription", "alt", "placeholder", "content")
# What is in these is code.
CODE = ("script", "style", "pre", "code")
# Texts of scripts that look like words and are shown to nobody, or are no words.
NOT_WORDS = {
    "application/sparql-results+json, application/n-triples;q=0.9": "an Accept header",
    '"Noto Sans", system-ui, "Segoe UI", Helvetica, Arial, sans-serif': "a font",
    "Noto Sans, system-ui, sans-serif": "a font",
    "details#filters, details#export": "a selector",
    "input, select, textarea": "a selector",
    "input, textarea": "a selector",
    "not covered": "a value of the data",
    "not all": "a query of media",
    "(prefers-reduced-motion: reduce)": "a query of media",
    "(prefers-color-scheme: dark)": "a query of media",
    "quiet none": "classes",
    "card pledge": "classes",
    "card other": "classes",
    "lens lens-": "classes",
    "lines links": "classes",
    "number quiet": "classes",
    "day outside": "classes",
    "welcome quiet": "classes",
    "notice cut": "classes",
    "noopener noreferrer": "a relation of links",
    "Enter": "a key",
    "Escape": "a key",
}
_WORDS = re.compile(
    r"%\(|"
    r"[A-Za-z]{2,}[,.:;!?…]? [A-Za-z]|^[A-Z][a-z]+[.!?…]?$"
)


class _Texts(HTMLParser):
    """Texts and shown attributes of a page with letters in them."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CODE:
            self.inside.append(tag)
        given = dict(attrs)
        for name in SHOWN:
            # Of the heads of a page only the description is read by people.
            if name == "content" and given.get("name") != "description":
                continue
            self.handle_data(given.get(name) or "", outside=True)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data: str, outside: bool = False) -> None:
        rest = [one for one in re.findall(r"[^\W\d_]+", data) if one not in NAMES]
        if rest and (outside or not self.inside):
            self.found.append(data.strip())


def _environment() -> Environment:
    made = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.filters |= {"day": str, "said": str}
    return made


def _emitted(node: nodes.Node) -> Iterator[str]:
    """Constants that an expression may write, outside messages."""
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _emitted(node.expr1)
        if node.expr2 is not None:
            yield from _emitted(node.expr2)
    elif isinstance(node, nodes.Or | nodes.And):
        yield from _emitted(node.left)
        yield from _emitted(node.right)
    elif isinstance(node, nodes.Concat):
        for one in node.nodes:
            yield from _emitted(one)
    elif isinstance(node, nodes.Filter):
        if node.node is not None and node.name != "format":
            yield from _emitted(node.node)
        # What stands in for a date that is missing, or for an undefined value.
        for one in node.args if node.name in ("day", "default") else ():
            yield from _emitted(one)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        # Of macros what they are given; methods write nothing of their own.
        is_said = node.node.name in SAID
        for one in [one.value for one in node.kwargs] if is_said else node.args:
            yield from _emitted(one)


def _as_html(environment: Environment, text: str) -> str:
    """A template with each expression replaced by what it may write of its own."""
    text = re.sub(r"\{% trans .*?%\}.*?\{% endtrans %\}|\{% trans %\}.*?\{% endtrans %\}", "", text)
    # Attributes that a page gives to an element of the page it extends.
    text = re.sub(r"\{% block wide %\}.*?\{% endblock %\}", "", text)
    made = []
    inside: list[str] = []
    for _, kind, value in environment.lex(text):
        if kind == "variable_begin":
            inside = [value]
        elif kind == "variable_end":
            expression = environment.parse("".join([*inside, value])).body[0]
            assert isinstance(expression, nodes.Output)
            made.append(" ".join(one for each in expression.nodes for one in _emitted(each)))
            inside = []
        elif inside:
            inside.append(value)
        elif kind == "data":
            made.append(value)
    return "".join(made)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_words_outside_messages(path: Path) -> None:
    parser = _Texts()
    parser.feed(_as_html(_environment(), path.read_text(encoding="utf-8")))
    assert parser.found == []


def _constants(node: nodes.Node) -> Iterator[str]:
    """Texts in the code of a template, outside messages."""
    if (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in SAID
    ):
        for one in node.kwargs:
            yield from _constants(one)
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for one in node.iter_child_nodes():
        yield from _constants(one)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_words_in_its_code(path: Path) -> None:
    """Such as `{% set name = "All members" %}`; sections go by their English names, and a date
    of the data may be `not covered`."""
    tree = _environment().parse(path.read_text(encoding="utf-8"))
    known = {one.name for one in SECTIONS} | NAMES
    assert [
        one for one in _constants(tree) if _WORDS.search(one) and one not in known | {"not covered"}
    ] == []


_SCRIPT = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<regex>(?:(?<=[(,=!&|?:\[])|(?<=[(,=!&|?:] ))/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"""
    r"""|(?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?P<open>`)|(?P<left>\{)|(?P<right>\})""",
    re.DOTALL,
)


def _literals(source: str) -> Iterator[str]:
    """The texts of a script; of a template literal what stands around its values."""
    at = 0
    # How many braces are open in each value of a template literal that we are in.
    braces: list[int] = []
    while match := _SCRIPT.search(source, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield re.sub(r"\\(.)", r"\1", match[0][1:-1])
        elif kind == "left" and braces:
            braces[-1] += 1
        elif kind == "right" and braces:
            braces[-1] -= 1
        if kind == "open" or (kind == "right" and braces and braces[-1] < 0):
            if kind == "right":
                braces.pop()
            piece = re.compile(r"((?:[^`\\$]|\\.|\$(?!\{))*)(`|\$\{)", re.DOTALL).match(source, at)
            assert piece is not None
            yield piece[1]
            at = piece.end()
            if piece[2] == "${":
                braces.append(0)


def test_texts_of_a_script_are_found() -> None:
    source = "a('One two', `x ${b ? `in ner` : \"it's so\"} after`); // 'no no'\nc(/'no no/, {}, 'di\\'t it')"
    assert list(_literals(source)) == ["One two", "x ", "in ner", "it's so", " after", "di't it"]


@pytest.fixture(scope="module")
def said() -> dict[str, Counter[str]]:
    """What the catalogue takes from each file."""
    found: dict[str, Counter[str]] = {}
    for name, message in runpy.run_path(str(ROOT / "docs" / "catalogue.py"))["messages"]():
        forms = [message] if isinstance(message, str) else list(message)
        found.setdefault(name, Counter()).update(forms)
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_script_has_no_words_outside_messages(path: Path, said: dict[str, Counter[str]]) -> None:
    source = path.read_text(encoding="utf-8")
    own = said.get(path.relative_to(ROOT).as_posix(), Counter())
    if path.name == "copy.js":
        # Programs in three languages, which are to be copied.
        source = re.sub(r"export function asCurl.*?\nconst WAYS", "", source, flags=re.DOTALL)
    found = Counter(one for one in _literals(source) if _WORDS.search(one) and one not in NAMES)
    assert sorted((found - own).keys() - NOT_WORDS.keys()) == []
    # A call within a call would be left out of the catalogue.
    code = re.sub(r"^\s*(//|/?\*).*", "", source, flags=re.MULTILINE)
    called = re.findall(r"\b(say|sayMany|many)\(\s*'", code)
    assert sum(own.values()) == sum(1 if one == "say" else 2 for one in called)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_python_messages_are_in_the_catalogue(path: Path, said: dict[str, Counter[str]]) -> None:
    own = said.get(path.relative_to(ROOT).as_posix(), Counter())
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in ("say", "say_many", "later", "later_many"):
            for one in node.args[: 2 if node.func.id.endswith("many") else 1]:
                if isinstance(one, ast.Constant):
                    assert own[one.value], one.value
