"""What other engines do differently: the one place for it.

Owns the terms that engines write in another way than the embedded store, and the
rewriting of Comity's own questions for Virtuoso, which loses rows where a path is joined
with others (https://github.com/openlink/virtuoso-opensource/issues/895 and 234). There
`a|b` becomes a UNION, `p*` a UNION of chains as long as the longest in the graph, and a
parameter with one value is written in place of its variable. Nothing else in Comity
knows the name of an engine.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count, product

from comity.errors import EngineError
from comity.graph.guard import tokens
from comity.graph.patterns import (
    Group,
    Pattern,
    Raw,
    UnreadableError,
    Values,
    read_query,
    write,
    write_query,
)
from comity.ontology.namespaces import PREFIXES

_XSD = PREFIXES["xsd"]
# Longer chains than this are refused: a cycle has no longest one.
LONGEST = 12
import os
SHIELD=os.environ.get("SHIELD","1")=="1"
Step = tuple[str, bool]
Chain = tuple[Step, ...]
Depth = Callable[[str], int]


def for_virtuoso(text: str, depth: Depth) -> tuple[str, frozenset[str]]:
    """A question as Virtuoso answers it rightly.

    Args:
        text: the question with its parameters bound.
        depth: length of the longest chain of a property, by its name in the text.

    Raises:
        EngineError: it has a path of which the length is not known.
    """
    try:
        head, where, tail = read_query(text)
    except UnreadableError:
        return text, frozenset()
    _place_values(where, f"{head} {tail}")
    _Expansion(depth).group(where)
    truths: set[str] = set()
    _mend(where, truths)
    tail = _LOWER.sub(r'CONCAT(\g<0>, "")', tail)
    return write_query(head, where, tail), frozenset(truths)


_LOWER = re.compile(r"LCASE\((?:[^()]|\([^()]*\))*\)")
_BIND = re.compile(r"BIND\((?P<value>.*)\sAS\s+\?(?P<name>\w+)\)$", re.DOTALL)
_COMPARES = re.compile(r"(?<![<\w])(?:<=|>=|!=|=|<(?=\s)|>(?=\s))")


def _mend(group: Group, truths: set[str]) -> None:
    for member in group.members:
        for inner in _groups_in(member):
            _mend(inner, truths)
            inner.tail = _LOWER.sub(r'CONCAT(\g<0>, "")', inner.tail)
        if isinstance(member, Raw):
            _mend_bind(member, truths)
    if SHIELD: _shield(group)


def _mend_bind(member: Raw, truths: set[str]) -> None:
    """Virtuoso gives a truth value as 1 or 0, and one for a comparison with nothing."""
    text = " ".join(piece if isinstance(piece, str) else "{}" for piece in member.pieces)
    bind = _BIND.match(text)
    if bind is None:
        return
    value = bind["value"].strip()
    if value.startswith(("EXISTS", "NOT EXISTS", "BOUND")):
        truths.add(bind["name"])
        return
    if len(member.pieces) > 1:
        return
    parts = _arguments(value) if value.startswith("COALESCE(") else [value]
    if all(_is_comparison(part) for part in parts):
        truths.add(bind["name"])
    parts = [_guarded(part) for part in parts]
    mended = f"COALESCE({', '.join(parts)})" if value.startswith("COALESCE(") else parts[0]
    member.pieces = [f"BIND({mended} AS ?{bind['name']})"]


def _is_comparison(text: str) -> bool:
    outer = _without_calls(text)
    return bool(_COMPARES.search(outer)) or "&&" in outer or "||" in outer


def _guarded(text: str) -> str:
    if not (_is_comparison(text) or text.startswith("LANG(")) or "||" in text:
        return text
    names = dict.fromkeys(one.text for one in tokens(text) if one.kind == "variable")
    if not names:
        return text
    return f"IF({' && '.join(f'BOUND({name})' for name in names)}, {text}, ?nothing)"


def _without_calls(text: str) -> str:
    """An expression without what stands in strings and between the brackets of calls."""
    kept = []
    depth = 0
    previous = ""
    for one in tokens(text):
        if one.text == ")" and depth:
            depth -= 1
        elif one.text == "(" and (depth or previous == "word"):
            depth += 1
        elif not depth and one.kind != "string":
            kept.append(one.text)
        previous = one.kind
    return (
        " ".join(kept)
        .replace("< =", "<=")
        .replace("> =", ">=")
        .replace("& &", "&&")
        .replace("| |", "||")
        .replace("! =", "!=")
    )


def _arguments(call: str) -> list[str]:
    inner = call[call.index("(") + 1 : call.rindex(")")]
    parts, depth, start = [], 0, 0
    for one in tokens(inner):
        depth += {"open": 1, "close": -1}.get(one.kind, 0)
        if one.text == "," and depth == 0:
            parts.append(inner[start : one.start].strip())
            start = one.start + 1
    return [*parts, inner[start:].strip()]


def _shield(group: Group) -> None:
    """Puts a sub-select around what stands before a part that Virtuoso would mix with it."""
    members = group.members
    done: list[Raw | Values | Pattern | Group] = []
    at = 0
    while at < len(members):
        if _needs_shield(members, at, done):
            done = [_closed(done)]
        done.append(members[at])
        at += 1
    group.members = done


def _needs_shield(members, at, before) -> bool:
    words = [_word(one) for one in before]
    word = _word(members[at])
    if word == "OPTIONAL":
        return "MINUS" in words
    return word.startswith("BIND(COALESCE(IF(BOUND") and "OPTIONAL" in words


def _word(member) -> str:
    return member.pieces[0] if isinstance(member, Raw) and isinstance(member.pieces[0], str) else ""


def _closed(members) -> Group:
    inner = Group(members)
    names = dict.fromkeys(one.text for one in tokens(write(inner)) if one.kind == "variable")
    hidden = [at + 1 for at, one in enumerate(members) if _word(one) == "MINUS"]
    shown = [one for at, one in enumerate(members) if at not in hidden]
    inner.head = f"SELECT {' '.join(name for name in names if _is_visible(name, shown))} WHERE"
    return inner


def _is_visible(name: str, members: list[Raw | Values | Pattern | Group]) -> bool:
    for member in members:
        text = member.head if isinstance(member, Group) and member.head else write(member)
        if name in {one.text for one in tokens(text)}:
            return True
    return False


def _place_values(group: Group, outside: str) -> None:
    """Writes the value of a parameter in place of its variable, where it has one value."""
    for member in group.members:
        for inner in _groups_in(member):
            rest = "\n".join(write(one) for one in group.members if one is not member)
            seen = f"{inner.head} {inner.tail}" if inner.head else f"{outside} {rest}"
            _place_values(inner, seen)
    for values in [one for one in group.members if isinstance(one, Values)]:
        if len(values.terms) != 1 or not _can_place(group, values):
            continue
        group.members.remove(values)
        _replace(group, values.name, values.terms[0])
        if values.name in {token.text for token in tokens(outside)} or "*" in outside:
            group.members.append(Raw([f"BIND({values.terms[0]} AS {values.name})"]))


def _can_place(group: Group, values: Values) -> bool:
    for member in group.members:
        if member is values:
            continue
        if isinstance(member, Values) and member.name == values.name:
            return False
        for inner in _groups_in(member):
            if inner.head:
                if values.name in inner.head or "*" in inner.head:
                    return False
            elif not _can_place(inner, values):
                return False
    return True


def _replace(group: Group, name: str, term: str) -> None:
    for member in group.members:
        if isinstance(member, Pattern):
            member.subject = term if member.subject == name else member.subject
            member.object = term if member.object == name else member.object
        elif isinstance(member, Raw):
            member.pieces = [
                _replaced(piece, name, term) if isinstance(piece, str) else piece
                for piece in member.pieces
            ]
        for inner in _groups_in(member):
            if not inner.head:
                _replace(inner, name, term)


def _replaced(text: str, name: str, term: str) -> str:
    found = list(tokens(text))
    for at in range(len(found) - 1, -1, -1):
        if found[at].text != name or found[at].kind != "variable":
            continue
        start, end, put = found[at].start, found[at].start + len(name), term
        if at > 1 and found[at - 2].text.upper() == "BOUND":
            start, end, put = found[at - 2].start, found[at + 1].start + 1, "true"
        text = text[:start] + put + text[end:]
    return text


def _groups_in(member: Raw | Values | Pattern | Group) -> list[Group]:
    if isinstance(member, Group):
        return [member]
    if isinstance(member, Raw):
        return [piece for piece in member.pieces if isinstance(piece, Group)]
    return []


class _Expansion:
    """Writes paths as chains of plain patterns."""

    def __init__(self, depth: Depth) -> None:
        self._depth = depth
        self._fresh = count(1)

    def group(self, group: Group) -> None:
        members: list[Raw | Values | Pattern | Group] = []
        for member in group.members:
            for inner in _groups_in(member):
                self.group(inner)
            if isinstance(member, Pattern) and len(member.path) > 1:
                members += self._members(member, group)
            else:
                members.append(member)
        group.members = members

    def _members(self, pattern: Pattern, group: Group) -> Iterator[Raw | Group | Pattern]:
        chains = self._chains(pattern.path)
        if len(chains) == 1 and chains[0]:
            yield from self._chain(pattern.subject, chains[0], pattern.object)
            return
        first = True
        for chain in chains:
            if not first:
                yield Raw(["UNION"])
            first = False
            if chain:
                yield Group(list(self._chain(pattern.subject, chain, pattern.object)))
            else:
                yield self._same(pattern.subject, pattern.object)

    def _chain(self, subject: str, chain: Chain, last: str) -> Iterator[Pattern]:
        for position, (name, is_inverse) in enumerate(chain, 1):
            target = last if position == len(chain) else f"?step{next(self._fresh)}"
            yield (
                Pattern(target, [name], subject) if is_inverse else Pattern(subject, [name], target)
            )
            subject = target

    def _same(self, one: str, other: str) -> Group:
        if one[0] not in "?$":
            one, other = other, one
        if one[0] not in "?$":
            return Group([Raw([f"FILTER({one} = {other})"])])
        if other[0] not in "?$":
            return Group([Raw([f"BIND({other} AS {one})"])])
        kind = f"?step{next(self._fresh)}"
        inner = Group(
            [Pattern(one, ["a"], kind)], f"SELECT DISTINCT {one} ({one} AS {other}) WHERE"
        )
        return Group([inner])

    def _chains(self, path: list[str]) -> list[Chain]:
        chains, rest = self._alternative(path)
        if rest:
            raise UnreadableError(" ".join(path))
        return list(dict.fromkeys(chains))

    def _alternative(self, path: list[str]) -> tuple[list[Chain], list[str]]:
        chains, path = self._sequence(path)
        while path[:1] == ["|"]:
            more, path = self._sequence(path[1:])
            chains = chains + more
        if len(chains) > 1 and all(len(one) == 1 and not one[0][1] for one in chains):
            # Plain alternatives are one look-up there.
            return [((" | ".join(one[0][0] for one in chains), False),)], path
        return chains, path

    def _sequence(self, path: list[str]) -> tuple[list[Chain], list[str]]:
        chains, path = self._element(path)
        while path[:1] == ["/"]:
            more, path = self._element(path[1:])
            chains = [one + other for one, other in product(chains, more)]
        return chains, path

    def _element(self, path: list[str]) -> tuple[list[Chain], list[str]]:
        if path[0] == "^":
            chains, path = self._element(path[1:])
            return [tuple((n, not i) for n, i in reversed(chain)) for chain in chains], path
        if path[0] == "(":
            chains, path = self._alternative(path[1:])
            path = path[1:]
        else:
            chains, path = [((path[0], False),)], path[1:]
        while path and path[0] in "*+?":
            chains, path = self._repeated(chains, path[0]), path[1:]
        return chains, path

    def _repeated(self, chains: list[Chain], how: str) -> list[Chain]:
        if how == "?":
            return [(), *chains]
        if len(chains) != 1 or len(chains[0]) != 1:
            raise EngineError("Virtuoso loses rows of a path that repeats several steps.")
        longest = self._depth(chains[0][0][0])
        return [chains[0] * times for times in range(0 if how == "*" else 1, max(longest, 1) + 1)]
