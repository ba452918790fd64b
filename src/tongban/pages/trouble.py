"""What a reader sees when a page could not be made: never half a page, and never a blank one."""

import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tongban.node.storage import storage_fault

_RETRY_SECONDS = 300


def trouble(_request: HttpRequest) -> HttpResponse:
    """In words that nothing happened, and when to try again; asks nothing of the database.

    Called by Django inside the handler of the exception, which says whether it was the disk.
    """
    error = sys.exc_info()[1]
    if error is None or storage_fault(error) is None:
        page = render_to_string("500.html")
        return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    page = render_to_string("503.html")
    headers = {"Retry-After": str(_RETRY_SECONDS)}
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)
