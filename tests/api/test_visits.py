"""What a service asks itself for after its start."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from comity.api.server import listen, own_address
from comity.api.visits import PAGES, begin_visits


def test_every_page_is_visited_once_whatever_the_first_ones_answer() -> None:
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Accept"]))
            # A graph of the user's own has no event of ours.
            self.send_error(404 if "events/" in self.path else 200)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    begun = time.monotonic()
    begin_visits(f"http://127.0.0.1:{server.server_port}")
    assert time.monotonic() - begun < 0.5
    while len(asked) <= len(PAGES) and time.monotonic() - begun < 20:
        time.sleep(0.05)
    server.shutdown()
    server.server_close()
    assert [path for path, _ in asked] == ["/health", *PAGES]
    assert {accept for _, accept in asked} == {"text/html"}


def test_socket_for_all_addresses_is_reached_on_this_machine() -> None:
    for host, reached in (("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "127.0.0.1")):  # noqa: S104
        listener = listen(host, 0)
        port = listener.getsockname()[1]
        assert own_address(listener) == f"http://{reached}:{port}"
        listener.close()
