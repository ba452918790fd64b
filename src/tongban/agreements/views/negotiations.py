"""The inbox of negotiations, and one negotiation."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles, has_role
from tongban.accounts.roles import Role
from tongban.agreements.links import READERS
from tongban.agreements.negotiations import page
from tongban.agreements.negotiations.drafts import draft_of
from tongban.agreements.negotiations.figures import figures
from tongban.agreements.negotiations.inbox import accepted_tasks, inbox, partner_names
from tongban.agreements.negotiations.suggested import suggested
from tongban.agreements.negotiations.talks import Talk, talk_or_404
from tongban.agreements.negotiations.words import standing_tone, standing_words
from tongban.pages.components import FieldError
from tongban.pages.whole_node import whole_node

_A_PAGE, _CLAUSES_A_PAGE = 30, 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """Words on a clause that were not taken, kept for whoever wrote them."""

    clause: str
    words: str


@require_GET
@for_roles(*READERS)
def inbox_page(request: HttpRequest) -> HttpResponseBase:
    """What waits for this place first, then everything else."""
    found = inbox()
    context = {
        "inbox": found,
        "drafts": [(each, partner_names(each.agreement)) for each in found.drafts],
        "suggested": suggested(),
        "page": Paginator(found.ended, _A_PAGE).get_page(request.GET.get("page")),
        "may_act": has_role(request.user, Role.AGREEMENT_OFFICER),
    }
    return render(request, "agreements/negotiations/inbox.html", context)


@require_GET
@for_roles(*READERS)
def statistics(request: HttpRequest) -> HttpResponseBase:
    """What negotiations took: each, and all together."""
    found = figures()
    page = Paginator(found.lines, _A_PAGE).get_page(request.GET.get("page"))
    context = {"figures": found, "page": page}
    return render(request, "agreements/negotiations/figures.html", context)


@require_GET
@for_roles(*READERS)
def negotiation(request: HttpRequest, name: str) -> HttpResponseBase:
    """What is on the table, beside what it is read against, with comments and history."""
    return negotiation_page(request, talk_or_404(name))


def negotiation_page(
    request: HttpRequest, talk: Talk, *errors: FieldError, typed: Typed | None = None
) -> HttpResponse:
    """The page of one negotiation; typed: what could not be taken, with errors that say why."""
    options = page.againsts(talk)
    against = page.chosen(options, request.GET.get("against"))
    comparison = page.comparison_of(talk, against)
    told = whole_node().negotiations.history(talk.peer, talk.name)
    lines = page.clause_lines(talk, comparison, told)
    context = {
        "talk": talk,
        "standing": standing_words(talk),
        "tone": standing_tone(talk),
        "options": options,
        "against": against,
        "comparison": comparison,
        "page": Paginator(lines, _CLAUSES_A_PAGE).get_page(request.GET.get("page")),
        "kept": f"against={against.key}" if against else "",
        "steps": page.steps(talk, told),
        "tables": [(each, standing_words(each)) for each in page.other_tables(talk)],
        "tasks": list(accepted_tasks(talk)) if talk.state.accepted else [],
        "draft": draft_of(talk.name),
        "may_act": has_role(request.user, Role.AGREEMENT_OFFICER),
        "errors": errors,
        "typed": typed,
    }
    status = 422 if errors else 200
    return render(request, "agreements/negotiations/negotiation.html", context, status=status)
