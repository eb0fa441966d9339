"""What a service asks itself for after its start."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from comity.api.server import listen, own_address
from comity.api.visits import ACCEPT, PAGES, Visits


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server that tells what it is asked for, in order."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.headers["Accept"] == ACCEPT
            paths.append(self.path)
            # A graph of the user's own has no event of ours.
            self.send_error(404 if "events/" in self.path else 200)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def wait_for(paths: list[str], many: int) -> None:
    """Waits until so many paths were asked for, the last page among them."""
    begun = time.monotonic()
    while (len(paths) < many or paths[-1] != PAGES[-1]) and time.monotonic() - begun < 20:
        time.sleep(0.05)


def test_every_page_is_visited_once_whatever_the_first_ones_answer(
    asked: tuple[str, list[str]],
) -> None:
    address, paths = asked
    begun = time.monotonic()
    Visits(address).begin()
    assert time.monotonic() - begun < 0.5
    wait_for(paths, len(PAGES) + 1)
    assert paths == ["/health", *PAGES]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_that_is_visited_is_there(client: httpx.Client, page: str) -> None:
    assert client.get(page, headers={"Accept": ACCEPT}).status_code == 200


def test_after_the_last_of_several_commits_they_are_visited_again(
    asked: tuple[str, list[str]],
) -> None:
    address, paths = asked
    visits = Visits(address, quiet=1.0)
    for _ in range(3):
        visits.again()
    wait_for(paths, len(PAGES) + 1)
    time.sleep(0.3)
    assert paths == ["/health", *PAGES]
    paths.clear()
    visits.again()
    wait_for(paths, len(PAGES))
    time.sleep(0.3)
    # Whether the service is up is asked again only if the first round had ended by then.
    assert [path for path in paths if path != "/health"] == list(PAGES)


def test_socket_for_all_addresses_is_reached_on_this_machine() -> None:
    for host, reached in (("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "127.0.0.1")):  # noqa: S104
        listener = listen(host, 0)
        port = listener.getsockname()[1]
        assert own_address(listener) == f"http://{reached}:{port}"
        listener.close()
