"""How far a number rests on which documents happen to be there.

Owns the bootstrap by document. `significance.py` owns the draws.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import networkx as nx
import numpy as np

from comity.errors import InputError
from comity.graph.measures.registry import Group, measure
from comity.graph.measures.rows import Rows
from comity.graph.measures.signed import SignRule, sign_of
from comity.graph.measures.significance import (
    Draws,
    Seconds,
    Seed,
    drawn,
    taken,
    tested_measure,
    value_of,
)

# Fewer documents are no sample that an interval could be made of.
_LEAST = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its interval.

    Attributes:
        value: of the network as it is.
        low: lower end of the interval.
        high: upper end.
        confidence: share of draws inside.
        mean: of the draws.
        sd: their standard deviation, the standard error of the number.
        n: documents.
        undocumented: edges without a document, which are left out.
        draws: draws that have such a number.
        undefined: draws that have none.
        seed: the draws follow from it.
    """

    value: float
    low: float
    high: float
    confidence: float
    mean: float
    sd: float
    n: int
    undocumented: int
    draws: int
    undefined: int
    seed: int

    def table(self) -> Rows:
        """One row."""
        return Rows(
            ("value", "low", "high", "confidence", "n", "draws"),
            [(self.value, self.low, self.high, self.confidence, self.n, self.draws)],
        )


@measure("bootstrap", Group.SIGNIFICANCE, "How much does a number depend on the documents?")
def bootstrap(
    graph: "nx.Graph[Any]",
    *,
    rule: Annotated[SignRule, "how the edges of a pair become one sign"] = SignRule.SUM,
    of: Annotated[str, "id of the measure"] = "triads",
    value: Annotated[str, "which number of its result"] = "balanced_share",
    confidence: Annotated[float, "share of draws in the interval; above 0, below 1"] = 0.95,
    draws: Draws = 1000,
    seed: Seed = 1,
    seconds: Seconds = 60.0,
) -> Interval:
    """A percentile interval of a number, by drawing the documents behind the edges anew.

    Definition: as many documents as there are, drawn with replacement; an edge counts by how
    often its documents are drawn, over how many it has. Its `documents` are joined by `|`.
    An edge should be one act: in one that bundles several, all count by the mean.

    Formula: the (1 - confidence) / 2 and (1 + confidence) / 2 quantiles of the draws.

    Degenerate cases: refused below 20 documents, where an interval would pretend to know;
    draws without such a number are told in `undefined`. Documents that copy each other are
    no sample: the interval is then too narrow.

    Reference: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13;
    by clusters, Davison and Hinkley (1997), Bootstrap Methods, section 3.8.

    Raises:
        InputError: a sign is no finite number, there are fewer than 20 documents, the number
            is not defined, or `confidence`, `draws` or `seconds` is out of range.
        NotFoundError: there is no such measure.
        ParameterError: it is a test itself, or has no such number.
    """
    if not 0 < confidence < 1:
        raise InputError(f"confidence is {confidence}; give a number above 0 and below 1.")
    tested = tested_measure(of, "of")
    reads_rule = any(one.name == "rule" for one in tested.parameters)
    options = {"rule": rule} if reads_rule else {}
    edges = []
    place: dict[str, int] = {}
    for source, target, edge in graph.edges(data=True):
        names = sorted(
            {name.strip() for name in str(edge.get("documents") or "").split("|")} - {""}
        )
        if names:
            documents = [place.setdefault(name, len(place)) for name in names]
            edges.append((source, target, edge, sign_of(source, target, edge), documents))
    if len(place) < _LEAST:
        raise InputError(
            f"The edges rest on {len(place)} documents, and an interval needs {_LEAST}; "
            "choose a longer window, or more relations."
        )

    def counted(times: "np.ndarray[Any, np.dtype[np.int64]]") -> "nx.Graph[Any]":
        made = graph.__class__()
        made.add_nodes_from(graph.nodes(data=True))
        for source, target, edge, sign, documents in edges:
            share = float(times[documents].mean())
            if share:
                made.add_edges_from([(source, target, {**edge, "sign": sign * share})])
        return made

    def draw(random: np.random.Generator) -> float | None:
        times = np.bincount(random.integers(len(place), size=len(place)), minlength=len(place))
        return taken(tested, counted(times), value, seconds, **options)

    whole = counted(np.ones(len(place), dtype=np.int64))
    observed = value_of(tested, whole, value, seconds, **options)
    found = drawn(draw, draws=draws, seed=seed, seconds=seconds)
    numbers = np.array([one for one in found if one is not None])
    if not len(numbers):
        raise InputError(f"No draw has a {value}; give more documents.")
    low, high = np.quantile(numbers, [(1 - confidence) / 2, (1 + confidence) / 2]).tolist()
    return Interval(
        value=observed,
        low=low,
        high=high,
        confidence=confidence,
        mean=float(numbers.mean()),
        sd=float(numbers.std()),
        n=len(place),
        undocumented=graph.number_of_edges() - len(edges),
        draws=len(numbers),
        undefined=len(found) - len(numbers),
        seed=seed,
    )
