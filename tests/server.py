"""A running server for tests, for the length of a `with` block."""

import threading
import time

import httpx
import uvicorn

from comity.api.app import create_app
from comity.api.server import listen
from comity.api.settings import Settings


class running:  # noqa: N801 - reads as a verb: with running(settings) as address
    """A server in a thread, for the length of a `with` block."""

    def __init__(self, settings: Settings) -> None:
        self.socket = listen("127.0.0.1", 0)
        config = uvicorn.Config(create_app(settings), log_level="warning", ws="none")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]})

    def __enter__(self) -> str:
        self.thread.start()
        address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        for _ in range(200):
            try:
                httpx.get(f"{address}/health").raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return address
        raise TimeoutError("the server did not answer")

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=20)
        self.socket.close()
