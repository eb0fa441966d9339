"""Measures of a network: functions over any networkx graph, each found by its id."""

from comity.graph.measures.frustration import frustration
from comity.graph.measures.triads import triad_census, walk_balance

__all__ = ["frustration", "triad_census", "walk_balance"]
