"""Looks at a SPARQL text before the engine does.

Owns one tokenizer that knows strings, IRIs, comments and words, and the rules for what
this service does not run: calls to other servers (SERVICE, LOAD), texts that are too
long, and nesting so deep that a parser would overflow its stack.
Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.errors import ForbiddenError, QueryError, TooLargeError

MAX_LENGTH = 1_000_000
MAX_NESTING = 200

_TOKEN = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | \"(?:[^"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<comment>\#[^\n\r]*)
    | (?P<variable>[?$]\w+)
    | (?P<name>@?[\w\-]*:[\w\-.:%\\]* | @[A-Za-z\-]+)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_READING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_WRITING = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a SPARQL text: what it is and where it begins."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query is, as far as the guard can tell.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        names_dataset: whether it says FROM, so that the union must not be used.
    """

    form: str
    names_dataset: bool


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a SPARQL text that mean something: no white space, no comments."""
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind != "comment" and not (kind == "other" and match[0].isspace()):
            yield Token(kind, match[0], match.start())


def inspect_query(text: str) -> Shape:
    """Checks a query text that came from outside.

    Raises:
        TooLargeError: it is longer than `MAX_LENGTH`.
        QueryError: it is nested deeper than `MAX_NESTING`, has a character that is no
            text, or has no query form.
        ForbiddenError: it calls another server or is an update.

    Examples:
        >>> inspect_query("SELECT * { ?s ?p 'SERVICE' }").form
        'SELECT'
    """
    if len(text) > MAX_LENGTH:
        raise TooLargeError(f"The query has {len(text)} characters; {MAX_LENGTH} are taken.")
    if "\x00" in text:
        raise QueryError("The query has a NUL character; send text.")
    form = ""
    depth = 0
    names_dataset = False
    for token in tokens(text):
        if token.kind == "open":
            depth += 1
            if depth > MAX_NESTING:
                where = _place(text, token.start)
                raise QueryError(f"The query is nested more than {MAX_NESTING} deep at {where}.")
        elif token.kind == "close":
            depth -= 1
        elif token.kind == "word":
            word = token.text.upper()
            if word == "SERVICE":
                raise ForbiddenError(
                    f"SERVICE calls another server and is refused (at {_place(text, token.start)})."
                )
            if not form and word in _WRITING:
                raise ForbiddenError(f"{word} is an update; this address answers queries only.")
            if not form and word in _READING:
                form = word
            names_dataset = names_dataset or word == "FROM"
    if not form:
        raise QueryError("This is no query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return Shape(form, names_dataset)


def _place(text: str, start: int) -> str:
    line = text.count("\n", 0, start) + 1
    return f"line {line}, column {start - text.rfind(chr(10), 0, start)}"
