"""送达 by the counter: hand it over to the person, or post it under a number."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.commands import Deliver
from tongban.core.cases.events import Delivery, PersonCheck
from tongban.core.entry import Basis
from tongban.core.refusal import Refusal
from tongban.pages.components import FieldError
from tongban.pages.refusals import refusal_view
from tongban.projections.case_view import CaseView
from tongban.projections.clauses import chip_for
from tongban.workbench.access import counter_case, for_role
from tongban.workbench.answers import carry_out
from tongban.workbench.considering import basis_of
from tongban.workbench.documents import handed_over
from tongban.workbench.labels import COUNTER_CHECKS, check_choices, delivery_words
from tongban.workbench.tasks import delivery_sample

_TRACKING_MAX = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class _Typed:
    """What the page sent; basis: on what the delivery rests."""

    basis: Basis | None = None
    check: str = ""
    tracking: str = ""


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def deliver(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:
    """Check the person, or name the postal item; then the case is closed."""
    view = counter_case(number)
    basis = basis_of(delivery_sample(view, actor_of(clerk, Role.COUNTER_CLERK)))
    if isinstance(basis, Refusal):
        return _page(request, view, _Typed(), refusal=basis)
    if request.method == "GET":
        return _page(request, view, _Typed(basis=basis))
    typed = _Typed(
        basis=basis,
        check=request.POST.get("person_check", ""),
        tracking=request.POST.get("tracking", "").strip()[:_TRACKING_MAX],
    )
    errors = _complaints(view, typed)
    if errors:
        return _page(request, view, typed, errors=errors)
    refusal = carry_out(request, _command(view, clerk, typed), gettext("已经送达，办结。"))
    if refusal is not None:
        return _page(request, view, typed, refusal=refusal)
    return HttpResponseRedirect(reverse("workbench:counter_case", args=[number]))


def _command(view: CaseView, clerk: Person, typed: _Typed) -> Deliver:
    """Nobody stands at the counter when it is posted: the person was identified at intake."""
    posted = view.state.delivery is Delivery.POST
    check = view.state.intake.person_check if posted else PersonCheck(typed.check)
    return Deliver(
        case=view.row.case,
        actor=actor_of(clerk, Role.COUNTER_CLERK),
        method=view.state.delivery,
        person_check=check,
        tracking=typed.tracking if posted else "",
    )


def _complaints(view: CaseView, typed: _Typed) -> list[FieldError]:
    if view.state.delivery is Delivery.POST:
        missing = gettext("请写邮件号，申请人凭它查邮件。")
        return [] if typed.tracking else [FieldError(anchor="tracking", words=missing)]
    if typed.check in set(COUNTER_CHECKS):
        return []
    return [FieldError(anchor="person-check", words=gettext("请先核对人，再选核对的方式。"))]


def _page(
    request: HttpRequest,
    view: CaseView,
    typed: _Typed,
    *,
    errors: list[FieldError] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "view": view,
        "posted": view.state.delivery is Delivery.POST,
        "way": delivery_words(view.state.delivery),
        "checks": check_choices(typed.check),
        "tracking": typed.tracking,
        "issued": handed_over(view.state),
        "errors": errors or [],
        "chip": chip_for(typed.basis),
        "refusal": refusal_view(refusal, view.item) if refusal else None,
    }
    status = 409 if refusal else (422 if errors else 200)
    return render(request, "workbench/delivery.html", context, status=status)
