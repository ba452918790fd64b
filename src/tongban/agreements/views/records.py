"""The register, one agreement, and the instruments that are cited."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles, has_role
from tongban.accounts.roles import Role
from tongban.agreements import record
from tongban.agreements.affected import cases_under_way
from tongban.agreements.ending import may_be_left, may_be_terminated, stopped_here
from tongban.agreements.links import READERS, SIGNERS
from tongban.agreements.negotiations.inbox import inbox
from tongban.agreements.negotiations.talks import accepted_talk
from tongban.agreements.publishing import awaits_our_publication, duties_of, owed_here
from tongban.agreements.register import RegisterLine, line_of, register
from tongban.agreements.withdrawing import may_be_withdrawn
from tongban.core.agreements.document import Agreement
from tongban.pages.advice import advice_on_agreement
from tongban.pages.places import name_of_node
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node
from tongban.supervision.expiries import expiry_warnings, note_warning

_A_PAGE, _GRANTS_A_PAGE = 50, 100


@require_GET
@for_roles(*READERS)
def register_page(request: HttpRequest) -> HttpResponseBase:
    """Tasks first, then every agreement."""
    lines = [line for line in register() if line.is_agreement]
    context = {
        "warnings": [each for each in expiry_warnings(whole_node()) if not each.noted],
        "to_sign": [line for line in lines if line.awaits_our_signature],
        "to_publish": [line for line in lines if awaits_our_publication(line)],
        "talks": inbox().tasks,
        "page": Paginator(lines, _A_PAGE).get_page(request.GET.get("page")),
        "may_act": _may_act(request),
    }
    return render(request, "agreements/register.html", context)


@require_GET
@for_roles(*READERS)
def agreement(request: HttpRequest, document: str) -> HttpResponseBase:
    """Everything about one document; of an instrument what there is."""
    line = found_or_404(document)
    context: dict[str, object] = {
        "line": line,
        "document": line.document,
        "clauses": record.clauses_of(line.document),
        "story": record.story_lines(line),
        "cases": cases_under_way(document),
        "may_act": _may_act(request),
        "may_bind": has_role(request.user, *SIGNERS),
        "advice": advice_on_agreement(line.document.number),
    }
    if isinstance(line.document, Agreement):
        context |= _agreement_parts(line.document, line, request.GET.get("page"))
    return render(request, "agreements/agreement.html", context)


@require_GET
@for_roles(*READERS)
def instruments(request: HttpRequest) -> HttpResponseBase:
    """Published instruments, between whom they count, and where one is cited."""
    cited = [line for line in register() if not line.is_agreement]
    peers = whole_node().kernel.peers.names()
    context = {
        "lines": [(line, _others(line, peers)) for line in cited],
        "partners": [(peer, name_of_node(peer)) for peer in peers],
        "may_act": _may_act(request),
    }
    return render(request, "agreements/instruments.html", context)


@pressed_on("agreements:register")
@for_roles(Role.AGREEMENT_OFFICER)
def noted(request: HttpRequest) -> HttpResponseBase:
    """An officer has seen to a warning; pressing twice changes nothing."""
    digest = request.POST.get("document", "")
    for each in expiry_warnings(whole_node()):
        if each.digest == digest and str(each.warning) == request.POST.get("warning"):
            note_warning(whole_node(), digest, each.warning)
    return HttpResponseRedirect(reverse("agreements:register"))


def found_or_404(document: str) -> RegisterLine:
    """The line of the register; raises Http404 where the document stands with nobody."""
    line = line_of(document)
    if line is None:
        raise Http404
    return line


def agreement_line(document: str) -> tuple[RegisterLine, Agreement]:
    """An agreement of which this place is a party; raises Http404."""
    line = found_or_404(document)
    if not isinstance(line.document, Agreement) or line.document.party(whole_node().name) is None:
        raise Http404
    return line, line.document


def _agreement_parts(
    document: Agreement, line: RegisterLine, page: str | None
) -> dict[str, object]:
    rows = [
        (table.words, row) for table in record.directions_of(document, line) for row in table.rows
    ]
    return {
        "before": [known for each in document.replaces if (known := line_of(each))],
        "talk": accepted_talk(line.digest),
        "duties": duties_of(document, line),
        "may_be_published": bool(owed_here(document, line)),
        "may_be_resumed": bool(stopped_here(line)),
        "may_be_terminated": may_be_terminated(line),
        "may_be_left": may_be_left(line),
        "may_be_withdrawn": may_be_withdrawn(line),
        "seats": record.seats_of(document, line),
        "stops": record.stops_of(line),
        "ends": record.ends_of(line),
        "page": Paginator(rows, _GRANTS_A_PAGE).get_page(page),
    }


def _may_act(request: HttpRequest) -> bool:
    return has_role(request.user, Role.AGREEMENT_OFFICER)


def _others(line: RegisterLine, peers: Iterable[str]) -> list[tuple[str, str]]:
    """Partners with whom the instrument is not cited yet."""
    cited = {each.between.peer for each in line.at}
    return [(peer, name_of_node(peer)) for peer in peers if peer not in cited]
