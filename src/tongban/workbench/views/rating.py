"""好差评 at the counter, by an applicant who has no account: the clerk turns the screen round."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.events import Grade
from tongban.core.entry import Actor, ActorKind
from tongban.pages.ratings import may_rate, read_rating
from tongban.pages.refusals import refusal_view
from tongban.projections.event_words import grade_words
from tongban.workbench.access import counter_case, for_role
from tongban.workbench.answers import carry_out

#: Whoever stands at the counter is known from the papers of the case, not by an account.
_APPLICANT = Actor(kind=ActorKind.APPLICANT)


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def rate(request: HttpRequest, clerk: Person, number: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """The applicant says how it was; once for each case."""
    view = counter_case(number)
    case = HttpResponseRedirect(reverse("workbench:counter_case", args=[number]))
    if not may_rate(view.state):
        return case
    rating, refusal = read_rating(request), None
    errors = rating.errors()
    if rating.sent and not errors:
        thanks = gettext("谢谢，评价已经交给办理单位。")
        refusal = carry_out(request, rating.command(number, _APPLICANT), thanks)
        if refusal is None:
            return case
    context = {
        "view": view,
        "grades": [(each.value, grade_words(each)) for each in Grade],
        "rating": rating,
        "errors": errors,
        "refusal": refusal_view(refusal, view.item) if refusal else None,
    }
    status = 409 if refusal else (422 if errors else 200)
    return render(request, "workbench/rating.html", context, status=status)
