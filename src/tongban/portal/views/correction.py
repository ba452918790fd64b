"""补正 online: everything that the list asks for, handed in at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.models import Person
from tongban.core.refusal import Refusal
from tongban.pages.components import FieldError
from tongban.pages.defects import defect_words
from tongban.pages.forms.schema_form import SchemaForm
from tongban.pages.node_access import current_node
from tongban.pages.refusals import refusal_view
from tongban.portal import applications, corrections, drafts
from tongban.portal.cases import own_case
from tongban.portal.corrections import Wanted
from tongban.portal.handing_in import (
    MaterialLine,
    anchor_of,
    keep_uploads,
    material_lines,
    please_hand_in,
)
from tongban.portal.models import Draft
from tongban.portal.requests import for_person
from tongban.portal.tasks import must_correct
from tongban.projections.case_view import CaseView


@dataclass(frozen=True, kw_only=True, slots=True)
class _Attempt:
    """The correction as it stands in one request."""

    view: CaseView
    draft: Draft
    wanted: Wanted
    form: SchemaForm | None
    errors: dict[str, str]

    @property
    def faulty(self) -> bool:
        """Whether something still has to be mended."""
        return bool(self.errors or (self.form and self.form.errors))


@require_http_methods(["GET", "POST"])
@for_person
def correct(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """The list with a place for everything on it; sent when all of it is there."""
    view = own_case(person, number)
    if not must_correct(view.state):
        return HttpResponseRedirect(reverse("portal:case", args=[number]))
    draft = drafts.begin_correction(person, view.item, view.state.intake.place, number)
    attempt = _read(request, person, view, draft)
    if request.method == "GET" or attempt.faulty:
        return _page(request, attempt)
    values = dict(attempt.form.values) if attempt.form else None
    answer = current_node().execute(
        applications.complete_correction(draft, values),
        beside=lambda _connection: drafts.close(draft),
    )
    if isinstance(answer, Refusal):
        return _page(request, attempt, answer)
    messages.success(request, gettext("补正已经交齐，现在轮到有权机关。"))
    return HttpResponseRedirect(reverse("portal:case", args=[number]))


def _read(request: HttpRequest, person: Person, view: CaseView, draft: Draft) -> _Attempt:
    """What was handed in with this request and before it."""
    wanted = corrections.wanted_of(view)
    form = corrections.form_of(view, person, draft) if wanted.answers else None
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = keep_uploads(request, draft, wanted.materials)
        for code in corrections.missing(wanted, draft):
            errors.setdefault(code, please_hand_in(view.item, code))
        if form is not None:
            form = form.answered(request.POST.dict(), wanted.answers)
            drafts.keep_answers(draft, {name: form.values.get(name) for name in wanted.answers})
    return _Attempt(view=view, draft=draft, wanted=wanted, form=form, errors=errors)


def _page(request: HttpRequest, attempt: _Attempt, refusal: Refusal | None = None) -> HttpResponse:
    wanted, view = attempt.wanted, attempt.view
    asked = attempt.form.questions(wanted.answers) if attempt.form else []
    context = {
        "view": view,
        "lines": [(line, defect_words(wanted.defects[line.code])) for line in _lines(attempt)],
        "questions": [(each, defect_words(wanted.defects[each.name])) for each in asked],
        "others": [defect_words(wanted.defects[code]) for code in wanted.others],
        "errors": _listed(attempt),
        "refusal": refusal_view(refusal, view.item) if refusal else None,
    }
    status = 409 if refusal else (422 if attempt.faulty else 200)
    return render(request, "portal/correction.html", context, status=status)


def _lines(attempt: _Attempt) -> list[MaterialLine]:
    return material_lines(attempt.draft, attempt.wanted.materials, attempt.errors)


def _listed(attempt: _Attempt) -> list[FieldError]:
    handed = [
        FieldError(anchor=anchor_of(code), words=words) for code, words in attempt.errors.items()
    ]
    return handed + (attempt.form.listed_errors() if attempt.form else [])
