"""Which numbers move where a network is changed. Owns the changes and the comparison.

What is measured is any other measure, with its own defaults.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any

import networkx as nx

from comity.errors import InputError, NotFoundError, ParameterError
from comity.graph.measures.registry import Group, Measure, find_measure, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import sign_of

# What names the row of a result; everything else in it that is a number is a value.
_NAMES = ("node", "source", "target", "group", "session", "triangle")
_NOT_MEASURED = ("what-if", "cascade")


@dataclass(frozen=True, slots=True)
class Moved:
    """A number of a measure, before and after.

    Attributes:
        measure: id of the measure.
        of: what the number is of; an empty text for the whole network.
        value: name of the number.
        before: in the network as it is; None where it is not defined.
        after: in the network as it was changed.
        change: after less before; None where one is not defined.
    """

    measure: str
    of: str
    value: str
    before: float | None
    after: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A measure that says nothing of one of the two networks.

    Attributes:
        measure: its id.
        network: before or after.
        why: what it says instead.
    """

    measure: str
    network: str
    why: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Which numbers move.

    Attributes:
        n: numbers compared.
        nodes: before and after.
        edges: before and after.
        new_nodes: nodes that an added edge brings with it.
        moved: the numbers that are not the same, by measure; `network` for its nodes and edges.
        failed: measures without an answer.
    """

    n: int
    nodes: tuple[int, int]
    edges: tuple[int, int]
    new_nodes: tuple[str, ...]
    moved: tuple[Moved, ...]
    failed: tuple[Failed, ...]

    def table(self) -> Rows:
        """One row for each number that moved."""
        return Rows.of(Moved.__slots__, self.moved)


@measure("what-if", Group.WHAT_IF, "Which numbers move if the network were another?")
def what_if(
    graph: "nx.Graph[Any]",
    *,
    remove: Annotated[str, "NODE, SOURCE>TARGET, NODE@GROUP or treaty:ID, joined by |"] = "",
    add: Annotated[str, "SOURCE>TARGET=SIGN or NODE@GROUP, joined by |"] = "",
    measures: Annotated[str, "ids of the measures, joined by |"] = "frustration|triads",
) -> WhatIf:
    """Measures of a network before and after something is taken out or put in.

    Definition: first all of `remove`, then all of `add`: a node with its edges, all edges of a
    pair (in that direction, where there is one), the membership of a node in a group, all
    edges with the attribute `treaty`; an edge with a sign. Each of `measures` runs with its
    defaults on both networks. Compared are the numbers of the whole network, and those of the
    rows of a result that name a node, a pair, a group or a triangle.

    Formula: change = after - before.

    Degenerate cases: a number that one of the two does not have is null there and counts as
    moved. A measure that refuses one of the networks is named with its reason. The network
    itself is not changed.

    Reference: none; what moves says nothing of what actors would do.

    Raises:
        InputError: nothing is changed, or a change or sign cannot be read.
        NotFoundError: what is to be removed is not there, or there is no such measure.
    """
    asked = [_asked(part) for part in _parts(measures)]
    if not asked or not (_parts(remove) or _parts(add)):
        raise InputError("Name a change, as remove or add, and a measure to look at.")
    changed = graph.copy()
    for part in _parts(remove):
        _remove(changed, part)
    for part in _parts(add):
        _add(changed, part)
    failed: list[Failed] = []
    sizes = [
        {("", "nodes"): len(one), ("", "edges"): one.number_of_edges()} for one in (graph, changed)
    ]
    moved = _differences("network", *sizes)
    compared = 0
    for one in asked:
        before, after = (
            _numbers(one, network, name, failed)
            for network, name in ((graph, "before"), (changed, "after"))
        )
        if before is None or after is None:
            continue
        compared += len(before.keys() | after.keys())
        moved += _differences(one.id, before, after)
    return WhatIf(
        n=compared,
        nodes=(len(graph), len(changed)),
        edges=(graph.number_of_edges(), changed.number_of_edges()),
        new_nodes=tuple(sorted(str(node) for node in changed if node not in graph)),
        moved=tuple(moved),
        failed=tuple(failed),
    )


_Key = tuple[str, str]
_Numbers = Mapping[_Key, float | None]


def _differences(name: str, before: _Numbers, after: _Numbers) -> list[Moved]:
    return [
        _moved(name, key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _moved(name: str, key: _Key, before: float | None, after: float | None) -> Moved:
    change = None if before is None or after is None else after - before
    return Moved(name, *key, before, after, change)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _asked(identifier: str) -> Measure:
    if identifier in _NOT_MEASURED:
        raise InputError(f"{identifier} compares networks itself; name another measure.")
    return find_measure(identifier)


def _numbers(
    asked: Measure, graph: "nx.Graph[Any]", network: str, failed: list[Failed]
) -> dict[_Key, float | None] | None:
    """The numbers of a result by what they are of and their name; None where there is none."""
    try:
        result = asked.function(graph)
    except ParameterError:
        raise
    except InputError as error:
        failed.append(Failed(asked.id, network, str(error)))
        return None
    found: dict[_Key, float | None] = {}
    for field in fields(result):
        value = getattr(result, field.name)
        if _is_number(value):
            found["", field.name] = value
    for row in result.table():
        of = " ".join(str(row[name]) for name in _NAMES if row.get(name) is not None)
        for name, value in row.items():
            if of and name not in _NAMES and _is_number(value):
                found[of, name] = value
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _remove(graph: "nx.Graph[Any]", part: str) -> None:
    if part.startswith("treaty:"):
        treaty = part.removeprefix("treaty:")
        _remove_edges(graph, part, (e for e in _edges(graph) if e[-1].get("treaty") == treaty))
    elif ">" in part:
        source, target = (_node(graph, one) for one in _two(part, ">"))
        pairs = [(source, target)] if graph.is_directed() else [(source, target), (target, source)]
        _remove_edges(graph, part, (e for e in _edges(graph) if (e[0], e[1]) in pairs))
    elif "@" in part:
        name, group = _two(part, "@")
        node = _node(graph, name)
        groups = _parts(str(graph.nodes[node].get("group") or ""))
        if group not in groups:
            raise NotFoundError(f"{name} is not in the group '{group}'; name one that it is in.")
        graph.nodes[node]["group"] = "|".join(one for one in groups if one != group)
    else:
        graph.remove_node(_node(graph, part))


def _add(graph: "nx.Graph[Any]", part: str) -> None:
    if ">" in part:
        pair, sign = _two(part, "=")
        source, target = (_known(graph).get(one, one) for one in _two(pair, ">"))
        # A sign is read, and refused, where every other one is.
        graph.add_edge(source, target, sign=sign_of(source, target, {"sign": sign}))
    elif "@" in part:
        name, group = _two(part, "@")
        node = _node(graph, name)
        groups = {*_parts(str(graph.nodes[node].get("group") or "")), group}
        graph.nodes[node]["group"] = "|".join(sorted(groups))
    else:
        raise InputError(f"'{part}' cannot be added; give SOURCE>TARGET=SIGN or NODE@GROUP.")


def _edges(graph: "nx.Graph[Any]") -> list[tuple[Any, ...]]:
    # Only a multigraph has keys, which its stubs do not tell.
    edges: Any = graph.edges
    return list(edges(keys=True, data=True) if graph.is_multigraph() else edges(data=True))


def _remove_edges(graph: "nx.Graph[Any]", part: str, edges: Iterable[tuple[Any, ...]]) -> None:
    found = [edge[:-1] for edge in edges]
    if not found:
        raise NotFoundError(f"There is no edge '{part}' in this network; name one that is there.")
    graph.remove_edges_from(found)


def _known(graph: "nx.Graph[Any]") -> dict[str, Any]:
    return {str(node): node for node in graph}


def _node(graph: "nx.Graph[Any]", name: str) -> Any:
    known = _known(graph)
    if name not in known:
        raise NotFoundError(f"'{name}' is not in this network; name a node that is.")
    return known[name]


def _two(part: str, sign: str) -> tuple[str, str]:
    one, found, other = (text.strip() for text in part.partition(sign))
    if not (one and found and other):
        raise InputError(f"'{part}' cannot be read; it needs something on both sides of {sign}.")
    return one, other
