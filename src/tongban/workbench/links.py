"""The workbench's links beside the two places."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.permissions import has_role, is_officer
from tongban.accounts.roles import Role
from tongban.pages.navigation import Link
from tongban.workbench.inquiries import OFFICES


def workbench_links(request: HttpRequest) -> Iterator[Link]:
    """What this officer's roles open."""
    if has_role(request.user, Role.COUNTER_CLERK):
        yield _link(request, "workbench:counter", gettext("收件窗口"))
        yield _link(request, "workbench:choose_item", gettext("新收件"))
    if has_role(request.user, Role.CASE_OFFICER):
        yield _link(request, "workbench:review", gettext("审批"))
    if has_role(request.user, *OFFICES):
        yield _link(request, "workbench:inquiries", gettext("口径咨询"))
    if has_role(request.user, Role.CATALOGUE_OFFICER):
        yield _link(request, "workbench:catalogue", gettext("事项管理"))
    if is_officer(request.user):
        yield _link(request, "accounts:me", gettext("我的账户"))


def _link(request: HttpRequest, name: str, words: str) -> Link:
    href = reverse(name)
    return Link(href=href, words=words, current=request.path == href)
