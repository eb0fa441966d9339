"""Comity: a knowledge graph of actors and alliances.

The door of the package. It re-exports nothing heavy: import `comity.graph`,
`comity.queries` or `comity.api` for the layer you need.
"""

from importlib.metadata import version

__version__ = version("comity")
