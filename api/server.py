"""Runs the service: the listening socket and uvicorn around the application."""

import errno
import resource
import socket as sockets
from pathlib import Path

import uvicorn

from comity.api.visits import Visits
from comity.errors import InputError


def listen(host: str, port: int) -> sockets.socket:
    """Opens the listening socket before anything slow is done.

    Raises:
        InputError: the port is taken, with the command for the next one.
    """
    family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
    # With its protocol named, else the event loop leaves Nagle's delay of 40 ms on.
    listener = sockets.socket(family, sockets.SOCK_STREAM, sockets.IPPROTO_TCP)
    listener.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"Port {port} is busy; take another: make serve PORT={port + 1} "
                f"(or comity serve --port {port + 1})."
            ) from error
        raise InputError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
    return listener


def run(data: Path, listener: sockets.socket, questions: Path | None = None) -> None:
    """Serves until SIGTERM or Ctrl-C; requests under way are finished first.

    Args:
        data: directory of the graph.
        listener: socket to answer on.
        questions: folder with questions beside the shipped ones.
    """
    from comity.api.app import create_app
    from comity.api.settings import Settings

    # Every waiting reader holds a file; many systems begin with room for 1,024.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    app = create_app(Settings(data=data, questions=questions))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=10)
    app.state.visits = Visits(own_address(listener))
    app.state.visits.begin()
    uvicorn.Server(config).run(sockets=[listener])


def own_address(listener: sockets.socket) -> str:
    """Where this machine reaches a listening socket."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
