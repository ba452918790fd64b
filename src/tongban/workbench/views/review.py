"""审批: the officer's queue by due day, and the case room."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.refusal import Refusal
from tongban.pages.node_access import now
from tongban.pages.places import place_of
from tongban.pages.refusals import refusal_view
from tongban.projections.case_view import CaseView
from tongban.workbench import queues
from tongban.workbench.access import for_role, officer_case, own_node
from tongban.workbench.acts import BY_CODE
from tongban.workbench.acts.act import OfficerAct, Submission
from tongban.workbench.answers import carry_out
from tongban.workbench.considering import basis_of
from tongban.workbench.documents import documents_of, papers_of
from tongban.workbench.inquiries import about_case
from tongban.workbench.labels import delivery_words
from tongban.workbench.reading import TASKS, purpose_of, purposes
from tongban.workbench.rooms import (
    Attempt,
    applicant_in,
    offers_of,
    open_first,
    questions_of,
    read_application,
)

_A_PAGE = 50
_ROLE = Role.CASE_OFFICER


@require_GET
@for_role(_ROLE)
def review(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """Cases that this authority decides, the most urgent first."""
    cases = queues.officer_cases(officer.organisation_id or "")
    ours, elsewhere = queues.ours(cases), queues.elsewhere(cases)
    page = Paginator(ours, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "ours": queues.lines_of(page),
        "ours_count": page.paginator.count,
        "elsewhere": queues.lines_of(elsewhere[:_A_PAGE]),
        "elsewhere_count": elsewhere.count(),
        "organisation": officer.organisation,
    }
    return render(request, "workbench/review.html", context)


@require_GET
@for_role(_ROLE)
def ended(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """Cases of this authority in which nothing is owed any more."""
    cases = queues.officer_cases(officer.organisation_id or "")
    page = Paginator(queues.ended(cases), _A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": queues.lines_of(page), "desk": "review"}
    return render(request, "workbench/ended.html", context)


@require_GET
@for_role(_ROLE)
def find(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """Open a case by its number."""
    number = request.GET.get("number", "").strip()
    cases = queues.officer_cases(officer.organisation_id or "")
    if cases.filter(case=number).exists():
        return HttpResponseRedirect(reverse("workbench:room", args=[number]))
    context = {"number": number[:60], "desk": "review"}
    return render(request, "workbench/not_found.html", context, status=404)


@require_GET
@for_role(_ROLE)
def room(request: HttpRequest, officer: Person, number: str) -> HttpResponseBase:
    """The case on one screen; whoever comes first is recorded as having opened it."""
    view = officer_case(officer, number)
    if open_first(view, actor_of(officer, _ROLE)):
        return HttpResponseRedirect(reverse("workbench:room", args=[number]))
    return _room(request, officer, view)


@require_http_methods(["GET", "POST"])
@for_role(_ROLE)
def act(request: HttpRequest, officer: Person, number: str, code: str) -> HttpResponseBase:
    """The room with one act's form open; on POST the act itself."""
    chosen = BY_CODE.get(code)
    if chosen is None:
        raise Http404
    view = officer_case(officer, number)
    standing = basis_of(chosen.sample(view, actor_of(officer, _ROLE)))
    if isinstance(standing, Refusal):
        return _room(request, officer, view, refusal=standing)
    if request.method == "GET":
        return _room(request, officer, view, Attempt(code=code))
    return _act(request, officer, view, chosen)


def _act(request: HttpRequest, officer: Person, view: CaseView, chosen: OfficerAct) -> HttpResponse:
    posted = request.POST.dict()
    read = chosen.read(_submission(officer, view, chosen, posted))
    if isinstance(read, list):
        attempt = Attempt(code=chosen.code, posted=posted, errors=tuple(read))
        return _room(request, officer, view, attempt)
    refusal = carry_out(request, read, chosen.done())
    if refusal is not None:
        attempt = Attempt(code=chosen.code, posted=posted)
        return _room(request, officer, officer_case(officer, view.row.case), attempt, refusal)
    return HttpResponseRedirect(reverse("workbench:room", args=[view.row.case]))


def _submission(
    officer: Person, view: CaseView, chosen: OfficerAct, posted: dict[str, str]
) -> Submission:
    holder = ""
    if chosen.names_applicant:
        application = read_application(view, officer, TASKS[_ROLE].zh)
        holder = applicant_in(application, view.item)
    return Submission(
        view=view, actor=actor_of(officer, _ROLE), at=now(), posted=posted, holder=holder
    )


def _room(
    request: HttpRequest,
    officer: Person,
    view: CaseView,
    attempt: Attempt | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    purpose = purpose_of(request, view, _ROLE)
    application = read_application(view, officer, purpose) if purpose else None
    errors = attempt.errors if attempt else ()
    context = {
        "view": view,
        "taken_in_at": place_of(view.state.intake.place),
        "delivery": delivery_words(view.state.delivery),
        "offers": offers_of(view, actor_of(officer, _ROLE), attempt),
        "errors": errors,
        # The direct way to the authority is no door for its own officers.
        "refusal": refusal_view(refusal, None) if refusal else None,
        "may_read": bool(purpose),
        "purpose": request.GET.get("purpose", ""),
        "purposes": purposes(),
        "questions": questions_of(application, view.item),
        "papers": [line for line in papers_of(view.state, view.item) if line.body != "application"],
        "issued": documents_of(view.state),
        "inquiries": about_case(view.row.case, view.state.partner(own_node())),
    }
    status = 409 if refusal else (422 if errors else 200)
    return render(request, "workbench/room.html", context, status=status)
