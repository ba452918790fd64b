"""Opening a document or material of a case; every opening is recorded with its purpose."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.pages.contents import answers_in, answers_of, inline
from tongban.pages.downloads import as_file, opened
from tongban.projections.case_view import CaseView
from tongban.workbench.access import counter_case, for_role, officer_case
from tongban.workbench.applications import RECIPIENT
from tongban.workbench.documents import find_document
from tongban.workbench.labels import recipient_lines
from tongban.workbench.reading import purpose_of, purposes, read_file


@dataclass(frozen=True, kw_only=True, slots=True)
class _Desk:
    """From which desk somebody looks, and the way back to the case there."""

    role: Role
    back: str


@require_GET
@for_role(Role.COUNTER_CLERK)
def at_counter(request: HttpRequest, clerk: Person, number: str, name: str) -> HttpResponseBase:
    """A document of a case that this counter took in."""
    desk = _Desk(role=Role.COUNTER_CLERK, back=reverse("workbench:counter_case", args=[number]))
    return _show(request, clerk, desk, counter_case(number), name)


@require_GET
@for_role(Role.CASE_OFFICER)
def in_review(request: HttpRequest, officer: Person, number: str, name: str) -> HttpResponseBase:
    """A document of a case that the officer's authority decides."""
    desk = _Desk(role=Role.CASE_OFFICER, back=reverse("workbench:room", args=[number]))
    return _show(request, officer, desk, officer_case(officer, number), name)


def _show(
    request: HttpRequest, reader: Person, desk: _Desk, view: CaseView, name: str
) -> HttpResponseBase:
    line = find_document(view.state, view.item, name)
    if line is None:
        raise Http404
    context = {"view": view, "line": line, "back": desk.back, "purposes": purposes()}
    purpose = purpose_of(request, view, desk.role)
    if not purpose:
        return render(request, "workbench/purpose.html", context)
    reading = read_file(view, name, reader=reader, role=desk.role, purpose=purpose)
    if reading is None:
        return render(request, "workbench/erased.html", context, status=410)
    body = opened(reading)
    if "file" in request.GET:
        return as_file(body, f"{view.row.case}-{line.words}")
    how, content = body.how, body.content
    context |= {
        "shown": how,
        "body": body,
        "answers": answers_of(content, view.item) if name == "application" else None,
        "pairs": recipient_lines(answers_in(content)) if name == RECIPIENT else None,
        "picture": inline(content, how) if how.is_picture and content else "",
        "purpose": request.GET.get("purpose", ""),
        "is_copy": name == "result",
    }
    return render(request, "workbench/document.html", context)
