"""Addresses that buttons send to; somebody who comes there by another way finds the button's page.

After logging in, after changing the language and on pressing Enter in the address bar a browser
asks for an address again without sending anything.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def pressed_on(page: str, *parts: str) -> Callable[[View[P]], View[P]]:
    """Let in what a button sent; page: where the button stands, parts: of that page's address."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return HttpResponseRedirect(reverse(page, args=[kwargs[part] for part in parts]))

        return guarded

    return guard
