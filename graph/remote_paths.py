"""Writes paths that repeat as chains of plain patterns, as long as the graph needs them.

For engines that lose rows where such a path is joined with others. `p*` becomes a UNION:
the node itself, one step, two steps, up to the longest chain there is. What the longest
chain is has to be told by the graph that is asked.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product

from comity.errors import EngineError
from comity.graph.guard import tokens
from comity.graph.patterns import Group, Member, Pattern, Raw, groups_in, write

# Kept apart from a brace: a text with both would be taken for a query in the code.
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


def variables(text: str) -> dict[str, None]:
    """The variables in a text, each once, in order."""
    return dict.fromkeys(_every_variable(text))


def _every_variable(text: str) -> Iterator[str]:
    return (one.text for one in tokens(text) if one.kind == "variable")


class Expansion:
    """Writes the paths of a query as chains of plain patterns.

    Args:
        hierarchy: tells about a property, by its name in the text.
        where: the WHERE of the query, as it was.

    Raises:
        EngineError: a path repeats more than one property.
    """

    def __init__(self, hierarchy: Callable[[str], Hierarchy], where: Group) -> None:
        self._hierarchy = hierarchy
        self._uses = Counter(_every_variable(write(where)))
        self._fresh = count(1)
        self._branches = False

    def group(self, group: Group) -> None:
        """Writes the paths of a group, and of the groups in it."""
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
        ends = variables(" ".join(write(one) for one in (pattern, lead) if one))
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
