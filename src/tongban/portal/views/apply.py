"""Filling in, handing in materials, checking, sending: the way from a draft to a case."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.models import Person
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.pages.components import FieldError
from tongban.pages.forms.schema_form import SchemaForm
from tongban.pages.forms.steps import steps_of
from tongban.pages.node_access import current_node
from tongban.pages.pressing import pressed_on
from tongban.pages.refusals import refusal_view
from tongban.portal import applications, drafts
from tongban.portal.guide_sections import case_of
from tongban.portal.handing_in import (
    anchor_of,
    keep_uploads,
    material_lines,
    please_hand_in,
)
from tongban.portal.models import Draft, Purpose
from tongban.portal.requests import for_person, item_or_404

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_person
def step(request: HttpRequest, person: Person, token: str, number: int) -> HttpResponseBase:
    """One page of the form."""
    draft, item = _open(person, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    steps = steps_of(item.form)
    if not 1 <= number <= len(steps):
        raise Http404
    here = steps[number - 1]
    form = drafts.form_of(draft, item)
    if request.method == "POST":
        form = form.answered(request.POST.dict(), here.names)
        drafts.keep_answers(draft, form.values)
        if not form.errors:
            return HttpResponseRedirect(_after_step(request, draft, number, len(steps)))
    context = {
        "item": item,
        "step": here,
        "steps": len(steps) + 2,
        "questions": form.questions(here.names),
        "errors": form.listed_errors(),
        "back": _step_path(draft, number - 1) if number > 1 else _guide_path(item),
    }
    return render(request, "portal/step.html", context, status=_FAULTY if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_person
def materials(request: HttpRequest, person: Person, token: str) -> HttpResponseBase:
    """Every material of the item, each with its own upload; what is missing is said at once."""
    draft, item = _open(person, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = keep_uploads(request, draft, item.materials)
        missing = applications.missing_materials(item, set(drafts.files_of(draft)))
        if "only" not in request.POST:
            errors |= {code: please_hand_in(item, code) for code in missing if code not in errors}
        if not errors:
            return HttpResponseRedirect(_after_materials(request, draft))
    steps = len(steps_of(item.form))
    context = {
        "item": item,
        "case": case_of(item, drafts.form_of(draft, item).values),
        "lines": material_lines(draft, item.materials, errors),
        "errors": [FieldError(anchor=anchor_of(code), words=errors[code]) for code in errors],
        "number": steps + 1,
        "steps": steps + 2,
        "back": _step_path(draft, steps),
    }
    return render(request, "portal/materials.html", context, status=_FAULTY if errors else 200)


@require_GET
@for_person
def check(request: HttpRequest, person: Person, token: str) -> HttpResponseBase:
    """Everything that will be sent, each line with a way to change it."""
    draft, item = _open(person, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    return _check_page(request, draft, item, drafts.form_of(draft, item).complete())


@pressed_on("portal:check", "token")
@for_person
def send(request: HttpRequest, person: Person, token: str) -> HttpResponseBase:
    """Send the application once; pressing twice leads to the same receipt."""
    draft, item = _open(person, token)
    if draft.sent_at is None:
        form = drafts.form_of(draft, item).complete()
        missing = applications.missing_materials(item, set(drafts.files_of(draft)))
        if form.errors or missing:
            return _check_page(request, draft, item, form)
        answer = current_node().execute(
            applications.take_in(draft, item, dict(form.values)),
            beside=lambda _connection: drafts.close(draft),
        )
        # Pressed twice at once: the other press has taken the same case in.
        if isinstance(answer, Refusal) and current_node().case_state(draft.case) is None:
            return _check_page(request, draft, item, form, answer)
    return _receipt(draft)


@pressed_on("portal:check", "token")
@for_person
def discard(request: HttpRequest, person: Person, token: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its request
    """Throw a draft away with everything in it."""
    draft, _ = _open(person, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    draft.delete()
    return HttpResponseRedirect(reverse("portal:home"))


def _open(person: Person, token: str) -> tuple[Draft, Item]:
    """The person's draft of an application."""
    draft = drafts.draft_of(person, token)
    if draft.purpose != Purpose.APPLICATION:
        raise Http404
    return draft, item_or_404(draft.item)


def _receipt(draft: Draft) -> HttpResponseRedirect:
    """Where somebody is led who goes back to what was sent already."""
    return HttpResponseRedirect(reverse("portal:receipt", args=[draft.case]))


def _check_page(
    request: HttpRequest,
    draft: Draft,
    item: Item,
    form: SchemaForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    missing = applications.missing_materials(item, set(drafts.files_of(draft)))
    errors = form.listed_errors() + [
        FieldError(anchor=anchor_of(code), words=please_hand_in(item, code)) for code in missing
    ]
    steps = steps_of(item.form)
    context = {
        "item": item,
        "draft": draft,
        "sections": [(each, form.questions(each.names)) for each in steps],
        "lines": material_lines(draft, item.materials, {}),
        "errors": errors,
        "refusal": refusal_view(refusal, item) if refusal else None,
        "steps": len(steps) + 2,
        "back": reverse("portal:materials", args=[draft.token]),
    }
    return render(request, "portal/check.html", context, status=409 if refusal else 200)


def _after_step(request: HttpRequest, draft: Draft, number: int, last: int) -> str:
    if "check" in request.GET:
        return reverse("portal:check", args=[draft.token])
    if number < last:
        return _step_path(draft, number + 1)
    return reverse("portal:materials", args=[draft.token])


def _after_materials(request: HttpRequest, draft: Draft) -> str:
    name = "portal:materials" if "only" in request.POST else "portal:check"
    return reverse(name, args=[draft.token])


def _step_path(draft: Draft, number: int) -> str:
    return reverse("portal:step", args=[draft.token, number])


def _guide_path(item: Item) -> str:
    return reverse("portal:guide", args=[item.code])
