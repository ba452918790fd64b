"""大字版: the reader's own size of print, kept in a cookie so that it also works logged out."""

from django.http import HttpRequest, HttpResponse

_COOKIE = "large_print"
_KEPT_SECONDS = 365 * 24 * 3600


def wants_large_print(request: HttpRequest) -> bool:
    """Whether this reader asked for large print."""
    return request.COOKIES.get(_COOKIE) == "1"


def remember_large_print(response: HttpResponse, *, large: bool, secure: bool) -> None:
    """Keep the choice for a year, or forget it."""
    if large:
        response.set_cookie(
            _COOKIE, "1", max_age=_KEPT_SECONDS, httponly=True, samesite="Lax", secure=secure
        )
    else:
        response.delete_cookie(_COOKIE)
