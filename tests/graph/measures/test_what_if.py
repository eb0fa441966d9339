"""What if, and cascades: hand-made cases of four to six actors, and a naive reference."""

import random

import networkx as nx
import pytest

from comity.errors import InputError, NotFoundError
from comity.graph.measures import cascade, what_if


def _pledges(*pairs: str) -> "nx.DiGraph[str]":
    """Edges such as `b>a`: b owes help to a."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for pair in pairs:
        graph.add_edge(*pair.split(">"), kind="defence", acts=pair)
    return graph


# b owes a; c owes b and x; d owes c, x and y.
CHAIN = ("b>a", "c>b", "c>x", "d>c", "d>x", "d>y")


def _inside(graph: "nx.DiGraph[str]", **options: object) -> list[str]:
    return [one.node for one in cascade(graph, **options).drawn_in]  # type: ignore[arg-type]


def test_a_chain_is_drawn_in_link_by_link() -> None:
    found = cascade(_pledges(*CHAIN), start="a")
    assert [(one.node, one.step, one.share) for one in found.drawn_in] == [
        ("a", 0, None),
        ("b", 1, 1),
        ("c", 2, 1 / 2),
        ("d", 3, 1 / 3),
    ]
    assert (found.n, found.steps, found.not_drawn_in) == (3, 3, ())
    assert (found.drawn_in[2].owed_to, found.drawn_in[2].acts) == ("b", "c>b")


def test_a_higher_threshold_breaks_the_chain() -> None:
    graph = _pledges(*CHAIN)
    assert _inside(graph, start="a", threshold=1 / 3) == ["a", "b", "c", "d"]
    assert _inside(graph, start="a", threshold=0.5) == ["a", "b", "c"]
    assert _inside(graph, start="a", threshold=0.51) == ["a", "b"]
    assert cascade(graph, start="a", threshold=1).not_drawn_in == ("c", "d")
    # x in too: all of c's, and two of d's three.
    assert _inside(graph, start="a|x", threshold=0.6) == ["a", "x", "b", "c", "d"]
    graph.nodes["c"]["threshold"] = 0.5
    assert _inside(graph, start="a", threshold=0.51) == ["a", "b", "c"]


def test_the_other_side_is_never_drawn_in_and_who_owes_it_is_named() -> None:
    graph = _pledges("b>a", "c>a", "c>e", "e>a", "d>e")
    found = cascade(graph, start="a", against="e")
    assert [(one.node, one.owes_against) for one in found.drawn_in] == [
        ("a", ""),
        ("b", ""),
        ("c", "e"),
    ]
    assert found.not_drawn_in == ("d",)


def test_only_pledges_of_help_count() -> None:
    graph = _pledges("b>a")
    graph.add_edge("c", "a", kind="consultation")
    graph.add_edge("d", "a")
    assert _inside(graph, start="a") == ["a", "b", "d"]
    assert _inside(graph, start="a", kinds="consultation") == ["a", "c", "d"]


def _closure(pairs: set[tuple[str, str]], start: set[str], threshold: float) -> set[str]:
    """One at a time, in whatever order, until nobody else enters."""
    inside = set(start)
    for _ in range(len(pairs) + 1):
        for actor in sorted({one for one, _ in pairs}, reverse=True):
            owed = {other for one, other in pairs if one == actor}
            if owed & inside and len(owed & inside) / len(owed) >= threshold:
                inside.add(actor)
    return inside


def test_who_is_drawn_in_falls_with_the_threshold_and_not_with_the_order() -> None:
    chance = random.Random(3)
    for _ in range(30):
        names = "abcdef"
        pairs = {(one, other) for one in names for other in names
                 if one != other and chance.random() < 0.35}  # fmt: skip
        graph = _pledges(*(f"{one}>{other}" for one, other in pairs))
        graph.add_nodes_from(names)
        last: set[str] = set(names)
        for threshold in (0, 0.25, 0.5, 0.75, 1):
            inside = set(_inside(graph, start="a", threshold=threshold))
            assert inside == _closure(pairs, {"a"}, threshold)
            assert inside <= last
            last = inside


def test_cascades_refuse_what_they_cannot_begin() -> None:
    graph = _pledges("b>a")
    for options, says in (
        ({}, "begins with somebody"),
        ({"start": "a", "against": "a"}, "both sides"),
        ({"start": "a", "threshold": 1.5}, "threshold is 1.5"),
        ({"start": "a", "threshold": float("nan")}, "threshold is nan"),
    ):
        with pytest.raises(InputError, match=says):
            cascade(graph, **options)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError, match="'z' is not"):
        cascade(graph, start="z")
    graph.nodes["b"]["threshold"] = "high"
    with pytest.raises(InputError, match="threshold of b is 'high'"):
        cascade(graph, start="a")
    with pytest.raises(InputError, match="direction"):
        cascade(nx.Graph(), start="a")


def _square() -> "nx.Graph[str]":
    """Two triangles on the edge b - c: abc with one foe, which is frustrated, and bcd."""
    graph: nx.Graph[str] = nx.Graph()
    for pair, sign in (("ab", 1), ("bc", 1), ("ac", -1), ("bd", 1), ("cd", 1)):
        graph.add_edge(*pair, sign=sign)
    return graph


def _moves(graph: "nx.Graph[str]", **options: str) -> dict[tuple[str, str], tuple[object, object]]:
    found = what_if(graph, **options)
    return {(one.of, one.value): (one.before, one.after) for one in found.moved}


def test_removing_a_node_moves_what_rests_on_it() -> None:
    # Without a nobody is frustrated: from 1 to 0, and from 1 of 2 triangles to 1 of 1.
    moved = _moves(_square(), remove="a")
    assert moved["", "value"] == (1, 0)
    assert moved["", "balanced_share"] == (1 / 2, 1)
    assert moved["++-", "count"] == (1, 0)
    assert ("+++", "count") not in moved


def test_removing_and_adding_an_edge() -> None:
    graph = _square()
    assert _moves(graph, remove="c>a")["", "value"] == (1, 0)
    both = what_if(graph, remove="a>c", add="a>c=1")
    assert (both.edges, both.nodes, both.new_nodes) == ((5, 5), (4, 4), ())
    assert {one.value: one.change for one in both.moved if one.measure == "frustration"}[
        "value"
    ] == -1
    # The network itself stays as it is.
    assert graph.edges["a", "c"]["sign"] == -1
    assert what_if(graph, add="a>e=1").new_nodes == ("e",)


def test_directed_edges_go_one_way_and_treaties_take_all_theirs() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", sign=1, treaty="t")
    graph.add_edge("a", "b", sign=1)
    graph.add_edge("b", "a", sign=1, treaty="t")
    assert what_if(graph, remove="a>b", measures="degree").edges == (3, 1)
    without = what_if(graph, remove="treaty:t", measures="degree")
    assert without.edges == (3, 1)
    # They stay neighbours, so that no degree moves; what was taken out is told all the same.
    assert without.table() == [
        {"measure": "network", "of": "", "value": "edges", "before": 3, "after": 1, "change": -2}
    ]


def test_a_membership_moves_cohesion() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for voter, sign in (("a", 1), ("b", 1), ("c", -1)):
        graph.add_node(voter, group="g")
        graph.add_edge(voter, "r", sign=sign)
    found = what_if(graph, remove="c@g", measures="cohesion")
    moved = {one.value: (one.of, one.before, one.after) for one in found.moved}
    # Two for and one against: 1/3; without the one, 1.
    assert moved["rice"] == ("g", 1 / 3, 1)
    assert moved["members"] == ("g", 3, 2)
    everybody = what_if(graph, remove="a@g|b@g|c@g", measures="cohesion|degree")
    assert [(one.measure, one.network) for one in everybody.failed] == [("cohesion", "after")]
    back = what_if(graph, remove="c@g", add="c@g", measures="cohesion")
    assert (back.moved, back.n > 5) == ((), True)


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({}, InputError, "Name a change"),
        ({"remove": "z"}, NotFoundError, "'z' is not"),
        ({"remove": "a>d"}, NotFoundError, "no edge 'a>d'"),
        ({"remove": "treaty:t"}, NotFoundError, "no edge"),
        ({"remove": "a@g"}, NotFoundError, "not in the group 'g'"),
        ({"add": "a"}, InputError, "cannot be added"),
        ({"add": "a>d"}, InputError, "both sides of ="),
        ({"add": "a>d=friend"}, InputError, "has 'friend' for a sign"),
        ({"add": "a>d=nan"}, InputError, "has 'nan' for a sign"),
        ({"remove": "a", "measures": "nothing"}, NotFoundError, "no measure 'nothing'"),
        ({"remove": "a", "measures": "what-if"}, InputError, "another measure"),
    ],
)
def test_changes_that_cannot_be_made(
    options: dict[str, str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        what_if(_square(), **options)


def test_ties_without_a_sign_move_the_degree() -> None:
    # c owes b and x; a, who is owed by b only, goes: b loses one tie of two.
    found = what_if(_pledges(*CHAIN), remove="a", measures="degree")
    moved = {(one.of, one.value): (one.before, one.after) for one in found.moved}
    assert moved["b", "unsigned"] == (2, 1)
    assert moved["a", "unsigned"] == (1, None)
    assert ("c", "unsigned") not in moved
