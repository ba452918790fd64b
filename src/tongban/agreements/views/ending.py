"""Lifting a suspension, and giving an agreement a last day; each is looked at once more."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.affected import cases_under_way
from tongban.agreements.ending import read_leaving, read_resumption, read_termination
from tongban.agreements.links import SIGNERS
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
from tongban.core.agreements.authority import Resolve
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.home.events import BindingAct
from tongban.node import agreement_acts
from tongban.pages.guest_papers import papers_of
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def resume(request: HttpRequest, document: str) -> HttpResponseBase:
    """Which of the items that this place stopped go on; then, with the own proof, they do."""
    line, agreement = agreement_line(document)
    given = request.POST if request.method == "POST" else request.GET
    asked = read_resumption(given, line)
    errors, officer = asked.errors() if given else (), officer_of(request)
    if request.method == "POST" and not errors:
        errors = unproven(request, officer)
    if request.method == "GET" or errors:
        context = {
            "line": line,
            "asked": asked,
            "errors": errors,
            "confirming": bool(given) and not asked.errors(),
            **proving(officer),
        }
        return _page(request, "resume", context)
    actor = actor_of(officer, Role.AGREEMENT_OFFICER)
    answers = agreement_acts.resume(
        whole_node(), agreement, actor, items=asked.items, papers=papers_of(request)
    )
    tell(request, answers, gettext("已经恢复。"), again={AgreementGround.NOT_SUSPENDED})
    return _to(document)


@require_http_methods(["GET", "POST"])
@for_roles(*SIGNERS)
def terminate(request: HttpRequest, document: str) -> HttpResponseBase:
    """Last day and ground, then who is affected, then, with the officer's own proof, the end."""
    line, agreement = agreement_line(document)
    given = request.POST if request.method == "POST" else request.GET
    asked = read_termination(given, line, agreement)
    resolve = Resolve(act=BindingAct.TERMINATE, last_day=asked.last_day)
    errors, officer = asked.errors() if given else (), officer_of(request)
    if request.method == "POST" and not errors:
        errors = unproven(request, officer)
    if request.method == "GET" or errors:
        context = {
            "line": line,
            "asked": asked,
            "errors": errors,
            "confirming": bool(given) and not asked.errors(),
            "run_off": agreement.run_off,
            "cases": cases_under_way(document),
            **binding(agreement, officer, resolve),
        }
        return _page(request, "terminate", context)
    if answer := confirmed(request, document, resolve):
        return answer
    answers = agreement_acts.terminate(
        whole_node(),
        agreement,
        signer_of(officer),
        ground=asked.ground,
        last_day=asked.day,
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经终止。"), again={AgreementGround.ENDS_ANYWAY})
    return _to(document)


@require_http_methods(["GET", "POST"])
@for_roles(*SIGNERS)
def leave(request: HttpRequest, document: str) -> HttpResponseBase:
    """Last day and ground, then who is affected, then, with the officer's own proof, the exit."""
    line, agreement = agreement_line(document)
    officer = officer_of(request)
    given = request.POST if request.method == "POST" else request.GET
    asked = read_leaving(given, line, agreement)
    resolve = Resolve(act=BindingAct.LEAVE, last_day=asked.last_day)
    errors = asked.errors() if given else ()
    if request.method == "POST" and not errors:
        errors = unproven(request, officer)
    if request.method == "GET" or errors:
        context = {
            "line": line,
            "asked": asked,
            "errors": errors,
            "confirming": bool(given) and not asked.errors(),
            "run_off": agreement.run_off,
            "cases": cases_under_way(document),
            "depositary": _collecting(agreement),
            **binding(agreement, officer, resolve),
        }
        return _page(request, "leave", context)
    if answer := confirmed(request, document, resolve):
        return answer
    answers = agreement_acts.leave(
        whole_node(),
        agreement,
        signer_of(officer),
        ground=asked.ground,
        last_day=asked.day,
        papers=papers_of(request),
    )
    tell(request, answers, gettext("已经声明退出。"), again={AgreementGround.ALREADY_LEFT})
    return _to(document)


def _collecting(agreement: Agreement) -> str:
    """The name of the depositary, "" where this place is it itself."""
    own = agreement.depositary == whole_node().name
    return "" if own else name_of_node(agreement.depositary)


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    status = _FAULTY if context["errors"] else 200
    return render(request, f"agreements/{name}.html", context, status=status)


def _to(document: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))
