"""The links of these pages beside the two places."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.permissions import has_role
from tongban.accounts.roles import Role
from tongban.pages.navigation import Link

#: Who binds or frees this place; all other acts are the agreement officer's alone.
SIGNERS = (Role.LEGAL_REPRESENTATIVE, Role.AGREEMENT_OFFICER)
#: Who may look at everything here.
READERS = (*SIGNERS, Role.JOINT_OFFICER)


def agreement_links(request: HttpRequest) -> Iterator[Link]:
    """What this officer's roles open."""
    if has_role(request.user, *READERS):
        yield _link(request, "agreements:register", gettext("协议登记簿"))
        yield _link(request, "agreements:inbox", gettext("协议磋商"))
        yield _link(request, "agreements:matrix", gettext("授权一览"))
        yield _link(request, "agreements:calendar", gettext("到期日历"))
        yield _link(request, "agreements:instruments", gettext("引用的文件"))
        yield _link(request, "agreements:explain", gettext("能不能办"))


def _link(request: HttpRequest, name: str, words: str) -> Link:
    href = reverse(name)
    return Link(href=href, words=words, current=request.path == href)
