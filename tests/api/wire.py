"""A road from a client to the real API, on which answers can get lost."""

from collections.abc import Callable, Iterable
from typing import Any

import httpx
from django.core.handlers.wsgi import WSGIHandler
from tests.api.wuhu import Approval

Start = Callable[..., Any]


def road_to(approval: Approval) -> httpx.WSGITransport:
    """Wuhu's pages in this process."""
    pages = WSGIHandler()

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        approval.wuhu.act()
        return pages(environ, start)

    return httpx.WSGITransport(app=answer)


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
