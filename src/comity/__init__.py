"""Comity: a knowledge graph of actors and alliances.

The door of the package. It re-exports nothing heavy: import `comity.graph`,
`comity.queries` or `comity.api` for the layer you need.
"""


def __getattr__(name: str) -> str:
    """The version, read when it is asked for: half of a worker's start went into it."""
    if name != "__version__":
        raise AttributeError(f"module 'comity' has no attribute '{name}'")
    from importlib.metadata import version

    return version("comity")
