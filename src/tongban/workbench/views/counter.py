"""The counter's queue, its cases, and the receipt (收件凭证)."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import has_role
from tongban.accounts.roles import OFFICER_ROLES, Role
from tongban.core.china_time import china_day
from tongban.core.refusal import Refusal
from tongban.pages.components import RefusalView
from tongban.pages.node_access import now
from tongban.pages.places import place_of
from tongban.pages.pressing import pressed_on
from tongban.pages.refusals import refusal_view
from tongban.projections.case_view import CaseView
from tongban.workbench import queues
from tongban.workbench.access import counter_case, for_role, own_node
from tongban.workbench.answers import carry_out
from tongban.workbench.documents import documents_of, papers_of
from tongban.workbench.drafts import open_intakes
from tongban.workbench.inquiries import about_case
from tongban.workbench.intake_lines import intake_lines
from tongban.workbench.reading import purpose_of, purposes
from tongban.workbench.receipts import delivery_of, receipt_of
from tongban.workbench.tasks import AT_THE_COUNTER, dispatch_again, stop, tasks_of

_A_PAGE = 50

#: Where officers begin who have no counter.
_DESKS = {
    Role.CASE_OFFICER: "workbench:review",
    Role.CATALOGUE_OFFICER: "workbench:catalogue",
    Role.AGREEMENT_OFFICER: "agreements:register",
    Role.LEGAL_REPRESENTATIVE: "agreements:register",
    Role.JOINT_OFFICER: "oversight:mandates",
}


@require_GET
@for_role(*OFFICER_ROLES)
def counter(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """The day's work of this counter; whoever has another desk is led there."""
    if not has_role(officer, Role.COUNTER_CLERK):
        return HttpResponseRedirect(_own_desk(officer))
    cases = queues.counter_cases()
    ours, elsewhere = queues.ours(cases), queues.elsewhere(cases)
    page = Paginator(elsewhere, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "drafts": intake_lines(open_intakes(officer)),
        "ours": queues.lines_of(ours[:_A_PAGE]),
        "ours_count": ours.count(),
        "page": page,
        "elsewhere": queues.lines_of(page),
        "elsewhere_count": page.paginator.count,
        "today_count": cases.filter(taken_in_at__date=china_day(now())).count(),
    }
    return render(request, "workbench/counter.html", context)


@require_GET
@for_role(Role.COUNTER_CLERK)
def ended(request: HttpRequest, clerk: Person) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """Cases of this counter in which nothing is owed any more."""
    page = Paginator(queues.ended(queues.counter_cases()), _A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "lines": queues.lines_of(page), "desk": "counter"}
    return render(request, "workbench/ended.html", context)


@require_GET
@for_role(Role.COUNTER_CLERK)
def find(request: HttpRequest, clerk: Person) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """Open a case by the number on its receipt, typed or scanned."""
    number = request.GET.get("number", "").strip()
    if queues.counter_cases().filter(case=number).exists():
        return HttpResponseRedirect(reverse("workbench:counter_case", args=[number]))
    context = {"number": number[:60], "desk": "counter"}
    return render(request, "workbench/not_found.html", context, status=404)


@require_GET
@for_role(Role.COUNTER_CLERK)
def case(request: HttpRequest, clerk: Person, number: str) -> HttpResponse:
    """One case: the sentence, what the counter must do, the legs, the papers."""
    return _case_page(request, clerk, number)


@pressed_on("workbench:counter_case", "number")
@for_role(Role.COUNTER_CLERK)
def send_again(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:
    """Send once more what came back, under the instant at which it was taken in."""
    view = counter_case(number)
    command = dispatch_again(view, clerk)
    return _acted(request, clerk, number, carry_out(request, command, gettext("已经再次发出。")))


@pressed_on("workbench:counter_case", "number")
@for_role(Role.COUNTER_CLERK)
def send_as_own(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:
    """Hand in by the applicant's own right what no agreement carries; the instant stays."""
    view = counter_case(number)
    command = replace(dispatch_again(view, clerk), actor=AT_THE_COUNTER)
    done = gettext("已经以申请人本人名义递交。")
    return _acted(request, clerk, number, carry_out(request, command, done))


@pressed_on("workbench:counter_case", "number")
@for_role(Role.COUNTER_CLERK)
def confirm_withdrawal(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:
    """Stop the case as the applicant asked."""
    counter_case(number)
    command = stop(number, actor_of(clerk, Role.COUNTER_CLERK))
    return _acted(request, clerk, number, carry_out(request, command, gettext("已经撤回。")))


@require_GET
@for_role(Role.COUNTER_CLERK)
def receipt(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """收件凭证, to be printed and handed over."""
    view = counter_case(number)
    context = {"view": view, "receipt": receipt_of(view)}
    return render(request, "workbench/receipt.html", context)


def _own_desk(officer: Person) -> str:
    """The first of the other desks that the officer's roles open."""
    own = (desk for role, desk in _DESKS.items() if has_role(officer, role))
    return reverse(next(own, "accounts:me"))


def _acted(
    request: HttpRequest, clerk: Person, number: str, refusal: Refusal | None
) -> HttpResponse:
    if refusal is None:
        return HttpResponseRedirect(reverse("workbench:counter_case", args=[number]))
    return _case_page(request, clerk, number, refusal)


def _case_page(
    request: HttpRequest, clerk: Person, number: str, refusal: Refusal | None = None
) -> HttpResponse:
    view = counter_case(number)
    context = {
        "view": view,
        "taken_in_at": place_of(view.state.intake.place),
        "delivery": delivery_of(view),
        "returned": _returned(view),
        "tasks": tasks_of(view, clerk),
        "inquiries": about_case(number, view.state.partner(own_node())),
        "issued": documents_of(view.state),
        "papers": papers_of(view.state, view.item),
        "refusal": refusal_view(refusal, view.item) if refusal else None,
        "may_read": bool(purpose_of(request, view, Role.COUNTER_CLERK)),
        "purposes": purposes(),
    }
    return render(request, "workbench/counter_case.html", context, status=409 if refusal else 200)


def _returned(view: CaseView) -> RefusalView | None:
    """Why the last hand-over came back, as long as it is not sent again."""
    if not view.state.returned or view.state.transit or view.state.ended:
        return None
    return refusal_view(Refusal(ground=view.state.returned, remedies=()), view.item)
