"""What every view of the portal asks of a request."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from tongban.accounts.models import Person
from tongban.core.items.item import Item
from tongban.pages.node_access import find_item

P = ParamSpec("P")


def item_or_404(code: str) -> Item:
    """The item with this code; raises Http404 when nothing is published under it."""
    item = find_item(code)
    if item is None:
        raise Http404
    return item


def for_person(
    view: Callable[Concatenate[HttpRequest, Person, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view the person who is logged in; strangers are asked to log in first."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        return view(request, request.user, *args, **kwargs)

    return asked
