"""The pages of several cities on real ports, answered by one thread, one request after another."""

import select
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from tests.cities import City, leaving_django_where_it_was

Application = Callable[..., Iterable[bytes]]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing: the test says what it sees."""


@contextmanager
def served(cities: Iterable[City]) -> Iterator[dict[str, str]]:
    """Addresses by city; Django knows one city at a time, so requests never overlap."""
    application = get_wsgi_application()
    servers = {
        city.name: make_server("127.0.0.1", 0, _at(city, application), handler_class=_Quiet)
        for city in cities
    }
    stopping = threading.Event()
    thread = threading.Thread(target=_serve, args=(list(servers.values()), stopping), daemon=True)
    thread.start()
    try:
        yield {name: f"http://127.0.0.1:{each.server_port}" for name, each in servers.items()}
    finally:
        stopping.set()
        thread.join()
        for each in servers.values():
            each.server_close()


def _at(city: City, application: Application) -> Application:
    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        city.act()
        return application(environ, start)

    return answer


def _serve(servers: list[WSGIServer], stopping: threading.Event) -> None:
    with leaving_django_where_it_was():
        while not stopping.is_set():
            ready, _, _ = select.select(servers, [], [], 0.1)
            for server in ready:
                server.handle_request()
