"""Carrying out a command for a page: what is said afterwards."""

from dataclasses import replace
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.cases.commands import CaseCommand
from tongban.core.refusal import Refusal
from tongban.pages.guest_papers import papers_of
from tongban.pages.node_access import current_node

Papered = TypeVar("Papered", bound=CaseCommand)


def papered(request: HttpRequest, command: Papered) -> Papered:
    """The command with the paper that came along."""
    return replace(command, bodies=(*command.bodies, *papers_of(request)))


def carry_out(request: HttpRequest, command: CaseCommand, done: str) -> Refusal | None:
    """Execute; say `done` on the next page, or give the refusal back.

    In a node that is kept for a guest, the paper that came along goes with it.
    """
    answer = current_node().execute(papered(request, command))
    if isinstance(answer, Refusal):
        return answer
    if answer.held_until:
        held = gettext("今天发往对方的件已到上限，明天自动发出。")
        messages.warning(request, f"{done}{held}")
    elif answer.crossing:
        crosses = gettext("文件较大，正在发往对方；全部送达后自动发出，时间已经记下。")
        messages.warning(request, f"{done}{crosses}")
    elif answer.waiting:
        waits = gettext("对方的系统暂时没有回应，已经记下时间，连上后自动发出。")
        messages.warning(request, f"{done}{waits}")
    else:
        messages.success(request, done)
    return None
