"""By whom this place binds or frees itself: paper, two officers, and each one's own proof."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.actors import actor_of
from tongban.accounts.confirming import Proof, confirms, proof_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import has_role
from tongban.accounts.roles import Role
from tongban.core.agreements.authority import REPRESENTATIVE, Resolve
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.entry import Actor
from tongban.core.grounds import words_for
from tongban.pages.components import FieldError
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

#: What the officer who confirms an act had filled in, which the page asks for again.
_FILLED_IN = ("asked", "ground", "last_day")


def officer_of(request: HttpRequest) -> Person:
    """Who acts; raises Http404 for nobody."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def signer_of(officer: Person) -> Actor:
    """Who binds this place: its legal representative by that office, others by a paper."""
    by_office = has_role(officer, Role.LEGAL_REPRESENTATIVE)
    role = Role.LEGAL_REPRESENTATIVE if by_office else Role.AGREEMENT_OFFICER
    return actor_of(officer, role)


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


def binding(agreement: Agreement, officer: Person, resolve: Resolve) -> dict[str, object]:
    """Whether the officer may do what is resolved, and who has yet to confirm it, for its page."""
    signers = whole_node().signers
    rules = signers.rules(document_digest(agreement))
    actor = signer_of(officer)
    return {
        "entitled": actor.role == REPRESENTATIVE or signers.paper_for(agreement, actor),
        "act": resolve.act.value,
        "lacking": rules.lacking(resolve),
        "confirmed": officer.number in rules.confirmed_by(resolve),
        **proving(officer),
    }


def confirmed(request: HttpRequest, document: str, resolve: Resolve) -> HttpResponseRedirect | None:
    """What a proven officer who says that this be done gets, where two have to (双人复核).

    None where the press is the act itself.
    """
    if "confirm" not in request.POST:
        return None
    actor = signer_of(officer_of(request))
    refusal = whole_node().signers.confirm(document, actor=actor, resolve=resolve)
    if refusal is None:
        messages.success(request, gettext("您的确认已经留痕。"))
    else:
        messages.info(request, said(words_for(refusal.ground).why))
    filled = {name: request.POST[name] for name in _FILLED_IN if name in request.POST}
    page = reverse(f"agreements:{resolve.act.value}", args=[document])
    return HttpResponseRedirect(f"{page}?{urlencode(filled)}" if filled else page)
