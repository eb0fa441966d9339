"""Reads a query as a tree of its groups and triple patterns, and writes it again.

Owns as much of the grammar as is needed to put one pattern in the place of another:
groups, queries within queries, data of one variable, triple patterns with their paths. All
else is kept as text. It holds no query of its own, and is for the queries that Comity ships; a text it cannot read is given
back unread. Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.graph.binding import values_block
from comity.graph.guard import Token, tokens

_EXPRESSIONS = frozenset({"FILTER", "BIND"})
_TERM = re.compile(
    r"""<[^>]*> | [?$]\w+ | [+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)? | true\b | false\b
    | (?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:@[A-Za-z-]+|\^\^(?:<[^>]*>|[\w-]*:[\w-]+))?
    | [\w-]*:[\w-]+(?:\.[\w-]+)*""",
    re.VERBOSE,
)


class UnreadableError(ValueError):
    """A text that has what this module does not read, such as `[ ]`."""


@dataclass(slots=True)
class Raw:
    """Text that is kept: keywords and expressions, with the groups in them."""

    pieces: list["str | Group"]


@dataclass(slots=True)
class Values:
    """The terms that one variable may be."""

    name: str
    terms: list[str]


@dataclass(slots=True)
class Pattern:
    """One triple pattern; its path is in tokens' text."""

    subject: str
    path: list[str]
    object: str


@dataclass(slots=True)
class Group:
    """What stands between two braces; a query within a query has a head and a tail."""

    members: list["Raw | Values | Pattern | Group"] = field(default_factory=list)
    head: str = ""
    tail: str = ""


Member = Raw | Values | Pattern | Group


def groups_in(member: Member) -> list[Group]:
    """The groups that a member is or has."""
    if isinstance(member, Group):
        return [member]
    if isinstance(member, Raw):
        return [piece for piece in member.pieces if isinstance(piece, Group)]
    return []


def read_query(text: str) -> tuple[str, Group, str]:
    """A query as its head, its outermost group, and what follows that.

    Raises:
        UnreadableError: the text has what this module does not read.
    """
    return _Reader(text).query()


def write_query(head: str, where: Group, tail: str) -> str:
    """The text of a query that was read."""
    return f"{head} {write(where)} {tail}"


def write(member: "Member | str") -> str:
    """The text of a part of a query."""
    if isinstance(member, str):
        return member
    if isinstance(member, Raw):
        return " ".join(write(piece) for piece in member.pieces)
    if isinstance(member, Values):
        return values_block(member.name, member.terms)
    if isinstance(member, Pattern):
        return f"{member.subject} {' '.join(member.path)} {member.object} ."
    inner = "\n".join(write(one) for one in member.members)
    if member.head:
        return f"{{ {member.head} {{ {inner} }} {member.tail} }}"
    return f"{{ {inner} }}"


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[Token] = [*tokens(text), Token("end", "", len(text))]
        self._at = 0

    def query(self) -> tuple[str, Group, str]:
        head = self._until_brace()
        where = self._group()
        tail = self._text[self._now.start :]
        return head, where, tail

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        if self._now.kind == "end":
            raise UnreadableError("the text ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _until_brace(self) -> str:
        start = self._now.start
        while self._now.text != "{":
            self._next()
        return self._text[start : self._now.start].rstrip()

    def _group(self) -> Group:
        self._take("{")
        if self._now.text.upper() == "SELECT":
            head = self._until_brace()
            inner = self._group()
            start = self._now.start
            depth = 0
            while depth or self._now.text != "}":
                depth += {"{": 1, "}": -1}.get(self._next().text, 0)
            tail = self._text[start : self._now.start].rstrip()
            self._take("}")
            return Group(inner.members, head, tail)
        group = Group()
        while self._now.text != "}":
            group.members.extend(self._members())
        self._take("}")
        return group

    def _members(self) -> Iterator[Member]:
        now = self._now
        word = now.text.upper()
        if now.text == "{":
            yield self._group()
        elif now.text == ".":
            self._next()
        elif now.kind == "word" and word == "VALUES":
            yield self._values()
        elif now.kind == "word" and word in _EXPRESSIONS:
            yield self._expression()
        elif now.kind == "word" and word == "GRAPH":
            yield Raw([self._next().text, self._term()])
        elif now.kind == "word" and word in ("OPTIONAL", "MINUS", "UNION"):
            yield Raw([self._next().text])
        elif now.kind == "word":
            raise UnreadableError(f"{now.text} is not read")
        else:
            yield from self._triples()

    def _values(self) -> Values:
        self._next()
        name = self._next()
        if name.kind != "variable":
            raise UnreadableError("data of several variables are not read")
        self._take("{")
        terms = []
        while self._now.text != "}":
            terms.append(self._term())
        self._take("}")
        return Values(name.text, terms)

    def _expression(self) -> Raw:
        pieces: list[str | Group] = []
        start = self._now.start
        depth = 0
        while True:
            if self._now.text == "{":
                pieces += [self._text[start : self._now.start].rstrip(), self._group()]
                start = self._now.start
                if depth == 0:
                    return Raw(pieces)
                continue
            depth += {"(": 1, ")": -1}.get(self._next().text, 0)
            if depth == 0 and self._tokens[self._at - 1].text == ")":
                end = self._tokens[self._at - 1].start + 1
                return Raw([*pieces, self._text[start:end]])

    def _triples(self) -> Iterator[Pattern]:
        subject = self._term()
        while True:
            path = self._path()
            while True:
                yield Pattern(subject, path, self._term())
                if self._now.text != ",":
                    break
                self._next()
            if self._now.text != ";":
                break
            self._next()
            if self._now.text in (".", "}"):
                break

    def _path(self) -> list[str]:
        path: list[str] = []
        depth = 0
        while True:
            token = self._next()
            if token.kind not in ("iri", "name", "variable") and token.text not in tuple("a^(!"):
                raise UnreadableError(f"'{token.text}' is no path")
            path.append(token.text)
            if token.text in tuple("^(!"):
                depth += token.text == "("
                continue
            while self._now.text in tuple("*+?)"):
                depth -= self._now.text == ")"
                path.append(self._next().text)
            if self._now.text in tuple("|/"):
                path.append(self._next().text)
            elif depth == 0:
                return path

    def _term(self) -> str:
        match = _TERM.match(self._text, self._now.start)
        if match is None:
            raise UnreadableError(f"'{self._now.text}' is no term")
        while self._now.kind != "end" and self._now.start < match.end():
            self._at += 1
        return match[0]

    def _take(self, text: str) -> None:
        if self._next().text != text:
            raise UnreadableError(f"'{text}' is missing")
