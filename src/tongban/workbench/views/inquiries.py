"""口径咨询: the inbox with the search of precedents, one inquiry, asking and answering."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import has_role
from tongban.accounts.roles import Role
from tongban.core.china_time import china_day, read_day
from tongban.core.grounds import words_for
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    AskQuestion,
    DecideOneOff,
    InquiryCommand,
    ReadInquiry,
    SendMessage,
    WithdrawAnswer,
    WithdrawQuestion,
)
from tongban.core.inquiries.precedents import suggestions
from tongban.core.one_sided import PAPER
from tongban.core.refusal import Refusal
from tongban.pages.components import FieldError
from tongban.pages.guest_papers import papers_of
from tongban.pages.node_access import now
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said
from tongban.workbench.access import counter_case, for_role, own_node
from tongban.workbench.inquiries import (
    OFFICES,
    Inquiry,
    answerable,
    bodies_of,
    inquiries_for,
    inquiry_or_404,
    office_of,
    papers_for,
    precedents_of,
    read_by_partner,
    spoken,
)

_FAULTY = 422
_RETRACTED = "retracted_by_officer"


@require_GET
@for_role(*OFFICES)
def inbox(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """Questions that wait, the oldest first, and what was answered before by words."""
    lines = inquiries_for(officer)
    asked = request.GET.get("q", "").strip()[:100]
    visible = {each.name for each in lines}
    found = precedents_of("", "", asked.split()) if asked else []
    context = {
        "ours": answerable(lines),
        "waiting": [each for each in lines if each.open and not each.answers],
        "rest": [each for each in reversed(lines) if not each.open][:50],
        "asked": asked,
        "found": [each for each in found if each.precedent.inquiry in visible],
    }
    return render(request, "workbench/inquiries.html", context)


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def ask(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:
    """Ask the deciding authority about a case; what was answered before stands beside."""
    view = counter_case(number)
    peer = view.state.partner(own_node())
    context = {"view": view, "found": precedents_of(view.item.code, peer), "words": ""}
    if request.method == "GET":
        return render(request, "workbench/ask.html", context)
    bodies = bodies_of(request, "question")
    if isinstance(bodies, str):
        errors = [FieldError(anchor="words", words=bodies)]
        context |= {"errors": errors, "words": request.POST.get("words", "")}
        return render(request, "workbench/ask.html", context, status=_FAULTY)
    name = whole_node().inquiries.fresh_name()
    command = AskQuestion(
        inquiry=name,
        actor=actor_of(clerk, Role.COUNTER_CLERK),
        bodies=bodies,
        item=view.item.code,
        case=number,
    )
    if not _carry_out(request, command, peer, gettext("已经提问，记录在案。")):
        return HttpResponseRedirect(reverse("workbench:ask", args=[number]))
    return HttpResponseRedirect(reverse("workbench:counter_case", args=[number]))


@require_GET
@for_role(*OFFICES)
def inquiry(request: HttpRequest, officer: Person, name: str) -> HttpResponseBase:
    """Everything that was said; the other side learns that it was read."""
    found = inquiry_or_404(officer, name)
    unread = found.state.unread(own_node())
    if unread:
        actor = actor_of(officer, office_of(officer, found))
        command = ReadInquiry(inquiry=name, actor=actor, until=unread[-1].entry)
        whole_node().execute(command, partner=found.peer)
    return _page(request, officer, found)


@pressed_on("workbench:inquiry", "name")
@for_role(*OFFICES)
def say(request: HttpRequest, officer: Person, name: str, act: str) -> HttpResponseBase:
    """A message, an answer for all such cases, or a decision on this one."""
    found = inquiry_or_404(officer, name)
    body = "message" if act == "message" else "answer"
    bodies = bodies_of(request, body)
    if isinstance(bodies, str):
        return _page(request, officer, found, FieldError(anchor=f"words-{act}", words=bodies))
    actor = actor_of(officer, office_of(officer, found))
    command: InquiryCommand
    if act == "message":
        command = SendMessage(inquiry=name, actor=actor, bodies=bodies)
    elif act == "answer":
        day = request.POST.get("from_day", "")
        if read_day(day) is None:
            error = FieldError(anchor="from_day", words=gettext("请写明从哪天起适用。"))
            return _page(request, officer, found, error)
        bodies = (*bodies, *papers_of(request))
        command = AnswerQuestion(inquiry=name, actor=actor, bodies=bodies, from_day=day)
    elif act == "decide":
        paper = request.POST.get("authority", "")
        bodies = (*bodies, *papers_of(request))
        command = DecideOneOff(inquiry=name, actor=actor, bodies=bodies, authority=paper)
    else:
        raise Http404
    _carry_out(request, command, found.peer, gettext("已经发出，记录在案。"))
    return _to(name)


@pressed_on("workbench:inquiry", "name")
@for_role(*OFFICES)
def retract(request: HttpRequest, officer: Person, name: str) -> HttpResponseBase:
    """Let an answer count no more, or need none any more."""
    found = inquiry_or_404(officer, name)
    actor = actor_of(officer, office_of(officer, found))
    answer = request.POST.get("answer", "")
    command: InquiryCommand = WithdrawQuestion(inquiry=name, actor=actor)
    if answer:
        papers = papers_of(request)
        command = WithdrawAnswer(
            inquiry=name, actor=actor, bodies=papers, answer=answer, ground=_RETRACTED
        )
    _carry_out(request, command, found.peer, gettext("已经撤回；原话仍在记录里。"))
    return _to(name)


@require_GET
@for_role(*OFFICES)
def attachment(
    request: HttpRequest,  # noqa: ARG001 - every view gets its request
    officer: Person,
    name: str,
    entry: str,
    body: str,
) -> HttpResponseBase:
    """A file that came with a line, to be saved and not shown."""
    found = inquiry_or_404(officer, name)
    content = whole_node().inquiries.attachment(found.peer, name, entry=entry, body=body)
    if content is None or not (body == PAPER or body.startswith("attachment:")):
        raise Http404
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{body.replace(":", "-")}"'
    return answer


def _page(
    request: HttpRequest, officer: Person, found: Inquiry, error: FieldError | None = None
) -> HttpResponse:
    states = whole_node().inquiries.with_partner(found.peer)
    alike = [each for each in suggestions(states) if each.item == found.code]
    known = precedents_of(found.code, found.peer) if found.code else []
    lines = spoken(found)
    context = {
        "inquiry": found,
        "lines": lines,
        "ours_said": any(line.ours for line in lines),
        "read": read_by_partner(found),
        "papers": papers_for(officer, found),
        "found": [each for each in known if each.precedent.inquiry != found.name],
        "alike": alike[0] if alike else None,
        "may_draft": has_role(officer, Role.AGREEMENT_OFFICER),
        "errors": [error] if error else [],
        "typed": request.POST.get("words", "") if error else "",
        "today": china_day(now()).isoformat(),
    }
    return render(request, "workbench/inquiry.html", context, status=_FAULTY if error else 200)


def _carry_out(request: HttpRequest, command: InquiryCommand, peer: str, done: str) -> bool:
    """Do it, and say on the next page what came of it; whether it was done."""
    answer = whole_node().execute(command, partner=peer)
    if isinstance(answer, Refusal):
        words = words_for(answer.ground)
        messages.error(request, f"{said(words.what)}{said(words.why)}{said(words.next)}")
        return False
    if answer.waiting:
        waits = gettext("对方的系统暂时没有回应，已经记下时间，连上后自动发出。")
        messages.warning(request, f"{done}{waits}")
    else:
        messages.success(request, done)
    return True


def _to(name: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("workbench:inquiry", args=[name]))
