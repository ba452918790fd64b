"""Signing and suspending: each is looked at once more before it is done."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.confirming import Proof, confirms, proof_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.affected import cases_under_way
from tongban.agreements.record import clauses_of
from tongban.agreements.register import RegisterLine
from tongban.agreements.suspending import SuspensionAsked, read_suspension
from tongban.agreements.telling import tell
from tongban.agreements.views.records import found_or_404
from tongban.core.agreements.authority import CONFIRMING_OFFICERS
from tongban.core.agreements.document import Agreement
from tongban.core.grounds import words_for
from tongban.node import agreement_acts
from tongban.pages.components import FieldError
from tongban.pages.guest_papers import papers_of
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def sign(request: HttpRequest, document: str) -> HttpResponseBase:
    """What is signed, by which office; then, with the officer's own proof, the signature."""
    line, agreement = agreement_line(document)
    officer = officer_of(request)
    if request.method == "GET":
        return _signing_page(request, line, officer)
    if errors := unproven(request, officer):
        return _signing_page(request, line, officer, *errors)
    answers = agreement_acts.sign(
        whole_node(),
        agreement,
        actor_of(officer, Role.AGREEMENT_OFFICER),
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经签署。"))
    return _to(document)


@pressed_on("agreements:sign", "document")
@for_roles(Role.AGREEMENT_OFFICER)
def confirm(request: HttpRequest, document: str) -> HttpResponseBase:
    """One officer says, with the own proof, that this be signed, where two have to (双人复核)."""
    line, _ = agreement_line(document)
    officer = officer_of(request)
    if errors := unproven(request, officer):
        return _signing_page(request, line, officer, *errors)
    actor = actor_of(officer, Role.AGREEMENT_OFFICER)
    refusal = whole_node().signers.confirm(document, actor=actor)
    if refusal is None:
        messages.success(request, gettext("您的确认已经留痕。"))
    else:
        messages.info(request, said(words_for(refusal.ground).why))
    return HttpResponseRedirect(reverse("agreements:sign", args=[document]))


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def suspend(request: HttpRequest, document: str) -> HttpResponseBase:
    """Ground and scope, then who is affected, then on a press the suspension."""
    line, agreement = agreement_line(document)
    given = request.POST if request.method == "POST" else request.GET
    asked = read_suspension(given, agreement)
    errors = asked.errors() if given else ()
    if request.method == "GET" or errors:
        return _suspension_page(request, line, asked, errors, confirming=bool(given) and not errors)
    actor = actor_of(officer_of(request), Role.AGREEMENT_OFFICER)
    answers = agreement_acts.suspend(
        whole_node(),
        agreement,
        actor,
        ground=asked.ground,
        items=asked.items,
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经中止。"))
    return _to(document)


def officer_of(request: HttpRequest) -> Person:
    """Who acts; raises Http404 for nobody."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def agreement_line(document: str) -> tuple[RegisterLine, Agreement]:
    """An agreement of which this place is a party; raises Http404."""
    line = found_or_404(document)
    if not isinstance(line.document, Agreement) or line.document.party(whole_node().name) is None:
        raise Http404
    return line, line.document


def unproven(request: HttpRequest, officer: Person) -> tuple[FieldError, ...]:
    """What is wrong with the officer's own proof, which comes with the press."""
    if confirms(request, officer, request.POST.get("secret", "")):
        return ()
    words = gettext("口令或者动态码不对，什么也没有做。请再输入一次；试错太多次要等一会儿。")
    return (FieldError(anchor="secret", words=words),)


def proving(officer: Person) -> dict[str, bool]:
    """How the officer can prove who presses, for the page that asks for it."""
    proof = proof_of(officer)
    return {
        "by_code": proof is Proof.CODE,
        "may_prove": proof is not Proof.NONE,
        "by_password": settings.TONGBAN_DEMO,
    }


def _signing_page(
    request: HttpRequest, line: RegisterLine, officer: Person, *errors: FieldError
) -> HttpResponse:
    node, agreement = whole_node(), agreement_line(line.digest)[1]
    rules = node.signers.rules(line.digest)
    context = {
        "line": line,
        "party": agreement.party(node.name),
        "paper": node.signers.paper_for(agreement, actor_of(officer, Role.AGREEMENT_OFFICER)),
        "rules": rules,
        "lacking": CONFIRMING_OFFICERS - len(rules.confirmed_by),
        "confirmed": officer.number in rules.confirmed_by,
        "errors": errors,
        **proving(officer),
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
    }
    status = _FAULTY if errors else 200
    return render(request, "agreements/suspend.html", context, status=status)


def _to(document: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))
