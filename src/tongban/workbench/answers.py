"""Carrying out a command for a page: what is said afterwards."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.cases.commands import CaseCommand
from tongban.core.refusal import Refusal
from tongban.pages.node_access import current_node


def carry_out(request: HttpRequest, command: CaseCommand, done: str) -> Refusal | None:
    """Execute; say `done` on the next page, or give the refusal back."""
    answer = current_node().execute(command)
    if isinstance(answer, Refusal):
        return answer
    if answer.held_until:
        held = gettext("今天发往对方的件已到上限，明天自动发出。")
        messages.warning(request, f"{done}{held}")
    elif answer.waiting:
        waits = gettext("对方的系统暂时没有回应，已经记下时间，连上后自动发出。")
        messages.warning(request, f"{done}{waits}")
    else:
        messages.success(request, done)
    return None
