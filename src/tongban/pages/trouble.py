"""What a reader sees when a page could not be made: never half a page, and never a blank one.

These pages ask nothing of the database, nor of who is logged in: they may come before both.
"""

import sys
from http import HTTPStatus

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tongban.logs.faults import BodyDamaged, LogDamaged
from tongban.node.faults import FileIncomplete
from tongban.node.storage import storage_fault

_RETRY_SECONDS = 300


def not_taken(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """In words that the request was not taken, and what to do: too much of it, or a wrong host."""
    wrong_host = isinstance(exception, DisallowedHost)
    page = render_to_string("400_host.html" if wrong_host else "400.html")
    return HttpResponse(page, status=HTTPStatus.BAD_REQUEST)


def trouble(_request: HttpRequest) -> HttpResponse:
    """In words that nothing happened, and when to try again.

    Called by Django inside the handler of the exception, which says whether it was the disk.
    """
    page = _page(sys.exc_info()[1])
    if page is None:
        flaw = render_to_string("500.html")
        return HttpResponse(flaw, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    headers = {"Retry-After": str(_RETRY_SECONDS)}
    return HttpResponse(
        render_to_string(page), status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers
    )


def _page(error: BaseException | None) -> str | None:
    """What helps where waiting does; None for a flaw of the program."""
    if isinstance(error, (LogDamaged, BodyDamaged, FileIncomplete)):
        return "503_damaged.html"
    return "503.html" if error is not None and storage_fault(error) else None
