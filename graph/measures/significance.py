"""How a number compares with those of networks that chance made alike.

Owns the draws, what they say, and two nulls: signs shuffled on fixed ties, and ties rewired
with fixed degrees. `qap.py` shuffles nodes, `bootstrap.py` draws documents.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError, ParameterError
from comity.graph.measures.chance import chance
from comity.graph.measures.patience import check_seconds
from comity.graph.measures.registry import Group, Measure, find_measure, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignedArrays, SignRule, signed_arrays, signed_graph
from comity.graph.measures.signed_communities import signed_modularity
from comity.graph.measures.spread import number_of

Rule = Annotated[SignRule, "how the edges of a pair become one sign"]
Draws = Annotated[int, "networks drawn by chance"]
Seed = Annotated[int, "the draws follow from it"]
Seconds = Annotated[float, "time to draw; then those drawn so far are told"]
# Swaps tried for each tie before a rewired network is taken as drawn.
_SWAPS = 10
_NEAR = 1e-12


@dataclass(frozen=True, slots=True)
class NullTest:
    """A number against those of networks drawn by chance.

    Attributes:
        value: of the network.
        mean: of the drawn networks.
        sd: their standard deviation.
        at_least: share of networks with as much or more, this one counted: a one-sided p.
        at_most: the same with as much or less.
        n: what was drawn upon: signs, ties or nodes.
        draws: networks drawn that have such a number.
        undefined: networks drawn that have none.
        seed: the draws follow from it.
    """

    value: float
    mean: float
    sd: float
    at_least: float
    at_most: float
    n: int
    draws: int
    undefined: int
    seed: int

    def table(self) -> Rows:
        """One row."""
        return Rows(
            ("value", "mean", "sd", "at_least", "at_most", "n", "draws"),
            [(self.value, self.mean, self.sd, self.at_least, self.at_most, self.n, self.draws)],
        )


def compared(
    value: float,
    draw: Callable[[np.random.Generator], float | None],
    *,
    n: int,
    draws: int,
    seed: int,
    seconds: float,
) -> NullTest:
    """A number against those drawn.

    Raises:
        InputError: `draws` or `seconds` is too small, or no network drawn has a number.
    """
    found = drawn(draw, draws=draws, seed=seed, seconds=seconds)
    numbers = np.array([one for one in found if one is not None])
    if not len(numbers):
        raise InputError("No network drawn by chance has this number; give a larger network.")
    return NullTest(
        value=value,
        mean=float(numbers.mean()),
        sd=float(numbers.std()),
        at_least=(1 + int((numbers >= value - _NEAR).sum())) / (1 + len(numbers)),
        at_most=(1 + int((numbers <= value + _NEAR).sum())) / (1 + len(numbers)),
        n=n,
        draws=len(numbers),
        undefined=len(found) - len(numbers),
        seed=seed,
    )


def drawn(
    draw: Callable[[np.random.Generator], float | None], *, draws: int, seed: int, seconds: float
) -> list[float | None]:
    """Numbers drawn, one at least; fewer than asked for where the time is up.

    Raises:
        InputError: `draws` is below 1, or `seconds` not above 0.
    """
    if draws < 1:
        raise InputError(f"draws is {draws}; give 1 or more.")
    check_seconds(seconds)
    random = chance(seed)
    deadline = time.monotonic() + seconds
    found = [draw(random)]
    while len(found) < draws and time.monotonic() < deadline:
        found.append(draw(random))
    return found


def tested_measure(identifier: str, parameter: str) -> Measure:
    """The measure whose number is tested.

    Raises:
        NotFoundError: there is none of that id.
        ParameterError: it is a test itself.
    """
    found = find_measure(identifier)
    if found.group is Group.SIGNIFICANCE:
        raise ParameterError(
            f"{identifier} is a test itself; name a measure of another group.",
            parameter=parameter,
            got=identifier,
            expected="a measure of another group",
        )
    return found


def taken(
    measured: Measure, graph: "nx.Graph[Any]", name: str, seconds: float, **parameters: Any
) -> float | None:
    """A number that a measure gives for a network; None where it is not defined.

    Raises:
        ParameterError: it gives no such number.
        InputError: it is exact only with a proof, and there is none after so many seconds.
    """
    if any(one.name == "seconds" for one in measured.parameters):
        check_seconds(seconds)
        parameters["seconds"] = seconds
    result = measured.function(graph, **parameters)
    # What the camps of balance stand on is proven or not known; other searches are of the best found.
    if measured.group is Group.BALANCE and not getattr(result, "proven", True):
        raise InputError(
            f"{measured.id} is not proven for a network within {seconds:g} s, and what is not "
            "known cannot be tested; give more seconds, or a smaller network."
        )
    return number_of(result, name)


def value_of(
    measured: Measure, graph: "nx.Graph[Any]", name: str, seconds: float, **parameters: Any
) -> float:
    """The same of the network that is tested, which must have the number.

    Raises:
        ParameterError: the measure gives no such number.
        InputError: it is not defined for this network, or not proven in time.
    """
    value = taken(measured, graph, name, seconds, **parameters)
    if value is None:
        raise InputError(f"{measured.id} gives no {name} for this network; nothing can be tested.")
    return value


@measure("sign-permutation", Group.SIGNIFICANCE, "Would signs put anywhere give as much?")
def sign_permutation(
    graph: "nx.Graph[Any]",
    *,
    rule: Rule = SignRule.SUM,
    of: Annotated[str, "id of the measure that is tested"] = "triads",
    value: Annotated[str, "which number of its result"] = "balanced_share",
    draws: Draws = 1000,
    seed: Seed = 1,
    seconds: Seconds = 60.0,
) -> NullTest:
    """A number of a signed network against those with its signs shuffled over its ties.

    Definition: who is tied to whom and how many ties are negative stay; which ties are is
    drawn, each arrangement with the same chance. The number is by default the share of
    balanced triangles.

    Formula: p = (1 + draws with as much or more) / (1 + draws); `at_most` with as much or less.

    Degenerate cases: both shares are 1 where all signs are the same; refused where the number
    is not defined, as the balanced share is not without triangles. A measure that reads
    directions sees each pair once, without one.

    Reference: Leskovec, Huttenlocher and Kleinberg (2010), CHI; Davison and Hinkley (1997),
    Bootstrap Methods, section 4.2, for the p value.

    Raises:
        InputError: a sign is no finite number, the number is not defined, or `draws` or
            `seconds` is too small.
        NotFoundError: there is no such measure.
        ParameterError: it is a test itself, or has no such number.
    """
    tested = tested_measure(of, "of")
    signed = signed_graph(graph, rule)
    signs = np.array([edge["sign"] for edge in signed.edges.values()], dtype=np.int64)
    observed = value_of(tested, signed, value, seconds)
    shuffled = signed.copy()

    def draw(random: np.random.Generator) -> float | None:
        for edge, sign in zip(
            shuffled.edges.values(), random.permutation(signs).tolist(), strict=True
        ):
            edge["sign"] = sign
        return taken(tested, shuffled, value, seconds)

    return compared(observed, draw, n=len(signs), draws=draws, seed=seed, seconds=seconds)


@measure("modularity-null", Group.SIGNIFICANCE, "Would ties put anywhere give such communities?")
def modularity_null(
    graph: "nx.Graph[Any]",
    *,
    rule: Rule = SignRule.SUM,
    draws: Draws = 100,
    seed: Seed = 1,
    seconds: Seconds = 60.0,
) -> NullTest:
    """The modularity found against that found in networks with the same degrees by sign.

    Definition: two ties of one sign exchange their ends, where this makes no loop and no pair
    with two ties, ten times for each tie. Both in the network and in each drawn one the
    communities are those of signed-modularity, from one order.

    Formula: p = (1 + draws with as much or more) / (1 + draws).

    Degenerate cases: refused without ties; where no ends can be exchanged, as in a complete
    network of one sign, each drawn one is the network itself.

    Reference: Maslov and Sneppen (2002), Science 296; Guimerà, Sales-Pardo and Amaral (2004),
    Physical Review E 70, 025101; Fosdick et al. (2018), SIAM Review 60.

    Raises:
        InputError: a sign is no finite number, there are no ties, or `draws` or `seconds` is
            too small.
    """
    signed = signed_graph(graph, rule)
    arrays = signed_arrays(signed)

    def modularity(network: "nx.Graph[Any]") -> float | None:
        return signed_modularity(network, seed=seed, starts=1).modularity

    observed = modularity(signed)
    if observed is None:
        raise InputError("There are no ties, so there is no modularity; choose a longer window.")
    return compared(
        observed,
        lambda random: modularity(_rewired(arrays, random)),
        n=len(arrays.sign),
        draws=draws,
        seed=seed,
        seconds=seconds,
    )


def _rewired(arrays: SignedArrays, random: np.random.Generator) -> "nx.Graph[int]":
    """A network with the degrees by sign of another, its ties otherwise drawn."""
    ends = list(zip(arrays.left.tolist(), arrays.right.tolist(), strict=True))
    tied = {frozenset(pair) for pair in ends}
    for sign in (1, -1):
        places = np.flatnonzero(arrays.sign == sign)
        if not len(places):
            continue
        for one, other in random.choice(places, size=(_SWAPS * len(places), 2)).tolist():
            (a, b), (c, d) = ends[one], ends[other]
            if random.random() < 0.5:
                c, d = d, c
            new = frozenset((a, d)), frozenset((c, b))
            if one != other and a != d and c != b and new[0] != new[1] and not tied & {*new}:
                tied -= {frozenset((a, b)), frozenset((c, d))}
                tied |= {*new}
                ends[one], ends[other] = (a, d), (c, b)
    made: nx.Graph[int] = nx.empty_graph(len(arrays.nodes))
    for (a, b), sign in zip(ends, arrays.sign.tolist(), strict=True):
        made.add_edge(a, b, sign=sign)
    return made
