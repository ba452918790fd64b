"""Editing one part of a draft at a time: its head, a clause, a grant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.known import known_items
from tongban.agreements.negotiations import drafts
from tongban.agreements.negotiations.drafts import Draft, draft_or_404
from tongban.agreements.negotiations.forms.clause import clause_form, empty_clause, read_clause
from tongban.agreements.negotiations.forms.grant import (
    choices_of,
    empty_grant,
    grant_form,
    read_grant,
)
from tongban.agreements.negotiations.forms.head import head_form, read_head
from tongban.agreements.negotiations.forms.opening import opening_choices, read_opening
from tongban.agreements.negotiations.forms.party import party_form, read_party
from tongban.agreements.negotiations.lines import clause_groups
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.drafting import as_seen, kept_or_told, to_draft
from tongban.agreements.wording import grant_words, names_of_items
from tongban.core.agreements.document import Agreement, Clause, Grant
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node
from tongban.pages.pressing import pressed_on

_FAULTY, _CHANGED = 422, 409


@dataclass(frozen=True, kw_only=True, slots=True)
class Editing:
    """One form of a draft; context: what its page shows beside the draft."""

    request: HttpRequest
    part: str
    known: Draft
    context: Mapping[str, object]

    def page(self, errors: Sequence[FieldError] = (), status: int = _FAULTY) -> HttpResponse:
        """The form, with what was typed and what has to be mended."""
        return render(
            self.request,
            f"agreements/negotiations/{self.part}.html",
            {"draft": self.known, "errors": errors, **self.context},
            status=status if errors else 200,
        )

    def keep(self, agreement: Agreement, clause: str = "") -> HttpResponseBase:
        """Keep it, or show what was typed again where somebody else has kept something meanwhile.

        clause: where on the draft's page to go on.
        """
        shown = as_seen(self.request, self.known)
        if drafts.keep(shown, officer_of(self.request), agreement):
            return to_draft(self.known.negotiation, clause)
        words = gettext(
            "您打开以后，同事改过这份草稿，所以还没有存。您写的都在下面；请对照现在的草稿，再存一次。"
        )
        fresh = replace(self, known=draft_or_404(self.known.negotiation))
        return fresh.page((FieldError(anchor="form", words=words),), _CHANGED)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def head(request: HttpRequest, name: str) -> HttpResponseBase:
    """Title, number, version, first and last day."""
    known = draft_or_404(name)
    posted = request.method == "POST"
    form = read_head(request.POST) if posted else head_form(known.agreement)
    context = {"form": form, "depositaries": form.depositaries(known.agreement)}
    editing = Editing(request=request, part="head", known=known, context=context)
    errors = form.errors() if posted else ()
    if errors or not posted:
        return editing.page(errors)
    return editing.keep(form.applied(known.agreement))


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def party(request: HttpRequest, name: str, node: str) -> HttpResponseBase:
    """One party: its name and the office whose holder signs."""
    known, posted = draft_or_404(name), request.method == "POST"
    old = known.agreement.party(node)
    if old is None:
        raise Http404
    form = read_party(request.POST) if posted else party_form(old)
    context = {"form": form, "place": name_of_node(node)}
    editing = Editing(request=request, part="party", known=known, context=context)
    errors = form.errors() if posted else ()
    if errors or not posted:
        return editing.page(errors)
    parties = tuple(form.applied(each) if each is old else each for each in known.agreement.parties)
    return editing.keep(replace(known.agreement, parties=parties))


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def opening(request: HttpRequest, name: str) -> HttpResponseBase:
    """More items that their authorities agree to open."""
    known, posted = draft_or_404(name), request.method == "POST"
    items = {item.code: item for item in known_items()}
    form = read_opening(request.POST)
    choices = opening_choices(form, known.agreement, items)
    context = {"form": form, "choices": choices}
    editing = Editing(request=request, part="opening", known=known, context=context)
    errors = form.errors(known.agreement, items) if posted else ()
    if errors or not posted:
        return editing.page(errors)
    return editing.keep(form.applied(known.agreement, items))


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def add(request: HttpRequest, name: str) -> HttpResponseBase:
    """One clause more, behind the one that is chosen."""
    known = draft_or_404(name)
    posted, clauses = request.method == "POST", known.agreement.clauses
    form = read_clause(request.POST) if posted else empty_clause(known.agreement)
    after = request.POST.get("after", clauses[-1].number if clauses else "")
    context = {"form": form, "others": clauses, "after": after}
    editing = Editing(request=request, part="clause", known=known, context=context)
    errors = form.errors(frozenset(each.number for each in clauses)) if posted else ()
    if errors or not posted:
        return editing.page(errors)
    place = _place(clauses, after)
    newer = (*clauses[:place], form.applied(None), *clauses[place:])
    return editing.keep(replace(known.agreement, clauses=newer), form.number)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def clause(request: HttpRequest, name: str, number: str) -> HttpResponseBase:
    """One clause; its grants have pages of their own."""
    known = draft_or_404(name)
    posted, old = request.method == "POST", clause_or_404(known, number)
    form = read_clause(request.POST) if posted else clause_form(old)
    context = {
        "form": form,
        "clause": old,
        "grants": [grant_words(each) for each in old.grants],
        "groups": clause_groups(known.agreement, old),
    }
    editing = Editing(request=request, part="clause", known=known, context=context)
    taken = frozenset(each.number for each in known.agreement.clauses) - {number}
    errors = form.errors(taken) if posted else ()
    if errors or not posted:
        return editing.page(errors)
    return editing.keep(with_clause(known.agreement, old, form.applied(old)), form.number)


@pressed_on("agreements:clause", "name", "number")
@for_roles(Role.AGREEMENT_OFFICER)
def remove(request: HttpRequest, name: str, number: str) -> HttpResponseBase:
    """Leave a clause out; where the text before has it, it can be put back."""
    known = as_seen(request, draft_or_404(name))
    left = tuple(each for each in known.agreement.clauses if each.number != number)
    return kept_or_told(request, known, replace(known.agreement, clauses=left), number)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def grant(request: HttpRequest, name: str, number: str, place: int) -> HttpResponseBase:
    """One grant of a clause; place: counted from 1, 0 for one more."""
    known = draft_or_404(name)
    posted, old = request.method == "POST", clause_or_404(known, number)
    if place > len(old.grants):
        raise Http404
    stands = grant_form(old.grants[place - 1]) if place else empty_grant()
    form = read_grant(request.POST) if posted else stands
    choices = choices_of(form, known.agreement, names_of_items())
    context = {"clause": old, "form": form, "place": place, "choices": choices}
    editing = Editing(request=request, part="grant", known=known, context=context)
    errors = form.errors(known.agreement) if posted else ()
    if errors or not posted:
        return editing.page(errors)
    grants = _with(old.grants, place, form.applied())
    newer = with_clause(known.agreement, old, replace(old, grants=grants))
    return editing.keep(newer, number)


@pressed_on("agreements:grant", "name", "number", "place")
@for_roles(Role.AGREEMENT_OFFICER)
def remove_grant(request: HttpRequest, name: str, number: str, place: int) -> HttpResponseBase:
    """Leave a grant out."""
    known = as_seen(request, draft_or_404(name))
    old = clause_or_404(known, number)
    grants = tuple(each for n, each in enumerate(old.grants, 1) if n != place)
    newer = with_clause(known.agreement, old, replace(old, grants=grants))
    return kept_or_told(request, known, newer, number)


def clause_or_404(known: Draft, number: str) -> Clause:
    """The clause of this number; raises Http404."""
    found = known.agreement.clause(number)
    if found is None:
        raise Http404
    return found


def with_clause(agreement: Agreement, old: Clause, new: Clause) -> Agreement:
    """The text with a clause in the place of the one of the same number."""
    clauses = tuple(new if each.number == old.number else each for each in agreement.clauses)
    return replace(agreement, clauses=clauses)


def _place(clauses: Sequence[Clause], after: str) -> int:
    """Where a clause goes: behind the one of this number, otherwise at the end."""
    return next((n for n, each in enumerate(clauses, 1) if each.number == after), len(clauses))


def _with(grants: tuple[Grant, ...], place: int, new: Grant) -> tuple[Grant, ...]:
    """The grants with this one in its place, or behind them."""
    if not place:
        return (*grants, new)
    return (*grants[: place - 1], new, *grants[place:])
