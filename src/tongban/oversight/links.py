"""The links of these pages beside the two places."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.permissions import has_role
from tongban.accounts.roles import Role
from tongban.pages.navigation import Link

#: Who may look at everything here.
READERS = (Role.CATALOGUE_OFFICER, Role.JOINT_OFFICER)
#: Who may look at lists: what is lacking becomes an agreement.
LIST_READERS = (*READERS, Role.AGREEMENT_OFFICER)


def oversight_links(request: HttpRequest) -> Iterator[Link]:
    """What this officer's roles open."""
    if has_role(request.user, Role.CATALOGUE_OFFICER):
        yield _link(request, "oversight:partners", gettext("各地目录"))
    if has_role(request.user, *READERS):
        yield _link(request, "oversight:compare", gettext("事项比对"))
        yield _link(request, "oversight:standards", gettext("统一标准"))
        yield _link(request, "oversight:obstacles", gettext("法律障碍"))
    if has_role(request.user, *LIST_READERS):
        yield _link(request, "oversight:mandates", gettext("清单进度"))
    if has_role(request.user, *READERS):
        yield _link(request, "oversight:demand", gettext("需求清单"))


def _link(request: HttpRequest, name: str, words: str) -> Link:
    href = reverse(name)
    return Link(href=href, words=words, current=request.path.startswith(href))
