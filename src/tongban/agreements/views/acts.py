"""Signing and suspending: each is looked at once more before it is done."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.affected import cases_under_way
from tongban.agreements.labels import listed
from tongban.agreements.links import SIGNERS
from tongban.agreements.record import clauses_of
from tongban.agreements.register import RegisterLine
from tongban.agreements.suspending import SuspensionAsked, read_suspension
from tongban.agreements.telling import tell
from tongban.agreements.views.authority import (
    binding,
    confirmed,
    officer_of,
    proving,
    signer_of,
    unproven,
)
from tongban.agreements.views.records import agreement_line
from tongban.core.agreements.authority import SIGNING
from tongban.core.agreements.document import Agreement
from tongban.node import agreement_acts
from tongban.pages.components import FieldError
from tongban.pages.guest_papers import papers_of
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(*SIGNERS)
def sign(request: HttpRequest, document: str) -> HttpResponseBase:
    """What is signed, by which office; then, with the officer's own proof, the signature."""
    line, agreement = agreement_line(document)
    officer = officer_of(request)
    if request.method == "GET":
        return _signing_page(request, line, officer)
    if errors := unproven(request, officer):
        return _signing_page(request, line, officer, *errors)
    if answer := confirmed(request, document, SIGNING):
        return answer
    answers = agreement_acts.sign(
        whole_node(),
        agreement,
        signer_of(officer),
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经签署。"))
    return _to(document)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def suspend(request: HttpRequest, document: str) -> HttpResponseBase:
    """Ground and scope, then who is affected, then, with the own proof, the suspension."""
    line, agreement = agreement_line(document)
    given = request.POST if request.method == "POST" else request.GET
    asked = read_suspension(given, agreement)
    errors, officer = asked.errors() if given else (), officer_of(request)
    fits = bool(given) and not errors
    if request.method == "POST" and fits:
        errors = unproven(request, officer)
    if request.method == "GET" or errors:
        return _suspension_page(request, line, asked, errors, confirming=fits)
    answers = agreement_acts.suspend(
        whole_node(),
        agreement,
        actor_of(officer, Role.AGREEMENT_OFFICER),
        ground=asked.ground,
        items=asked.items,
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经中止。"))
    return _to(document)


def _signing_page(
    request: HttpRequest, line: RegisterLine, officer: Person, *errors: FieldError
) -> HttpResponse:
    agreement = agreement_line(line.digest)[1]
    context = {
        "line": line,
        "party": agreement.party(whole_node().name),
        "unreviewed": listed(map(name_of_node, agreement.unreviewed)),
        "errors": errors,
        **binding(agreement, officer, SIGNING),
        "enforced": [clause.number for clause in clauses_of(line.document) if clause.enforced],
    }
    status = _FAULTY if errors else 200
    return render(request, "agreements/sign.html", context, status=status)


def _suspension_page(
    request: HttpRequest,
    line: RegisterLine,
    asked: SuspensionAsked,
    errors: tuple[FieldError, ...],
    *,
    confirming: bool,
) -> HttpResponse:
    context = {
        "line": line,
        "asked": asked,
        "errors": errors,
        "confirming": confirming,
        "run_off": line.document.run_off if isinstance(line.document, Agreement) else "",
        "cases": cases_under_way(line.digest),
        **proving(officer_of(request)),
    }
    status = _FAULTY if errors else 200
    return render(request, "agreements/suspend.html", context, status=status)


def _to(document: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))
