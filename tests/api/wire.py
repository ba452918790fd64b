"""A road from a client to the real API, on which answers can get lost."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

import httpx
from django.core.handlers.wsgi import WSGIHandler
from tests.api.wuhu import Approval


def road_to(approval: Approval) -> httpx.WSGITransport:
    """Wuhu's pages in this process."""
    return httpx.WSGITransport(app=pages_of(approval))


def pages_of(approval: Approval) -> WSGIApplication:
    """Wuhu's pages as a web server runs them."""
    pages = WSGIHandler()

    def answer(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        approval.wuhu.act()
        return pages(environ, start)

    return answer


class Stutter(httpx.BaseTransport):
    """Passes every request on, and loses some answers. asked: how many requests were made."""

    def __init__(self, road: httpx.BaseTransport) -> None:
        self._road = road
        self._lost = 0
        self.asked = 0

    def lose_answers(self, count: int) -> None:
        self._lost = count

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        answer = self._road.handle_request(request)
        if self._lost:
            self._lost -= 1
            raise httpx.ReadError("the answer got lost", request=request)
        return answer
