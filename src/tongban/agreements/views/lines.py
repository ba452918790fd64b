"""Editing one line that a draft says in a field: of a clause, or beside the clauses."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.negotiations.drafts import draft_or_404
from tongban.agreements.negotiations.forms.line import (
    LineForm,
    empty_line,
    line_form,
    read_line,
)
from tongban.agreements.negotiations.forms.line_kinds import LINE_KINDS
from tongban.agreements.views.clauses import Editing, clause_or_404, with_clause
from tongban.agreements.views.drafting import as_seen, kept_or_told
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.document import Agreement
from tongban.pages.pressing import pressed_on


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def clause_line(
    request: HttpRequest, name: str, number: str, field: str, place: int
) -> HttpResponseBase:
    """A line of a clause; place: counted from 1, 0 for one more."""
    clause = clause_or_404(draft_or_404(name), number)
    return _edit(request, name, clause, field, place)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def head_line(request: HttpRequest, name: str, field: str, place: int) -> HttpResponseBase:
    """A line beside the clauses; place: counted from 1, 0 for one more."""
    return _edit(request, name, None, field, place)


@pressed_on("agreements:clause_line", "name", "number", "field", "place")
@for_roles(Role.AGREEMENT_OFFICER)
def remove_clause_line(
    request: HttpRequest, name: str, number: str, field: str, place: int
) -> HttpResponseBase:
    """Leave a line of a clause out."""
    clause = clause_or_404(draft_or_404(name), number)
    return _remove(request, name, clause, field, place)


@pressed_on("agreements:head_line", "name", "field", "place")
@for_roles(Role.AGREEMENT_OFFICER)
def remove_head_line(request: HttpRequest, name: str, field: str, place: int) -> HttpResponseBase:
    """Leave a line beside the clauses out."""
    return _remove(request, name, None, field, place)


def _edit(
    request: HttpRequest, name: str, clause: Clause | None, field: str, place: int
) -> HttpResponseBase:
    known, posted = draft_or_404(name), request.method == "POST"
    lines = _lines(known.agreement, clause, field)
    if place > len(lines):
        raise Http404
    form = _form(request, known.agreement, field, lines[place - 1] if place else None)
    context = {
        "clause": clause,
        "kind": LINE_KINDS[field].words(),
        "field": field,
        "place": place,
        "controls": form.controls,
    }
    editing = Editing(request=request, part="line", known=known, context=context)
    errors = form.errors(_without(lines, place)) if posted else ()
    if errors or not posted:
        return editing.page(errors)
    newer = _with(known.agreement, clause, field, _placed(lines, place, form.applied()))
    return editing.keep(newer, clause.number if clause else "")


def _remove(
    request: HttpRequest, name: str, clause: Clause | None, field: str, place: int
) -> HttpResponseBase:
    known = as_seen(request, draft_or_404(name))
    lines = _lines(known.agreement, clause, field)
    newer = _with(known.agreement, clause, field, _without(lines, place))
    return kept_or_told(request, known, newer, clause.number if clause else "")


def _form(request: HttpRequest, agreement: Agreement, field: str, line: Any) -> LineForm:
    """As it was sent, otherwise as it stands; line: None for one more."""
    if request.method == "POST":
        return read_line(field, request.POST, agreement)
    return empty_line(field, agreement) if line is None else line_form(field, line, agreement)


def _lines(agreement: Agreement, clause: Clause | None, field: str) -> tuple[Any, ...]:
    kind = LINE_KINDS.get(field)
    if kind is None or kind.of_head != (clause is None):
        raise Http404
    found: tuple[Any, ...] = getattr(clause or agreement, field)
    return found


def _with(
    agreement: Agreement, clause: Clause | None, field: str, lines: tuple[Any, ...]
) -> Agreement:
    changed: dict[str, Any] = {field: lines}
    if clause is None:
        return replace(agreement, **changed)
    return with_clause(agreement, clause, replace(clause, **changed))


def _placed(lines: tuple[Any, ...], place: int, line: Any) -> tuple[Any, ...]:
    """The lines with this one in its place, or behind them."""
    if not place:
        return (*lines, line)
    return (*lines[: place - 1], line, *lines[place:])


def _without(lines: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return tuple(each for n, each in enumerate(lines, 1) if n != place)
