"""Writes Comity's own questions so that Virtuoso 7 answers them rightly.

Virtuoso loses rows, without an error, where a path that repeats is joined with others, or
where it joins sub-selects in an order of its own
(https://github.com/openlink/virtuoso-opensource/issues/460, 831, 895). So here

    VALUES ?x { a }       one value is written in place of the variable
    p*  p+  p?            become a UNION of chains, as long as the longest in the graph
    a <= b in a BIND      is asked only where both are bound: nothing <= 1 is true there
    MINUS, then OPTIONAL  get a sub-select between them, or the MINUS is forgotten
    ORDER BY LCASE(x)     becomes ORDER BY CONCAT(LCASE(x), "")

and joins are made in the order of the text. Found with 7.2.5 by the questions themselves;
`tests/engines` fails when one of these is no longer enough.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product

from comity.errors import EngineError
from comity.graph.guard import Token, tokens
from comity.graph.patterns import (
    Group,
    Member,
    Pattern,
    Raw,
    UnreadableError,
    Values,
    groups_in,
    read_query,
    write,
    write_query,
)
from comity.ontology.namespaces import PREFIXES

_IN_ORDER = 'define sql:select-option "order"\n'
_NOT_HERE = re.compile(r"^\s*# Not on Virtuoso: (?P<why>.*)$", re.MULTILINE)
_LOWER = re.compile(r"LCASE\((?:[^()]|\([^()]*\))*\)")
_BIND = re.compile(r"BIND\((?P<value>.*)\sAS\s+\?(?P<name>\w+)\)$", re.DOTALL)
_CHOICE = re.compile(r"BIND\(IF\((\?\w+) = \1 .*, IF\(", re.DOTALL)
_COMPARES = re.compile(r"<=|>=|!=|&&|\|\||=|<|>")
# Kept apart from a brace: a text with both would be taken for a query in the code.
_SELECT = "SELECT"
_SELECT_DISTINCT = "SELECT DISTINCT"

Step = tuple[str, bool]
Chain = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """What one property makes of the graph.

    Attributes:
        longest: length of its longest chain.
        is_tree: whether no node leads to two others by it.
    """

    longest: int
    is_tree: bool


def for_virtuoso(text: str, hierarchy: Callable[[str], Hierarchy]) -> tuple[str, frozenset[str]]:
    """A question as Virtuoso answers it rightly.

    Args:
        text: the question with its parameters bound.
        hierarchy: tells about a property, by its name in the text.

    Returns:
        The text to send, and the columns that hold truth values.

    Raises:
        EngineError: Virtuoso is known to answer this question wrongly.
    """
    refusal = _NOT_HERE.search(text)
    if refusal is not None:
        raise EngineError(f"Virtuoso does not answer this question rightly: {refusal['why']}")
    try:
        head, where, tail = read_query(text)
    except UnreadableError:
        return text, frozenset()
    _place_values(where, f"{head} {tail}")
    _Expansion(hierarchy, Counter(_every_variable(write(where)))).group(where)
    truths: set[str] = set()
    _mend(where, truths)
    return _IN_ORDER + write_query(head, where, _plain_order(head, tail)), frozenset(truths)


def _every_variable(text: str) -> Iterator[str]:
    return (one.text for one in tokens(text) if one.kind == "variable")


def _variables(text: str) -> dict[str, None]:
    return dict.fromkeys(_every_variable(text))


def _plain_order(head: str, tail: str) -> str:
    """Makes ORDER BY compare texts: long ones are compared by their inner numbers."""
    tail = _LOWER.sub(r'CONCAT(\g<0>, "")', tail)
    start = tail.find("ORDER BY")
    if start < 0:
        return tail
    keys, depth = tail[start:], 0
    edits: list[Token] = []
    for one in tokens(keys):
        depth += {"open": 1, "close": -1}.get(one.kind, 0)
        if one.kind == "variable" and depth == 0 and f"AS {one.text})" not in head:
            edits.append(one)
    for one in reversed(edits):
        name = one.text
        text = f'IF(DATATYPE({name}) = <{PREFIXES["xsd"]}string>, STR({name}), "") {name}'
        keys = keys[: one.start] + text + keys[one.start + len(name) :]
    return tail[:start] + keys


def _place_values(group: Group, outside: str) -> None:
    """Writes the value of a parameter in place of its variable, where it has one value."""
    for member in group.members:
        for inner in groups_in(member):
            rest = "\n".join(write(one) for one in group.members if one is not member)
            seen = f"{inner.head} {inner.tail}" if inner.head else f"{outside} {rest}"
            _place_values(inner, seen)
    for values in [one for one in group.members if isinstance(one, Values)]:
        if len(values.terms) != 1 or not _can_place(group, values):
            continue
        group.members.remove(values)
        _replace(group, values.name, values.terms[0])
        if values.name in _variables(outside) or "*" in outside:
            group.members.append(Raw([f"BIND({values.terms[0]} AS {values.name})"]))


def _can_place(group: Group, values: Values) -> bool:
    for member in group.members:
        if isinstance(member, Values) and member is not values and member.name == values.name:
            return False
        for inner in groups_in(member):
            if inner.head:
                if values.name in _variables(inner.head) or "*" in inner.head:
                    return False
            elif not _can_place(inner, values):
                return False
    return True


def _replace(group: Group, name: str, term: str) -> None:
    for member in group.members:
        if isinstance(member, Pattern):
            member.subject = term if member.subject == name else member.subject
            member.object = term if member.object == name else member.object
            member.path = [term if step == name else step for step in member.path]
        elif isinstance(member, Raw):
            member.pieces = [
                _replaced(piece, name, term) if isinstance(piece, str) else piece
                for piece in member.pieces
            ]
        for inner in groups_in(member):
            if not inner.head:
                _replace(inner, name, term)


def _replaced(text: str, name: str, term: str) -> str:
    found = list(tokens(text))
    for at in range(len(found) - 1, -1, -1):
        if found[at].kind != "variable" or found[at].text != name:
            continue
        start, end, put = found[at].start, found[at].start + len(name), term
        if at > 1 and found[at - 2].text.upper() == "BOUND":
            start, end, put = found[at - 2].start, found[at + 1].start + 1, "true"
        text = text[:start] + put + text[end:]
    return text


class _Expansion:
    """Writes paths as chains of plain patterns."""

    def __init__(self, hierarchy: Callable[[str], Hierarchy], uses: Counter[str]) -> None:
        self._hierarchy = hierarchy
        self._uses = uses
        self._fresh = count(1)
        self._branches = False

    def group(self, group: Group) -> None:
        members: list[Member] = []
        waiting = list(group.members)
        while waiting:
            member = waiting.pop(0)
            for inner in groups_in(member):
                self.group(inner)
            if isinstance(member, Pattern) and len(member.path) > 1:
                members += self._members(member, members, waiting)
            else:
                members.append(member)
        group.members = members

    def _members(self, pattern: Pattern, before: list[Member], after: list[Member]) -> list[Member]:
        self._branches = False
        chains = self._chains(pattern.path)
        if len(chains) == 1 and chains[0]:
            return list(self._chain(pattern.subject, chains[0], pattern.object))
        lead = self._lead(pattern, before, after) if () in chains else None
        union: list[Member] = []
        for chain in chains:
            if union:
                union.append(Raw(["UNION"]))
            if chain:
                steps = self._chain(pattern.subject, chain, pattern.object)
                union.append(Group([*([lead] if lead else []), *steps]))
            elif lead:
                union.append(self._same_after(lead, pattern))
            else:
                union.append(self._same(pattern.subject, pattern.object))
        if not self._branches:
            return union
        # Two ways between two nodes are one answer of a path that repeats.
        ends = _variables(" ".join(write(one) for one in (pattern, lead) if one))
        head = f"{_SELECT_DISTINCT} {' '.join(ends)} WHERE"
        return [Group(union, head)] if ends else union

    def _lead(self, pattern: Pattern, before: list[Member], after: list[Member]) -> Pattern | None:
        """Takes out the pattern beside this one that leads to one of its ends.

        With it no path of length nothing stands alone, which would be asked of all nodes.
        """
        ends = {pattern.subject, pattern.object}
        if any(end[0] not in "?$" for end in ends):
            return None
        for members in (before, after):
            for at, member in enumerate(members):
                if isinstance(member, Pattern) and member.object in ends and _is_plain(member):
                    del members[at]
                    return member
        return None

    def _same_after(self, lead: Pattern, pattern: Pattern) -> Group:
        met = lead.object
        other = pattern.object if met == pattern.subject else pattern.subject
        if self._uses[met] == 2:
            return Group([Pattern(lead.subject, lead.path, other)])
        return Group([lead, Raw([f"BIND({met} AS {other})"])])

    def _chain(self, subject: str, chain: Chain, last: str) -> Iterator[Pattern]:
        for position, (name, is_inverse) in enumerate(chain, 1):
            target = last if position == len(chain) else f"?step{next(self._fresh)}"
            ends = (target, subject) if is_inverse else (subject, target)
            yield Pattern(ends[0], [name], ends[1])
            subject = target

    def _same(self, one: str, other: str) -> Group:
        if one[0] not in "?$":
            one, other = other, one
        if one[0] not in "?$":
            return Group([Raw([f"FILTER({one} = {other})"])])
        if other[0] not in "?$":
            return Group([Raw([f"BIND({other} AS {one})"])])
        kind = f"?step{next(self._fresh)}"
        head = f"{_SELECT_DISTINCT} {one} ({one} AS {other}) WHERE"
        return Group([Group([Pattern(one, ["a"], kind)], head)])

    def _chains(self, path: list[str]) -> list[Chain]:
        chains, rest = self._alternative(path)
        if rest:
            raise EngineError(f"The path '{' '.join(path)}' cannot be written for Virtuoso.")
        return list(dict.fromkeys(chains))

    def _alternative(self, path: list[str]) -> tuple[list[Chain], list[str]]:
        chains, path = self._sequence(path)
        while path[:1] == ["|"]:
            more, path = self._sequence(path[1:])
            chains = chains + more
        if len(chains) > 1 and all(len(one) == 1 and not one[0][1] for one in chains):
            # Plain alternatives are one look-up.
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
            return [tuple((name, not way) for name, way in reversed(one)) for one in chains], path
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
        if len(chains) != 1 or len(chains[0]) != 1 or "|" in chains[0][0][0]:
            raise EngineError("Virtuoso loses rows of a path that repeats several properties.")
        found = self._hierarchy(chains[0][0][0])
        self._branches = self._branches or not found.is_tree
        return [chains[0] * times for times in range(how == "+", max(found.longest, 1) + 1)]


def _is_plain(pattern: Pattern) -> bool:
    return not set(pattern.path) & set("*+?/^(!")


def _mend(group: Group, truths: set[str]) -> None:
    for member in group.members:
        for inner in groups_in(member):
            _mend(inner, truths)
            inner.tail = _plain_order(inner.head, inner.tail)
        if isinstance(member, Raw):
            _mend_bind(member, truths)
    _shield(group)


def _mend_bind(member: Raw, truths: set[str]) -> None:
    text = " ".join(piece if isinstance(piece, str) else "" for piece in member.pieces)
    bind = _BIND.match(text)
    if bind is None:
        return
    value = bind["value"].strip()
    if value.startswith(("EXISTS", "NOT EXISTS", "BOUND")):
        truths.add(bind["name"])
    if len(member.pieces) > 1:
        return
    parts = _arguments(value) if value.startswith("COALESCE(") else [value]
    if not all(_is_comparison(part) or part.startswith("LANG(") for part in parts):
        return
    if _is_comparison(parts[0]):
        truths.add(bind["name"])
    if any("||" in part for part in parts):
        return
    # A name of its own: one that two BINDs share is joined on.
    mended = f"?no_{bind['name']}"
    for part in reversed(parts):
        # Not BOUND: it is taken for true where a join made the variable.
        guard = " && ".join(f"{name} = {name}" for name in _variables(part))
        mended = f"IF({guard}, {part}, {mended})" if guard else part
    member.pieces = [f"BIND({mended} AS ?{bind['name']})"]


def _is_comparison(text: str) -> bool:
    """Whether an expression compares, outside of its calls and strings."""
    kept, depth, previous = [], 0, ""
    for one in tokens(text):
        if depth or (one.text == "(" and previous == "word"):
            depth += {"(": 1, ")": -1}.get(one.text, 0)
        elif one.kind != "string":
            kept.append(one.text)
        previous = one.kind
    return bool(_COMPARES.search("".join(one for one in kept if len(one) == 1)))


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
    """Puts a sub-select around what stands before a part that would be mixed with it."""
    done: list[Member] = []
    for at, member in enumerate(group.members):
        if _needs_shield(member, group.members[at + 1 :], [_word(one) for one in done]):
            done = [_closed(done)]
        done.append(member)
    group.members = done


def _needs_shield(member: Member, after: list[Member], before: list[str]) -> bool:
    word = _word(member)
    if word == "OPTIONAL":
        return "MINUS" in before
    if "OPTIONAL" not in before:
        return False
    if isinstance(member, Group):
        return bool(after) and _word(after[0]) == "UNION" and before[-1] != "UNION"
    return bool(_CHOICE.match(word))


def _word(member: Member) -> str:
    return str(member.pieces[0]) if isinstance(member, Raw) else ""


def _closed(members: list[Member]) -> Group:
    shown = [
        member for at, member in enumerate(members) if at == 0 or _word(members[at - 1]) != "MINUS"
    ]
    names: dict[str, None] = {}
    for member in shown:
        is_select = isinstance(member, Group) and member.head
        names |= _variables(member.head if is_select else write(member))  # type: ignore[union-attr]
    return Group(members, f"{_SELECT} {' '.join(names)} WHERE")
