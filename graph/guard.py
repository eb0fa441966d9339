"""Looks at a SPARQL text before the engine does.

Owns one tokenizer that knows strings, IRIs, comments and words, and the rules for what
this service does not run: calls to other servers (SERVICE, LOAD), texts that are too
long, and nesting so deep that a parser would overflow its stack.
Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from comity.errors import ForbiddenError, QueryError, TooLargeError

MAX_LENGTH = 1_000_000
MAX_UPDATE = 100_000_000
MAX_NESTING = 200

_TOKEN = re.compile(
    r"""
      (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
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

_SUSPICIOUS = re.compile(r"SERVICE|FROM|NOW|RAND|UUID|BNODE", re.IGNORECASE)
_READING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_CALLING = frozenset({"SERVICE", "LOAD"})
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
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
        is_volatile: whether asking again may give another answer at the same version.
    """

    form: str
    names_dataset: bool
    is_volatile: bool


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a SPARQL text that mean something: no white space, no comments."""
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind != "comment" and not (kind == "other" and match[0].isspace()):
            yield Token(kind, match[0], match.start())


def inspect_query(text: str, allowed: Container[str] = frozenset()) -> Shape:
    """Checks a query text that came from outside.

    Args:
        text: the query.
        allowed: addresses that SERVICE may call.

    Raises:
        TooLargeError: it is longer than `MAX_LENGTH`.
        QueryError: it is nested deeper than `MAX_NESTING`, has a character that is no
            text, or has no query form.
        ForbiddenError: it calls another server or is an update.

    Examples:
        >>> inspect_query("SELECT * { ?s ?p 'SERVICE' }").form
        'SELECT'
    """
    form = ""
    names_dataset = volatile = False
    # Most texts have none of the words and few of the brackets that call for a close look.
    plain = len(text) <= MAX_LENGTH and "\x00" not in text and not _SUSPICIOUS.search(text)
    plain = plain and sum(map(text.count, "{([")) <= MAX_NESTING
    for word, start in _words(text, allowed):
        if not form and word in _WRITING:
            raise ForbiddenError(
                f"{word} is an update (at {_place(text, start)}); send updates to /update."
            )
        if not form and word in _READING:
            form = word
            if plain:
                break
        names_dataset = names_dataset or word == "FROM"
        volatile = volatile or word in _VOLATILE
    if not form:
        raise QueryError("This is no query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return Shape(form, names_dataset, volatile or bool(allowed))


def inspect_update(text: str, allowed: Container[str] = frozenset()) -> None:
    """Checks an update text that came from outside.

    Args:
        text: the update.
        allowed: addresses that SERVICE and LOAD may call.

    Raises:
        TooLargeError: it is longer than `MAX_UPDATE`.
        QueryError: it is nested deeper than `MAX_NESTING`, has a character that is no
            text, or is a query.
        ForbiddenError: it calls another server.
    """
    form = ""
    for word, start in _words(text, allowed, MAX_UPDATE):
        if not form and word in _READING:
            raise QueryError(
                f"{word} is a query (at {_place(text, start)}); send queries to /sparql."
            )
        if word in _WRITING:
            form = word


def _words(
    text: str, allowed: Container[str], longest: int = MAX_LENGTH
) -> Iterator[tuple[str, int]]:
    """The words of a text in capitals, with where they begin; refuses what is not run."""
    if len(text) > longest:
        raise TooLargeError(f"The text has {len(text)} characters; {longest} are taken.")
    if "\x00" in text:
        raise QueryError("The text has a NUL character; send plain text.")
    depth = 0
    calling = ""
    for token in tokens(text):
        if calling and token.text.upper() != "SILENT":
            if token.kind != "iri" or token.text[1:-1] not in allowed:
                raise ForbiddenError(
                    f"{calling} calls another server and is refused "
                    f"(at {_place(text, token.start)}); the operator allows addresses by "
                    "COMITY_SERVICE_ALLOW."
                )
            calling = ""
        if token.kind == "open":
            depth += 1
            if depth > MAX_NESTING:
                where = _place(text, token.start)
                raise QueryError(f"The text is nested more than {MAX_NESTING} deep at {where}.")
        elif token.kind == "close":
            depth -= 1
        elif token.kind == "word":
            word = token.text.upper()
            if word in _CALLING:
                calling = word
            yield word, token.start


def _place(text: str, start: int) -> str:
    line = text.count("\n", 0, start) + 1
    return f"line {line}, column {start - text.rfind(chr(10), 0, start)}"
