"""My cases, one case, its receipt, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.commands import RequestWithdrawal
from tongban.core.refusal import Refusal
from tongban.pages.materials import material_view
from tongban.pages.node_access import current_node
from tongban.pages.places import choose_pair, place_of
from tongban.pages.refusals import refusal_view
from tongban.portal.cases import lines_of, own_case
from tongban.portal.documents import documents_of
from tongban.portal.requests import for_person
from tongban.portal.tasks import tasks_of
from tongban.projections.case_view import CaseView
from tongban.projections.read_words import read_lines


@require_GET
@for_person
def mine(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Every case of the person with its one sentence."""
    return render(request, "portal/cases.html", {"cases": lines_of(person)})


@require_GET
@for_person
def case(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """The sentence, what I must do, legs, documents, and who saw my data."""
    view = own_case(person, number)
    choose_pair(request, there=view.item.place)
    reads = read_lines(view.reads, view.item, person.number)
    context = {
        "view": view,
        "tasks": tasks_of(view),
        "documents": documents_of(view.state, view.item),
        "reads": [read for read in reads if not read.own],
        "own_reads": [read for read in reads if read.own],
        "may_withdraw": _may_withdraw(view),
    }
    return render(request, "portal/case.html", context)


@require_GET
@for_person
def receipt(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """收件凭证: what was taken in, when, by whom; made to be printed."""
    view = own_case(person, number)
    choose_pair(request, there=view.item.place)
    context = {
        "view": view,
        "place": place_of(view.state.intake.place),
        "lines": [
            material_view(material)
            for line in view.state.intake.materials
            if (material := view.item.material(line.code))
        ],
    }
    return render(request, "portal/receipt.html", context)


@require_http_methods(["GET", "POST"])
@for_person
def withdraw(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """Ask the holder to stop the case; asked once more before it is sent."""
    view = own_case(person, number)
    refusal = None
    if request.method == "POST":
        command = RequestWithdrawal(case=number, actor=actor_of(person, Role.RESIDENT))
        answer = current_node().execute(command)
        if not isinstance(answer, Refusal):
            messages.success(request, gettext("已经告诉承办方您要撤回，等它确认。"))
            return HttpResponseRedirect(reverse("portal:case", args=[number]))
        refusal = refusal_view(answer, view.item)
    context = {"view": view, "refusal": refusal}
    return render(request, "portal/withdraw.html", context, status=409 if refusal else 200)


def _may_withdraw(view: CaseView) -> bool:
    state = view.state
    return not state.ended and not state.decided and state.withdrawal_requested_at is None
