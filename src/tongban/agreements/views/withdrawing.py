"""Wanting a text no more that not both have signed."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.telling import tell
from tongban.agreements.views.authority import officer_of, proving, unproven
from tongban.agreements.views.records import agreement_line
from tongban.agreements.withdrawing import read_withdrawal
from tongban.core.agreements.refusals import AgreementGround
from tongban.node import agreement_acts
from tongban.pages.guest_papers import papers_of
from tongban.pages.whole_node import whole_node

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def withdraw(request: HttpRequest, document: str) -> HttpResponseBase:
    """Why, and what follows; with the officer's own proof nobody signs the text any more."""
    line, agreement = agreement_line(document)
    officer = officer_of(request)
    asked = read_withdrawal(request.POST)
    errors = asked.errors() if request.method == "POST" else ()
    if request.method == "POST" and not errors:
        errors = unproven(request, officer)
    if request.method == "GET" or errors:
        context = {"line": line, "asked": asked, "errors": errors, **proving(officer)}
        status = _FAULTY if errors else 200
        return render(request, "agreements/withdraw.html", context, status=status)
    answers = agreement_acts.withdraw(
        whole_node(),
        agreement,
        actor_of(officer, Role.AGREEMENT_OFFICER),
        ground=asked.ground,
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经撤回。"), again={AgreementGround.WITHDRAWN})
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))
