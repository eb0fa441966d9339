"""Carries out writes on another server, one after the other.

Owns which request each write becomes. The RDF of a graph write is read here first, so
that a fault in it is told before anything is sent, and sent as N-Triples, which every
server takes. The shapes of the ontology are not checked here. A
`comity.graph.jobs.Scribe`.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode, Triple, parse

from comity.errors import DataError, ForbiddenError, InputError, Problem
from comity.graph.guard import inspect_update
from comity.graph.jobs import GraphWrite, Update, Written
from comity.graph.pieces import NTRIPLES, rdf_format
from comity.graph.remote import RemoteEngine
from comity.graph.remote_server import Remote, RemoteServer

_VERSION = "remote"
_CREATED = 201
# Bytes of statements that are kept in memory before they go to files.
_HELD = 32 * 1024**2


class RemoteScribe:
    """Writes on another server.

    Args:
        remote: the server.
    """

    def __init__(self, remote: Remote) -> None:
        self._server = RemoteServer(remote)
        self._engine = RemoteEngine(remote)
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Nothing to do: each write is a request of its own."""

    async def write(self, write: Update | GraphWrite, who: str, why: str) -> Written:
        """Carries out one write; see `comity.graph.jobs.Scribe.write`.

        The server keeps no log of `who` and `why`. After a `DeadlineError` nobody knows
        whether it was carried out.
        """
        async with self._turn:
            return await asyncio.to_thread(self._carry_out, write)

    async def close(self) -> None:
        """Nothing to do."""

    def _carry_out(self, write: Update | GraphWrite) -> Written:
        if isinstance(write, Update):
            return self._update(write)
        if write.verb == "delete":
            return self._delete(write)
        return self._put(write)

    def _update(self, write: Update) -> Written:
        if write.graph is not None:
            raise ForbiddenError(
                "An update of one graph is not passed on to another server; say WITH or GRAPH in "
                "the update and send it to /update."
            )
        inspect_update(write.text, write.allowed)
        parameters = [
            *(("using-graph-uri", iri) for iri in write.using.default or ()),
            *(("using-named-graph-uri", iri) for iri in write.using.named or ()),
        ]
        self._server.update(write.text, parameters)
        return Written(_VERSION, None, None)

    def _delete(self, write: GraphWrite) -> Written:
        for graph in [write.graph] if write.graph is not None else self._engine.graphs():
            self._server.graph("DELETE", graph)
        return Written(_VERSION, None, None)

    def _put(self, write: GraphWrite) -> Written:
        with TemporaryDirectory() as folder:
            files = self._split(write, Path(folder))
            if write.graph is None and write.verb == "put":
                for graph in set(self._engine.graphs()) - files.keys():
                    self._server.graph("DELETE", graph)
            created = False
            for graph, path in sorted(files.items()):
                with path.open("rb") as file:
                    status = self._server.graph(write.verb.upper(), graph, file, NTRIPLES)
                created = created or status == _CREATED
            return Written(_VERSION, None, None, created)

    def _split(self, write: GraphWrite, folder: Path) -> dict[str, Path]:
        """Files of N-Triples by graph.

        Raises:
            DataError: the RDF does not parse.
            InputError: the format is not known.
        """
        form = rdf_format(write.media_type)
        if form is None or write.body is None:
            raise InputError(f"'{write.media_type}' is no format of RDF that is read here.")
        paths: dict[str, Path] = {}
        held: dict[str, bytearray] = {}
        size = 0

        def keep() -> None:
            for graph, lines in held.items():
                with paths.setdefault(graph, folder / str(len(paths))).open("ab") as file:
                    file.write(lines)
            held.clear()

        if write.graph is not None:
            held[write.graph] = bytearray()
        try:
            for quad in parse(path=str(write.body), format=form, base_iri=write.base or None):
                graph = write.graph
                if graph is None:
                    name = quad.graph_name
                    graph = name.value if isinstance(name, NamedNode) else ""
                line = f"{Triple(quad.subject, quad.predicate, quad.object)} .\n".encode()
                held.setdefault(graph, bytearray()).extend(line)
                size += len(line)
                if size > _HELD:
                    keep()
                    size = 0
        except (SyntaxError, ValueError) as error:
            raise DataError([Problem("body", 0, "", str(error))]) from error
        keep()
        return paths
