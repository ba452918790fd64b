"""The portal's links beside the two places."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.permissions import is_officer
from tongban.pages.navigation import Link


def portal_links(request: HttpRequest) -> Iterator[Link]:
    """Home for everybody, one's own cases and account for whoever is logged in."""
    if is_officer(request.user):
        return
    yield _link(request, "portal:home", gettext("首页"))
    if request.user.is_authenticated:
        yield _link(request, "portal:cases", gettext("我的办件"))
        yield _link(request, "accounts:me", gettext("我的账户"))


def _link(request: HttpRequest, name: str, words: str) -> Link:
    href = reverse(name)
    return Link(href=href, words=words, current=request.path == href)
