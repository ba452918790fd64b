"""Addresses of the API; whatever is wrong there is answered as a problem, never as a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt

from tongban.api.connector import connector
from tongban.api.problems import RequestRefused, problem_response

View = Callable[..., HttpResponseBase]

_NOT_ALLOWED = 405


def _in_problems(view: View) -> View:
    """What Django and ninja say in words of their own is said as a problem."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return problem_response(RequestRefused("unknown_address"))
        if response.status_code != _NOT_ALLOWED:
            return response
        problem = problem_response(RequestRefused("wrong_method"))
        problem.headers["Allow"] = response.headers["Allow"]
        return problem

    return answered


@csrf_exempt
def _elsewhere(_request: HttpRequest, _rest: str) -> HttpResponseBase:
    return problem_response(RequestRefused("unknown_address"))


def _ours(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        pattern.callback = _in_problems(pattern.callback)
    return pattern


_patterns, _app, _namespace = connector.urls

urlpatterns = [
    path("connector/v1/", ([_ours(each) for each in _patterns], _app, _namespace)),
    path("connector/v1/<path:_rest>", _elsewhere),
]
