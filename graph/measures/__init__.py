"""Measures of a network: functions over any networkx graph, each found by its id."""

from comity.graph.measures.alignment import camps_and_alliances
from comity.graph.measures.blocks import k_blocks
from comity.graph.measures.bootstrap import bootstrap
from comity.graph.measures.brokerage import brokerage
from comity.graph.measures.cascade import cascade
from comity.graph.measures.centrality import (
    betweenness,
    closeness,
    constraint,
    eigenvector,
    pagerank,
    pn_index,
    signed_degree,
    signed_eigenvector,
)
from comity.graph.measures.certainty import camps_certainty
from comity.graph.measures.cohesion import cohesion
from comity.graph.measures.communities import louvain
from comity.graph.measures.contradictions import contradictions
from comity.graph.measures.frustration import frustration
from comity.graph.measures.ideal_points import ideal_points
from comity.graph.measures.over_time import balance_over_time
from comity.graph.measures.polarisation import external_internal, polarisation
from comity.graph.measures.portfolios import portfolio_similarity
from comity.graph.measures.qap import qap
from comity.graph.measures.responses import response_times, unanswered
from comity.graph.measures.shifts import shifts
from comity.graph.measures.signed_communities import leiden, signed_modularity, sponge
from comity.graph.measures.significance import modularity_null, sign_permutation
from comity.graph.measures.swing import swing
from comity.graph.measures.triads import triad_census, walk_balance
from comity.graph.measures.what_if import what_if

__all__ = [
    "balance_over_time",
    "betweenness",
    "bootstrap",
    "brokerage",
    "camps_and_alliances",
    "camps_certainty",
    "cascade",
    "closeness",
    "cohesion",
    "constraint",
    "contradictions",
    "eigenvector",
    "external_internal",
    "frustration",
    "ideal_points",
    "k_blocks",
    "leiden",
    "louvain",
    "modularity_null",
    "pagerank",
    "pn_index",
    "polarisation",
    "portfolio_similarity",
    "qap",
    "response_times",
    "shifts",
    "sign_permutation",
    "signed_degree",
    "signed_eigenvector",
    "signed_modularity",
    "sponge",
    "swing",
    "triad_census",
    "unanswered",
    "walk_balance",
    "what_if",
]
