"""Recording that an agreement was published, which has to come before its effect."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.publishing import read_publication
from tongban.agreements.telling import tell
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.records import agreement_line
from tongban.core.agreements.refusals import AgreementGround
from tongban.node import agreement_acts
from tongban.pages.guest_papers import papers_of
from tongban.pages.whole_node import whole_node

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def publish(request: HttpRequest, document: str) -> HttpResponseBase:
    """Who published it and when, then what follows from it, then on a press the record."""
    line, agreement = agreement_line(document)
    posted = request.method == "POST"
    given = request.POST if posted else request.GET
    asked = read_publication(given, line, agreement)
    errors = asked.errors() if (posted or given) and asked.owed else ()
    if errors or not posted:
        context = {
            "line": line,
            "asked": asked,
            "errors": errors,
            "confirming": bool(given) and not errors,
        }
        status = _FAULTY if errors else 200
        return render(request, "agreements/publish.html", context, status=status)
    actor = actor_of(officer_of(request), Role.AGREEMENT_OFFICER)
    if asked.owed:
        answers = agreement_acts.publish(
            whole_node(),
            agreement,
            actor,
            on=asked.day,
            party=asked.party,
            papers=papers_of(request),
        )
        again = {AgreementGround.ALREADY_PUBLISHED}
        tell(request, answers, gettext("公布已经记入。"), again=again)
    else:
        messages.info(request, gettext("以前已经办过，没有重复办。"))
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))
