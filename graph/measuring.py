"""What a measure says of a network of the graph, and the acts behind it.

Owns the way from a question about the graph to the result of a measure: it projects, gives
nodes their groups, measures, and finds the acts between the nodes that are to be explained.
What measures are is in `measures`; who runs this, and when, is for others to decide.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import InputError
from comity.graph.archives.shelf import Shelf
from comity.graph.engine import Engine
from comity.graph.network import Level, NetworkQuery
from comity.graph.projection import project
from comity.graph.standing import Standing

if TYPE_CHECKING:
    import networkx as nx

    from comity.graph.measures.registry import Measure
    from comity.graph.measures.rows import Rows


@dataclass(frozen=True, slots=True)
class MeasureQuery:
    """A measure of a network of the graph.

    Attributes:
        measure: its id.
        network: the network.
        parameters: options of the measure, as `Measure.read` gives them.
        groups: ids of organisations; whoever surely was a member of one on the last day of
            the window is a node in that group, with or without a tie.
        plot: whether the result is drawn.
        all_rules: whether it is taken under every sign rule, for the spread of its numbers.
        explain: ids of nodes; the ties among them are given with their acts, those of one
            node with everybody.
    """

    measure: str
    network: NetworkQuery
    parameters: tuple[tuple[str, Any], ...] = ()
    groups: tuple[str, ...] = ()
    explain: tuple[str, ...] = ()
    all_rules: bool = False
    plot: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """A tie behind a result.

    Attributes:
        source: from.
        target: to.
        relation: what kind of tie.
        sign: None where there is none.
        acts: ids of its acts or statements.
    """

    source: str
    target: str
    relation: str
    sign: float | None
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure says.

    Attributes:
        result: fields of the result.
        table: the same as rows.
        nodes: how many the network has.
        ties: how many it has.
        explained: the ties asked for, sorted.
        plot: the result as SVG, where that was asked for.
    """

    result: Mapping[str, Any]
    table: "Rows"
    nodes: int
    ties: int
    explained: tuple[Explained, ...] = ()
    plot: str = ""


def measured(engine: Engine, data: Path, query: MeasureQuery) -> Measured:
    """Projects and measures.

    Args:
        engine: the graph.
        data: directory of the archives, where the query names some.
        query: what to measure.

    Raises:
        NotFoundError: there is no such measure or archive.
        InputError: the network is not one that the measure can be taken of, or a node that
            is to be explained is not in it.
    """
    # Imported here: it needs libraries that a start does not wait for.
    from comity.graph.measures.registry import find_measure

    asked = find_measure(query.measure)
    network = project(engine, query.network, Shelf(data, os.environ))
    graph = network.to_networkx()
    give_groups(graph, engine, query)
    result = result_of(asked, graph, dict(query.parameters), all_rules=query.all_rules)
    return Measured(
        result=asdict(result),
        table=result.table(),
        nodes=len(graph),
        ties=len(network.ties),
        explained=explained(graph, query.explain),
        plot=drawn(result) if query.plot else "",
    )


def drawn(result: object) -> str:
    """A result as SVG.

    Raises:
        InputError: there is no plot of it, or nothing in it to draw.
    """
    from comity.graph.plots import plot_of

    return plot_of(result)


def result_of(
    asked: "Measure", graph: "nx.Graph[Any]", parameters: dict[str, Any], *, all_rules: bool
) -> Any:
    """The result of a measure, or its numbers under every sign rule.

    Raises:
        InputError: the graph is not one that the measure can be taken of.
    """
    if not all_rules:
        return asked.function(graph, **parameters)
    from comity.graph.measures.spread import under_all_rules

    return under_all_rules(asked, graph, parameters)


def give_groups(graph: "nx.MultiDiGraph[str]", engine: Engine, query: MeasureQuery) -> None:
    """Makes members nodes, and names the groups of each node in `group`, joined by `|`.

    Raises:
        InputError: no day is given, a group has no members that day, or the nodes are alliances.
    """
    day = query.network.as_of or query.network.until
    if not query.groups:
        return
    if day is None:
        raise InputError("Groups are those of a day; give as_of or until.")
    if query.network.level is Level.ALLIANCE:
        raise InputError(
            "Groups and the level alliance contradict each other: there an alliance is one node; "
            "give the level state."
        )
    standing = Standing(engine)
    for group in query.groups:
        members = standing.members_of((group,), day)
        if not members:
            raise InputError(
                f"Nobody surely was a member of '{group}' on {day}; name another group or day "
                "(`comity resolve` finds ids by name)."
            )
        graph.add_nodes_from(members)
    for node, values in graph.nodes(data=True):
        found = standing.memberships_of(standing.whole_of(node), day, query.groups)
        if found:
            values["group"] = "|".join(found)


def explained(
    graph: "nx.Graph[Any]", nodes: tuple[str, ...], *, own: bool = False
) -> tuple[Explained, ...]:
    """The ties among some nodes with their acts; of one node, its ties with everybody.

    Args:
        graph: the network.
        nodes: which of its nodes.
        own: whether it is a network of one's own, where a weight is a sign too.

    Raises:
        InputError: one of them is not in the network.
    """
    from comity.graph.measures.signed import sign_of

    for node in nodes:
        if node not in graph:
            raise InputError(f"{node} is not in this network, so there is nothing to explain.")
    asked = set(nodes)
    return tuple(
        Explained(
            source=str(source),
            target=str(target),
            relation=edge.get("relation", ""),
            sign=sign_of(source, target, edge) if own or "sign" in edge else None,
            acts=tuple(one for one in str(edge.get("acts", "")).split("|") if one),
        )
        for source, target, edge in graph.edges(data=True)
        if {source, target} <= asked or (len(asked) == 1 and asked & {source, target})
    )
