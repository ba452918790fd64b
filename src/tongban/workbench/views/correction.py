"""补正 brought to the counter: the list, the papers, handed in at once."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.cases.process import LegKind
from tongban.core.refusal import Refusal
from tongban.pages.node_access import current_node
from tongban.pages.refusals import refusal_view
from tongban.projections.case_view import CaseView
from tongban.workbench import applications, drafts
from tongban.workbench.access import counter_case, for_role
from tongban.workbench.answers import papered
from tongban.workbench.corrections import Correction, open_correction, read_correction
from tongban.workbench.tasks import AT_THE_COUNTER


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def correct(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:
    """The list with a place for everything on it; sent when all of it is there."""
    view = counter_case(number)
    if not _is_owed(view):
        return HttpResponseRedirect(_case(number))
    if request.method == "GET":
        return _page(request, view, open_correction(view, clerk))
    taken = read_correction(request, view, clerk)
    if "save" in request.POST and not taken.unreadable:
        messages.success(request, gettext("已保存，可以放下，下次接着办。"))
        return HttpResponseRedirect(request.path)
    if taken.errors():
        return _page(request, view, taken)
    command = papered(request, applications.complete_correction(taken.draft, clerk, taken.answers))
    if "own" in request.POST:
        command = replace(command, actor=AT_THE_COUNTER)
    answer = current_node().execute(command, beside=lambda _: drafts.close(taken.draft))
    if isinstance(answer, Refusal):
        return _page(request, view, taken, answer)
    messages.success(request, gettext("补正已经交齐，发给有权机关；现在必须受理。"))
    return HttpResponseRedirect(_case(number))


def _is_owed(view: CaseView) -> bool:
    leg = view.state.leg
    owed = leg is not None and leg.kind is LegKind.CORRECTION
    return owed and view.state.transit is None and not view.row.waiting


def _page(
    request: HttpRequest, view: CaseView, taken: Correction, refusal: Refusal | None = None
) -> HttpResponse:
    errors = taken.errors()
    others = taken.wanted.defect_words()
    context = {
        "view": view,
        "correction": taken,
        "others": [others[code] for code in taken.wanted.others],
        "errors": errors,
        "refusal": refusal_view(refusal, view.item) if refusal else None,
        "may_own": refusal is not None and refusal.ground in set(AgreementGround),
    }
    status = 409 if refusal else (422 if errors else 200)
    return render(request, "workbench/correction.html", context, status=status)


def _case(number: str) -> str:
    return reverse("workbench:counter_case", args=[number])
