"""Handing in a document: read first, shown, and only then laid before partners."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.files import Mistake, read_agreement, read_instrument, text_of
from tongban.agreements.record import clauses_of
from tongban.agreements.telling import tell
from tongban.agreements.views.authority import officer_of
from tongban.core.agreements.document import Agreement, Instrument, document_digest
from tongban.node import agreement_acts
from tongban.pages.components import FieldError
from tongban.pages.guest_papers import papers_of
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def offer(request: HttpRequest) -> HttpResponseBase:
    """A file, then what was read in it, then on a press the offer to every other party."""
    if request.method == "GET":
        return render(request, "agreements/offer.html", {"errors": ()})
    found = read_agreement(_content(request))
    if isinstance(found, Mistake):
        return _faulty(request, "agreements/offer.html", _error(found))
    if "text" not in request.POST:
        return render(request, "agreements/offer.html", {"errors": (), **_preview(found)})
    actor = actor_of(officer_of(request), Role.AGREEMENT_OFFICER)
    answers = agreement_acts.offer(whole_node(), found, actor, papers=papers_of(request))
    tell(request, answers, gettext("已经提交。"))
    return _to(document_digest(found))


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def cite(request: HttpRequest) -> HttpResponseBase:
    """A published instrument from a file, or one that is known here, for one partner more."""
    page = "agreements/cite.html"
    if request.method == "GET":
        return render(request, page, {"errors": (), "partners": _partners()})
    partner = request.POST.get("partner", "")
    found = _instrument(request)
    if isinstance(found, Mistake):
        return _faulty(request, page, _error(found))
    if partner not in dict(_partners()):
        words = gettext("请选与谁之间引用。")
        return _faulty(request, page, FieldError(anchor="partner", words=words))
    if "text" not in request.POST and "document" not in request.POST:
        context = {"errors": (), "partners": _partners(), **_preview(found)}
        chosen = {"partner": partner, "partner_name": name_of_node(partner)}
        return render(request, page, context | chosen)
    actor = actor_of(officer_of(request), Role.AGREEMENT_OFFICER)
    answer = agreement_acts.cite(
        whole_node(), found, actor, partner=partner, papers=papers_of(request)
    )
    tell(request, {partner: answer}, gettext("已经引用。"))
    return _to(document_digest(found))


def _instrument(request: HttpRequest) -> Instrument | Mistake:
    known = whole_node().document(request.POST.get("document", ""))
    found = known or read_instrument(_content(request))
    if isinstance(found, Instrument | Mistake):
        return found
    return Mistake(field="", words=gettext("这是协议，不是公布的文件；协议要由各方签署。"))


def _content(request: HttpRequest) -> bytes:
    """The file, or what was read in it and comes back with the press."""
    given = request.FILES.get("file")
    return given.read() if given else request.POST.get("text", "").encode()


def _preview(document: Agreement | Instrument) -> dict[str, object]:
    return {
        "document": document,
        "text": text_of(document),
        "clauses": clauses_of(document),
        "parties": document.parties if isinstance(document, Agreement) else (),
    }


def _error(mistake: Mistake) -> FieldError:
    where = f"{mistake.field}{gettext('：')}" if mistake.field else ""
    return FieldError(anchor="file", words=f"{where}{mistake.words}")


def _faulty(request: HttpRequest, page: str, error: FieldError) -> HttpResponse:
    context = {"errors": (error,), "partners": _partners()}
    return render(request, page, context, status=_FAULTY)


def _partners() -> list[tuple[str, str]]:
    return [(peer, name_of_node(peer)) for peer in whole_node().kernel.peers.names()]


def _to(document: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))
