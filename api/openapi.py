"""The OpenAPI description: what the framework writes, and what parts of the API add to it.

Owns the assembly. An operation that is no function of its own, such as one question, or
one that takes what a framework cannot declare, is described by the part that serves it.
What the graph decides (lists of allowed values) is described anew for each version of it.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Any

from fastapi import FastAPI

from comity.graph.engine import Engine

# Operations by method, by path. The engine is None where no graph is open.
Paths = Mapping[str, Mapping[str, Any]]
Part = Callable[[Engine | None], Paths]
Description = dict[str, Any]
# The framework's models of parameters cannot be made in two threads at the same time, be it
# for a description or for another application. What measures take is described by what the rest
# takes, in the same thread.
MAKING = RLock()


def install(app: FastAPI, parts: Sequence[Part]) -> None:
    """Replaces the description of an application; it is made when it is first asked for.

    Args:
        app: the application; while it runs, `app.state.service.engine` is its graph.
        parts: each gives the operations that it serves.
    """
    own = app.openapi
    made: dict[str | None, Description] = {}

    def assembled(engine: Engine | None) -> Description:
        version = engine.version if engine is not None else None
        with MAKING:
            if version not in made:
                for old in [one for one in made if one is not None and version is not None]:
                    del made[old]
                made[version] = _with(own(), [part(engine) for part in parts])
            return made[version]

    def openapi() -> Description:
        service = getattr(app.state, "service", None)
        return assembled(service.engine if service is not None else None)

    app.openapi = openapi  # type: ignore[method-assign]
    app.state.described = lambda: _locked(own)


def described(app: FastAPI) -> Description:
    """What the framework writes, without the parts: cheap, and the same for every graph."""
    found: Description = app.state.described()
    return found


def _locked(own: Callable[[], Description]) -> Description:
    with MAKING:
        return own()


def _with(own: Description, added: Sequence[Paths]) -> Description:
    paths = dict(own["paths"])
    for part in added:
        for path, operations in part.items():
            paths[path] = {**paths.get(path, {}), **operations}
    return {**own, "paths": paths}
