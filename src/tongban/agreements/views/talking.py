"""Acts in a negotiation; what moves or ends it is looked at once more before it is done."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.negotiations.forms.reading import read_number
from tongban.agreements.negotiations.talks import Talk, talk_or_404
from tongban.agreements.negotiations.telling import (
    closed_already,
    refused,
    said_already,
    tell_once,
)
from tongban.agreements.negotiations.words import REJECTION_GROUNDS
from tongban.agreements.telling import tell
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.negotiations import Typed, negotiation_page
from tongban.core.grounds import words_for
from tongban.core.negotiations.state import MoveKind
from tongban.core.negotiations.state import NegotiationStanding as Standing
from tongban.core.refusal import Refusal
from tongban.node import negotiation_acts
from tongban.node.negotiation_acts import Negotiator
from tongban.pages.components import FieldError
from tongban.pages.guest_papers import papers_of
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_FAULTY = 422


@pressed_on("agreements:negotiation", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def comment(request: HttpRequest, name: str) -> HttpResponseBase:
    """Say something on a clause; what cannot be taken comes back with what was typed."""
    talk = talk_or_404(name)
    clause = request.POST.get("clause", "")
    words = request.POST.get("words", "").replace("\r\n", "\n").strip()
    who = negotiator(request, name)
    if said_already(talk, who.version, clause, words):
        tell_once(request, {}, "", already=True)
        return to_clause(name, clause)
    answers = negotiation_acts.comment(whole_node(), who, talk.known, clause=clause, words=words)
    refusal = refused(answers)
    if refusal is not None:
        error = FieldError(anchor="typed", words=_why(refusal))
        return negotiation_page(
            request, talk_or_404(name), error, typed=Typed(clause=clause, words=words)
        )
    tell(request, answers, gettext("意见已经记下。"))
    return to_clause(name, clause)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def accept(request: HttpRequest, name: str) -> HttpResponseBase:
    """Agree to the text on the table, and lay it before the partners for signature."""
    talk = talk_or_404(name)
    if request.method == "GET":
        return _confirming(request, talk, MoveKind.ACCEPT)
    who = negotiator(request, name)
    answers = negotiation_acts.accept(whole_node(), who, talk.known)
    already = closed_already(name, Standing.ACCEPTED)
    tell_once(request, answers, gettext("已经同意这一稿。"), already=already)
    agreed = talk_or_404(name)
    if refused(answers) is None and not agreed.waiting:
        offered = negotiation_acts.offer_accepted(whole_node(), who, agreed.state)
        tell(request, offered, gettext("文本已经提交各方签署。"))
    return to_negotiation(name)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def reject(request: HttpRequest, name: str) -> HttpResponseBase:
    """End it, with a ground."""
    talk = talk_or_404(name)
    ground = request.POST.get("ground", "")
    if request.method == "GET":
        return _confirming(request, talk, MoveKind.REJECT)
    if ground not in REJECTION_GROUNDS:
        error = FieldError(anchor="ground", words=gettext("请选拒绝的原因。"))
        return _confirming(request, talk, MoveKind.REJECT, error)
    answers = negotiation_acts.reject(
        whole_node(), negotiator(request, name), talk.known, ground=ground
    )
    already = closed_already(name, Standing.REJECTED)
    tell_once(request, answers, gettext("已经拒绝，双方都不受约束。"), already=already)
    return to_negotiation(name)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def withdraw(request: HttpRequest, name: str) -> HttpResponseBase:
    """Go no further; where it is the partner's turn, its node has the last word."""
    talk = talk_or_404(name)
    if request.method == "GET":
        return _confirming(request, talk, MoveKind.WITHDRAW)
    answers = negotiation_acts.withdraw(whole_node(), negotiator(request, name), talk.known)
    already = closed_already(name, Standing.WITHDRAWN)
    tell_once(request, answers, gettext("已经撤回。"), already=already)
    return to_negotiation(name)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def offer_accepted(request: HttpRequest, name: str) -> HttpResponseBase:
    """Lay an agreed text before the partners, where that could not be done with the acceptance."""
    talk = talk_or_404(name)
    if request.method == "POST" and talk.state.accepted:
        who = negotiator(request, name)
        answers = negotiation_acts.offer_accepted(whole_node(), who, talk.state)
        tell(request, answers, gettext("文本已经提交各方签署。"))
        return to_negotiation(name)
    return render(request, "agreements/negotiations/offer.html", {"talk": talk})


def negotiator(request: HttpRequest, name: str) -> Negotiator:
    """Who acts, having which version in view."""
    return Negotiator(
        actor=actor_of(officer_of(request), Role.AGREEMENT_OFFICER),
        negotiation=name,
        version=read_number(request.POST.get("version", "")) or 0,
        papers=papers_of(request),
    )


def to_negotiation(name: str) -> HttpResponseRedirect:
    """The page of the negotiation."""
    return HttpResponseRedirect(reverse("agreements:negotiation", args=[name]))


def to_clause(name: str, clause: str) -> HttpResponseRedirect:
    """The clause on the page of the negotiation."""
    here = reverse("agreements:negotiation", args=[name])
    return HttpResponseRedirect(f"{here}#clause-{clause}")


def _confirming(
    request: HttpRequest, talk: Talk, kind: MoveKind, *errors: FieldError
) -> HttpResponse:
    context = {
        "talk": talk,
        "kind": kind.value,
        "open": kind in talk.may,
        "grounds": [(code, say(), False) for code, say in REJECTION_GROUNDS.items()],
        "errors": errors,
    }
    status = _FAULTY if errors else 200
    return render(request, "agreements/negotiations/confirm.html", context, status=status)


def _why(refusal: Refusal) -> str:
    words = words_for(refusal.ground)
    return f"{said(words.what)}{said(words.why)}{said(words.next)}"
