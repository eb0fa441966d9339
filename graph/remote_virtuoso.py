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
from collections.abc import Callable

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
from comity.graph.remote_paths import Expansion, Hierarchy, variables
from comity.ontology.namespaces import PREFIXES

_IN_ORDER = 'define sql:select-option "order"\n'
_NOT_HERE = re.compile(r"^\s*# Not on Virtuoso: (?P<why>.*)$", re.MULTILINE)
_LOWER = re.compile(r"LCASE\((?:[^()]|\([^()]*\))*\)")
_BIND = re.compile(r"BIND\((?P<value>.*)\sAS\s+\?(?P<name>\w+)\)$", re.DOTALL)
_COMPARES = re.compile(r"<=|>=|!=|&&|\|\||=|<|>")
# Kept apart from a brace: a text with both would be taken for a query in the code.
_SELECT = "SELECT"


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
    Expansion(hierarchy, where).group(where)
    truths: set[str] = set()
    _mend(where, truths)
    return _IN_ORDER + write_query(head, where, _plain_order(head, tail)), frozenset(truths)


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
        if values.name in variables(outside) or "*" in outside:
            group.members.append(Raw([f"BIND({values.terms[0]} AS {values.name})"]))


def _can_place(group: Group, values: Values) -> bool:
    for member in group.members:
        if isinstance(member, Values) and member is not values and member.name == values.name:
            return False
        for inner in groups_in(member):
            if inner.head:
                if values.name in variables(inner.head) or "*" in inner.head:
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


def _mend(group: Group, truths: set[str]) -> None:
    choices: list[Member] = []
    for member in group.members:
        for inner in groups_in(member):
            _mend(inner, truths)
            inner.tail = _plain_order(inner.head, inner.tail)
        if isinstance(member, Raw) and _mend_bind(member, truths):
            choices.append(member)
    _shield(group, choices)


def _mend_bind(member: Raw, truths: set[str]) -> bool:
    """Puts a BIND right where it compares; tells whether it chooses between comparisons."""
    text = " ".join(piece if isinstance(piece, str) else "" for piece in member.pieces)
    bind = _BIND.match(text)
    if bind is None:
        return False
    value = bind["value"].strip()
    if value.startswith(("EXISTS", "NOT EXISTS", "BOUND")):
        truths.add(bind["name"])
    if len(member.pieces) > 1:
        return False
    parts = _arguments(value) if value.startswith("COALESCE(") else [value]
    if not all(_is_comparison(part) or part.startswith("LANG(") for part in parts):
        return False
    if _is_comparison(parts[0]):
        truths.add(bind["name"])
    if any("||" in part for part in parts):
        return False
    # A name of its own: one that two BINDs share is joined on.
    mended = f"?no_{bind['name']}"
    for part in reversed(parts):
        mended = _guarded(part, mended)
    member.pieces = [f"BIND({mended} AS ?{bind['name']})"]
    return len(parts) > 1


def _guarded(part: str, rest: str) -> str:
    """A comparison where all in it are bound, else the rest; but false and nothing is false."""
    # Not BOUND: Virtuoso takes it for true where a join made the variable.
    sides = _split(part, "&&")
    guards = [" && ".join(f"{name} = {name}" for name in variables(side)) for side in sides]
    known = " && ".join(guard for guard in guards if guard)
    if not known:
        return part
    found = f"IF({known}, {part}, {rest})"
    if len(sides) == 1:
        return found
    pairs = [(guard, side) for guard, side in zip(guards, sides, strict=True) if guard]
    fails = " || ".join(f"({guard} && !({side}))" for guard, side in pairs)
    return f"IF({fails}, false, {found})"


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
    return _split(call[call.index("(") + 1 : call.rindex(")")], ",")


def _split(text: str, mark: str) -> list[str]:
    """The parts of an expression between marks that stand outside of brackets."""
    parts, depth, start = [], 0, 0
    for one in tokens(text):
        depth += {"open": 1, "close": -1}.get(one.kind, 0)
        if depth == 0 and one.start >= start and text.startswith(mark, one.start):
            parts.append(text[start : one.start].strip())
            start = one.start + len(mark)
    return [*parts, text[start:].strip()]


def _shield(group: Group, choices: list[Member]) -> None:
    """Puts a sub-select around what stands before a part that would be mixed with it."""
    done: list[Member] = []
    for at, member in enumerate(group.members):
        before, after = [_word(one) for one in done], group.members[at + 1 :]
        is_choice = any(member is one for one in choices)
        if _needs_shield(member, after, before) or (is_choice and "OPTIONAL" in before):
            done = [_closed(done)]
        done.append(member)
    group.members = done


def _needs_shield(member: Member, after: list[Member], before: list[str]) -> bool:
    if _word(member) == "OPTIONAL":
        return "MINUS" in before
    is_union = isinstance(member, Group) and bool(after) and _word(after[0]) == "UNION"
    return is_union and "OPTIONAL" in before and before[-1] != "UNION"


def _word(member: Member) -> str:
    return str(member.pieces[0]) if isinstance(member, Raw) else ""


def _closed(members: list[Member]) -> Group:
    shown = [
        member for at, member in enumerate(members) if at == 0 or _word(members[at - 1]) != "MINUS"
    ]
    names: dict[str, None] = {}
    for member in shown:
        is_select = isinstance(member, Group) and member.head
        names |= variables(member.head if is_select else write(member))  # type: ignore[union-attr]
    return Group(members, f"{_SELECT} {' '.join(names)} WHERE")
